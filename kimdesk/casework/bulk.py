"""One act for many cases: a transaction for each, so that one that is refused holds up no other.

Every act is a row of short steps (``Steps``): what others save goes on in between. A KimdeskError thrown in,
because somebody stopped it, takes back what was done and is raised then.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select

from kimdesk.casework import access, admission, changes
from kimdesk.casework.case_file import known_case, read_file
from kimdesk.casework.case_list import CaseRow
from kimdesk.casework.changes import Change, Changing, changing
from kimdesk.casework.custody import demand_writable
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_out import document
from kimdesk.casework.person_lists.rows import Steps
from kimdesk.domain import media
from kimdesk.domain.errors import KimdeskError
from kimdesk.domain.records import Case, FollowUp
from kimdesk.store import lists
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES

STOPPED: Final = "E878"
"""The code of the CaseworkError to throw in where somebody has stopped an act."""

_WORKERS = Statement(select(RECORD_TABLES[Case].c.worker).distinct())
_Act = Callable[[Changing, str], object]


@dataclass(frozen=True, slots=True)
class LeftCase:
    """A case that stays as it is, and why."""

    case_id: str
    why: KimdeskError


@dataclass(frozen=True, slots=True)
class ManyDone:
    """What became of the cases: what was changed in each, or the file it was written to; and who was left."""

    changes: tuple[Change, ...] = ()
    files: tuple[Path, ...] = ()
    left: tuple[LeftCase, ...] = ()


def people(desk: Desk) -> tuple[str, ...]:
    """Return who works at this desk: who has opened its vault, who else can, whom a case names."""
    others = [way.label for way in access.ways(desk) if way.kind == "person"]
    with desk.reading() as reader:
        named = sorted(row[0] for row in _WORKERS.rows(reader.connection))
    return tuple(dict.fromkeys(filter(None, (desk.actor, *others, *named))))


def split(rows: Iterable[CaseRow]) -> tuple[tuple[CaseRow, ...], tuple[CaseRow, ...]]:
    """Return the cases something can be done with, and those that are only read here."""
    every = tuple(rows)
    return (
        tuple(row for row in every if not row.standing.read_only),
        tuple(row for row in every if row.standing.read_only),
    )


def assign_steps(desk: Desk, case_ids: Sequence[str], worker: str) -> Steps[ManyDone]:
    """Let ``worker`` look after these cases."""

    def assign(step: Changing, case_id: str) -> None:
        step.put(replace(known_case(step.writer, case_id), worker=worker))

    return _each(desk, case_ids, assign)


def follow_up_steps(
    desk: Desk, case_ids: Sequence[str], due_on: date, title: str, reason: str = ""
) -> Steps[ManyDone]:
    """Add a Wiedervorlage on ``due_on`` to each of these cases."""

    def remind(step: Changing, case_id: str) -> None:
        demand_writable(step.writer, case_id)
        new = FollowUp(case_id=case_id, due_on=due_on, title=title, reason=reason)
        admission.admit_typed(step.writer, desk.catalogue, new)
        step.put(new)

    return _each(desk, case_ids, remind)


def document_steps(desk: Desk, case_ids: Sequence[str], folder: Path) -> Steps[ManyDone]:
    """Write each of these cases as neutral document to ``folder``, and note that in its trail.

    The files are named by file number; one that is there already is never written over. Raises StoreError
    E920 to E923 when the folder refuses: then none of the files is left behind.
    """
    files: list[Path] = []
    left: list[LeftCase] = []
    try:
        for number, case_id in enumerate(case_ids):
            yield number, len(case_ids)
            try:
                files.append(_write_document(desk, case_id, folder))
            except KimdeskError as why:
                if why.code in media.REFUSALS:
                    raise
                left.append(LeftCase(case_id, why))
    except KimdeskError:
        for path in files:
            path.unlink(missing_ok=True)
        raise
    return ManyDone(files=tuple(files), left=tuple(left))


def undo_steps(desk: Desk, done: Sequence[Change]) -> Steps[ManyDone]:
    """Take back what was done to each case; where somebody went on since, it stays and is named."""
    back: list[Change] = []
    left: list[LeftCase] = []
    for number, change in enumerate(done):
        yield number, len(done)
        try:
            back.append(changes.undo(desk, change))
        except KimdeskError as why:
            left.append(LeftCase(_case_of(change), why))
    return ManyDone(tuple(back), left=tuple(left))


def ids(desk: Desk, query: lists.CaseQuery) -> tuple[str, ...]:
    """Return the identities of all cases of the list ``query``, in its order."""
    found: list[str] = []
    after = None
    with desk.reading() as reader:
        while True:
            rows, after = lists.page(reader.connection, query, after, 500)
            found += [row.case_id for row in rows]
            if after is None:
                return tuple(found)


def _each(desk: Desk, case_ids: Sequence[str], act: _Act) -> Steps[ManyDone]:
    done: list[Change] = []
    left: list[LeftCase] = []
    for number, case_id in enumerate(case_ids):
        try:
            yield number, len(case_ids)
        except KimdeskError:
            yield from undo_steps(desk, done)
            raise
        try:
            with changing(desk) as step:
                act(step, case_id)
            done.append(step.change)
        except KimdeskError as why:
            left.append(LeftCase(case_id, why))
    return ManyDone(tuple(done), left=tuple(left))


def _write_document(desk: Desk, case_id: str, folder: Path) -> Path:
    import json

    with desk.reading() as reader:
        demand_writable(reader, case_id)
        file = read_file(reader, case_id)
    text = json.dumps(document(file), ensure_ascii=False, indent=1)
    path = _free(folder, file.case.file_number or case_id)
    with media.laid(path, text.encode()), desk.writing() as writer:
        writer.record("copied_out", "case", case_id, case_id)
    return path


def _free(folder: Path, name: str) -> Path:
    plain = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name).strip(".-")
    number, path = 1, folder / f"{plain or 'case'}.json"
    while path.exists():
        number += 1
        path = folder / f"{plain or 'case'}-{number}.json"
    return path


def _case_of(change: Change) -> str:
    for before, after in change.parts:
        if record := after or before:
            return getattr(record, "case_id", "") or record.id
    return ""
