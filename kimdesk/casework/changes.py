"""What a use case did to records, as one value that can be taken back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from kimdesk.casework import admission
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known, put
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.kinds import kind_of, type_of
from kimdesk.domain.records import Record
from kimdesk.store import operations
from kimdesk.store.mapping import shape
from kimdesk.store.work import Writer

UNDONE = "E857"

R = TypeVar("R", bound=Record)
Body = TypeVar("Body", bound=msgspec.Struct)
Part = tuple[Record | None, Record | None]


@dataclass(frozen=True, slots=True)
class Change:
    """Each record as it was (None: new) and as it is now (None: gone), in the order they were touched."""

    parts: tuple[Part, ...] = ()

    def now(self, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of a type that exist after the change."""
        return tuple(after for _, after in self.parts if isinstance(after, record_type))


class Changing:
    """Saves and removes within one transaction, and remembers what that changed."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._parts: dict[str, Part] = {}

    @property
    def change(self) -> Change:
        """Return what was changed so far."""
        return Change(tuple(self._parts.values()))

    def known(self, record_type: type[R], record_id: str) -> R:
        """Return the record. Raises StoreError E909 when there is none."""
        return known(self.writer, record_type, record_id)

    def put(self, record: R) -> R:
        """Save ``record`` as ``records.put`` does; what stands there already is no change."""
        before = self.writer.get(type(record), record.id) if record.rev else None
        if record == before:
            return record
        saved = put(self.writer, record)
        self._note(saved.id, before, saved)
        return saved

    def remove(self, record: Record, reason: str = "") -> None:
        """Remove ``record``. Raises StoreError E905 and E907 as ``records.remove`` does."""
        self.writer.remove(record, reason)
        self._note(record.id, record, None)

    def _note(self, record_id: str, before: Record | None, after: Record | None) -> None:
        first = self._parts[record_id][0] if record_id in self._parts else before
        self._parts[record_id] = (first, after)


@contextmanager
def changing(desk: Desk) -> Iterator[Changing]:
    """Change records in one transaction; ``change`` of what is yielded tells afterwards what was done."""
    with desk.writing() as writer:
        yield Changing(writer)


def save(desk: Desk, record: Record) -> Change:
    """Save ``record``. Raises as ``records.save``."""
    with changing(desk) as step:
        admission.admit_typed(step.writer, desk.catalogue, record)
        step.put(record)
    return step.change


def remove(desk: Desk, record: Record) -> Change:
    """Remove ``record``. Raises as ``records.remove``."""
    with changing(desk) as step:
        step.remove(record)
    return step.change


def undo(desk: Desk, change: Change) -> Change:
    """Take ``change`` back in one transaction and return that as a change.

    What was changed since and is again as this change left it does not stand in the way: later steps were
    taken back before. Raises StoreError E905 if any of the records is otherwise, gone or there again since,
    CaseworkError E854 when measures would by now wait for each other in a circle.
    """
    with changing(desk) as step:
        for before, after in reversed(change.parts):
            left = _as_left(step.writer, after) if after else None
            if before is not None:
                step.put(replace(before, rev=left.rev if left else 0))
            elif left is not None:
                step.remove(left)
    return step.change


def _as_left(writer: Writer, after: R) -> R:
    """Return ``after`` as it is stored now, if all it says is the same; else ``after`` itself."""
    now = writer.get(type(after), after.id)
    return now if now is not None and replace(now, rev=after.rev) == after else after


class Trace(msgspec.Struct, frozen=True):
    """A part of a change as the vault keeps it, by column; of a record that stayed, only what differs.

    ``after`` None: the record was removed.
    """

    kind: str
    id: str
    before: dict[str, Any]
    after: dict[str, Any] | None


def traces(change: Change) -> tuple[Trace, ...]:
    """Return what is to be kept of ``change``, so that it can be taken back after a restart.

    Nothing is kept of a record that was new: it stays.
    """
    return tuple(_trace(before, after) for before, after in change.parts if before)


def ease_back(step: Changing, kept: Iterable[Trace]) -> None:
    """Take back what ``kept`` tells of, the last first, as far as nothing else happened to it since.

    A value that was changed since stays, as does a record that is gone, or there again.
    """
    for each in reversed(tuple(kept)):
        now = step.writer.get(type_of(each.kind), each.id)
        if each.after is None and now is None:
            step.put(replace(_record(each.kind, each.before), rev=0))
        elif each.after and now:
            columns = shape(type(now)).columns(now)
            back = {name: old for name, old in each.before.items() if columns[name] == each.after[name]}
            step.put(_record(each.kind, {**columns, **back}))


def keep(writer: Writer, kind: str, body: msgspec.Struct) -> str:
    """Keep in the vault what undoing a large step will take, within its transaction; return its identity."""
    text = msgspec.json.encode(body).decode()
    return operations.note(writer.connection, kind, writer.actor, text).id


def reclaim(writer: Writer, operation_id: str, body_type: type[Body]) -> Body:
    """Return what was kept to undo a step, and note that it is undone.

    Raises CaseworkError E857 when it was undone before, or what that takes was erased.
    """
    found = operations.get(writer.connection, operation_id)
    if found is None or not operations.mark_undone(writer.connection, operation_id):
        raise CaseworkError(UNDONE)
    return msgspec.json.decode(found.body, type=body_type)


def _trace(before: Record, after: Record | None) -> Trace:
    kind, old = kind_of(type(before)), shape(type(before)).columns(before)
    if after is None:
        return Trace(kind, before.id, old, None)
    new = shape(type(after)).columns(after)
    differing = [name for name in old if old[name] != new[name] and name != "rev"]
    return Trace(
        kind, before.id, {name: old[name] for name in differing}, {name: new[name] for name in differing}
    )


def _record(kind: str, columns: dict[str, Any]) -> Record:
    return shape(type_of(kind)).from_columns(columns)
