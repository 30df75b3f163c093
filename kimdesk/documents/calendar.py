"""Appointments and deadlines as a calendar file (RFC 5545), which names nobody unless that is chosen.

Calendars lie on servers and telephones of others: what leaves says day and time, and that it is an
appointment. The zone is written out, as every program knows it; no date is counted over to another one.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from kimdesk.casework import contacts
from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.documents.lines import escaped, written
from kimdesk.domain import media
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import CaseFile, FollowUp
from kimdesk.domain.shielding import any_shielded
from kimdesk.domain.terms import FollowUpKind
from kimdesk.store.work import Writer
from kimdesk.texts import say
from kimdesk.texts.bidi import apart

ZONE: Final = "Europe/Berlin"
WEEKS: Final = 4
"""How far „the coming weeks“ reach."""
NOTHING: Final = "E888"
_MINUTES: Final = 60
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_TIMEZONE: Final = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """What may be told besides day and time; ``cancelled`` takes the entry back."""

    file_number: bool = False
    place: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry: ``key`` is the same whenever the same thing is written, ``time`` "" for the whole day."""

    key: str
    day: date
    title: str
    time: str = ""
    place: str = ""
    changes: int = 0
    cancelled: bool = False


def entry(file: CaseFile, one: FollowUp, choice: CalendarChoice) -> CalendarEntry:
    """Return a date of a case as an entry; a place only where no address of the case is kept secret."""
    number = file.case.file_number if choice.file_number else ""
    place = one.place if choice.place and not any_shielded(file.persons) else ""
    word = say(f"calendar.kind_{one.kind}")
    return CalendarEntry(
        one.id,
        one.due_on,
        apart(" ").join(filter(None, (word, number))),
        one.time if one.kind is FollowUpKind.APPOINTMENT else "",
        place,
        one.rev,
        choice.cancelled,
    )


def save_date(desk: Desk, path: Path, case_id: str, key: str, choice: CalendarChoice) -> None:
    """Write one date of a case to ``path``; the audit trail tells of it.

    Raises CaseworkError E853 when there is no such case, E888 when it has no such date, StoreError E920 to
    E923 when it cannot be written; then nothing is left behind.
    """
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        found = [(file, one) for one in file.follow_ups if one.id == key]
        _write(writer, path, found, choice)


def save_coming(desk: Desk, path: Path, today: date, choice: CalendarChoice) -> int:
    """Write the appointments of the coming weeks to ``path`` and return how many. Raises as ``save_date``."""
    last = today + timedelta(weeks=WEEKS)
    with desk.writing() as writer:
        files = contacts.cases_awaited(writer, today, last)
        found = [
            (file, one) for file in files for one in contacts.appointments(file, today) if one.due_on <= last
        ]
        _write(writer, path, found, choice)
    return len(found)


def _write(
    writer: Writer, path: Path, found: Sequence[tuple[CaseFile, FollowUp]], choice: CalendarChoice
) -> None:
    if not found:
        raise CaseworkError(NOTHING)
    for case_id in sorted({file.case.id for file, _ in found}):
        writer.record("copied_out", "case", case_id, case_id)
    media.write(path, calendar(entry(file, one, choice) for file, one in found))


def calendar(entries: Iterable[CalendarEntry], now: datetime | None = None) -> bytes:
    """Return a calendar file; ``now`` is when it was written."""
    stamp = (now or datetime.now(UTC)).astimezone(UTC)
    events = (line for one in entries for line in _event(one, stamp))
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//KIMdesk//KIMdesk//DE", "CALSCALE:GREGORIAN")
    return written((*head, *_TIMEZONE, *events, "END:VCALENDAR"))


def _event(one: CalendarEntry, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(uuid.NAMESPACE_OID, one.key)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{one.changes + one.cancelled}"
    yield from _when(one)
    yield f"SUMMARY:{escaped(one.title)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _when(one: CalendarEntry) -> Iterator[str]:
    found = _TIME.fullmatch(one.time)
    if found is None:
        yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.day + timedelta(1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    yield f"DTSTART;TZID={ZONE}:{one.day:%Y%m%d}T{int(found[1]):02}{found[2]}00"
    yield f"DURATION:PT{_MINUTES}M"
