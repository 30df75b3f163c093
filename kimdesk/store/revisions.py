"""Revisions by the desk that made them, and what two desks last had in common.

A number alone names a revision on one desk; with the mark of the desk it names it anywhere, because every
save rises above what it is based on and a restored copy takes a mark of its own (``take_new_mark``).
"""

import secrets
from collections.abc import Collection
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, select

from kimdesk.domain.records import Record
from kimdesk.store import history
from kimdesk.store.mapping import MARK
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader, Writer

R = TypeVar("R", bound=Record)
_BYTES = 8
_MAKER = {
    each: Statement(select(table.c.rev_by).where(table.c.id == bindparam("id_")))
    for each, table in RECORD_TABLES.items()
}


class Revision(NamedTuple):
    """One state of a record, wherever it is met: the mark of the desk that made it, and its number there."""

    desk: str
    number: int


def own_mark(reader: Reader) -> str:
    """Return the mark by which this desk's revisions are known: 16 hex digits."""
    return get_setting(reader, MARK) or ""


def take_new_mark(writer: Writer) -> None:
    """Let this vault be another maker from now on: it is a copy, and the original may go on by itself."""
    set_setting(writer, MARK, secrets.token_hex(_BYTES))


def line_of(reader: Reader, record_type: type[R], record_id: str) -> tuple[tuple[Revision, R], ...]:
    """Return every state of a record that is known here, the newest first; nothing of one that is gone."""
    now = reader.get(record_type, record_id)
    if now is None:
        return ()
    maker = _MAKER[record_type].scalar(reader.connection, record_id)
    earlier = history.states(reader.connection, record_type, record_id)
    return ((Revision(maker, now.rev), now), *((Revision(desk, one.rev), one) for one, desk in earlier))


def base_of(reader: Reader, record_type: type[R], record_id: str, theirs: Collection[Revision]) -> R | None:
    """Return the newest state here that another desk had too, by the revisions its record went through.

    It is what both changed since, and so the base of a three-way merge; None when nothing is in common, or
    no longer known because the record was removed here.
    """
    line = line_of(reader, record_type, record_id)
    return next((record for revision, record in line if revision in theirs), None)
