"""From a file to cases: read, match columns, look at the rows, take in, undo.

The file is read beside the vault; looking at the rows, taking in and removing again are many short jobs: what
others want in between is not held up. All of it can be stopped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kimdesk.casework.person_lists.names import WHOLE
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError
from kimdesk.texts.refusals import Explanation, explain
from ui.desk.context import Context
from ui.program.long_change import LongChange, taken
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.cage import Stop
    from kimdesk.casework.desk import Desk
    from kimdesk.casework.people import Match
    from kimdesk.casework.person_lists import (
        Choices,
        ListRow,
        Reckoning,
        Steps,
        TableFile,
        TakenRow,
        Undone,
    )
    from kimdesk.store.operations import Operation

Past = tuple["Operation", str, int]
STOPPED = "E726"
_SAMPLE = 200  # rows


@dataclass(frozen=True, slots=True)
class Looked:
    """The rows of a list, who is perhaps known already, and which rows are to be taken in (by number)."""

    rows: "tuple[ListRow, ...]" = ()
    known: "Mapping[int, Match]" = field(default_factory=dict)
    wanted: frozenset[int] = frozenset()


class ListView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_past(self, past: tuple[Past, ...]) -> None:
        """Show the lists that were taken in before."""

    def show_table(self, name: str, table: "TableFile", mapping: tuple[str, ...]) -> None:
        """Show the columns of the file and what each seems to mean."""

    def show_rows(self, looked: Looked) -> None:
        """Show the rows as they would be taken in."""

    def show_taken(self, taken: "TakenRow") -> None:
        """Show what became of each row."""

    def show_undone(self, undone: "Undone") -> None:
        """Say how many cases are gone again."""

    def show_problem(self, told: Explanation | None) -> None:
        """Say why something was refused."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a job is, 0 of 0 when it is over; called from any thread."""


