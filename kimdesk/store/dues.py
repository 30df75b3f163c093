"""What is due in all cases, in one table kept in step with the records it follows from.

It holds what ``domain.agenda.dues`` tells of each case: the day's work is found without reading cases.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import (
    FACTS,
    SOURCES,
    DueSource,
    in_order,
    next_date,
    of_file,
    open_to_facts,
    standing,
)
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.custody import Passage
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.needs.turning import next_turn
from kimdesk.domain.records import (
    MEMBERS,
    Attachment,
    Case,
    CaseFile,
    Contact,
    FollowUp,
    Person,
    PhaseEntry,
    Record,
    Referral,
    RegimeChange,
)
from kimdesk.domain.terms import CaseStatus, ContactStatus
from kimdesk.store.mapping import shape
from kimdesk.store.passages import PASSAGE
from kimdesk.store.passages import of_case as passages_of
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, case_row, due

R = TypeVar("R", bound=Record)


JUDGED = frozenset(source.kind for source in SOURCES if source.judged)
"""The kinds whose dates may be others on another day."""


def _kind(read: type[Record] | type[Passage]) -> str:
    return PASSAGE if issubclass(read, Passage) else kind_of(read)


ALL = frozenset(_kind(each) for source in SOURCES for each in source.reads)
"""The kinds of record that dates follow from, and passages."""
_MEMBERS = {**MEMBERS, Passage: "passages"}

_OF_CASE = due.c.case_id == bindparam("case_id_")
_OF_KIND = (_OF_CASE, due.c.kind == bindparam("kind_"))
_COLUMNS = (due.c.rule, due.c.due_on, due.c.kind, due.c.record_id, due.c.facts, due.c.since, due.c.until)
_STORED = Statement(select(due).where(*_OF_KIND))
_OLD = Statement(delete(due).where(*_OF_KIND))
_ALL_OLD = Statement(delete(due).where(_OF_CASE))
_INSERT = Statement(insert(due))
_CASE = Statement(select(*_COLUMNS).where(_OF_CASE))
_SHOWN = Statement(
    select(*_COLUMNS, due.c.case_id, case_row.c.name, case_row.c.file_number)
    .join(case_row, case_row.c.case_id == due.c.case_id)
    .where(due.c.since <= bindparam("day_"), due.c.until >= bindparam("day_again_"))
    .order_by(due.c.due_on, due.c.case_id)
    .limit(bindparam("limit_")),
    "day_", "day_again_", "limit_",
)  # fmt: skip
_TURNED = Statement(
    select(due.c.case_id)
    .where(
        or_(
            and_(due.c.since > bindparam("first_"), due.c.since <= bindparam("last_")),
            and_(due.c.until >= bindparam("first_again_"), due.c.until < bindparam("last_again_")),
        )
    )
    .distinct(),
    "first_", "last_", "first_again_", "last_again_",
)  # fmt: skip


_LISTS = Statement(
    select(case_row.c.case_id)
    .where(case_row.c.lists_until != "")
    .union(select(due.c.case_id).where(due.c.kind.in_([bindparam(None, each) for each in sorted(JUDGED)])))
)
_LISTS_TURNED = Statement(
    select(case_row.c.case_id).where(
        case_row.c.lists_until != "", case_row.c.lists_until <= bindparam("day_")
    )
)


class DueRow(NamedTuple):
    """One date of a case, with the name of its client („Osman, Amna“, "" while anonymous)."""

    due: Due
    case_id: str
    name: str
    file_number: str


_TALK = RECORD_TABLES[Contact].c
_TALKS = select(*(_TALK[name] for name in shape(Contact).names)).where(_TALK.case_id == bindparam("case_id_"))
_LAST_TALK = Statement(
    _TALKS.where(_TALK.status == bindparam("status_"))
    .order_by(_TALK.held_on.desc(), _TALK.id.desc())
    .limit(1)
)
_FOLLOWED_UP = Statement(_TALKS.where(_TALK.follow_up_on.is_not(None)))


def refresh(
    connection: Connection,
    case: Case,
    kinds: Iterable[str],
    rules: AgendaRules,
    day: date,
    there: Container[str] | None = None,
) -> str | None:
    """Work out the dates of a case again, as far as they follow from records of ``kinds``.

    Return the day from when those that conditions decide over may be others, "" for never; None when there
    were none of these to look at.

    Of a case that is new, and so has no dates yet, it is known what is ``there``: records of these kinds, and
    persons.
    """
    changed = frozenset(kinds)
    taken_up = "follow_up" in changed  # a follow-up may stand for any date
    wanted = [one for one in SOURCES if taken_up or not changed.isdisjoint(_followed(one))]
    file = _read(connection, case, wanted, rules, there)
    found = standing(file, of_file(file, rules, wanted, day=day), rules)
    for source in wanted:
        rows = [_row(each, case.id) for each in found if each.kind == source.kind]
        if there is not None:
            _INSERT.run_all(connection, rows)
        else:
            _replace(connection, case.id, source.kind, rows)
    if not any(source.judged for source in wanted):
        return None
    turn = next_turn(file, day) if open_to_facts(file, rules) else None
    return turn.isoformat() if turn else ""


def _followed(source: DueSource) -> Iterator[str]:
    """Yield the kinds of record that dates of ``source`` can follow from."""
    yield from map(_kind, (*source.reads, *(FACTS if source.judged else ())))


def _read(
    connection: Connection,
    case: Case,
    wanted: Sequence[DueSource],
    rules: AgendaRules,
    there: Container[str] | None,
) -> CaseFile:
    """Return as much of a case as dates of ``wanted`` follow from; facts only where a condition asks."""
    read: set[Any] = {FollowUp, *(each for source in wanted for each in source.reads)}
    if case.status is CaseStatus.CLOSED:
        read.add(PhaseEntry)
    judged = any(source.judged for source in wanted)
    if judged:
        read |= {Referral, RegimeChange, Attachment}
    file = _with(connection, CaseFile(case=case), read, there)
    return _with(connection, file, {*FACTS} - read, there) if judged and open_to_facts(file, rules) else file


def _with(
    connection: Connection, file: CaseFile, read: Iterable[Any], there: Container[str] | None
) -> CaseFile:
    found = [each for each in read if there is None or each is Person or _kind(each) in there]
    parts: dict[str, Any] = {_MEMBERS[each]: _records(connection, each, file.case.id) for each in found}
    return replace(file, **parts)


def _replace(connection: Connection, case_id: str, kind: str, wanted: list[tuple[Any, ...]]) -> None:
    if {tuple(row) for row in _STORED.rows(connection, case_id, kind)} != set(wanted):
        _OLD.run(connection, case_id, kind)
        _INSERT.run_all(connection, wanted)


def forget(connection: Connection, case_id: str) -> None:
    """Drop the dates of a case that is removed."""
    _ALL_OLD.run(connection, case_id)


def turned(connection: Connection, day: date, other: date) -> list[str]:
    """Return the cases in which between two days it became time for something, or something lapsed."""
    first, last = sorted((day.isoformat(), other.isoformat()))
    return [row[0] for row in _TURNED.rows(connection, first, last, first, last)]


def turned_lists(connection: Connection, day: date, last: date) -> list[str]:
    """Return the cases in which conditions may say something else on ``day`` than on the day ``last``.

    After a clock that ran ahead was put right these are all in which conditions decide over anything.
    """
    if day < last:
        return [row[0] for row in _LISTS.rows(connection)]
    return [row[0] for row in _LISTS_TURNED.rows(connection, day.isoformat())]


def shown(connection: Connection, day: date, rules: AgendaRules, limit: int) -> list[DueRow]:
    """Return what it is time for on ``day`` in all cases, the earliest first, at most ``limit``.

    Of a case on the same day the one whose rule stands first.
    """
    places = {rule: place for place, rule in enumerate(rules.windows)}
    rows = [
        row for row in _SHOWN.rows(connection, day.isoformat(), day.isoformat(), limit) if row[0] in places
    ]
    rows.sort(key=lambda row: (row[1], row[7], places[row[0]]))
    return [DueRow(_due(row[:7], rules), *row[7:]) for row in rows]


def count_waiting(
    connection: Connection, day: date, dated: tuple[str, ...], open_ended: tuple[str, ...], limit: int
) -> int:
    """Return how much waits on ``day``, at most ``limit``: shown and of the rules ``open_ended``, or of
    ``dated`` and due by then.
    """
    this = day.isoformat()
    return int(_count_waiting(dated, open_ended, limit).scalar(connection, this, this, this))


def next_of(connection: Connection, case_id: str, rules: AgendaRules, day: date) -> Due | None:
    """Return the date of a case that its list names on ``day``."""
    return next_date(in_order(of_case(connection, case_id, rules), rules, day))


def of_case(connection: Connection, case_id: str, rules: AgendaRules) -> list[Due]:
    """Return all dates of a case that are kept."""
    return [_due(row, rules) for row in _CASE.rows(connection, case_id) if row[0] in rules.windows]


def last_contact(connection: Connection, case_id: str) -> str:
    """Return the day of the last contact that took place, "" when there was none."""
    found = _LAST_TALK.first(connection, case_id, ContactStatus.HELD)
    return shape(Contact).decode(found).held_on.isoformat() if found else ""


def _records(
    connection: Connection, record_type: type[Record] | type[Passage], case_id: str
) -> tuple[Record, ...] | tuple[Passage, ...]:
    if issubclass(record_type, Passage):
        return passages_of(connection, case_id)
    if record_type is Contact:
        return tuple(_contacts(connection, case_id))
    rows = shape(record_type).of_case.rows(connection, case_id)
    return tuple(shape(record_type).decode(row) for row in rows)


def _contacts(connection: Connection, case_id: str) -> list[Contact]:
    """Return the contacts that dates can follow from: the last talk, and those with a day agreed."""
    rows = [
        *_LAST_TALK.rows(connection, case_id, ContactStatus.HELD),
        *_FOLLOWED_UP.rows(connection, case_id),
    ]
    found = [shape(Contact).decode(row) for row in rows]
    return list({each.id: each for each in found}.values())


def _row(each: Due, case_id: str) -> tuple[Any, ...]:
    """Return the columns of ``tables.due``."""
    facts = msgspec.json.encode(dict(each.facts)).decode()
    days = (each.due_on.isoformat(), facts, each.since.isoformat(), each.until.isoformat())
    return case_id, each.kind, each.record_id, each.rule, *days


def _due(row: Sequence[Any], rules: AgendaRules) -> Due:
    rule, due_on, kind, record_id, facts, since, until = row
    window = rules.windows[rule]
    return Due(
        rule=rule,
        due_on=date.fromisoformat(due_on),
        kind=kind,
        record_id=record_id,
        facts=facts_of(facts),
        since=date.fromisoformat(since),
        until=date.fromisoformat(until),
        rank=window.rank,
    )


def facts_of(text: str) -> dict[str, str]:
    """Return the facts of a date from how they are stored."""
    return cast("dict[str, str]", msgspec.json.decode(text)) if text else {}


@cache
def _count_waiting(dated: tuple[str, ...], open_ended: tuple[str, ...], limit: int) -> Statement:
    now = and_(_rule_in(dated), due.c.due_on <= bindparam("due_"))
    wanted = (due.c.since <= bindparam("day_"), due.c.until >= bindparam("day_again_"))
    found = select(due.c.case_id).where(*wanted, or_(now, _rule_in(open_ended))).limit(limit).subquery()
    return Statement(select(func.count()).select_from(found), "due_", "day_", "day_again_")


def _rule_in(rules: tuple[str, ...]) -> ColumnElement[bool]:
    return due.c.rule.in_([bindparam(None, rule) for rule in rules])
