"""How much of the plan the picture shows: months side by side, or weeks. Plain values, no widgets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from kimdesk.domain.law.periods import month_start
from kimdesk.texts import dates
from ui.canvas.timescale import TimeScale, window

MONTHS, WEEKS = "months", "weeks"
_WEEKS_SHOWN = 12
_STEP = {MONTHS: 3, WEEKS: 4}  # how far one press goes


class Scale(Protocol):
    """A stretch of days on a line."""

    @property
    def start(self) -> date:
        """Return the first day."""

    @property
    def end(self) -> date:
        """Return the first day after the stretch."""

    @property
    def left(self) -> float:
        """Return where the first day begins."""

    @property
    def right(self) -> float:
        """Return where the last day ends."""

    def x(self, day: date) -> float:
        """Return where ``day`` begins, inside the stretch."""

    def shows(self, first: date, last: date) -> bool:
        """Return whether anything from ``first`` to ``last`` lies inside."""

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each month or week begins, and its name."""


@dataclass(frozen=True, slots=True)
class WeekScale:
    """``weeks`` weeks from the Monday ``start``, spread over ``left`` to ``right`` pixels."""

    start: date
    weeks: int
    left: float
    right: float

    @property
    def end(self) -> date:
        """Return the first day after the stretch."""
        return self.start + timedelta(weeks=self.weeks)

    def x(self, day: date) -> float:
        """Return where ``day`` begins, inside the stretch."""
        share = (min(max(day, self.start), self.end) - self.start).days / (7 * self.weeks)
        return self.left + share * (self.right - self.left)

    def shows(self, first: date, last: date) -> bool:
        """Return whether anything from ``first`` to ``last`` lies inside."""
        return first < self.end and last >= self.start

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each week begins and the date of its Monday."""
        for number in range(self.weeks):
            monday = self.start + timedelta(weeks=number)
            yield self.x(monday), dates.day_and_month(monday)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is looked at: months or weeks, and how many of them away from where the plan is."""

    zoom: str = MONTHS
    away: int = 0

    def turned(self, direction: int) -> "Frame":
        """Return the frame one step later (1) or earlier (−1)."""
        return Frame(self.zoom, self.away + direction * _STEP[self.zoom])

    def zoomed(self, zoom: str) -> "Frame":
        """Return the frame in weeks or months, back where the plan is."""
        return self if zoom == self.zoom else Frame(zoom)

    def scale(self, days: Iterable[date], today: date, left: float, right: float) -> Scale:
        """Return the scale for a plan that has these ``days``."""
        known = [*days] or [today]
        if self.zoom == WEEKS:
            monday = today - timedelta(days=today.weekday())
            return WeekScale(monday + timedelta(weeks=self.away - 1), _WEEKS_SHOWN, left, right)
        start, months = window(min(known), max(known), today)
        return TimeScale(month_start(start, self.away), months, left, right)

    def towards(self, first: date, scale: Scale) -> "Frame":
        """Return the frame that shows ``first`` when ``scale`` does not."""
        if scale.start <= first < scale.end:
            return self
        if self.zoom == WEEKS:
            return Frame(WEEKS, self.away + (first - scale.start).days // 7 - 1)
        months = (first.year - scale.start.year) * 12 + first.month - scale.start.month
        return Frame(MONTHS, self.away + months - 1)


def per_day(scale: Scale) -> float:
    """Return how many pixels a day is wide."""
    return (scale.right - scale.left) / (scale.end - scale.start).days
