"""The ways as a table: from, to, cases, days, agreed, difference, state. It says what the picture says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal

from kimdesk.texts import network as words
from kimdesk.texts import say
from ui.kit.fit_table import FitTable
from ui.kit.rows import ItemRole
from ui.pages.network.paint import SIGNS

if TYPE_CHECKING:
    from kimdesk.kreis.steering.network import ChainNetwork, NetworkWay

_Index = QModelIndex | QPersistentModelIndex
_BEFORE, _AFTER, _CASES, _DAYS, _AGREED, _DIFFERENCE, _STATE = range(7)
_WIDTHS = {_BEFORE: 160, _CASES: 82, _DAYS: 102, _AGREED: 92, _DIFFERENCE: 98, _STATE: 124}
_LEAST = 140


class WaysModel(QAbstractTableModel):
    """One row per way, in the order of the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.ways: Sequence[NetworkWay] = ()
        self._found: ChainNetwork | None = None
        names = ("before", "after", "cases", "days", "agreed", "difference", "state")
        self._heads = tuple(say(f"network.column_{name}") for name in names)

    def replace(self, found: "ChainNetwork", ways: Sequence["NetworkWay"]) -> None:
        """Show other ways."""
        self.beginResetModel()
        self._found, self.ways = found, ways
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many ways there are."""
        return 0 if parent.isValid() else len(self.ways)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return seven."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the column's word."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and the screen reader says."""
        one, column = self.ways[index.row()], index.column()
        sign = SIGNS.get(one.verdict) if column == _STATE else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._heads[column]}: {self._text(one, column)}"
            case ItemRole.KEY:
                return one.way.key
            case ItemRole.ICON:
                return sign and sign[0]
            case ItemRole.TONE:
                return sign and sign[1]
        return None

    def _text(self, one: "NetworkWay", column: int) -> str:
        if self._found is None:
            return ""
        return words.row(self._found, one)[column]


class WaysTable(FitTable):
    """``wanted`` carries the key of the way that is selected."""

    wanted = Signal(str)

    def __init__(self) -> None:
        self._ways = WaysModel()
        super().__init__(self._ways, say("network.paper_table"), _WIDTHS, _AFTER, _LEAST)
        self.setObjectName("ways_table")
        self.selectionModel().selectionChanged.connect(lambda *_: self._select())

    def show_ways(self, found: "ChainNetwork", ways: Sequence["NetworkWay"], opened: str) -> None:
        """Show ``ways``; ``opened`` is selected."""
        with QSignalBlocker(self.selectionModel()):
            self._ways.replace(found, ways)
        self.show_opened(opened)

    def show_opened(self, key: str) -> None:
        """Select the way ``key``, "" for none."""
        at = next((row for row, one in enumerate(self._ways.ways) if one.way.key == key), -1)
        with QSignalBlocker(self.selectionModel()):
            self.clearSelection() if at < 0 else self.selectRow(at)
        self.viewport().update()

    def _select(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self.wanted.emit(self._ways.ways[rows[0].row()].way.key)
