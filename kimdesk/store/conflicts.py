"""Two versions of a value, kept until somebody decides which one holds, and what was decided."""

from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from kimdesk.domain.records import Member
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, conflict

CONFLICT: Final = "conflict"
"""The kind of a conflict where changes are told."""
KEPT, TAKEN, WORDED = "kept", "taken", "worded"
OPEN: Final = dict.fromkeys(("decision", "chosen", "decided_at", "decided_by", "reason"), "")
"""What a conflict holds about its decision while there is none."""

_member = RECORD_TABLES[Member]
_INSERT = Statement(insert(conflict))
_GET = Statement(select(conflict).where(conflict.c.id == bindparam("id_")))
_SAME = Statement(
    select(conflict.c.decision)
    .where(
        conflict.c.record_id == bindparam("record"),
        conflict.c.path == bindparam("path_"),
        conflict.c.theirs == bindparam("theirs_"),
        conflict.c.decision != TAKEN,
    )
    .limit(1),
    "record",
    "path_",
    "theirs_",
)
_IN_CASE = or_(
    conflict.c.case_id == bindparam("case"),
    conflict.c.record_id.in_(select(_member.c.person_id).where(_member.c.case_id == bindparam("case"))),
)
_OF_CASE = Statement(select(conflict).where(_IN_CASE).order_by(conflict.c.at.desc(), conflict.c.id.desc()))
_DROP = Statement(delete(conflict).where(conflict.c.id == bindparam("id_")))
_OPEN_BY_CASE = Statement(
    select(conflict.c.case_id, func.count()).where(conflict.c.decision == "").group_by(conflict.c.case_id)
)
_FORGET = Statement(
    delete(conflict).where(
        or_(conflict.c.record_id == bindparam("id_"), conflict.c.case_id == bindparam("id_"))
    )
)


class Kept(NamedTuple):
    """A conflict as it is stored, in the order of its columns; versions are JSON objects of columns (""
    where there is none), moments ISO text in UTC."""

    id: str
    kind: str
    record_id: str
    case_id: str
    path: str
    mine: str
    theirs: str
    base: str
    chosen: str
    source: str
    passage: str
    mine_at: str
    mine_by: str
    theirs_at: str
    theirs_by: str
    at: str
    actor: str
    decision: str = ""
    decided_at: str = ""
    decided_by: str = ""
    reason: str = ""


def note(connection: Connection, one: Kept) -> None:
    """Keep a conflict, in the transaction of what found it."""
    _INSERT.run(connection, *one)


def standing(connection: Connection, one: Kept) -> str | None:
    """Return how the same conflict stands that was kept before: "" open, "kept" decided; None for none.

    One that was taken does not count: whoever says the same again says it of another state.
    """
    found: str | None = _SAME.scalar(connection, one.record_id, one.path, one.theirs)
    return found


def get(connection: Connection, conflict_id: str) -> Kept | None:
    """Return the conflict, None when there is none."""
    found = _GET.first(connection, conflict_id)
    return Kept._make(found) if found else None


def of_case(connection: Connection, case_id: str) -> tuple[Kept, ...]:
    """Return the conflicts about records and persons of a case, decided ones too, the newest first."""
    return tuple(Kept._make(row) for row in _OF_CASE.rows(connection, case_id))


def replace_with(connection: Connection, one: Kept) -> None:
    """Keep ``one`` in place of what was kept under its identity; it may have gone with its record."""
    _DROP.run(connection, one.id)
    _INSERT.run(connection, *one)


def open_by_case(connection: Connection) -> dict[str, int]:
    """Return how many conflicts are open, by the case they came for."""
    return {row[0]: row[1] for row in _OPEN_BY_CASE.rows(connection)}


def forget(connection: Connection, identity: str) -> None:
    """Drop what is kept about a record, or came for a case: it is erased."""
    _FORGET.run(connection, identity)
