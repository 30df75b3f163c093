"""A stretch of months on a line: where a day stands, where months begin. Plain values, no widgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kimdesk.domain.law.periods import month_start

_SHORT = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The months from ``start`` (a first) for ``months`` months, spread over ``left`` to ``right`` pixels."""

    start: date
    months: int
    left: float
    right: float

    @property
    def end(self) -> date:
        """Return the first day after the stretch."""
        return month_start(self.start, self.months)

    def x(self, day: date) -> float:
        """Return where ``day`` begins, inside the stretch."""
        share = (min(max(day, self.start), self.end) - self.start).days / (self.end - self.start).days
        return self.left + share * (self.right - self.left)

    def shows(self, first: date, last: date) -> bool:
        """Return whether anything from ``first`` to ``last`` lies inside."""
        return first < self.end and last >= self.start

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where each month begins and its name, with the year in January."""
        for number in range(self.months):
            first = month_start(self.start, number)
            year = f" {first.year % 100:02}" if first.month == 1 else ""
            yield self.x(first), _SHORT[first.month - 1] + year


def window(first: date, last: date, today: date, most: int = 14) -> tuple[date, int]:
    """Return start and number of months to show for ``first`` to ``last`` around ``today``."""
    start = max(month_start(first), month_start(today, -3))
    start = min(start, month_start(today, -1))
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    return start, min(most, max(8, months))
