"""Dates as people type them into a field: short, with or without dots, „heute“ or „+14“."""

import re
from datetime import date, timedelta

from kimdesk.domain.dates import PartialDate, full_year
from kimdesk.domain.law.periods import months_later

_WORDS = {"heute": 0, "h": 0, "gestern": -1, "g": -1, "morgen": 1, "m": 1, "übermorgen": 2, "vorgestern": -2}
_OFFSET = re.compile(r"([+\-−])(\d{1,3})([tdwm]?)")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_PARTS = re.compile(r"(\d{1,2})[.\-/ ]+(\d{1,2})(?:[.\-/ ]+(\d{4}|\d{2}))?[.\-/ ]*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_AHEAD = 20  # years: how far days written with two digits of the year lie ahead (permits, passports)


def read_date(text: str, today: date) -> date:
    """Return the day meant by ``text``: „24.11.“, „241126“, „2026-11-24“, „heute“, „+14“, „+2w“.

    A day without a year is the one nearest to ``today``. Raises ValueError for anything else.
    """
    text = " ".join(text.split()).casefold()
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if found := _OFFSET.fullmatch(text.replace(" ", "")):
        return _shifted(today, *found.groups())
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := _DIGITS.fullmatch(text) or _PARTS.fullmatch(text):
        return _day(*found.groups(), today=today)
    raise ValueError("not a date")


def read_partial(text: str, today: date) -> PartialDate:
    """Return the date meant by ``text``, known to the day, the month or the year.

    Takes what ``PartialDate.parse`` takes, and „1.3.87“, „03/1987“, „01031987“; two digits are a year up to
    that of ``today``. Raises ValueError otherwise.
    """
    text = text.strip()
    try:
        return PartialDate.parse(text)
    except ValueError:
        pass
    if found := re.fullmatch(r"(\d{1,2})\s*[./\-]\s*(\d{4})", text):
        return PartialDate(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text):
        return PartialDate(int(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2})[./\- ]+(\d{1,2})[./\- ]+(\d{4}|\d{2})", text):
        return PartialDate(full_year(found[3], today.year), int(found[2]), int(found[1]))
    raise ValueError("not a date")


def _shifted(today: date, sign: str, amount: str, unit: str) -> date:
    count = int(amount) * (1 if sign == "+" else -1)
    if unit == "m":
        return months_later(today, count)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _day(day: str, month: str, year: str | None, *, today: date) -> date:
    if year is None:
        return min(_every_year(int(day), int(month), today), key=lambda found: abs(found - today))
    return date(full_year(year, today.year + _AHEAD), int(month), int(day))


def _every_year(day: int, month: int, today: date) -> list[date]:
    found = []
    for year in range(today.year - 1, today.year + 2):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError("not a date")
    return found
