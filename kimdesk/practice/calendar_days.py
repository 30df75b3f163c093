"""Small steps through the calendar."""

import calendar
from datetime import date, timedelta

DAY = timedelta(days=1)


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    """Return the first of the month after ``day``."""
    return month_end(day) + DAY


def first_of_month(day: date, months: int) -> date:
    """Return the first of the month that lies ``months`` months after that of ``day``."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def weekday(day: date) -> date:
    """Return ``day``, or the Monday after it when it falls on a weekend."""
    return day + max(7 - day.weekday(), 0) * DAY if day.weekday() > 4 else day  # noqa: PLR2004 - Friday
