"""The integration chain: what waits for what, what is blocked and why, what decides when the plan ends.

Dates of a plan are what was agreed; nothing here changes them. Days are calendar days, ends included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from kimdesk.domain.records import Measure
from kimdesk.domain.terms import MeasureState

ENDED_WELL = frozenset({MeasureState.DONE})
ENDED_BADLY = frozenset({MeasureState.REJECTED, MeasureState.ABANDONED})
WITHOUT_END = timedelta(days=30)
"""How long a measure is taken to last that has a beginning only, or no date at all."""
BEFORE_DUE = timedelta(days=14)
"""How long before its end a measure is taken to begin that has an end only."""
_MANY = 2  # so many must wait for a measure before it is called a bottleneck


class Why(StrEnum):
    """Why a measure cannot go on because of another one."""

    ENDED = "ended"  # the other one was rejected or abandoned
    LATE = "late"  # the other one ends after this one is to begin


@dataclass(frozen=True, slots=True)
class Blocker:
    """The measure that is in the way, and why."""

    measure: Measure
    why: Why


@dataclass(frozen=True, slots=True)
class Leeway:
    """When an open measure can begin and end at the earliest, and must at the latest, without the whole
    plan ending later."""

    earliest_start: date
    earliest_end: date
    latest_start: date
    latest_end: date

    @property
    def slack(self) -> int:
        """Return by how many days it can slip; 0: it decides when the plan ends."""
        return (self.latest_end - self.earliest_end).days


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The open measure that most others wait for, directly or through others."""

    measure: Measure
    waiting: tuple[Measure, ...]


def is_open(measure: Measure) -> bool:
    """Return whether a measure is neither done nor rejected nor abandoned."""
    return measure.state not in ENDED_WELL | ENDED_BADLY


def span(measure: Measure) -> tuple[date, date] | None:
    """Return the first and last day of a measure, one of them estimated if need be; None without a date."""
    start, due = measure.starts_on, measure.due_on
    if start and due:
        return (start, due) if start <= due else (due, start)
    if start:
        return start, start + WITHOUT_END
    return (due - BEFORE_DUE, due) if due else None


def waits_for(measure: Measure, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the measures that must be done before ``measure`` and are not."""
    wanted = set(measure.requires)
    return tuple(each for each in measures if each.id in wanted and each.state not in ENDED_WELL)


def blockers(measure: Measure, measures: Iterable[Measure]) -> tuple[Blocker, ...]:
    """Return what keeps ``measure`` from going on, with the reason.

    Something it waits for was rejected or abandoned; or it is planned to begin before something it waits
    for is over. Merely waiting is not being blocked.
    """
    if not is_open(measure):
        return ()
    return tuple(
        Blocker(each, Why.ENDED if each.state in ENDED_BADLY else Why.LATE)
        for each in waits_for(measure, measures)
        if each.state in ENDED_BADLY or comes_too_late(each, measure)
    )


def is_blocked(measure: Measure, measures: Iterable[Measure]) -> bool:
    """Return whether ``measure`` cannot go on; see ``blockers``."""
    return bool(blockers(measure, measures))


def comes_too_late(before: Measure, after: Measure) -> bool:
    """Return whether ``before``, not yet over, ends on a later day than ``after`` is planned to begin."""
    if after.starts_on is None or before.due_on is None or after.state is not MeasureState.PLANNED:
        return False
    return before.state not in ENDED_WELL and before.due_on > after.starts_on


def followers(measure_id: str, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the open measures that wait for ``measure_id``, directly or through others."""
    known = tuple(measures)
    found = {measure_id}
    before = 0
    while len(found) > before:
        before = len(found)
        found |= {each.id for each in known if found.intersection(each.requires)}
    return tuple(each for each in known if each.id in found - {measure_id} and is_open(each))


def bottleneck(measures: Iterable[Measure]) -> Bottleneck | None:
    """Return the open measure that most others wait for; None when fewer than two wait for any.

    Of several, the one that ends last.
    """
    known = tuple(measures)
    waiting = [Bottleneck(each, followers(each.id, known)) for each in known if is_open(each)]
    worst = max(waiting, key=lambda one: (len(one.waiting), _end(one.measure), one.measure.id), default=None)
    return worst if worst and len(worst.waiting) >= _MANY else None


def schedule(measures: Iterable[Measure]) -> Mapping[str, Leeway]:
    """Return the slot of each open measure that has a date, or follows one that has.

    None begins before its planned day, nor before everything open it waits for is over.
    Raises ValueError for a circle.
    """
    order = [each for each in in_order(measures) if is_open(each)]
    earliest = _earliest(order)
    end = max((last for _, last in earliest.values()), default=date.min)
    latest: dict[str, date] = {}
    for each in reversed(order):
        if each.id in earliest:
            after = [latest[one.id] for one in order if each.id in one.requires and one.id in latest]
            last = min([end, *(start - timedelta(days=1) for start in after)])
            latest[each.id] = last - _length(each)
    return {
        key: Leeway(first, last, latest[key], latest[key] + (last - first))
        for key, (first, last) in earliest.items()
    }


def critical_path(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the measures, one after the other, that decide when the plan ends; the last one ends it.

    Each begins right when the one before it is over. Raises ValueError for a circle.
    """
    known = {each.id: each for each in measures}
    slots = schedule(known.values())
    path: list[Measure] = []
    key = max(slots, key=lambda one: (slots[one].earliest_end, one), default="")
    while key:
        path.append(known[key])
        begins = slots[key].earliest_start
        binding = [
            one
            for one in known[key].requires
            if one in slots and slots[one].earliest_end + timedelta(days=1) == begins
        ]
        key = max(binding, key=lambda one: (slots[one].earliest_start, one), default="")
    return tuple(reversed(path))


def in_order(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the measures so that each stands after those it waits for. Raises ValueError for a circle."""
    by_id = {each.id: each for each in measures}
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {each.id: [one for one in each.requires if one in by_id] for each in by_id.values()}
    )
    try:
        return tuple(by_id[one] for one in sorter.static_order())
    except CycleError:
        raise ValueError("measures wait for each other in a circle") from None


def makes_circle(measure: Measure, measures: Iterable[Measure]) -> bool:
    """Return whether saving ``measure`` as it is would make measures wait for each other in a circle."""
    others = [each for each in measures if each.id != measure.id]
    try:
        in_order([*others, measure])
    except ValueError:
        return True
    return False


def way(measure_id: str, before_id: str, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the shortest chain by which ``measure_id`` waits for ``before_id``, both included.

    Empty when it does not. If A is to wait for B, the way from B to A is the circle that would make.
    """
    known = {each.id: each for each in measures}
    ways: list[list[str]] = [[measure_id]] if measure_id in known else []
    seen = {measure_id}
    for path in ways:
        if path[-1] == before_id:
            return tuple(known[one] for one in path)
        further = [one for one in known[path[-1]].requires if one in known and one not in seen]
        seen.update(further)
        ways += [[*path, one] for one in further]
    return ()


def _earliest(order: Iterable[Measure]) -> dict[str, tuple[date, date]]:
    found: dict[str, tuple[date, date]] = {}
    for each in order:
        own = span(each)
        begins = [found[one][1] + timedelta(days=1) for one in each.requires if one in found]
        if own:
            begins.append(own[0])
        if begins:
            found[each.id] = (max(begins), max(begins) + _length(each))
    return found


def _length(measure: Measure) -> timedelta:
    """Return how many days after its first day a measure ends."""
    found = span(measure)
    return found[1] - found[0] if found else WITHOUT_END


def _end(measure: Measure) -> date:
    found = span(measure)
    return found[1] if found else date.min
