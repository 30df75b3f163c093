"""A stretch of days on a line: where a day stands, where months or weeks begin. Plain values, no widgets."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.domain.law.periods import month_start
from kimdesk.texts import dates


@dataclass(frozen=True)
class Scale(ABC):
    """``count`` stretches of time from ``start``, spread over ``left`` to ``right`` pixels."""

    start: date
    count: int
    left: float
    right: float

    @property
    @abstractmethod
    def end(self) -> date:
        """Return the first day after the stretch."""

    @abstractmethod
    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each part begins, and its name."""

    @property
    def per_day(self) -> float:
        """Return how many pixels a day is wide."""
        return (self.right - self.left) / (self.end - self.start).days

    def x(self, day: date) -> float:
        """Return where ``day`` begins, inside the stretch."""
        share = (min(max(day, self.start), self.end) - self.start).days / (self.end - self.start).days
        return self.left + share * (self.right - self.left)

    def day_at(self, x: float) -> date:
        """Return the day that begins nearest to ``x``, inside the stretch."""
        days, share = (self.end - self.start).days, (x - self.left) / max(1.0, self.right - self.left)
        return self.start + timedelta(days=min(max(round(share * days), 0), days))

    def shows(self, first: date, last: date) -> bool:
        """Return whether anything from ``first`` to ``last`` lies inside."""
        return first < self.end and last >= self.start

    def holds(self, day: date) -> bool:
        """Return whether ``day`` lies inside."""
        return self.start <= day < self.end


class MonthScale(Scale):
    """Months; ``start`` is the first of one."""

    @property
    def end(self) -> date:
        """Return the first day after the last month."""
        return month_start(self.start, self.count)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each month begins and its name, with the year in January."""
        for number in range(self.count):
            first = month_start(self.start, number)
            year = f" {first.year % 100:02}" if first.month == 1 else ""
            yield self.x(first), dates.short_month(first) + year


class YearScale(MonthScale):
    """Months over which only the years are named."""

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each year begins and its number."""
        for number in range(self.count):
            first = month_start(self.start, number)
            if first.month == 1 or number == 0:
                yield self.x(first), str(first.year) if first.month == 1 else ""


class WeekScale(Scale):
    """Weeks; ``start`` is a Monday."""

    @property
    def end(self) -> date:
        """Return the Monday after the last week."""
        return self.start + timedelta(weeks=self.count)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each week begins and the date of its Monday."""
        for number in range(self.count):
            monday = self.start + timedelta(weeks=number)
            yield self.x(monday), dates.day_and_month(monday)


def window(first: date, last: date, today: date, most: int = 14) -> tuple[date, int]:
    """Return start and number of months to show for ``first`` to ``last`` around ``today``."""
    start = max(month_start(first), month_start(today, -3))
    start = min(start, month_start(today, -1))
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    return start, min(most, max(8, months))
