"""From a file to cases: read, match columns, look at the rows, take in, undo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.casework.person_lists.names import WHOLE
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.casework.people import Match
    from kimdesk.casework.person_lists import ListRow, TableFile, TakenRow, Undone
    from kimdesk.store.operations import Operation

Past = tuple["Operation", str, int]


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


class ListPresenter:
    """Keeps the file that is read and what was decided about it."""

    def __init__(self, context: Context, view: ListView) -> None:
        self._context = context
        self._view = view
        self._path = Path()
        self._table: TableFile | None = None
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

    def open_file(self, path: Path, *, sheet: str = "", encoding: str = "") -> None:
        """Read a file, or again with another sheet or encoding."""
        self._path = path
        self._view.show_problem(None)
        known = self.catalogue.rules.person_columns

        def read() -> "tuple[TableFile, tuple[str, ...]]":
            from kimdesk.casework import person_lists

            choices = person_lists.Choices(sheet=sheet, encoding=encoding)
            table = person_lists.read_table(path, known, choices)
            return table, person_lists.guess(known, table)

        self._context.work.look(self._view, read, lambda found: self._opened(*found), self._view.show_problem)

    def read_again(self, *, sheet: str = "", encoding: str = "") -> None:
        """Read the same file with another sheet or encoding."""
        self.open_file(self._path, sheet=sheet, encoding=encoding)

    def map_column(self, number: int, target: str) -> None:
        """Let a column mean ``target`` ("" for nothing); another column that meant it means nothing now."""
        mapping = ["" if each == target else each for each in self.mapping]
        mapping[number] = target
        self.mapping = tuple(mapping)

    @property
    def names_given(self) -> bool:
        """Return whether some column holds names, without which no row can be taken in."""
        return bool({"family_name", "given_names", *WHOLE} & set(self.mapping))

    def look(self) -> None:
        """Read the rows as they are matched, and look for persons who are known already."""
        desk, table, mapping = self._context.desk, self._table, self.mapping
        if table is None:
            return

        def read() -> Looked:
            from kimdesk.casework import person_lists

            rows = person_lists.rows_of(desk.catalogue, table, mapping)
            known = person_lists.look_up(desk, rows)
            return Looked(rows, known, person_lists.wanted_first(rows, known))

        self._context.work.read(self._view, read, self._show, self._view.show_problem)

    def turn(self, number: int) -> None:
        """Take a row in after all, or leave it out; one without a name stays out."""
        row = next(each for each in self.looked.rows if each.number == number)
        if not row.fatal:
            self._show(replace(self.looked, wanted=self.looked.wanted ^ {number}))

    def take(self, done: Callable[[], object]) -> None:
        """Open the cases; ``done`` when it is over, however it ended."""
        desk, looked, name = self._context.desk, self.looked, self._path.name

        def write() -> "TakenRow":
            from kimdesk.casework import person_lists

            return person_lists.take(desk, looked.rows, looked.wanted, name)

        def taken(found: "TakenRow") -> None:
            done()
            self._view.show_taken(found)

        def refused(told: Explanation) -> None:
            done()
            self._view.show_problem(told)

        self._context.work.write(self._view, write, taken, refused)

    def undo(self, operation_id: str) -> None:
        """Remove the cases of a list again."""
        desk = self._context.desk

        def write() -> "Undone":
            from kimdesk.casework import person_lists

            return person_lists.undo(desk, operation_id)

        def undone(found: "Undone") -> None:
            self._view.show_undone(found)
            self.refresh()

        self._context.work.write(self._view, write, undone, self._view.show_problem)

    def _opened(self, table: "TableFile", mapping: tuple[str, ...]) -> None:
        self._table, self.mapping = table, mapping
        self._view.show_table(self._path.name, table, mapping)

    def _show(self, looked: Looked) -> None:
        self.looked = looked
        self._view.show_rows(looked)
