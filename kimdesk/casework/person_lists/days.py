"""Dates as lists have them: the order of day and month is that of the whole column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.casework.sheets import formats
from kimdesk.domain.dates import PartialDate, full_year
from kimdesk.store.folding import fold

_PARTS = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{1,2}))?")
_SPELLED = re.compile(r"(?:(\d{1,2})\s*\.?\s*)?([^\W\d_]{3,})\.?\s+(\d{4})")
_SERIAL = re.compile(r"([1-6]\d{4})(?:[.,]\d+)?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}\D?.*$")
_MONTHS = 12
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How a column writes its dates: month first (US), whether that is certain, and what its numbers are.

    ``starts_1904``: a bare number counts the days since 1904, as on old Macs. ``months`` are their names.
    """

    month_first: bool
    certain: bool
    starts_1904: bool = False
    months: Sequence[Sequence[str]] = ()

    @classmethod
    def of(
        cls,
        cells: Iterable[str],
        *,
        month_first: bool | None = None,
        starts_1904: bool = False,
        months: Sequence[Sequence[str]] = (),
    ) -> "DayOrder":
        """Return the order that fits the most cells; the day comes first unless the cells say otherwise.

        An order that is given is certain.
        """
        if month_first is not None:
            return cls(month_first, True, starts_1904, months)
        firsts = seconds = slashes = 0
        for cell in cells:
            if found := _PARTS.fullmatch(_bare(cell)):
                firsts += int(found[1]) > _MONTHS
                seconds += int(found[3]) > _MONTHS
                slashes += found[2] == "/"
        return cls(seconds > firsts, firsts != seconds or not slashes, starts_1904, months)

    def unsure(self, cell: str) -> bool:
        """Return whether day and month of ``cell`` may be the other way round."""
        found = _PARTS.fullmatch(_bare(cell))
        if self.certain or not found or found[2] != "/":
            return False
        return max(int(found[1]), int(found[3])) <= _MONTHS and found[1] != found[3]

    def read(self, cell: str, today: date) -> PartialDate:
        """Return the date in ``cell``; years of two digits are not in the future. Raises ValueError."""
        text = _bare(cell)
        if found := _SERIAL.fullmatch(text):
            return PartialDate.parse(formats.day(int(found[1]), starts_1904=self.starts_1904))
        if found := _PARTS.fullmatch(text):
            first, second, year = int(found[1]), int(found[3]), full_year(found[4], today.year)
            month_first = self.month_first if max(first, second) <= _MONTHS else second > _MONTHS
            return PartialDate(year, *((first, second) if month_first else (second, first)))
        if found := _MONTH.fullmatch(text):
            return PartialDate(int(found[2]), int(found[1]))
        if found := _YEAR_FIRST.fullmatch(text):
            return PartialDate(int(found[1]), int(found[2]), int(found[3] or 0))
        if found := _SPELLED.fullmatch(text):
            return PartialDate(int(found[3]), self._month(found[2]), int(found[1] or 0))
        return PartialDate.parse(text)

    def _month(self, word: str) -> int:
        """Return the month whose name begins so. Raises ValueError."""
        begun = fold(word)
        for number, names in enumerate(self.months, start=1):
            if len(begun) >= _LEAST_LETTERS and any(fold(name).startswith(begun) for name in names):
                return number
        raise ValueError("no month")


def _bare(cell: str) -> str:
    return _TIME.sub("", cell.strip())
