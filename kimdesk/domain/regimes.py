"""Stretches of time in one strand of life: where they leave a gap, where they overlap.

A change between legal regimes must leave no gap (DOMAIN §1, §5), in either direction. First and last day
both belong to a spell; a spell without an end runs on, one without a beginning says nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, groupby
from typing import Generic, TypeVar

from kimdesk.domain.law.periods import DAY
from kimdesk.domain.records import RegimeSpell
from kimdesk.domain.terms import Lane

T = TypeVar("T")

WITHOUT_BENEFIT = "none"  # legal_regime: known to be without; it does not fill a gap
WITHOUT = frozenset({WITHOUT_BENEFIT, "unclear", "waiting"})  # entries that cover nobody
ASYLBLG = frozenset({"asylblg_basic", "asylblg_analog"})
TITLES = frozenset({"permit", "blue_card"})  # expiring titles to which § 81 Abs. 4 AufenthG applies
NO_TITLE = frozenset({"none", "unknown"})  # residence_status that are no paper
BESIDE = frozenset({"kindergeld"})  # legal_regime: paid beside a living, never instead of one


@dataclass(frozen=True, slots=True)
class RegimeGap:
    """Days without cover after ``before``; ``ends_on`` is None while nothing follows.

    ``planned`` is the expected spell that is to close it, as far as one is entered.
    """

    before: RegimeSpell
    starts_on: date
    ends_on: date | None
    after: RegimeSpell | None = None
    planned: RegimeSpell | None = None

    def days_until(self, day: date) -> int:
        """Return how many days of the gap have passed by ``day``, that day included."""
        last = min(self.ends_on or day, day)
        return max((last - self.starts_on).days + 1, 0)

    @property
    def foreseen_end(self) -> date | None:
        """Return its last day, counting on the expected spell; None while nobody knows."""
        if self.ends_on or self.planned is None or self.planned.starts_on is None:
            return self.ends_on
        return max(self.planned.starts_on - DAY, self.starts_on)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days in which two spells of one strand both run; ``ends_on`` is None when neither ends."""

    first: RegimeSpell
    second: RegimeSpell
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Hole(Generic[T]):
    """Days that no stretch covers, between ``before`` and ``after`` (None when nothing follows)."""

    before: T
    starts_on: date
    ends_on: date | None
    after: T | None = None


def holes(
    stretches: Sequence[T], start: Callable[[T], date], end: Callable[[T], date | None]
) -> Iterator[Hole[T]]:
    """Yield the days between the first day and for ever that none of ``stretches`` covers, in order.

    A stretch that ends before it begins covers nothing.
    """
    in_time = sorted((one for one in stretches if _runs(start(one), end(one))), key=start)
    if not in_time:
        return
    longest = in_time[0]
    for one in in_time[1:]:
        last = end(longest)
        if last is None or last == date.max:
            return
        if start(one) > last + DAY:
            yield Hole(longest, last + DAY, start(one) - DAY, one)
        longest = max(longest, one, key=lambda each: end(each) or date.max)
    if (last := end(longest)) is not None and last < date.max:
        yield Hole(longest, last + DAY, None)


def _runs(start: date, end: date | None) -> bool:
    return end is None or end >= start


def strands(spells: Iterable[RegimeSpell]) -> Iterator[tuple[RegimeSpell, ...]]:
    """Yield the spells of each person and lane that have a start, in the order of time."""
    started = [spell for spell in spells if spell.starts_on and spell.regime not in WITHOUT | BESIDE]
    started.sort(key=lambda spell: (spell.person_id, spell.lane, spell.starts_on, spell.id))
    for _, strand in groupby(started, key=lambda spell: (spell.person_id, spell.lane)):
        yield tuple(strand)


def gaps(spells: Iterable[RegimeSpell]) -> tuple[RegimeGap, ...]:
    """Return the gaps in each strand, an end that nothing follows included, the earliest first."""
    found = [gap for strand in strands(spells) for gap in _gaps(strand)]
    return tuple(sorted(found, key=lambda gap: (gap.starts_on, gap.before.id)))


def certain_gaps(spells: Iterable[RegimeSpell]) -> tuple[RegimeGap, ...]:
    """Return the gaps between the spells that are in place, each with the one expected to close it."""
    known = tuple(spells)
    awaited = [one for one in known if one.expected]
    return tuple(
        replace(gap, planned=_planned(gap, awaited)) for gap in gaps(one for one in known if not one.expected)
    )


def _planned(gap: RegimeGap, awaited: Iterable[RegimeSpell]) -> RegimeSpell | None:
    fitting = [
        one
        for one in awaited
        if (one.person_id, one.lane) == (gap.before.person_id, gap.before.lane)
        and one.starts_on
        and (gap.ends_on is None or one.starts_on <= gap.ends_on)
        and (one.ends_on is None or one.ends_on >= gap.starts_on)
    ]
    return min(fitting, key=lambda one: (one.starts_on or gap.starts_on, one.id), default=None)


def _gaps(strand: tuple[RegimeSpell, ...]) -> Iterator[RegimeGap]:
    for hole in holes(strand, _start, lambda one: one.ends_on):
        yield RegimeGap(hole.before, hole.starts_on, hole.ends_on, hole.after)


def overlaps(spells: Iterable[RegimeSpell]) -> tuple[Overlap, ...]:
    """Return where any two spells for the living or the insurance of one person run at the same time.

    A course beside a job, or two schools in the weeks of a change, are no fault.
    """
    return tuple(
        Overlap(first, second, max(_start(first), _start(second)), _earlier(first.ends_on, second.ends_on))
        for strand in strands(spells)
        if strand[0].lane in (Lane.BENEFIT, Lane.HEALTH_INSURANCE)
        for first, second in combinations(strand, 2)
        if _meet(first, second)
    )


def _meet(first: RegimeSpell, second: RegimeSpell) -> bool:
    begins = max(_start(first), _start(second))
    return all(one.ends_on is None or one.ends_on >= begins for one in (first, second))


def _start(spell: RegimeSpell) -> date:
    return spell.starts_on or date.min


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((each for each in (one, other) if each), default=None)


def unrecorded(spells: Iterable[RegimeSpell], person_id: str) -> tuple[Lane, ...]:
    """Return which of living and insurance nothing is entered for that has a beginning.

    Of these nobody knows whether there is a gap. To be known as without a benefit is an entry too.
    """
    known = {one.lane for one in spells if one.person_id == person_id and one.starts_on and not one.expected}
    return tuple(lane for lane in (Lane.BENEFIT, Lane.HEALTH_INSURANCE) if lane not in known)


def current(spells: Iterable[RegimeSpell], person_id: str, lane: Lane, day: date) -> RegimeSpell | None:
    """Return the spell a person is in on ``day``, the one begun last when there are several."""
    running = [
        spell
        for spell in spells
        if (spell.person_id, spell.lane) == (person_id, lane)
        and spell.starts_on
        and spell.starts_on <= day <= (spell.ends_on or day)
    ]
    return max(running, key=lambda spell: spell.starts_on or day, default=None)
