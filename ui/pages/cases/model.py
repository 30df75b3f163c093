"""The rows of the case list for Qt: fetched page by page while scrolling."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.casework.cases import CaseRow
from kimdesk.texts import agenda, dates, say
from ui.kit.rows import ItemRole
from ui.pages.cases import columns

MARK = len(columns.COLUMNS)
"""The section of the boxes, behind all others; the table shows it first."""

_Index = QModelIndex | QPersistentModelIndex


class CasesModel(QAbstractTableModel):
    """What stands in each column of each case, and which cases are ``marked`` (by identity)."""

    def __init__(self, fetch: Callable[[], None]) -> None:
        super().__init__()
        self._fetch = fetch
        self._rows: list[CaseRow] = []
        self._cells: dict[tuple[int, int], dict[int, object]] = {}
        self._more = False
        self._today = date.today()  # noqa: DTZ011 - the worker's calendar day
        self._heads = (*(column.head for column in columns.COLUMNS), "")
        self._sorted = (-1, "")
        self.marked: frozenset[str] = frozenset()

    def replace(self, rows: tuple[CaseRow, ...], more: bool) -> None:
        """Show another list from its first page."""
        self.beginResetModel()
        self._rows, self._more, self._cells = list(rows), more, {}
        self._today = date.today()  # noqa: DTZ011
        self.endResetModel()

    def append(self, rows: tuple[CaseRow, ...], more: bool) -> None:
        """Show more of the same list."""
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self._more = more
        self.endInsertRows()

    def mark(self, marked: Iterable[str]) -> None:
        """Show these cases as marked."""
        self.marked = frozenset(marked)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, MARK))

    def tell_sorted(self, section: int, words: str) -> None:
        """Let the head of ``section`` say to a screen reader how the list is sorted."""
        self._sorted = (section, words)

    def ids(self, first: int, last: int) -> Iterator[str]:
        """Return the cases of some rows, the last one included, whichever way round."""
        return (row.id for row in self._rows[min(first, last) : max(first, last) + 1])

    def row(self, case_id: str) -> CaseRow | None:
        """Return what the list says of a case, if it was fetched."""
        return next((row for row in self._rows if row.id == case_id), None)

    def row_of(self, case_id: str) -> int:
        """Return the row of a case, or −1."""
        return next((number for number, row in enumerate(self._rows) if row.id == case_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows have been fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are, shown or not, with that of the boxes."""
        return 0 if parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: _Index) -> bool:
        """Return whether the store has more rows."""
        return self._more

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page; it arrives later."""
        self._more = False
        self._fetch()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the column's word."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            named = say("cases.marked_column") if section == MARK else self._heads[section]
            return f"{named}, {self._sorted[1]}" if section == self._sorted[0] else named
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and the screen reader says."""
        row = self._rows[index.row()]
        if role == ItemRole.KEY:
            return row.id
        if index.column() == MARK:
            return self._box(row.id in self.marked, role)
        place = (index.row(), index.column())
        if place not in self._cells:  # painting asks for one role after the other
            self._cells[place] = self._cell(row, columns.NAMES[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = f"{self._heads[index.column()]}: {self._cells[place][Qt.ItemDataRole.DisplayRole]}"
            return f"{told}, {say('cases.marked')}" if row.id in self.marked else told
        return self._cells[place].get(role)

    def _box(self, marked: bool, role: int) -> object:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say("cases.marked") if marked else say("cases.not_marked")
        return ("check-square" if marked else "square") if role == ItemRole.ICON else None

    def _cell(self, row: CaseRow, column: str) -> dict[int, object]:
        text = Qt.ItemDataRole.DisplayRole
        match column:
            case "name":
                shield: dict[int, object] = {ItemRole.TRAILING: "house"} if row.protected else {}
                return {text: columns.name(row), ItemRole.STRONG: True, **shield}
            case "phase":
                return {text: columns.phase(row), ItemRole.PHASE: row.phase.number}
            case "due":
                return self._due(row)
            case "handover":
                return _handover(row)
            case _:
                tone: dict[int, object] = {ItemRole.TONE: "text-2"} if column == "number" else {}
                return {text: columns.plain(row, column, self._today), **tone}

    def _due(self, row: CaseRow) -> dict[int, object]:
        day, step = row.next_due, row.next_step
        shown: dict[int, object] = {Qt.ItemDataRole.DisplayRole: dates.short(day, self._today)}
        shown[Qt.ItemDataRole.ToolTipRole] = agenda.words(row.catalogue, step).title if step else None
        if day is None:
            return {**shown, ItemRole.TONE: "text-2"}
        state = "overdue" if day < self._today else "today" if day == self._today else "expiring"
        if step and not row.catalogue.rules.agenda.windows[step.rule].shows(day, self._today):
            return shown
        tones = {"overdue": "bad", "today": "accent", "expiring": "warn"}
        return {**shown, ItemRole.ICON: state, ItemRole.TONE: tones[state]}


def _handover(row: CaseRow) -> dict[int, object]:
    state = ("unsent", "warn") if row.unsent else ("check", "text-2")
    if row.standing.custody in columns.MARKED:
        state = ("arrows-left-right", "warn" if row.standing.overdue else "text-2")
    return {
        Qt.ItemDataRole.DisplayRole: columns.handover(row),
        ItemRole.ICON: state[0],
        ItemRole.TONE: state[1],
    }
