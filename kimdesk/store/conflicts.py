"""Two versions of a value, kept until somebody decides which one holds, and what was decided."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from kimdesk.domain.records import Member
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, conflict

KEPT, TAKEN = "kept", "taken"

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
_DECIDE = Statement(
    update(conflict)
    .where(conflict.c.id == bindparam("id_"), conflict.c.decision == "")
    .values(
        {name: bindparam(f"{name}_") for name in ("decision", "decided_at", "decided_by", "reason")},
    ),
    "decision_",
    "decided_at_",
    "decided_by_",
    "reason_",
    "id_",
)
_FORGET = Statement(
    delete(conflict).where(
        or_(conflict.c.record_id == bindparam("id_"), conflict.c.case_id == bindparam("id_"))
    )
)


class Kept(NamedTuple):
    """A conflict as it is stored; both versions are JSON objects of columns, moments ISO text in UTC."""

    id: str
    kind: str
    record_id: str
    case_id: str
    path: str
    mine: str
    theirs: str
    source: str
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


def decide(connection: Connection, conflict_id: str, decision: str, at: str, by: str, reason: str) -> bool:
    """Note what was decided; return whether it was still open."""
    return _DECIDE.run(connection, decision, at, by, reason, conflict_id) == 1


def forget(connection: Connection, identity: str) -> None:
    """Drop what is kept about a record, or came for a case: it is erased."""
    _FORGET.run(connection, identity)
