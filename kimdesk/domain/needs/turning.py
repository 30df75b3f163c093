"""When what conditions say of a case may be another: days on which something begins, ends or grows older."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import CaseFile

_DAY, _YEAR = timedelta(days=1), timedelta(days=365)


def next_turn(file: CaseFile, day: date) -> date | None:
    """Return the first day after ``day`` on which conditions may say something else, None for never."""
    return min((each for each in _days(file, day) if each > day), default=None)


def _days(file: CaseFile, day: date) -> Iterator[date]:
    for paper in file.attachments:
        yield from _after(paper.valid_until)
    for member in file.members:
        yield from _after(member.until)
        yield member.since or day
    for person in file.persons:
        yield from _anniversaries(person.birth_date, day, months=12)
        yield from _anniversaries(person.arrived_on, day, months=1)
    for first, last in [
        *((one.starts_on, one.ends_on) for one in file.regimes),
        *((one.valid_from, one.valid_until) for one in file.residence),
    ]:
        yield from _spell(first, last)


def _spell(first: date | None, last: date | None) -> Iterator[date]:
    """Yield the days that count for „now“ and for „in the last twelve months“."""
    if first:
        yield first
        yield from _later(first, _YEAR)
    yield from _after(last)
    if last:
        yield from _later(last, _YEAR + _DAY)


def _after(last: date | None) -> Iterator[date]:
    if last:
        yield from _later(last, _DAY)


def _later(day: date, by: timedelta) -> Iterator[date]:
    if date.max - day >= by:
        yield day + by


def _anniversaries(since: PartialDate | None, day: date, months: int) -> Iterator[date]:
    """Yield the next day on which a full year or month is reached, for each day ``since`` can mean."""
    for first in (since.earliest(), since.latest()) if since else ():
        passed = (day.year - first.year) * 12 + day.month - first.month
        yield from (_plus(first, months * (passed // months + step)) for step in (0, 1))


def _plus(first: date, months: int) -> date:
    """Return the day so many months later; where that month has no such day, the next one."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    if first.day <= last:
        return date(year, month + 1, first.day)
    return date(year, month + 1, last) + _DAY
