"""Two records of one person become one; every row that led to either leads to it, and it can be undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.kinds import CASE_RECORDS, kind_of, may_name, type_of
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Case, CaseRecord, Member, Person, Relation
from kimdesk.domain.shielding import any_shielded
from kimdesk.domain.terms import Role
from kimdesk.store import operations
from kimdesk.store.mapping import shape
from kimdesk.store.operations import Operation
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader, Writer

SAME, GONE, UNDONE = "E855", "E856", "E857"

_LINKS: dict[type[CaseRecord], tuple[str, ...]] = {
    each: names for each in CASE_RECORDS if (names := may_name(each, Person))
}
_OWN = frozenset({"id", "rev", "extra"})


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: the person that stays, how many rows lead to it now, and the step to undo."""

    person: Person
    moved: int
    operation_id: str


class _Moved(msgspec.Struct, frozen=True):
    """A row that led to the person who went."""

    kind: str
    id: str
    names: tuple[str, ...]


class _Body(msgspec.Struct, frozen=True):
    """What undoing takes; rows are kept by column, as they were stored."""

    kept_id: str
    gone: dict[str, Any]
    before: dict[str, Any]  # the values of the kept person that the merge replaced …
    after: dict[str, Any]  # … and by what
    moved: tuple[_Moved, ...]
    removed: tuple[tuple[str, dict[str, Any]], ...]  # rows that would have stood twice: kind, columns
    roles: tuple[tuple[str, str], ...]  # memberships whose role changed: id, role before
    cases: tuple[str, ...] = ()  # of the person who went; once one is erased nothing is undone any more


