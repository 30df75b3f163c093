"""What the Kreis says of bundled findings: bands, how a card stands, why two are proposed together."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kimdesk.texts import dates
from kimdesk.texts.bidi import apart
from kimdesk.texts.speech import say

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.catalogue.finding_rules import Band, FindingRules
    from kimdesk.kreis.findings import ReportedFinding
    from kimdesk.kreis.steering.alike import Proposal
    from kimdesk.kreis.steering.values import ClusterStep, FindingCluster


class CardStanding(NamedTuple):
    """How a card stands: one line, its icon and its tone."""

    words: str
    icon: str = ""
    tone: str = "text-2"


def band(found: "Band") -> str:
    """Return a band of municipalities: „unter 3 Gemeinden“, „3–5 Gemeinden“, „über 10 Gemeinden“."""
    if found.last is None:
        return say("steering.band_over", number=found.first - 1)
    if not found.first:
        return say("steering.band_under", number=found.last + 1)
    return say("steering.band_between", first=found.first, last=found.last)


def of_cluster(found: "FindingCluster", rules: "FindingRules", today: date) -> CardStanding:
    """Return how a bundle stands, what is most worth knowing first."""
    if not found.reach.findings:
        return CardStanding(say("steering.empty"), "warning", "warn")
    for ask in (_of_answer, _of_meeting, _of_practice):
        if (told := ask(found, today)) is not None:
            return told
    if (days := rules.overdue(found.state, found.since, today)) is not None:
        return CardStanding(say("steering.waits_since", n=days), "expiring", "warn")
    joined = found.reach.joined_at
    if joined is not None and joined.astimezone().date() == today and found.state == "bundled":
        return CardStanding(say("steering.added_today"), "today", "accent")
    return CardStanding(_since((today - found.since).days))


def _of_answer(found: "FindingCluster", _: date) -> CardStanding | None:
    reach = found.reach
    if found.released and reach.told:
        tone = "ok" if reach.told == reach.desks else "text-2"
        words = say("steering.acknowledged", told=reach.told, desks=reach.desks)
        return CardStanding(words, "present" if reach.told == reach.desks else "tray", tone)
    if found.released:
        return CardStanding(say("steering.on_its_way"), "usb")
    if found.dealing.answer and found.state in ("decided", "implemented", "dismissed"):
        return CardStanding(say("steering.answer_is_draft"), "tray", "warn")
    return None


def _of_meeting(found: "FindingCluster", today: date) -> CardStanding | None:
    day = found.dealing.meets_on
    if day is None or day < today or found.state not in ("working_group", "steering_group"):
        return None
    if found.state == "working_group":
        return CardStanding(say("steering.group_meets", day=_near(day, today)))
    return CardStanding(say("steering.meeting_on", day=_near(day, today)), "calendar-blank", "accent")


def _of_practice(found: "FindingCluster", _: date) -> CardStanding | None:
    if not (found.good_practice and found.adopted):
        return None
    return CardStanding(say("steering.taken_over", n=len(found.adopted)), "thumbs-up", "ok")


def _near(day: date, today: date) -> str:
    return dates.without_year(dates.full(day), today)


def of_single(found: "ReportedFinding", rules: "FindingRules", alike: int, today: date) -> CardStanding:
    """Return how a single finding stands; ``alike``: how many sound like it."""
    if alike:
        return CardStanding(say("steering.alike", n=alike), "copy", "accent")
    if found.first_on is None:
        return CardStanding(say("steering.noted"))
    if (days := rules.overdue(found.state, found.first_on, today)) is not None:
        return CardStanding(say("steering.waits_since", n=days), "expiring", "warn")
    practice = found.kind == "good_practice"
    days = max(0, (today - found.first_on).days)
    words = say("steering.new_since", n=days) if days else say("steering.new_today")
    return CardStanding(words, "thumbs-up" if practice else "", "ok" if practice else "text-2")


def _since(days: int) -> str:
    return say("steering.since", n=days) if days > 0 else say("steering.since_today")


def reasons(catalogue: "Catalogue", proposals: "tuple[Proposal, ...]") -> str:
    """Return why findings are proposed together, in one sentence."""
    found = dict.fromkeys(_reason(catalogue, *each) for one in proposals for each in one.reasons)
    if any(each.words for each in proposals):
        found[say("steering.why_words")] = None
    *first, last = found or {say("steering.why_words"): None}
    listed = say("steering.and", first=apart(", ").join(first), last=last) if first else last
    return say("steering.proposed_because", reasons=listed)


def _reason(catalogue: "Catalogue", why: str, what: str) -> str:
    if why == "agency":
        return say("steering.why_agency", name=what)
    if why == "transition":
        return say("steering.why_transition", name=what)
    if why == "kind":
        return say("steering.why_kind", name=catalogue.label("finding_kind", what))
    return say("steering.why_life_domain", name=catalogue.label("life_domain", what))


def of_step(catalogue: "Catalogue", step: "ClusterStep") -> str:
    """Return what was done with a bundle, when and by whom, in one line."""
    at = step.at.astimezone()
    said = say(f"steering.step_{step.step}", state=catalogue.label("finding_state", step.state))
    return say("steering.step", day=at.date(), time=at.strftime("%H:%M"), name=step.by, what=said)


def transition(catalogue: "Catalogue", regimes: tuple[str, ...]) -> str:
    """Return between which regimes a bundle lies: „AsylbLG → SGB II“, "" for none."""
    return " → ".join(catalogue.label("legal_regime", each) for each in regimes)


def chain_steps(catalogue: "Catalogue", steps: tuple[str, ...]) -> list[str]:
    """Return links of chains („template:link“) by their names; an unknown one as it is."""
    named = {
        f"{each.code}:{link.code}": link.title for each in catalogue.all_templates for link in each.links
    }
    return [named.get(each, each) for each in steps]
