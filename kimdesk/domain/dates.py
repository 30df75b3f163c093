"""Dates as people know them: some only to the month, some only to the year."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a day in a case can have; what lies outside is a slip or another calendar."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CENTURY = 100
_GERMAN = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})")


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day (DSAusländer: JJJJ, MM.JJJJ, TT.MM.JJJJ)."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        self.earliest()

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY[-MM[-DD]]`` or ``[[TT.]MM.]JJJJ``. Raises ValueError for anything else."""
        text = text.strip()
        if found := _ISO.fullmatch(text):
            year, month, day = found.groups()
        elif found := _GERMAN.fullmatch(text):
            day, month, year = found.groups()
        else:
            raise ValueError("not a date")
        return cls(int(year), int(month or 0), int(day or 0))

    def iso(self) -> str:
        """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        return "-".join([f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part])

    def earliest(self) -> date:
        """Return the first day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day this date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def age_on(birth: PartialDate, day: date) -> int:
    """Return the full years lived on ``day``; an unknown month or day counts as the latest possible."""
    born = birth.latest()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def now() -> datetime:
    """Return this moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return the day on the worker's calendar."""
    return date.today()  # noqa: DTZ011 - a day of the office, not of UTC


def full_year(digits: str, latest: int) -> int:
    """Return the year that ``digits`` mean; of two, the last such year that is not after ``latest``."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - the digits of a century left out
        return year
    meant = latest // _CENTURY * _CENTURY + year
    return meant if meant <= latest else meant - _CENTURY
