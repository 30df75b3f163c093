"""Rows of a list as cases: who is known already, taking in, a report per row, and undoing it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from kimdesk.casework import admission, changes, people
from kimdesk.casework.cases import erase_within, open_within
from kimdesk.casework.desk import Desk
from kimdesk.casework.people import Match
from kimdesk.casework.person_lists.rows import ListRow, Steps, Trouble, trouble, whole
from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.domain.records import Case, Person
from kimdesk.store import audit, drafts, operations
from kimdesk.store.operations import Operation
from kimdesk.store.work import Writer

Progress = Callable[[int, int], object]
KIND = "import"
ALIKE = 0.85
"""From this likeness on a person is shown as perhaps known."""

State = Literal["created", "skipped", "refused"]
_TOLD_EVERY = 20  # rows
_PART = 200  # rows of a long list that are taken in at once, and removed again: some tenths of a second


@dataclass(frozen=True, slots=True)
class ListOutcome:
    """What became of a row: a case with ``file_number``, or why not."""

    number: int
    state: State
    file_number: str = ""
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenRow:
    """What taking a list in did; ``operation_id`` undoes it."""

    outcomes: tuple[ListOutcome, ...]
    operation_id: str

    @property
    def created(self) -> int:
        """Return how many cases were opened."""
        return sum(each.state == "created" for each in self.outcomes)


@dataclass(frozen=True, slots=True)
class Undone:
    """How many cases are gone again, and how many stay because somebody has worked on them."""

    removed: int
    kept: int


class _Body(msgspec.Struct, frozen=True):
    """What undoing takes: cases with their clients, and the audit entry after which a change counts.

    ``first`` is the first part of a list that was taken in by parts, "" when this is it.
    """

    source: str
    cases: tuple[tuple[str, str], ...]
    seq: int
    first: str = ""


def look_up(desk: Desk, rows: Sequence[ListRow]) -> dict[int, Match]:
    """Return by number of the row who is perhaps known already, the most alike."""
    return whole(look_up_steps(desk, rows))


def look_up_steps(desk: Desk, rows: Sequence[ListRow]) -> Steps[dict[int, Match]]:
    """Do what ``look_up`` does, step by step."""
    found: dict[int, Match] = {}
    for done, row in enumerate(rows):
        if not done % _TOLD_EVERY:
            yield done, len(rows)
        person = row.person
        if not row.fatal:
            alike = people.similar(desk, person.family_name, person.given_names, person.birth_date, limit=1)
            if alike and alike[0].score >= ALIKE and alike[0].case_ids:
                found[row.number] = alike[0]
    return found


def wanted_first(rows: Sequence[ListRow], known: Mapping[int, Match]) -> frozenset[int]:
    """Return the rows (by number) that are taken in unless somebody decides otherwise.

    Those stay out that cannot be taken in, are perhaps no person or stand in the list twice, and who is known
    already; a twin of somebody known does not.
    """
    same = {number for number, match in known.items() if not match.twin}
    return frozenset(row.number for row in rows if not row.fatal and not row.doubtful) - same


def take(
    desk: Desk,
    rows: Sequence[ListRow],
    wanted: Collection[int],
    source: str = "",
    progress: Progress | None = None,
) -> TakenRow:
    """Open a case for each of the ``wanted`` rows (by number), all in one transaction.

    A row that cannot be taken in is refused and named; ``source`` is the name of the list. ``progress`` hears
    how many rows are done of how many; what it raises ends it all. Raises StoreError when the disk refuses;
    either way nothing was taken in then.
    """
    part = _part(desk, _in_order(rows), wanted, _Body(source, (), 0), progress)
    return TakenRow(_told(rows, part.outcomes), part.operation_id)


def take_steps(
    desk: Desk, rows: Sequence[ListRow], wanted: Collection[int], source: str = ""
) -> Steps[TakenRow]:
    """Do what ``take`` does, a part of the list at a time: what others save and read goes on in between.

    Each part is one transaction. When one fails, or a KimdeskError is thrown in, those before are removed
    again by further steps, and it is raised then. Who takes no further step leaves them: they stand among
    the ``past`` lists.
    """
    found = dict[int, ListOutcome]()
    ordered, first = _in_order(rows), ""
    for start in range(0, max(len(rows), 1), _PART):
        try:
            yield start, len(rows)
            part = _part(desk, ordered[start : start + _PART], wanted, _Body(source, (), 0, first))
        except KimdeskError:
            if first:
                yield from undo_steps(desk, first)
            raise
        first = first or part.operation_id
        found |= {each.number: each for each in part.outcomes}
    return TakenRow(_told(rows, found.values()), first)


def _in_order(rows: Sequence[ListRow]) -> list[ListRow]:
    """Return the rows that bring their file number before those that get one."""
    return sorted(rows, key=lambda row: not row.file_number)


def _told(rows: Sequence[ListRow], outcomes: Iterable[ListOutcome]) -> tuple[ListOutcome, ...]:
    found = {each.number: each for each in outcomes}
    return tuple(found[row.number] for row in rows)


def _part(
    desk: Desk,
    rows: Sequence[ListRow],
    wanted: Collection[int],
    body: _Body,
    progress: Progress | None = None,
) -> TakenRow:
    with desk.writing() as writer:
        taking = _Taking(writer, desk)
        for done, row in enumerate(rows):
            taking.take(row, row.number in wanted)
            if progress and not done % _TOLD_EVERY:
                progress(done, len(rows))
        seq, _ = audit.head(writer.connection)
        operation_id = changes.keep(
            writer, KIND, msgspec.structs.replace(body, cases=tuple(taking.opened), seq=seq)
        )
        writer.record("list_imported", "case", operation_id)
    return TakenRow(tuple(taking.outcomes), operation_id)


def past(desk: Desk) -> tuple[tuple[Operation, str, int], ...]:
    """Return the lists that were taken in and still stand, the newest first: step, name, number of cases."""
    found: dict[str, tuple[Operation, str, int]] = {}
    for each, body in reversed(_standing(desk)):
        first = body.first or each.id
        step, _, number = found.get(first, (each, "", 0))
        found[first] = (step, body.source, number + len(body.cases))
    return tuple(reversed(found.values()))


def undo(desk: Desk, operation_id: str) -> Undone:
    """Remove the cases of a list again; those that somebody has worked on since stay.

    Raises CaseworkError E857 when it was undone before, StoreError E911 as ``cases.erase``.
    """
    return whole(undo_steps(desk, operation_id))


def undo_steps(desk: Desk, operation_id: str) -> Steps[Undone]:
    """Do what ``undo`` does, a part of the list at a time, the last first."""
    parts = [each.id for each, body in _standing(desk) if body.first == operation_id]
    removed = kept = 0
    for done, each in enumerate((*parts, operation_id)):
        yield done, len(parts) + 1
        gone, stays = _undo_part(desk, each)
        removed, kept = removed + gone, kept + stays
    try:
        desk.vault.checkpoint()
    except KimdeskError:
        raise StoreError("E911") from None
    return Undone(removed, kept)


def _standing(desk: Desk) -> list[tuple[Operation, _Body]]:
    """Return the parts of lists that stand, the newest first."""
    with desk.reading() as reader:
        standing = [each for each in operations.of_kind(reader.connection, KIND) if not each.undone_at]
    return [(each, msgspec.json.decode(each.body, type=_Body)) for each in standing]


def _undo_part(desk: Desk, operation_id: str) -> tuple[int, int]:
    """Return how many cases of a part were removed, and how many stay."""
    with desk.writing() as writer:
        body = changes.reclaim(writer, operation_id, _Body)
        untouched = [
            case_id for case_id, person_id in body.cases if _untouched(writer, case_id, person_id, body)
        ]
        for case_id in untouched:
            erase_within(writer, case_id, "import_undone")
        writer.record("list_import_undone", "case", operation_id)
    return len(untouched), len(body.cases) - len(untouched)


class _Taking:
    """One list on its way in, or a part of it."""

    def __init__(self, writer: Writer, desk: Desk) -> None:
        self._writer = writer
        self._desk = desk
        self.opened: list[tuple[str, str]] = []
        self.outcomes: list[ListOutcome] = []

    def take(self, row: ListRow, wanted: bool) -> None:
        """Open the case of a row, unless it is not wanted or cannot be taken in."""
        self.outcomes.append(self._outcome(row, wanted))

    def _outcome(self, row: ListRow, wanted: bool) -> ListOutcome:
        if row.fatal:
            return ListOutcome(row.number, "refused", troubles=row.troubles)
        if not wanted:
            return ListOutcome(row.number, "skipped", troubles=row.troubles)
        troubles, number = row.troubles, row.file_number
        if admission.is_taken(self._writer, number):
            if all(each.code != "number_twice" for each in troubles):
                known = self._desk.catalogue.rules.person_columns
                troubles = (*troubles, trouble(known, "taken_number", number))
            number = ""
        person = self._writer.put(row.person)
        case = open_within(
            self._writer, self._desk, person, ags=row.ags, opened_on=row.opened_on, file_number=number
        )
        self.opened.append((case.id, person.id))
        return ListOutcome(row.number, "created", case.file_number, troubles)


def _untouched(writer: Writer, case_id: str, person_id: str, body: _Body) -> bool:
    person, case = writer.get(Person, person_id), writer.get(Case, case_id)
    if person is None or case is None or person.rev > 1 or drafts.is_begun(writer, case_id):
        return False
    return writer.cases_of(person_id) == [case_id] and not audit.touched_since(
        writer.connection, case_id, body.seq
    )
