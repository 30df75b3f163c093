"""Dates as lists have them: the order of day and month is that of the whole column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.domain.dates import PartialDate

_PARTS = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
_SERIAL = re.compile(r"[1-6]\d{4}")
_SERIAL_START = date(1899, 12, 30)  # day 0 of spreadsheets that count from 1900
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_MONTHS = 12
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How a column writes its dates: month first (US), and whether that is certain."""

    month_first: bool
    certain: bool

    @classmethod
    def of(cls, cells: Iterable[str]) -> "DayOrder":
        """Return the order that fits the most cells; the day comes first unless the cells say otherwise."""
        firsts = seconds = slashes = 0
        for cell in cells:
            if found := _PARTS.fullmatch(_bare(cell)):
                firsts += int(found[1]) > _MONTHS
                seconds += int(found[3]) > _MONTHS
                slashes += found[2] == "/"
        return cls(seconds > firsts, firsts != seconds or not slashes)

    def unsure(self, cell: str) -> bool:
        """Return whether day and month of ``cell`` may be the other way round."""
        found = _PARTS.fullmatch(_bare(cell))
        if self.certain or not found or found[2] != "/":
            return False
        return max(int(found[1]), int(found[3])) <= _MONTHS and found[1] != found[3]

    def read(self, cell: str, today: date) -> PartialDate:
        """Return the date in ``cell``; years of two digits are not in the future. Raises ValueError."""
        text = _bare(cell)
        if _SERIAL.fullmatch(text):
            day = _SERIAL_START + timedelta(days=int(text))
            return PartialDate(day.year, day.month, day.day)
        found = _PARTS.fullmatch(text)
        if found is None:
            return PartialDate.parse(text)
        first, second, year = int(found[1]), int(found[3]), _year(found[4], today)
        month_first = self.month_first if max(first, second) <= _MONTHS else second > _MONTHS
        return PartialDate(year, *((first, second) if month_first else (second, first)))


def _bare(cell: str) -> str:
    return _TIME.sub("", cell.strip())


def _year(text: str, today: date) -> int:
    if len(text) > 2:  # noqa: PLR2004 - digits of a year
        return int(text)
    year = today.year // _CENTURY * _CENTURY + int(text)
    return year if year <= today.year else year - _CENTURY
