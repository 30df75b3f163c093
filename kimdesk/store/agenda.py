"""The dates of all cases by rule and day, from the one small table that holds them.

A closed case has none there but those of its after-care.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from kimdesk.store.dues import facts_of
from kimdesk.store.sql import Statement
from kimdesk.store.tables import case_row, due

_BETWEEN = Statement(
    select(
        due.c.rule, due.c.due_on, due.c.kind, due.c.record_id, due.c.facts, due.c.case_id, case_row.c.name,
        case_row.c.file_number,
    )
    .join(case_row, case_row.c.case_id == due.c.case_id)
    .where(
        due.c.rule == bindparam("rule_"),
        due.c.due_on >= bindparam("first_"),
        due.c.due_on <= bindparam("last_"),
    )
    .order_by(due.c.due_on, due.c.case_id)
    .limit(bindparam("limit_")),
    "rule_", "first_", "last_", "limit_",
)  # fmt: skip


class DueRow(NamedTuple):
    """One date of a case, with the name of its client („Osman, Amna“, "" while anonymous)."""

    rule: str
    due_on: date
    kind: str
    record_id: str
    facts: dict[str, str]
    case_id: str
    name: str
    file_number: str


def between(connection: Connection, rule: str, first: date, last: date, limit: int) -> list[DueRow]:
    """Return at most ``limit`` dates of ``rule`` from ``first`` to ``last``."""
    rows = _BETWEEN.rows(connection, rule, first.isoformat(), last.isoformat(), limit)
    return [
        DueRow(row[0], date.fromisoformat(row[1]), row[2], row[3], facts_of(row[4]), *row[5:]) for row in rows
    ]
