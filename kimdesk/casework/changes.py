"""What a use case did to records, as one value that can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known, put
from kimdesk.domain.records import Record
from kimdesk.store.work import Writer

R = TypeVar("R", bound=Record)
Part = tuple[Record | None, Record | None]


@dataclass(frozen=True, slots=True)
class Change:
    """Each record as it was (None: new) and as it is now (None: gone), in the order they were touched."""

    parts: tuple[Part, ...] = ()

    def now(self, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of a type that exist after the change."""
        return tuple(after for _, after in self.parts if isinstance(after, record_type))


class Step:
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
def changing(desk: Desk) -> Iterator[Step]:
    """Change records in one transaction; ``change`` of what is yielded tells afterwards what was done."""
    with desk.writing() as writer:
        yield Step(writer)


def save(desk: Desk, record: Record) -> Change:
    """Save ``record``. Raises as ``records.save``."""
    with changing(desk) as step:
        step.put(record)
    return step.change


def remove(desk: Desk, record: Record) -> Change:
    """Remove ``record``. Raises as ``records.remove``."""
    with changing(desk) as step:
        step.remove(record)
    return step.change


def undo(desk: Desk, change: Change) -> Change:
    """Take ``change`` back in one transaction and return that as a change.

    Raises StoreError E905 if any of the records was changed, removed or brought back since, CaseworkError
    E854 when measures would by now wait for each other in a circle.
    """
    with changing(desk) as step:
        for before, after in reversed(change.parts):
            if before is not None:
                step.put(replace(before, rev=after.rev if after else 0))
            elif after is not None:
                step.remove(after)
    return step.change
