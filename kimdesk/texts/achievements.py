"""What somebody achieved, in words: what it is, when it was, how it is proven."""

from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.achieved import is_proven
from kimdesk.domain.records import Achievement
from kimdesk.texts import dates
from kimdesk.texts.bidi import apart
from kimdesk.texts.speech import GERMAN, Speech


def headline(catalogue: Catalogue, one: Achievement) -> str:
    """Return what it is called: as somebody wrote it, else what it is and on which level."""
    return one.title or apart(" ").join(filter(None, (kind(catalogue, one), level(catalogue, one))))


def kind(catalogue: Catalogue, one: Achievement) -> str:
    """Return what kind of achievement it is."""
    return catalogue.label("achievement_kind", one.kind)


def level(catalogue: Catalogue, one: Achievement) -> str:
    """Return the level or sort of it, from the code list that its form chooses for its kind."""
    section = catalogue.record_form("achievement").section("achievement")
    field = section.field("level") if section else None
    lists = field.choices_by.lists if field and field.choices_by else {}
    return catalogue.label(lists[one.kind], one.level) if one.kind in lists and one.level else ""


def days(one: Achievement, speech: Speech = GERMAN) -> str:
    """Return when it was: „seit 01.08.2024“, „01.08.2022 – 15.06.2024“, „am 15.06.2024“."""
    return apart(", ").join(filter(None, (_span(one.starts_on, one.ends_on, speech), _reached(one, speech))))


def proof(catalogue: Catalogue, one: Achievement, speech: Speech = GERMAN) -> str:
    """Return how it is proven: „Zertifikat oder Zeugnis, gesehen am 12.11.2026“, or that it is not."""
    if not is_proven(one):
        return speech.say("achievements.without_proof")
    word = catalogue.label("proof_kind", one.proof)
    if one.seen_on is None:
        return speech.say("achievements.proof_in_the_case", proof=word)
    return speech.say("achievements.proof_seen", proof=word, day=one.seen_on)


def _span(start: date | None, end: date | None, speech: Speech) -> str:
    if start and end:
        return f"{dates.full(start)}\u00a0– {dates.full(end)}"
    if start:
        return speech.say("achievements.since", day=start)
    return speech.say("achievements.until", day=end) if end else ""


def _reached(one: Achievement, speech: Speech) -> str:
    if one.achieved_on is None or one.achieved_on == one.ends_on:
        return ""
    if one.starts_on or one.ends_on:
        return speech.say("achievements.reached_on", day=one.achieved_on)
    return speech.say("achievements.on", day=one.achieved_on)
