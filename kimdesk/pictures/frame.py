"""How much of the plan the picture shows: months side by side, or weeks. Plain values, no widgets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.domain.law.periods import month_start
from kimdesk.pictures.scale import MonthScale, Scale, WeekScale, window

MONTHS, WEEKS = "months", "weeks"
_WEEKS_SHOWN = 12
_STEP = {MONTHS: 3, WEEKS: 4}  # how far one press goes


@dataclass(frozen=True, slots=True)
class ChainTimeFrame:
    """What is looked at: months or weeks, and how many of them away from where the plan is."""

    zoom: str = MONTHS
    away: int = 0

    def turned(self, direction: int) -> "ChainTimeFrame":
        """Return the frame one step later (1) or earlier (−1)."""
        return ChainTimeFrame(self.zoom, self.away + direction * _STEP[self.zoom])

    def zoomed(self, zoom: str) -> "ChainTimeFrame":
        """Return the frame in weeks or months, back where the plan is."""
        return self if zoom == self.zoom else ChainTimeFrame(zoom)

    def scale(self, days: Iterable[date], today: date, left: float, right: float) -> Scale:
        """Return the scale for a plan that has these ``days``."""
        known = [*days] or [today]
        if self.zoom == WEEKS:
            monday = today - timedelta(days=today.weekday())
            return WeekScale(monday + timedelta(weeks=self.away - 1), _WEEKS_SHOWN, left, right)
        start, months = window(min(known), max(known), today)
        return MonthScale(month_start(start, self.away), months, left, right)

    def towards(self, first: date, scale: Scale) -> "ChainTimeFrame":
        """Return the frame that shows ``first`` when ``scale`` does not."""
        if scale.holds(first):
            return self
        if self.zoom == WEEKS:
            return ChainTimeFrame(WEEKS, self.away + (first - scale.start).days // 7 - 1)
        months = (first.year - scale.start.year) * 12 + first.month - scale.start.month
        return ChainTimeFrame(MONTHS, self.away + months - 1)


@dataclass(frozen=True, slots=True)
class MonthStretch(ChainTimeFrame):
    """A stretch of ``count`` months from ``start`` (the first of one), whatever day it is: for paper."""

    start: date = date.min
    count: int = 12

    def scale(self, days: Iterable[date], today: date, left: float, right: float) -> Scale:  # noqa: ARG002
        """Return the scale of these months."""
        return MonthScale(self.start, self.count, left, right)


def stretches(first: date, last: date, most: int, least: int) -> tuple[MonthStretch, ...]:
    """Return equally long stretches that show ``first`` to ``last``, none longer than ``most`` months."""
    start = month_start(first)
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    parts = -(-months // most)
    each = max(least, -(-months // parts))
    return tuple(MonthStretch(start=month_start(start, number * each), count=each) for number in range(parts))
