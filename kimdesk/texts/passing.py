"""Whose a case is, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.texts import dates
from kimdesk.texts.speech import GERMAN, Speech

ANSWERS: Final = "answer"


def told(standing: CaseStanding, speech: Speech = GERMAN) -> str:
    """Return „angeboten an Niederholt seit 30.11.2026“, "" for a case that never passed between desks."""
    passage = standing.passage
    if passage is None:
        return ""
    since = passage.settled_at or passage.at
    facts = {
        "desk": passage.desk_name,
        "since": dates.full(since.astimezone().date(), speech),
        "until": dates.full(passage.until, speech) if passage.until else "",
    }
    return speech.say(f"custody.{_key(standing)}", **facts)


def short(standing: CaseStanding, today: date, speech: Speech = GERMAN) -> str:
    """Return the same in a few words, for a list: „Vertretung bis 10.12.“"""
    passage = standing.passage
    if passage is None:
        return ""
    until = dates.short(passage.until, today, speech) if passage.until else ""
    return speech.say(f"custody_short.{_key(standing)}", desk=passage.desk_name, until=until)


def staying(catalogue: Catalogue, counts: Mapping[str, int], speech: Speech = GERMAN) -> str:
    """Return „2 Ziele, 1 Verweis, 3 Angaben“: how much of what stays at the desk a case leaves."""
    kinds = catalogue.code_list("record_kind")
    answers = speech.say("passing.n_answers", n=counts.get(ANSWERS, 0))
    return ", ".join(answers if kind == ANSWERS else kinds.counted(kind, n) for kind, n in counts.items())


def _key(standing: CaseStanding) -> str:
    if standing.custody is Custody.COVERING and standing.returned:
        return "covering_returned"
    return f"{standing.custody}_overdue" if standing.overdue else f"{standing.custody}"
