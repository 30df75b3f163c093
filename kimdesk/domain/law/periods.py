"""Periods of German law: when one ends, counted forwards or backwards (§§ 187 to 193 BGB).

All arithmetic with months stands here.

§ 26 SGB X, § 31 VwVfG NRW, § 64 SGG and § 222 ZPO count the same way. A day is the whole day: who acts on
the last day of a period is in time.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

Holidays = Callable[[date], str]
"""Gives the name of the public holiday on a day, "" when it is none."""

DAY = timedelta(days=1)
_SATURDAY = 5
_MONTHS = 12


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period is, such as one month."""

    count: int
    unit: Unit

    @property
    def months(self) -> int:
        """Return the length in months; 0 for days and weeks."""
        return self.count * {Unit.MONTHS: 1, Unit.YEARS: _MONTHS}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """Return the length in days; 0 for months and years."""
        return self.count * {Unit.DAYS: 1, Unit.WEEKS: 7}.get(self.unit, 0)


def after_event(day: date, length: Length) -> date:
    """Return the last day of a period begun by something that happened on ``day``.

    That day does not count (§ 187 Abs. 1, § 188 Abs. 2 BGB); the period ends on the day with the same number
    or weekday, on the last of the month when that day is missing (§ 188 Abs. 3 BGB).
    """
    return _moved(day, length, 1)


def from_day(first: date, length: Length) -> date:
    """Return the last day of a period that begins with ``first``, which counts (§ 187 Abs. 2 BGB).

    It is the day before the one with the same number (§ 188 Abs. 2 BGB), the last of the month when missing.
    """
    if length.days:
        return first + timedelta(days=length.days) - DAY
    month = month_start(first, length.months)
    return _day_of(month, first.day - 1) if first.day > 1 else month - DAY


def full_on(first: date, months: int) -> date:
    """Return the first day on which ``months`` are full that begin with ``first``, which counts.

    The day with the same number; where the month lacks it, the first of the next. The last of the calendar
    stands for all days that lie beyond.
    """
    year, month = divmod(first.year * _MONTHS + first.month - 1 + months, _MONTHS)
    if year >= MAXYEAR:
        return date.max
    try:
        return date(year, month + 1, first.day)
    except ValueError:
        return date(year, month + 2, 1)  # December lacks no day


def before_event(day: date, length: Length) -> date:
    """Return the last day to act when ``length`` must lie between it and what happens on ``day``.

    The mirror of § 187 Abs. 1 BGB: neither that day nor the day of acting counts.
    """
    return _moved(day, length, -1) - DAY


def before_end(day: date, length: Length) -> date:
    """Return the last day to act ``length`` before something ends with the end of ``day`` (it counts)."""
    return before_event(day + DAY, length)


def is_cut(day: date, length: Length) -> bool:
    """Return whether the month a period begun on ``day`` ends in lacks that day (§ 188 Abs. 3 BGB)."""
    return bool(length.months) and after_event(day, length).day != day.day


def why_free(day: date, holiday: Holidays) -> str:
    """Return why ``day`` is no working day: the holiday's name, ``saturday``, ``sunday``, or ""."""
    if name := holiday(day):
        return name
    return {_SATURDAY: "saturday", _SATURDAY + 1: "sunday"}.get(day.weekday(), "")


def working_day(day: date, holiday: Holidays) -> date:
    """Return ``day``, or the next working day when it is a Saturday, Sunday or holiday (§ 193 BGB)."""
    while why_free(day, holiday):
        day += DAY
    return day


def working_day_before(day: date, holiday: Holidays) -> date:
    """Return ``day``, or the last working day before it when it is none."""
    while why_free(day, holiday):
        day -= DAY
    return day


def month_start(day: date, months: int = 0) -> date:
    """Return the first of the month ``months`` after that of ``day``; ValueError beyond the calendar."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, 1)


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return _day_of(day, 31)


def months_later(day: date, months: int) -> date:
    """Return the day ``months`` later (earlier when negative), its month's last where it has no such day.

    Raises ValueError beyond the calendar.
    """
    return _day_of(month_start(day, months), day.day)


def later(day: date, length: Length) -> date:
    """Return the day ``length`` after ``day``; the last of the calendar stands for all that lie beyond."""
    try:
        return after_event(day, length)
    except (ValueError, OverflowError):
        return date.max


def _moved(day: date, length: Length, way: int) -> date:
    if length.months:
        return months_later(day, way * length.months)
    return day + timedelta(days=way * length.days)


def _day_of(month: date, number: int) -> date:
    return month.replace(day=min(number, calendar.monthrange(month.year, month.month)[1]))
