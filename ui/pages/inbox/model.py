"""The received files for Qt: who, which package, when, what came of it, where the receipt is."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.texts import dates, registry, say
from ui.kit.rows import ItemRole

if TYPE_CHECKING:
    from kimdesk.kreis import InboxRow

_Index = QModelIndex | QPersistentModelIndex
_SIGNS = {
    "applied": "present",
    "duplicate": "copy",
    "held": "expiring",
    "quarantined": "quarantine",
    "refused": "overdue",
}


class InboxTable(QAbstractTableModel):
    """One row per file that was read in, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[InboxRow] = ()
        self._today = date.min
        self._heads = (
            say("common.desk"),
            say("kreis.package"),
            say("kreis.arrived"),
            say("common.result"),
            say("kreis.receipt"),
        )
        self._receipts = {"none": "–", "written": say("kreis.written"), "collected": say("kreis.collected")}

    def replace(self, rows: Sequence["InboxRow"], today: date) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows, self._today = rows, today
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._rows)

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
        row = self._rows[index.row()]
        cell = self._cell(row, index.column())
        if role == ItemRole.KEY:
            return row.desk_id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {cell[Qt.ItemDataRole.DisplayRole]}"
        return cell.get(role)

    def _cell(self, row: "InboxRow", column: int) -> dict[int, object]:
        text = Qt.ItemDataRole.DisplayRole
        match column:
            case 0:
                return {
                    text: row.desk or row.file,
                    ItemRole.STRONG: bool(row.desk),
                    Qt.ItemDataRole.ToolTipRole: row.file,
                }
            case 1:
                return {text: str(row.seq) if row.seq else "–"}
            case 2:
                return {text: dates.lately(row.at, self._today), ItemRole.TONE: "text-2"}
            case 3:
                sentence = registry.of_file(row)
                told = " ".join(filter(None, (sentence, registry.hint(row))))
                return {
                    text: _first(sentence),
                    ItemRole.ICON: _SIGNS[row.result],
                    Qt.ItemDataRole.ToolTipRole: told,
                }
            case _:
                return {text: self._receipts[row.receipt], ItemRole.TONE: "text-2"}


def _first(sentence: str) -> str:
    """Return the first of several sentences; the others stand in the tool tip."""
    return sentence.split(". ", 1)[0].removesuffix(".")
