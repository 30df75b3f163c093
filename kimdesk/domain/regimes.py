"""Stretches of time in one strand of life: where they leave a gap, where they overlap.

A change between legal regimes must leave no gap (DOMAIN §1, §5), in either direction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from kimdesk.domain.records import RegimeSpell
from kimdesk.domain.terms import Lane

DAY = timedelta(days=1)
WITHOUT_BENEFIT = "none"  # legal_regime: known to be without; it does not fill a gap


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without cover after ``before``; ``ends_on`` is None while nothing follows."""

    before: RegimeSpell
    starts_on: date
    ends_on: date | None
    after: RegimeSpell | None = None

    def days_until(self, day: date) -> int:
        """Return how many days of the gap have passed by ``day``, that day included."""
        last = min(self.ends_on or day, day)
        return max((last - self.starts_on).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days in which two spells of one strand both run; ``ends_on`` is None when neither ends."""

    first: RegimeSpell
    second: RegimeSpell
    starts_on: date
    ends_on: date | None


def strands(spells: Iterable[RegimeSpell]) -> Iterator[tuple[RegimeSpell, ...]]:
    """Yield the spells of each person and lane that have a start, in the order of time."""
    started = [spell for spell in spells if spell.starts_on and spell.regime != WITHOUT_BENEFIT]
    started.sort(key=lambda spell: (spell.person_id, spell.lane, spell.starts_on, spell.id))
    for _, strand in groupby(started, key=lambda spell: (spell.person_id, spell.lane)):
        yield tuple(strand)


def gaps(spells: Iterable[RegimeSpell]) -> tuple[Gap, ...]:
    """Return the gaps in each strand, an end that nothing follows included, the earliest first."""
    found = [gap for strand in strands(spells) for gap in _gaps(strand)]
    return tuple(sorted(found, key=lambda gap: (gap.starts_on, gap.before.id)))


def _gaps(strand: tuple[RegimeSpell, ...]) -> Iterator[Gap]:
    longest = strand[0]
    for spell in strand[1:]:
        start = spell.starts_on
        if longest.ends_on and start and start > longest.ends_on + DAY:
            yield Gap(longest, longest.ends_on + DAY, start - DAY, spell)
        if longest.ends_on and (spell.ends_on is None or spell.ends_on > longest.ends_on):
            longest = spell
    if longest.ends_on:
        yield Gap(longest, longest.ends_on + DAY, None)


def overlaps(spells: Iterable[RegimeSpell]) -> tuple[Overlap, ...]:
    """Return where two neighbouring spells for the living of one person run at the same time.

    Only benefits are compared: a course beside a job is no fault.
    """
    return tuple(
        Overlap(first, second, second.starts_on, _earlier(first.ends_on, second.ends_on))
        for strand in strands(spells)
        if strand[0].lane is Lane.BENEFIT
        for first, second in pairwise(strand)
        if second.starts_on and (first.ends_on is None or second.starts_on <= first.ends_on)
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((each for each in (one, other) if each), default=None)


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
