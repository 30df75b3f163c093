"""What is due in all cases, in one small table kept in step with the records it follows from.

A closed case has nothing there but its after-care.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select

from kimdesk.domain.agenda import regime_dates
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import HOUSEHOLD, SOURCES, of_records
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import (
    CaseRecord,
    Contact,
    FollowUp,
    Person,
    Record,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import ContactStatus
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, case_row, due

R = TypeVar("R", bound=Record)

QUIET_RULES = ("no_contact",)  # worth a look, but no date of the case
_HOUSEHOLD = frozenset(kind_of(each) for each in HOUSEHOLD) | {"member"}
DUE_KINDS = frozenset(kind_of(each) for each in SOURCES) | _HOUSEHOLD

_OF_KIND = (due.c.case_id == bindparam("case_id_"), due.c.kind == bindparam("kind_"))
_STORED = Statement(select(due).where(*_OF_KIND))
_OLD = Statement(delete(due).where(*_OF_KIND))
_ALL_OLD = Statement(delete(due).where(due.c.case_id == bindparam("case_id_")))
_INSERT = Statement(insert(due))
_BEFORE = (due.c.rule == bindparam("rule_"), due.c.due_on < bindparam("before_"))
_PAST = Statement(select(due.c.case_id).where(*_BEFORE).distinct())
_DROP_PAST = Statement(delete(due).where(*_BEFORE))
_NEXT = Statement(
    select(due.c.due_on, due.c.rule, due.c.facts)
    .where(due.c.case_id == bindparam("case_id_"), due.c.rule.not_in([bindparam("quiet")]))
    .order_by(due.c.due_on, due.c.rule, due.c.record_id)
    .limit(1)
)

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


def _last_contact() -> Statement:
    table = RECORD_TABLES[Contact].c
    columns = (table[name] for name in shape(Contact).names)
    wanted = (table.case_id == bindparam("case_id_"), table.status == bindparam("status_"))
    return Statement(select(*columns).where(*wanted).order_by(table.held_on.desc(), table.id.desc()).limit(1))


_LAST_CONTACT = _last_contact()


def refresh(connection: Connection, case_id: str, kinds: Iterable[str]) -> bool:
    """Work out the dates of a case again, as far as they follow from records of ``kinds``.

    Return whether any of them changed.
    """
    changed = False
    for record_type in SOURCES:
        kind = kind_of(record_type)
        if kind in kinds:
            records = _records(connection, record_type, case_id)
            wanted = [_row(each, case_id) for each in of_records(record_type, records)]
            changed |= _replace(connection, case_id, kind, wanted)
    if not _HOUSEHOLD.isdisjoint(kinds):
        changed |= _replace(connection, case_id, "person", _of_household(connection, case_id))
    return changed


def refresh_closed(connection: Connection, case_id: str) -> None:
    """Work out the dates of a closed case: only follow-ups that are about the case itself (Nachkontakt)."""
    own = [one for one in _all(connection, FollowUp, case_id) if one.about == case_id]
    wanted = [_row(each, case_id) for each in of_records(FollowUp, own)]
    forget(connection, case_id)
    _replace(connection, case_id, kind_of(FollowUp), wanted)


def _of_household(connection: Connection, case_id: str) -> list[tuple[Any, ...]]:
    found = regime_dates.of_household(
        _all(connection, Person, case_id),
        _all(connection, ResidenceSpell, case_id),
        _all(connection, RegimeSpell, case_id),
    )
    return [_row(each, case_id) for each in found]


def _all(connection: Connection, record_type: type[R], case_id: str) -> list[R]:
    return [shape(record_type).decode(row) for row in shape(record_type).of_case.rows(connection, case_id)]


def _replace(connection: Connection, case_id: str, kind: str, wanted: list[tuple[Any, ...]]) -> bool:
    stored = {tuple(row) for row in _STORED.rows(connection, case_id, kind)}
    if stored == set(wanted):
        return False
    _OLD.run(connection, case_id, kind)
    for row in wanted:
        _INSERT.run(connection, *row)
    return True


def forget(connection: Connection, case_id: str) -> None:
    """Drop the dates of a case that is closed or removed."""
    _ALL_OLD.run(connection, case_id)


def past(connection: Connection, rule: str, before: date) -> list[str]:
    """Return the cases with a date of ``rule`` before the day ``before``."""
    return [row[0] for row in _PAST.rows(connection, rule, before.isoformat())]


def drop_past(connection: Connection, rule: str, before: date) -> None:
    """Drop the dates of ``rule`` before the day ``before``: nothing is to be done about them any more."""
    _DROP_PAST.run(connection, rule, before.isoformat())


def between(connection: Connection, rule: str, first: date, last: date, limit: int) -> list[DueRow]:
    """Return at most ``limit`` dates of ``rule`` from ``first`` to ``last``."""
    rows = _BETWEEN.rows(connection, rule, first.isoformat(), last.isoformat(), limit)
    return [
        DueRow(row[0], date.fromisoformat(row[1]), row[2], row[3], facts_of(row[4]), *row[5:]) for row in rows
    ]


def next_due(connection: Connection, case_id: str) -> tuple[str, str, str]:
    """Return day, rule and facts (JSON) of the earliest date of a case, "" each when there is none."""
    found = _NEXT.first(connection, case_id, *QUIET_RULES)
    return (found[0], found[1], found[2]) if found else ("", "", "")


def last_contact(connection: Connection, case_id: str) -> str:
    """Return the day of the last contact that took place, "" when there was none."""
    found = _contacts(connection, case_id)
    return found[0].held_on.isoformat() if found else ""


def _records(connection: Connection, record_type: type[CaseRecord], case_id: str) -> Sequence[CaseRecord]:
    if record_type is Contact:
        return _contacts(connection, case_id)
    return _all(connection, record_type, case_id)


def _contacts(connection: Connection, case_id: str) -> list[Contact]:
    """Return the last contact that took place; the dates of a case follow from no earlier one."""
    rows = _LAST_CONTACT.rows(connection, case_id, ContactStatus.HELD)
    return [shape(Contact).decode(row) for row in rows]


def _row(each: Due, case_id: str) -> tuple[Any, ...]:
    facts = msgspec.json.encode(dict(each.facts)).decode()
    return case_id, each.kind, each.record_id, each.rule, each.due_on.isoformat(), facts


def facts_of(text: str) -> dict[str, str]:
    """Return the facts of a date from how they are stored."""
    return cast("dict[str, str]", msgspec.json.decode(text)) if text else {}
