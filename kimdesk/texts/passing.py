"""Whose a case is, in words."""

from datetime import date

from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.texts import dates
from kimdesk.texts.speech import GERMAN, Speech


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


def _key(standing: CaseStanding) -> str:
    if standing.custody is Custody.COVERING and standing.returned:
        return "covering_returned"
    return f"{standing.custody}_overdue" if standing.overdue else f"{standing.custody}"
