"""Earlier values of records: what each change replaced, by whom, when.

A change keeps the whole row it replaces, within its transaction; the values that differ are worked out when
somebody looks.
"""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar, cast

import msgspec
from sqlalchemy import Connection, Integer, bindparam, delete, insert, literal_column, select

from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import Record
from kimdesk.store.dialect import json_object
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, audit, history

R = TypeVar("R", bound=Record)

_FORGET = Statement(delete(history).where(history.c.record_id == bindparam("record")))
_OF_RECORD = Statement(
    select(history.c.body, audit.c.at, audit.c.actor, audit.c.seq)
    .join(audit, audit.c.seq == history.c.audit_seq)
    .where(history.c.record_id == bindparam("record"))
    .order_by(history.c.rev)
)

_BODIES = Statement(
    select(history.c.body).where(history.c.record_id == bindparam("record")).order_by(history.c.rev.desc())
)


class Earlier(NamedTuple):
    """A state of a record that a change replaced: who did when (ISO text, UTC), and that audit entry."""

    record: Record
    replaced_at: str
    replaced_by: str
    audit_seq: int


def keep(connection: Connection, record_type: type[Record], record_id: str, audit_seq: int) -> None:
    """Keep the row as it stands, before it is replaced by the change that ``audit_seq`` tells of."""
    _keeping(cast("Any", record_type)).run(connection, audit_seq, record_id)


def forget(connection: Connection, record_id: str) -> None:
    """Drop all earlier values of a record."""
    _FORGET.run(connection, record_id)


def of_record(connection: Connection, kind: str, record_id: str) -> tuple[Earlier, ...]:
    """Return the earlier states of a record, the oldest first. Raises KeyError for an unknown kind."""
    record_type = type_of(kind)
    rows = _OF_RECORD.rows(connection, record_id)
    return tuple(Earlier(_record(record_type, body), at, actor, seq) for body, at, actor, seq in rows)


def states(connection: Connection, record_type: type[R], record_id: str) -> Iterator[tuple[R, str]]:
    """Yield the earlier states of a record, the newest first, each with the mark of the desk that made it."""
    for (body,) in _BODIES.rows(connection, record_id):
        columns = msgspec.json.decode(body, type=dict[str, Any])
        yield shape(record_type).from_columns(columns), columns["rev_by"]


@cache
def _keeping(record_type: type[Record]) -> Statement:
    table = RECORD_TABLES[record_type]
    names = [*(field.name for field in fields(record_type)), "rev_by"]
    pairs: list[tuple[Any, Any]] = [(literal_column(f"'{name}'"), table.c[name]) for name in names]
    number: Any = bindparam("audit_seq", type_=Integer)
    replaced = select(table.c.id, table.c.rev, number, json_object(*chain.from_iterable(pairs)))
    replaced = replaced.where(table.c.id == bindparam("record"))
    columns = ["record_id", "rev", "audit_seq", "body"]
    return Statement(insert(history).from_select(columns, replaced), "audit_seq", "record")


def _record(record_type: type[Record], body: str) -> Record:
    """Return the record a kept row stands for; columns that were not there yet have their usual value."""
    kept = msgspec.json.decode(body, type=dict[str, object])
    return shape(record_type).from_columns(kept)
