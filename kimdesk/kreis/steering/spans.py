"""Periods of a report: whether one makes sense, the one before it, and the pieces periods fall into."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.law.periods import month_start
from kimdesk.indicators.values import Period

_EARLIEST: Final = date(2000, 1, 1)
_LONGEST: Final = 5 * 366
_DAY: Final = timedelta(days=1)


def demand_sensible(span: Period, today: date) -> None:
    """Raise CaseworkError for a period nobody can report on.

    E811 it ends before it begins, E812 it reaches into the future, E813 longer than five years, E814 it
    begins before 2000.
    """
    if span.last < span.first:
        raise CaseworkError("E811")
    if span.last > today:
        raise CaseworkError("E812")
    if span.first < _EARLIEST:
        raise CaseworkError("E814")
    if (span.last - span.first).days >= _LONGEST:
        raise CaseworkError("E813")


def months(span: Period) -> int:
    """Return of how many whole months a period is, 0 when it is not of whole months."""
    after = span.last + _DAY
    if span.first.day != 1 or after.day != 1:
        return 0
    return (after.year - span.first.year) * 12 + after.month - span.first.month


def before(span: Period) -> Period:
    """Return the period of the same length directly before: of as many months, else of as many days."""
    whole = months(span)
    start = month_start(span.first, -whole) if whole else span.first - (span.last - span.first + _DAY)
    return Period(start, span.first - _DAY)


def pieces(spans: Iterable[Period]) -> tuple[Period, ...]:
    """Return the stretches of days that periods which overlap make of each other, in order."""
    every = set(spans)
    cuts = sorted({day for one in every for day in (one.first, one.last + _DAY)})
    found = (Period(start, end - _DAY) for start, end in pairwise(cuts))
    return tuple(each for each in found if any(within(each, one) for one in every))


def within(piece: Period, span: Period) -> bool:
    """Return whether every day of ``piece`` lies in ``span``."""
    return span.first <= piece.first and piece.last <= span.last


def overlap(one: Period, other: Period) -> bool:
    """Return whether two periods share a day."""
    return one.first <= other.last and other.first <= one.last
