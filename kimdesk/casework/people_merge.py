"""Two records of one person become one; every row that led to either leads to it, and it can be undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from kimdesk.casework import changes
from kimdesk.casework.changes import UNDONE, Changing, Trace, changing, traces
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known
from kimdesk.domain import achieved
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.kinds import CASE_RECORDS, may_name
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Case, CaseRecord, Member, Person, Relation, Standing
from kimdesk.domain.shielding import MARKS, any_shielded
from kimdesk.domain.terms import Role
from kimdesk.store import operations
from kimdesk.store.mapping import case_of, shape
from kimdesk.store.operations import Operation
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader, Writer

SAME, GONE = "E855", "E856"

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


class _Body(msgspec.Struct, frozen=True):
    """What undoing takes; once one of the cases is erased nothing is undone any more."""

    kept_id: str
    gone_id: str
    cases: tuple[str, ...]
    parts: tuple[Trace, ...]


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
        went = next(each for each in body.parts if each.id == body.gone_id)
        gone = full_name(shape(Person).from_columns(went.before))
    return PastMerge(one.id, one.at, one.actor, kept, gone, bool(one.undone_at))


def filled(keep: Person, gone: Person) -> Person:
    """Return ``keep`` with what only ``gone`` knows; another name becomes an alias."""
    taken = {
        field.name: getattr(gone, field.name)
        for field in fields(Person)
        if field.name not in _OWN and not getattr(keep, field.name) and getattr(gone, field.name)
    }
    found = replace(keep, **taken)
    other = full_name(gone)
    if other in (full_name(found), *found.alias.split(", ")):
        return found
    return replace(found, alias=", ".join(filter(None, (found.alias, other))))


def merge(desk: Desk, keep: Person, gone_id: str) -> Merged:
    """Make ``keep`` (with the values it shall have) the record of both persons; the other record goes.

    All in one transaction. Raises CaseworkError E855 when both are the same, E856 when one is not there,
    StoreError E905 when ``keep`` was changed meanwhile.
    """
    if keep.id == gone_id:
        raise CaseworkError(SAME)
    with changing(desk) as step:
        gone, stored = (step.writer.get(Person, each) for each in (gone_id, keep.id))
        if gone is None or stored is None:
            raise CaseworkError(GONE)
        kept, moved, body = _joined(step, _protected(keep, stored, gone), gone)
        operation_id = changes.keep(step.writer, operations.MERGE, body)
        step.writer.record("merged", "person", kept.id)
    return Merged(kept, moved, operation_id)


def undo(desk: Desk, operation_id: str) -> Person:
    """Take a merge back and return the person who is there again.

    Later merges that rest on it are done again without it, so that the order in which merges are undone
    makes no difference. Rows that came after the merge stay with the person that was kept, as do values that
    were changed since. Raises CaseworkError E857 when it was undone before, or somebody or a case it touched
    is gone.
    """
    with changing(desk) as step:
        body = changes.reclaim(step.writer, operation_id, _Body)
        later = _resting_on(step.writer, operation_id, body)
        decided = {later_id: _taken_back(step.writer, each) for later_id, each in later.items()}
        _taken_back(step.writer, body)
        for later_id, each in reversed(later.items()):
            again = _done_again(step.writer, each, decided[later_id])
            operations.rewrite(step.writer.connection, later_id, again)
        step.writer.record("unmerged", "person", body.kept_id)
        return step.known(Person, body.gone_id)


def _protected(keep: Person, *both: Person) -> Person:
    """Return ``keep`` with every protection that either entry has."""
    marks: dict[str, Any] = {mark: True for mark in MARKS if any(getattr(each, mark) for each in both)}
    return replace(keep, **marks)


def _resting_on(writer: Writer, operation_id: str, body: _Body) -> dict[str, _Body]:
    """Return the merges after this one that touched what it touched, or what such a one did; newest first."""
    touched = {each.id for each in body.parts}
    found: dict[str, _Body] = {}
    for one in sorted(operations.of_kind(writer.connection, operations.MERGE)):
        if one.id > operation_id and one.body:
            later = msgspec.json.decode(one.body, type=_Body)
            ids = {each.id for each in later.parts}
            if ids & touched:
                touched |= ids
                found = {one.id: later, **found}
    return found


def _taken_back(writer: Writer, body: _Body) -> dict[str, Any]:
    """Take a merge back; return the values of the person kept that are not what ``filled`` gives."""
    person = shape(Person)
    kept = writer.get(Person, body.kept_id)
    if kept is None:
        raise CaseworkError(UNDONE)
    changes.ease_back(Changing(writer), body.parts)
    proposed = person.columns(filled(*_both(writer, body)))
    return {
        name: value
        for name, value in person.columns(kept).items()
        if name != "rev" and value != proposed[name]
    }


def _done_again(writer: Writer, body: _Body, decided: dict[str, Any]) -> str:
    """Do a merge that was taken back again, with the values somebody decided; return what undoing takes."""
    keep, gone = _both(writer, body)
    columns = shape(Person).columns(filled(keep, gone)) | decided
    _, _, again = _joined(Changing(writer), shape(Person).from_columns(columns), gone)
    return msgspec.json.encode(again).decode()


def _both(writer: Writer, body: _Body) -> tuple[Person, Person]:
    return known(writer, Person, body.kept_id), known(writer, Person, body.gone_id)


def _joined(step: Changing, keep: Person, gone: Person) -> tuple[Person, int, _Body]:
    """Make ``keep`` the record of both; return it, how many rows were led to it, and what undoing takes."""
    kept = step.put(keep)
    moved = _lead_over(step, gone.id, kept.id)
    step.remove(gone, operations.MERGED)
    cases = {case_of(before) for before, _ in step.change.parts if before} - {""}
    return kept, moved, _Body(kept.id, gone.id, tuple(sorted(cases)), traces(step.change))


def _lead_over(step: Changing, gone_id: str, kept_id: str) -> int:
    """Lead every row that led to the one person to the other; return how many do now."""
    moved = 0
    for record_type, names in _LINKS.items():
        for row in _leading_to(step.writer, record_type, names, gone_id):
            if _would_stand_twice(step, row, gone_id, kept_id):
                step.remove(row, operations.MERGED)
            else:
                led = [name for name in names if getattr(row, name) == gone_id]
                step.put(_led(row, led, kept_id))
                moved += 1
    return moved


def _would_stand_twice(step: Changing, row: CaseRecord, gone_id: str, kept_id: str) -> bool:
    """Return whether ``row`` relates both to each other, or the other has that place or entry already."""
    if isinstance(row, Relation):
        return {row.person_id, row.other_id} == {kept_id, gone_id}
    if isinstance(row, Standing):
        return _stands_already(step, row, kept_id)
    if not isinstance(row, Member):
        return False
    members = step.writer.of_case(Member, row.case_id)
    own = next((each for each in members if each.person_id == kept_id), None)
    if own and row.role is Role.CLIENT:
        step.put(replace(own, role=Role.CLIENT))
    return own is not None


def _stands_already(step: Changing, row: Standing, kept_id: str) -> bool:
    """Return whether the case has an entry about the other person, which then knows what both knew."""
    there = step.writer.of_case(Standing, row.case_id)
    own = next((each for each in there if each.person_id == kept_id), None)
    if own:
        step.put(achieved.filled(own, row))
    return own is not None


def _leading_to(
    reader: Reader, record_type: type[CaseRecord], names: tuple[str, ...], person_id: str
) -> Iterator[CaseRecord]:
    for name in names:
        for record_id in _ids(reader.connection, record_type, name, person_id):
            row = reader.get(record_type, record_id)
            if row is not None:
                yield row


def _ids(connection: Connection, record_type: type[CaseRecord], name: str, person_id: str) -> list[str]:
    table = RECORD_TABLES[record_type]
    wanted = Statement(select(table.c.id).where(table.c[name] == bindparam("person")))
    return [row[0] for row in wanted.rows(connection, person_id)]


def _led(row: Any, names: Iterable[str], person_id: str) -> Any:
    return replace(row, **dict.fromkeys(names, person_id))
