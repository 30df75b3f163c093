"""Large steps that can be undone as a whole: what was done, and what it takes to undo it."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from kimdesk.domain.dates import now
from kimdesk.domain.identity import new_id
from kimdesk.store import history
from kimdesk.store.columns import moment_text
from kimdesk.store.dialect import place_of
from kimdesk.store.sql import Statement
from kimdesk.store.tables import operation

_INSERT = Statement(insert(operation))
_GET = Statement(select(operation).where(operation.c.id == bindparam("id_")))
_OF_KIND = Statement(
    select(operation).where(operation.c.kind == bindparam("kind_")).order_by(operation.c.at.desc())
)
_UNDONE = Statement(
    update(operation)
    .where(operation.c.id == bindparam("id_"), operation.c.undone_at == "")
    .values(undone_at=bindparam("undone_at_"), body=""),
    "undone_at_",
    "id_",
)
_REWRITE = Statement(
    update(operation).where(operation.c.id == bindparam("id_")).values(body=bindparam("body_")),
    "body_",
    "id_",
)
_ABOUT = (operation.c.kind == bindparam("kind_"), place_of(operation.c.body, bindparam("id_")) > 0)
_BODIES = Statement(select(operation.c.body).where(*_ABOUT), "kind_", "id_")
_FORGET = Statement(
    update(operation).where(*_ABOUT).values(undone_at=bindparam("undone_at_"), body=""),
    "undone_at_",
    "kind_",
    "id_",
)


class Operation(NamedTuple):
    """A step as it is stored; ``body`` is its own affair (JSON). Moments are ISO text in UTC, "" for none."""

    id: str
    kind: str
    at: str
    actor: str
    body: str
    undone_at: str


MERGE = "merge"
MERGED = "merged"
"""Why a record is removed whose place another one takes."""


def forget_merges_of(connection: Connection, record_id: str) -> None:
    """Forget what undoing a merge with this person, or in this case, would take: it is erased.

    With it go the earlier values of all that went with it, and the merges that this person came from.
    """
    bodies = [msgspec.json.decode(row[0]) for row in _BODIES.rows(connection, MERGE, record_id)]
    _FORGET.run(connection, moment_text(now()), MERGE, record_id)
    for body in bodies:
        for part in body["parts"]:
            if part["after"] is None:
                history.forget(connection, part["id"])
        forget_merges_of(connection, body["gone_id"])


def note(connection: Connection, kind: str, actor: str, body: str) -> Operation:
    """Keep what a step did, within its transaction."""
    done = Operation(new_id(), kind, moment_text(now()), actor, body, "")
    _INSERT.run(connection, *done)
    return done


def rewrite(connection: Connection, operation_id: str, body: str) -> None:
    """Keep ``body`` for undoing a step from now on."""
    _REWRITE.run(connection, body, operation_id)


def get(connection: Connection, operation_id: str) -> Operation | None:
    """Return the step, None when there is none."""
    found = _GET.first(connection, operation_id)
    return Operation._make(found) if found else None


def of_kind(connection: Connection, kind: str) -> tuple[Operation, ...]:
    """Return the steps of a kind, the newest first."""
    return tuple(Operation._make(row) for row in _OF_KIND.rows(connection, kind))


def mark_undone(connection: Connection, operation_id: str) -> bool:
    """Note that a step is undone and forget what that took; return whether it still stood."""
    return _UNDONE.run(connection, moment_text(now()), operation_id) == 1
