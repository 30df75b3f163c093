"""Rows of a list as cases: who is known already, taking in, a report per row, and undoing it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from sqlalchemy import select

from kimdesk.casework import changes, people
from kimdesk.casework.cases import erase_within, open_within
from kimdesk.casework.desk import Desk
from kimdesk.casework.people import Match
from kimdesk.casework.person_lists.rows import ListRow, Steps, Trouble, trouble, whole
from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.domain.records import Case, Person
from kimdesk.store import audit, drafts, operations
from kimdesk.store.operations import Operation
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Writer

Progress = Callable[[int, int], object]
KIND = "import"
ALIKE = 0.85
"""From this likeness on a person is shown as perhaps known."""

State = Literal["created", "skipped", "refused"]
_TOLD_EVERY = 20  # rows
_NUMBERS = Statement(select(RECORD_TABLES[Case].c.file_number))


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
    """What undoing takes: cases with their clients, and the audit entry after which a change counts."""

    source: str
    cases: tuple[tuple[str, str], ...]
    seq: int


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
    with desk.writing() as writer:
        taking = _Taking(writer, desk)
        for done, row in enumerate(sorted(rows, key=lambda row: not row.file_number)):
            taking.take(row, row.number in wanted)
            if progress and not done % _TOLD_EVERY:
                progress(done, len(rows))
        outcomes = tuple(taking.outcomes[row.number] for row in rows)
        seq, _ = audit.head(writer.connection)
        body = _Body(source, tuple(taking.opened), seq)
        operation_id = changes.keep(writer, KIND, body)
        writer.record("list_imported", "case", operation_id)
    return TakenRow(outcomes, operation_id)


def past(desk: Desk) -> tuple[tuple[Operation, str, int], ...]:
    """Return the lists that were taken in and still stand, the newest first: step, name, number of cases."""
    with desk.reading() as reader:
        standing = [each for each in operations.of_kind(reader.connection, KIND) if not each.undone_at]
    bodies = [msgspec.json.decode(each.body, type=_Body) for each in standing]
    return tuple((each, body.source, len(body.cases)) for each, body in zip(standing, bodies, strict=True))


def undo(desk: Desk, operation_id: str) -> Undone:
    """Remove the cases of a list again; those that somebody has worked on since stay.

    Raises CaseworkError E857 when it was undone before, StoreError E911 as ``cases.erase``.
    """
    with desk.writing() as writer:
        body = changes.reclaim(writer, operation_id, _Body)
        untouched = [
            case_id for case_id, person_id in body.cases if _untouched(writer, case_id, person_id, body)
        ]
        for case_id in untouched:
            erase_within(writer, case_id, "import_undone")
        writer.record("list_import_undone", "case", operation_id)
    try:
        desk.vault.checkpoint()
    except KimdeskError:
        raise StoreError("E911") from None
    return Undone(len(untouched), len(body.cases) - len(untouched))


class _Taking:
    """One list on its way in; rows that bring their file number come before those that get one."""

    def __init__(self, writer: Writer, desk: Desk) -> None:
        self._writer = writer
        self._desk = desk
        self._numbers = {row[0] for row in _NUMBERS.rows(writer.connection)}
        self.opened: list[tuple[str, str]] = []
        self.outcomes: dict[int, ListOutcome] = {}

    def take(self, row: ListRow, wanted: bool) -> None:
        """Open the case of a row, unless it is not wanted or cannot be taken in."""
        self.outcomes[row.number] = self._outcome(row, wanted)

    def _outcome(self, row: ListRow, wanted: bool) -> ListOutcome:
        if row.fatal:
            return ListOutcome(row.number, "refused", troubles=row.troubles)
        if not wanted:
            return ListOutcome(row.number, "skipped", troubles=row.troubles)
        troubles, number = row.troubles, row.file_number
        if number in self._numbers:
            if all(each.code != "number_twice" for each in troubles):
                known = self._desk.catalogue.rules.person_columns
                troubles = (*troubles, trouble(known, "taken_number", number))
            number = ""
        person = self._writer.put(row.person)
        case = open_within(
            self._writer, self._desk, person, ags=row.ags, opened_on=row.opened_on, file_number=number
        )
        self._numbers.add(case.file_number)
        self.opened.append((case.id, person.id))
        return ListOutcome(row.number, "created", case.file_number, troubles)


def _untouched(writer: Writer, case_id: str, person_id: str, body: _Body) -> bool:
    person, case = writer.get(Person, person_id), writer.get(Case, case_id)
    if person is None or case is None or person.rev > 1 or drafts.is_begun(writer, case_id):
        return False
    return writer.cases_of(person_id) == [case_id] and not audit.touched_since(
        writer.connection, case_id, body.seq
    )
