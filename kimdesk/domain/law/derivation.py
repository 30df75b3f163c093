"""From a rule and what happened to the last day, with every step on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.law.deadline_rule import (
    BACKWARD,
    FIXED,
    NOTICE,
    Counting,
    Derivation,
    DerivationStep,
    Facts,
    Fiction,
    Rule,
)
from kimdesk.domain.law.delivery import known, notified
from kimdesk.domain.law.periods import (
    DAY,
    Holidays,
    Length,
    Unit,
    after_event,
    before_end,
    before_event,
    from_day,
    is_cut,
    why_free,
    working_day,
    working_day_before,
)

_ONE_DAY = Length(1, Unit.DAYS)


def derive(
    versions: Sequence[Rule], facts: Facts, fictions: Iterable[Fiction], holiday: Holidays
) -> Derivation:
    """Return the day with its steps, by the one of ``versions`` in force on the day it counts from.

    ``versions`` are one rule as it stood one after the other, at least one. A letter of which only the
    posting is known counts from the day it is presumed known. Raises CaseworkError E890 when a fact is
    missing, E891 when a date lies beyond the calendar, E893 when a letter arrived before it was posted.
    """
    try:
        return _derive(versions, facts, tuple(fictions), holiday)
    except (ValueError, OverflowError) as error:
        raise CaseworkError("E891") from error


def _derive(
    versions: Sequence[Rule], facts: Facts, fictions: tuple[Fiction, ...], holiday: Holidays
) -> Derivation:
    rule = _in_force(versions, facts, fictions, holiday)
    start, steps = _start(rule, facts, fictions, holiday)
    length, chosen = _length(rule, facts)
    steps += chosen
    due, last = _counted(replace(rule, length=length), start, holiday)
    due, limited = _limited(rule, facts, due, holiday)
    opens_on, opened = _opens(rule, start)
    return Derivation(rule, due, (*steps, *last, *limited, *opened), start, length, opens_on)


def _in_force(
    versions: Sequence[Rule], facts: Facts, fictions: tuple[Fiction, ...], holiday: Holidays
) -> Rule:
    """Return the version in force on the day it counts from itself; else the newest.

    Each is asked for its own day: what presumes a letter known belongs to the law a version names.
    """
    if len(versions) == 1:
        return versions[0]
    days = ((one, _start(one, facts, fictions, holiday)[0]) for one in versions)
    return next((one for one, day in days if one.holds(day)), versions[-1])


def _start(
    rule: Rule, facts: Facts, fictions: tuple[Fiction, ...], holiday: Holidays
) -> tuple[date, list[DerivationStep]]:
    """Return the day the period is counted from, and how it was found."""
    if rule.counts_from == NOTICE:
        return notified(rule.law, facts, fictions, holiday)
    day = known(rule.on if rule.counts_from == FIXED else facts.day)
    return day, [DerivationStep("event", {"text": rule.event, "day": day}, rule.source, rule.checked)]


def _length(rule: Rule, facts: Facts) -> tuple[Length, list[DerivationStep]]:
    """Return the length that holds: without instruction, as the instruction says, abroad, or the usual."""
    by_rule = (rule.source, rule.checked)
    if rule.uninstructed and facts.instruction in ("missing", "wrong"):
        told = {"usual": rule.length, "length": rule.uninstructed}
        return rule.uninstructed, [
            DerivationStep("uninstructed", told, rule.uninstructed_source, rule.checked)
        ]
    if stated := rule.stated.get(facts.stated):
        return stated, [DerivationStep("stated", {"length": stated}, *by_rule)]
    if rule.abroad and facts.delivery == "abroad":
        told = {"usual": rule.length, "length": rule.abroad}
        return rule.abroad, [DerivationStep("abroad", told, rule.abroad_source, rule.checked)]
    return rule.length, []


def _limited(rule: Rule, facts: Facts, due: date, holiday: Holidays) -> tuple[date, list[DerivationStep]]:
    """Return ``due``, or the day before it on which nothing helps any more after what was missed."""
    if rule.limit is None or facts.missed_on is None:
        return due, []
    end = working_day(after_event(facts.missed_on, rule.limit), holiday)
    if end >= due:
        return due, []
    told = {"missed": facts.missed_on, "length": rule.limit, "day": end}
    return end, [DerivationStep("limit", told, rule.source, rule.checked)]


def _opens(rule: Rule, start: date) -> tuple[date | None, list[DerivationStep]]:
    if rule.opens is None:
        return None, []
    first = before_event(start, rule.opens) + DAY
    return first, [DerivationStep("opens", {"day": first}, rule.source, rule.checked)]


def _counted(rule: Rule, start: date, holiday: Holidays) -> tuple[date, list[DerivationStep]]:
    if rule.counting is Counting.FIXED:
        return start, []
    if rule.counting in BACKWARD:
        return _backward(rule, start, holiday)
    return _forward(rule, start, holiday)


def _forward(rule: Rule, start: date, holiday: Holidays) -> tuple[date, list[DerivationStep]]:
    steps, end = list(_begins(rule, start)), _end(rule, start)
    told = {"length": rule.length, "day": end}
    by_rule = (rule.source, rule.checked)
    steps.append(DerivationStep(_ending(rule, start, end), told, *by_rule))
    if rule.counting is Counting.EVENT and is_cut(start, rule.length):
        steps.append(DerivationStep("cut", {"number": start.day}, "BGB188"))
    if rule.first_after:
        return end + DAY, [*steps, DerivationStep("first_after", {"day": end + DAY}, *by_rule)]
    why = why_free(end, holiday)
    if why and rule.moves:
        moved = working_day(end, holiday)
        free = tuple((day, why_free(day, holiday)) for day in _days(end, moved))
        return moved, [*steps, DerivationStep("moved", {"free": free, "day": moved}, "BGB193")]
    if why:
        steps.append(DerivationStep("stays", {"why": why, "before": working_day_before(end, holiday)}))
    return end, steps


def _ending(rule: Rule, start: date, end: date) -> str:
    if start == end and rule.counting is Counting.DAY:
        return "same_day"
    return "ends" if rule.length.count else "period_ends"


def _begins(rule: Rule, start: date) -> Iterator[DerivationStep]:
    first = {"first": _begin(rule, start)}
    if rule.counting is Counting.EVENT:
        yield DerivationStep("not_counted", first, "BGB187_1")
    elif rule.counting is Counting.DAY:
        if rule.length != _ONE_DAY:
            yield DerivationStep("counted", first, "BGB187_2")
    elif rule.length.count:
        yield DerivationStep(f"after_{rule.counting}", first, rule.source, rule.checked)


def _begin(rule: Rule, start: date) -> date:
    """Return the first day that counts."""
    if rule.counting is Counting.DAY:
        return start
    if rule.counting is Counting.MONTH:
        return from_day(start.replace(day=1), Length(1, Unit.MONTHS)) + DAY
    if rule.counting is Counting.YEAR:
        return date(start.year + 1, 1, 1)
    return start + DAY


def _end(rule: Rule, start: date) -> date:
    if rule.counting is Counting.EVENT:
        return after_event(start, rule.length)
    return from_day(_begin(rule, start), rule.length)


def _days(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += DAY


def _backward(rule: Rule, start: date, holiday: Holidays) -> tuple[date, list[DerivationStep]]:
    count = before_event if rule.counting is Counting.BEFORE_EVENT else before_end
    due = count(start, rule.length)
    if rule.first_after:
        told = {"length": rule.length, "day": due + DAY}
        return due + DAY, [DerivationStep("back_first", told, rule.source, rule.checked)]
    code = "back" if rule.length.count else f"{rule.counting}"
    steps = [DerivationStep(code, {"length": rule.length, "day": due}, rule.source, rule.checked)]
    if why := why_free(due, holiday):
        steps.append(DerivationStep("back_free", {"why": why, "before": working_day_before(due, holiday)}))
    return due, steps