class ListPresenter:
    """Keeps the file that is read and what was decided about it."""

    def __init__(self, context: Context, view: ListView) -> None:
        self._context = context
        self._view = view
        self._path = Path()
        self._stop: Stop | None = None
        self._job = 0  # the one that runs; results of others are too late
        self._taking: LongChange | None = None
        self.table: TableFile | None = None
        self.choices: Choices | None = None
        self.reckoning: Reckoning | None = None
        self.mapping: tuple[str, ...] = ()
        self.looked = Looked()

    @property
    def catalogue(self) -> Catalogue:
        """Return what the desk works with."""
        return self._context.catalogue

    def refresh(self) -> None:
        """Read which lists were taken in before."""
        desk = self._context.desk

        def read() -> tuple[Past, ...]:
            from kimdesk.casework import person_lists

            return person_lists.past(desk)

        self._context.work.read(self._view, read, self._view.show_past)

    def open_file(self, path: Path) -> None:
        """Read a file, everything about it guessed."""
        from kimdesk.casework import person_lists

        self._path, self.reckoning = path, person_lists.Reckoning()
        self.read_again(person_lists.Choices())

    def read_again(self, choices: "Choices") -> None:
        """Read the file by ``choices``; what the columns mean stays as long as they are the same."""
        from kimdesk.casework import person_lists

        path, known = self._path, self.catalogue.rules.person_columns

        def read() -> "tuple[Choices, TableFile, tuple[str, ...]]":
            table = person_lists.read_table(path, known, choices)
            return choices, table, person_lists.guess(known, table)

        number = self._begin()
        self._stop = self._context.work.look(
            self._view,
            read,
            lambda found: self._opened(number, *found),
            lambda told: self._failed(number, told),
        )

    def map_column(self, number: int, target: str) -> None:
        """Let a column mean ``target`` ("" for nothing); another column that meant it means nothing now."""
        mapping = ["" if each == target else each for each in self.mapping]
        mapping[number] = target
        self.mapping = tuple(mapping)

    @property
    def names_given(self) -> bool:
        """Return whether some column holds names, without which no row can be taken in."""
        return bool({"family_name", "given_names", *WHOLE} & set(self.mapping))

    def sample(self) -> "tuple[ListRow, ...]":
        """Return the first rows as they would be read now."""
        from kimdesk.casework import person_lists

        if self.table is None:
            return ()
        start = self.table.start(_SAMPLE)
        return person_lists.rows_of(self.catalogue, start, self.mapping, reckoning=self.reckoning)

    def look(self) -> None:
        """Read the rows as they are matched, and look for persons who are known already."""
        if self.table is not None:
            steps = _looking(self._context.desk, self.table, self.mapping, self.reckoning)
            self._step(self._begin(), steps)

    def stop(self) -> None:
        """End what runs; nothing is taken in, and what was is removed again."""
        if self._stop is not None:
            self._stop.stop()
        if self._taking:
            self._taking.stopped = ContentError(STOPPED)
        else:
            self._failed(self._job, explain(ContentError(STOPPED)))

    def turn(self, number: int) -> None:
        """Take a row in after all, or leave it out; one without a name stays out."""
        row = next(each for each in self.looked.rows if each.number == number)
        if not row.fatal:
            self._show(replace(self.looked, wanted=self.looked.wanted ^ {number}))

    def take(self, done: Callable[[], object]) -> None:
        """Open the cases; ``done`` when it is over, however it ended."""
        from kimdesk.casework import person_lists

        looked, name = self.looked, self._path.name
        steps = person_lists.take_steps(self._context.desk, looked.rows, looked.wanted, name)
        self._run(steps, self._view.show_taken, done)

    def undo(self, operation_id: str) -> None:
        """Remove the cases of a list again."""
        from kimdesk.casework import person_lists

        def undone(found: "Undone") -> None:
            self._view.show_undone(found)
            self.refresh()

        self._run(person_lists.undo_steps(self._context.desk, operation_id), undone)

    def _run(
        self, steps: "Steps[Any]", told: Callable[[Any], object], done: Callable[[], object] = lambda: None
    ) -> None:
        """Take all steps of what changes the vault."""

        def over(then: Callable[[Any], object], what: object) -> None:
            self._taking = None
            self._end()
            done()
            then(what)

        self._begin()
        self._taking = LongChange(self._context.work, self._view, steps)
        self._taking.run(partial(over, told), partial(over, self._view.show_problem))

    def _begin(self) -> int:
        self._job, self._stop = self._job + 1, None
        self._view.show_problem(None)
        self._view.show_progress(0, 1)
        return self._job

    def _end(self) -> None:
        self._stop = None
        self._view.show_progress(0, 0)

    def _failed(self, number: int, told: Explanation) -> None:
        if number == self._job:
            self._job += 1
            self._end()
            self._view.show_problem(told)

    def _step(self, number: int, steps: "Steps[Looked]") -> None:
        """Take the next step in the background, unless somebody has stopped it."""

        def further(found: tuple[tuple[int, int] | None, Any]) -> None:
            if number != self._job:
                return
            far, looked = found
            if far is None:
                self._end()
                self._show(looked)
            else:
                self._view.show_progress(*far)
                self._step(number, steps)

        self._context.work.read(
            self._view, lambda: taken(steps), further, lambda told: self._failed(number, told)
        )

    def _opened(self, number: int, choices: "Choices", table: "TableFile", mapping: tuple[str, ...]) -> None:
        if number != self._job:
            return
        self._end()
        same = self.table is not None and self.table.heads == table.heads
        self.mapping = self.mapping if same and choices != self.choices else mapping
        self.table, self.choices = table, choices
        self._view.show_table(self._path.name, table, self.mapping)

    def _show(self, looked: Looked) -> None:
        self.looked = looked
        self._view.show_rows(looked)


def _looking(
    desk: "Desk", table: "TableFile", mapping: tuple[str, ...], reckoning: "Reckoning | None"
) -> "Steps[Looked]":
    from kimdesk.casework import person_lists

    rows = yield from person_lists.row_steps(desk.catalogue, table, mapping, None, reckoning)
    known = yield from person_lists.look_up_steps(desk, rows)
    return Looked(rows, known, person_lists.wanted_first(rows, known))
