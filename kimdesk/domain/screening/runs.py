"""How long a person has been here with which papers, looking back from today.

Where the law leaves two readings there are two days: the generous one, and the strict one after it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from kimdesk.domain.law.periods import DAY, full_on
from kimdesk.domain.screening.facts import Timespan


class Weight(Enum):
    """What a stretch of time does to a run."""

    COUNTS = auto()
    MAYBE = auto()  # counts as one reads it; else the run begins anew after it
    SKIPPED = auto()  # does not count; whether it breaks the run is open
    HOLE = auto()  # does not count; breaks the run when it is too long, else that is open
    BREAKS = auto()


_COUNTING = frozenset({Weight.COUNTS, Weight.MAYBE})


@dataclass(frozen=True, slots=True)
class StaySegment:
    """Time with one and the same paper; ``span`` is None where nothing is recorded."""

    first: date
    last: date
    span: Timespan | None


@dataclass(frozen=True, slots=True)
class RunReading:
    """From which day on the time is full, read generously and strictly; None: it is not running."""

    generous: date | None
    strict: date | None


def timeline(spans: Iterable[Timespan], today: date) -> tuple[StaySegment, ...]:
    """Return what held from the first known day to ``today``, gaps among it; the later paper counts."""
    known = [(one.first, one) for one in spans if one.first is not None and one.first <= today]
    known.sort(key=lambda pair: pair[0])
    edges = {first for first, _ in known} | {today + DAY}
    edges |= {one.last + DAY for _, one in known if one.last is not None and one.last <= today}
    days = sorted(edges)
    return tuple(_joined(_pieces(known, days)))


def _pieces(known: Sequence[tuple[date, Timespan]], days: Sequence[date]) -> Iterator[StaySegment]:
    for first, after in pairwise(days):
        held = [one for _, one in known if one.holds(first)]
        yield StaySegment(first, after - DAY, held[-1] if held else None)


def _joined(pieces: Iterable[StaySegment]) -> Iterator[StaySegment]:
    before: StaySegment | None = None
    for piece in pieces:
        if before is not None and before.span is piece.span:
            before = StaySegment(before.first, piece.last, piece.span)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def run(
    segments: Sequence[StaySegment],
    months: int,
    weigh: Callable[[Timespan], Weight],
    hole_months: int,
) -> RunReading:
    """Return when ``months`` are full in the last unbroken run; a hole may last ``hole_months`` at most."""
    weighed: list[tuple[StaySegment, Weight]] = []
    for one in reversed(segments):
        weight = weigh(one.span) if one.span is not None else Weight.HOLE
        too_long = weight is Weight.HOLE and full_on(one.first, hole_months) <= one.last
        if weight is Weight.BREAKS or too_long:
            break
        weighed.append((one, weight))
    return RunReading(_generous(weighed[::-1], months), _strict(weighed, months))


def _generous(weighed: Sequence[tuple[StaySegment, Weight]], months: int) -> date | None:
    """Return the day on which the time is full when what does not count is only left out."""
    counting = [number for number, (_, weight) in enumerate(weighed) if weight in _COUNTING]
    if not counting:
        return None
    due = full_on(weighed[counting[0]][0].first, months)
    for one, weight in weighed[counting[0] :]:
        if weight not in _COUNTING and one.first < due:
            due = _moved(due, one)
    return due


def _moved(due: date, one: StaySegment) -> date:
    try:
        return due + (one.last - one.first) + DAY
    except OverflowError:
        return date.max


def _strict(weighed: Sequence[tuple[StaySegment, Weight]], months: int) -> date | None:
    """Return the day on which the time is full when only the surely unbroken end counts."""
    first = None
    for one, weight in weighed:
        if weight is not Weight.COUNTS:
            break
        first = one.first
    return None if first is None else full_on(first, months)
