"""The enrolled desks for Qt."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.texts import dates, registry, say
from ui.kit.rows import ItemRole
from ui.pages.desks.states import short, sign

if TYPE_CHECKING:
    from kimdesk.kreis import DeskRow

_Index = QModelIndex | QPersistentModelIndex


class DesksTable(QAbstractTableModel):
    """One row per desk, the most urgent first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[DeskRow] = ()
        self._today = date.min
        self._heads = (
            say("common.desk"),
            say("common.state"),
            say("kreis.last_package"),
            say("kreis.missing"),
            say("kreis.last_heard"),
        )

    def replace(self, rows: Sequence["DeskRow"], today: date) -> None:
        """Show other desks."""
        self.beginResetModel()
        self.rows, self._today = rows, today
        self.endResetModel()

    def row_of(self, desk_id: str) -> int:
        """Return the row of a desk, or −1."""
        return next((number for number, row in enumerate(self.rows) if row.id == desk_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many desks there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return five."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the column's word."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and the screen reader says."""
        row = self.rows[index.row()]
        cell = self._cell(row, index.column())
        if role == ItemRole.KEY:
            return row.id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {cell[Qt.ItemDataRole.DisplayRole]}"
        return cell.get(role)

    def _cell(self, row: "DeskRow", column: int) -> dict[int, object]:
        text = Qt.ItemDataRole.DisplayRole
        match column:
            case 0:
                return {text: row.name, ItemRole.STRONG: True}
            case 1:
                icon, tone = sign(row.state)
                shown: dict[int, object] = {ItemRole.ICON: icon, ItemRole.TONE: tone}
                told = registry.of_desk(row)
                return {**shown, text: short(told), Qt.ItemDataRole.ToolTipRole: told}
            case 2:
                return {text: str(row.last_seq) if row.last_seq else "–"}
            case 3:
                return {
                    text: ", ".join(map(str, row.missing)) or "–",
                    ItemRole.TONE: "warn" if row.missing else "text-2",
                }
            case _:
                return {
                    text: dates.lately(row.heard_at, self._today) if row.heard_at else "–",
                    ItemRole.TONE: "text-2",
                }
