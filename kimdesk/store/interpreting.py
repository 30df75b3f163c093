"""Appointments and talks of all cases in which somebody had to interpret."""

from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select

from kimdesk.domain.records import Case, CaseRecord, Contact, FollowUp
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES

R = TypeVar("R", bound=CaseRecord)
_NOBODY = ("", "not_needed", "own_language")  # interpreter_use, interpreter_booking: nobody had to


def _between(record_type: type[CaseRecord], day: str) -> Statement:
    table, case = RECORD_TABLES[record_type], RECORD_TABLES[Case].c
    columns = (table.c[name] for name in shape(record_type).names)
    return Statement(
        select(*columns, case.file_number.label("number_"))
        .join(RECORD_TABLES[Case], case.id == table.c.case_id)
        .where(
            *(table.c.interpreter != each for each in _NOBODY),
            table.c[day] >= bindparam("first_"),
            table.c[day] <= bindparam("last_"),
        )
        .order_by(table.c[day], table.c.id),
        "first_",
        "last_",
    )


_APPOINTMENTS, _TALKS = _between(FollowUp, "due_on"), _between(Contact, "held_on")


def appointments(connection: Connection, first: date, last: date) -> list[tuple[FollowUp, str]]:
    """Return the appointments from ``first`` to ``last`` with the file number of their case."""
    return _read(connection, _APPOINTMENTS, FollowUp, first, last)


def talks(connection: Connection, first: date, last: date) -> list[tuple[Contact, str]]:
    """Return the talks from ``first`` to ``last`` with the file number of their case."""
    return _read(connection, _TALKS, Contact, first, last)


def _read(
    connection: Connection, wanted: Statement, record_type: type[R], first: date, last: date
) -> list[tuple[R, str]]:
    rows = wanted.rows(connection, first.isoformat(), last.isoformat())
    return [(shape(record_type).decode(row[:-1]), row[-1]) for row in rows]