@dataclass(frozen=True, slots=True)
class Reach:
    """What a merge would touch: the cases of both persons by file number, and the rows that move.

    ``shielded``: somebody in these cases is, so no address of theirs is shown.
    """

    cases: tuple[str, ...]
    rows: int
    shielded: bool


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A merge of this desk: when (ISO text in UTC), by whom, who stays and who went; "" once undone."""

    operation_id: str
    at: str
    actor: str
    kept: str
    gone: str
    undone: bool


def reach(desk: Desk, keep_id: str, gone_id: str) -> Reach:
    """Return what merging both would touch. Raises CaseworkError E856 when one is not there."""
    with desk.reading() as reader:
        if reader.get(Person, keep_id) is None or reader.get(Person, gone_id) is None:
            raise CaseworkError(GONE)
        found = dict.fromkeys([*reader.cases_of(keep_id), *reader.cases_of(gone_id)])
        numbers = [case.file_number for each in found if (case := reader.get(Case, each))]
        rows = sum(
            1 for record_type, names in _LINKS.items()
            for _ in _leading_to(reader, record_type, names, gone_id)
        )  # fmt: skip
        shielded = any(any_shielded(reader.of_case(Person, each)) for each in found)
    return Reach(tuple(sorted(numbers)), rows, shielded)


def past(desk: Desk) -> tuple[PastMerge, ...]:
    """Return the merges of this desk, the newest first, with the names that are still known of them."""
    with desk.reading() as reader:
        found = operations.of_kind(reader.connection, operations.MERGE)
        return tuple(_past(reader, one) for one in found)


def _past(reader: Reader, one: Operation) -> PastMerge:
    kept = gone = ""
    if one.body:
        body = msgspec.json.decode(one.body, type=_Body)
        person = reader.get(Person, body.kept_id)
        kept = full_name(person) if person else ""
        gone = full_name(shape(Person).from_columns(body.gone))
    return PastMerge(one.id, one.at, one.actor, kept, gone, bool(one.undone_at))


def filled(keep: Person, gone: Person) -> Person:
    """Return ``keep`` with what only ``gone`` knows; another name becomes an alias."""
    taken = {
        field.name: getattr(gone, field.name)
        for field in fields(Person)
        if field.name not in _OWN and not getattr(keep, field.name) and getattr(gone, field.name)
    }
    found = replace(keep, **taken)
    other = " ".join(filter(None, (gone.given_names, gone.family_name)))
    if other in ("", " ".join(filter(None, (found.given_names, found.family_name)))) or other in found.alias:
        return found
    return replace(found, alias=", ".join(filter(None, (found.alias, other))))


def merge(desk: Desk, keep: Person, gone_id: str) -> Merged:
    """Make ``keep`` (with the values it shall have) the record of both persons; the other record goes.

    All in one transaction. Raises CaseworkError E855 when both are the same, E856 when one is not there,
    StoreError E905 when ``keep`` was changed meanwhile.
    """
    if keep.id == gone_id:
        raise CaseworkError(SAME)
    with desk.writing() as writer:
        before, gone = writer.get(Person, keep.id), writer.get(Person, gone_id)
        if before is None or gone is None:
            raise CaseworkError(GONE)
        kept, touched = writer.put(keep), tuple(writer.cases_of(gone_id))
        merging = _Merging(writer, kept.id, gone_id)
        merging.run()
        writer.remove(gone, operations.MERGED)
        old, new = _columns(before), _columns(kept)
        changed = [name for name in old if old[name] != new[name] and name not in _OWN]
        body = _Body(
            kept.id,
            _columns(gone),
            {name: old[name] for name in changed},
            {name: new[name] for name in changed},
            tuple(merging.moved),
            tuple(merging.removed),
            tuple(merging.roles),
            touched,
        )
        noted = operations.note(
            writer.connection, operations.MERGE, writer.actor, msgspec.json.encode(body).decode()
        )
        writer.record("merged", "person", kept.id)
    return Merged(kept, len(merging.moved), noted.id)


def merges(desk: Desk) -> tuple[Operation, ...]:
    """Return the merges of this desk, the newest first."""
    with desk.reading() as reader:
        return operations.of_kind(reader.connection, operations.MERGE)


def undo(desk: Desk, operation_id: str) -> Person:
    """Take a merge back and return the person who is there again.

    Rows that came after the merge stay with the person that was kept, as do values that were changed since.
    Raises CaseworkError E857 when it was undone before, or somebody or a case it touched is gone.
    """
    with desk.writing() as writer:
        found = operations.get(writer.connection, operation_id)
        if found is None or not operations.mark_undone(writer.connection, operation_id):
            raise CaseworkError(UNDONE)
        body = msgspec.json.decode(found.body, type=_Body)
        kept = writer.get(Person, body.kept_id)
        if kept is None:
            raise CaseworkError(UNDONE)
        again = writer.put(replace(shape(Person).from_columns(body.gone), rev=0))
        _put_back(writer, body, again.id)
        writer.put(_as_before(kept, body))
        writer.record("unmerged", "person", kept.id)
    return again


class _Merging:
    """The rows on their way from one person to the other, and what must be remembered of it."""

    def __init__(self, writer: Writer, kept_id: str, gone_id: str) -> None:
        self._writer = writer
        self._kept, self._gone = kept_id, gone_id
        self.moved: list[_Moved] = []
        self.removed: list[tuple[str, dict[str, Any]]] = []
        self.roles: list[tuple[str, str]] = []

    def run(self) -> None:
        """Lead every row that led to the one to the other."""
        for record_type, names in _LINKS.items():
            for row in _leading_to(self._writer, record_type, names, self._gone):
                if isinstance(row, Member) and self._is_member_twice(row):
                    continue
                if isinstance(row, Relation) and {row.person_id, row.other_id} == {self._kept, self._gone}:
                    self._drop(row)
                    continue
                self._move(row, names)

    def _move(self, row: CaseRecord, names: tuple[str, ...]) -> None:
        led = tuple(name for name in names if getattr(row, name) == self._gone)
        self._writer.put(_led(row, led, self._kept))
        self.moved.append(_Moved(kind_of(type(row)), row.id, led))

    def _is_member_twice(self, row: Member) -> bool:
        own = next(
            (each for each in self._writer.of_case(Member, row.case_id) if each.person_id == self._kept), None
        )
        if own is None:
            return False
        if row.role is Role.CLIENT and own.role is not Role.CLIENT:
            self.roles.append((own.id, own.role.value))
            self._writer.put(replace(own, role=Role.CLIENT))
        self._drop(row)
        return True

    def _drop(self, row: CaseRecord) -> None:
        self.removed.append((kind_of(type(row)), _columns(row)))
        self._writer.remove(row, operations.MERGED)


def _leading_to(
    reader: Reader, record_type: type[CaseRecord], names: tuple[str, ...], person_id: str
) -> Iterator[CaseRecord]:
    seen: set[str] = set()
    for name in names:
        for record_id in _ids(reader.connection, record_type, name, person_id):
            row = reader.get(record_type, record_id)
            if row is not None and record_id not in seen:
                seen.add(record_id)
                yield row


def _ids(connection: Connection, record_type: type[CaseRecord], name: str, person_id: str) -> list[str]:
    table = RECORD_TABLES[record_type]
    wanted = Statement(select(table.c.id).where(table.c[name] == bindparam("person")))
    return [row[0] for row in wanted.rows(connection, person_id)]


def _led(row: Any, names: Iterable[str], person_id: str) -> Any:
    return replace(row, **dict.fromkeys(names, person_id))


def _put_back(writer: Writer, body: _Body, gone_id: str) -> None:
    for kind, columns in body.removed:
        record_type: Any = type_of(kind)
        writer.put(replace(shape(record_type).from_columns(columns), rev=0))
    for member_id, role in body.roles:
        member = writer.get(Member, member_id)
        if member is not None and member.role is Role.CLIENT:
            writer.put(replace(member, role=Role(role)))
    for moved in body.moved:
        row: Any = writer.get(type_of(moved.kind), moved.id)
        names = [name for name in moved.names if row is not None and getattr(row, name) == body.kept_id]
        if names:
            writer.put(_led(row, names, gone_id))


def _as_before(kept: Person, body: _Body) -> Person:
    now = _columns(kept)
    back = {name: value for name, value in body.before.items() if now[name] == body.after[name]}
    return shape(Person).from_columns({**now, **back})


def _columns(record: Any) -> dict[str, Any]:
    found = shape(type(record))
    return dict(zip(found.names, found.encode(record), strict=True))
