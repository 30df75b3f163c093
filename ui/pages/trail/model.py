"""The entries of the audit trail for Qt: fetched page by page while scrolling."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.casework.trail import TrailLine
from kimdesk.texts import dates, numbers, say
from ui.kit.icons import known
from ui.kit.rows import ItemRole

_Index = QModelIndex | QPersistentModelIndex
_Cell = dict[int, object]


class TrailModel(QAbstractTableModel):
    """When, who, what, and in which case; number first."""

    def __init__(self, fetch: Callable[[], None]) -> None:
        super().__init__()
        self._fetch = fetch
        self._lines: list[TrailLine] = []
        self._more = False
        self._heads = (
            say("trail.no"),
            say("trail.when"),
            say("trail.who"),
            say("trail.what"),
            say("common.case"),
        )

    def show(self, lines: tuple[TrailLine, ...], *, first: bool, more: bool) -> None:
        """Show another list from its first page, or more of the same."""
        if first:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
        elif lines:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()
        self._more = more

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many entries have been fetched."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return five."""
        return 0 if parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: _Index) -> bool:
        """Return whether there are older entries."""
        return self._more

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page; it arrives later."""
        self._more = False
        self._fetch()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the column's word."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and the screen reader says."""
        line = self._lines[index.row()]
        if role == ItemRole.KEY:
            return line.case_id if line.file_number else ""
        cell = self._cell(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {cell[Qt.ItemDataRole.DisplayRole]}"
        return cell.get(role)

    def _cell(self, line: TrailLine, column: int) -> _Cell:
        text = Qt.ItemDataRole.DisplayRole
        match column:
            case 0:
                return {text: numbers.whole(line.seq), ItemRole.TONE: "text-2"}
            case 1:
                return {text: dates.second(line.at)}
            case 2:
                return {text: line.actor}
            case 3:
                return {text: line.words, ItemRole.ICON: known(line.icon, "info"), ItemRole.TONE: "text"}
            case _:
                return _case(line)


def _case(line: TrailLine) -> _Cell:
    text = Qt.ItemDataRole.DisplayRole
    if line.erased:
        return {text: say("trail.erased_case"), ItemRole.TONE: "text-2"}
    if not line.file_number:
        return {text: "–", ItemRole.TONE: "text-2"}
    return {text: line.file_number, ItemRole.TONE: "accent", ItemRole.TRAILING: "caret-right"}
