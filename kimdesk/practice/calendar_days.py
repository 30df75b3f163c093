"""Small steps through the calendar."""

from datetime import date

from kimdesk.domain.law.periods import DAY, month_start


def next_month(day: date) -> date:
    """Return the first of the month after ``day``."""
    return month_start(day, 1)


def weekday(day: date) -> date:
    """Return ``day``, or the Monday after it when it falls on a weekend."""
    return day + max(7 - day.weekday(), 0) * DAY if day.weekday() > 4 else day  # noqa: PLR2004 - Friday
