"""The day a letter of an office counts as known, and how that day was found."""

from collections.abc import Iterable
from datetime import date

from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.law.deadline_rule import DerivationStep, Facts, Fiction
from kimdesk.domain.law.periods import Holidays, after_event, why_free, working_day

Found = tuple[date, list[DerivationStep]]

_SERVED = frozenset({"formal", "personal", "registered_receipt", "abroad", "reception"})
_RECEPTION = "reception"


def notified(law: str, facts: Facts, fictions: Iterable[Fiction], holiday: Holidays) -> Found:
    """Return the day a letter under ``law`` counts as known.

    Raises CaseworkError E890 when nothing is known of it, E893 when it arrived before it was posted.
    """
    posted = facts.posted_on or facts.dated_on
    for fiction in fictions:
        base = facts.delivered_on if fiction.from_arrival else posted
        if base and fiction.holds(law, facts.delivery, base):
            return _by_fiction(fiction, base, facts, holiday)
    day = known(facts.delivered_on)
    told = facts.delivery if facts.delivery in _SERVED else "other"
    return day, [DerivationStep(f"delivered_{told}", {"day": day})]


def known(day: date | None) -> date:
    """Return ``day``. Raises CaseworkError E890 when there is none."""
    if day is None:
        raise CaseworkError("E890")
    return day


def _by_fiction(fiction: Fiction, base: date, facts: Facts, holiday: Holidays) -> Found:
    came = facts.delivered_on
    if facts.posted_on and came and came < facts.posted_on:
        raise CaseworkError("E893")
    if fiction.at_latest and came and came <= after_event(base, fiction.length):
        return came, [DerivationStep("handed_over", {"day": came}, fiction.source, fiction.checked)]
    day, steps = _presumed(fiction, base, facts, holiday)
    if not came or fiction.from_arrival or not fiction.length.count or came == day:
        return day, steps
    later = came > day and not fiction.at_latest
    code = "came_later" if later else "handed_over_late" if fiction.at_latest else "came_earlier"
    steps.append(DerivationStep(code, {"day": came}, fiction.source, fiction.checked))
    return (came if later else day), steps


def _presumed(fiction: Fiction, base: date, facts: Facts, holiday: Holidays) -> Found:
    """Return the day by the fiction alone."""
    day, source = after_event(base, fiction.length), (fiction.source, fiction.checked)
    told = {"days": fiction.days, "length": fiction.length, "day": day}
    steps = [DerivationStep(_sending(facts, fiction), {"day": base})]
    steps.append(DerivationStep(fiction.step, told, *source))
    if fiction.length.count and (why := why_free(day, holiday)):
        moved = working_day(day, holiday) if fiction.moves else day
        code = _free(fiction)
        steps.append(DerivationStep(code, {"why": why, "days": fiction.days, "day": moved}, *source))
        day = moved
    return day, steps


def _free(fiction: Fiction) -> str:
    if not fiction.moves:
        return "fiction_stays"
    return "fiction_month_moves" if fiction.months else "fiction_moves"


def _sending(facts: Facts, fiction: Fiction) -> str:
    if fiction.from_arrival:
        return "fetched"
    if facts.posted_on is None:
        return "dated_reception" if facts.delivery == _RECEPTION else "dated"
    return {"electronic": "sent", "portal": "told", _RECEPTION: "reached"}.get(facts.delivery, "posted")
