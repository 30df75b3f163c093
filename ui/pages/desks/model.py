"""The enrolled desks for Qt."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.domain.collation import word_key
from kimdesk.texts import dates, registry, say
from ui.kit.rows import ItemRole
from ui.pages.desks.states import SIGNS, short, sign

if TYPE_CHECKING:
    from kimdesk.kreis import DeskRow
    from kimdesk.kreis.desk_facts import DeskFacts
    from ui.pages.desks.presenter import DesksModel

_Index = QModelIndex | QPersistentModelIndex
_CASES = 5


class DesksTable(QAbstractTableModel):
    """One row per desk, the most urgent first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[DeskRow] = ()
        self._facts: Mapping[str, DeskFacts] = {}
        self._today = date.min
        self._sorted: tuple[int, bool] = (-1, False)
        self._heads = (
            say("common.desk"),
            say("common.state"),
            say("kreis.package"),
            say("kreis.missing"),
            say("kreis.last_heard"),
            say("kreis.active_cases"),
            say("kreis.catalogue"),
        )

    def replace(self, model: "DesksModel") -> None:
        """Show other desks, in the order chosen before."""
        self.beginResetModel()
        self.rows, self._facts, self._today = model.desks, model.facts, model.today
        self._put_in_order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the desks in the order of a column; what is chosen stays chosen."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.rows[index.row()].id for index in before]
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
        self._put_in_order()
        now = [self.index(self.row_of(key), index.column()) for key, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()

    def _put_in_order(self) -> None:
        column, backwards = self._sorted
        if 0 <= column < len(self._heads):
            self.rows = sorted(self.rows, key=lambda row: self._key(row, column), reverse=backwards)

    def _key(self, row: "DeskRow", column: int) -> tuple[float, str]:
        facts = self._facts_of(row)
        heard = row.heard_at.timestamp() if row.heard_at else 0
        numbers: dict[int, float] = {
            1: [*SIGNS].index(row.state), 2: row.last_seq, 3: len(row.missing), 4: heard,
            5: -1 if facts.here is None else facts.here, 6: -1 if facts.pack is None else facts.pack,
        }  # fmt: skip
        return numbers.get(column, 0), word_key(row.name)

    def _facts_of(self, row: "DeskRow") -> "DeskFacts":
        from kimdesk.kreis.desk_facts import DeskFacts

        return self._facts.get(row.id, DeskFacts())

    def row_of(self, desk_id: str) -> int:
        """Return the row of a desk, or −1."""
        return next((number for number, row in enumerate(self.rows) if row.id == desk_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many desks there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
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
            case 4:
                heard = dates.lately(row.heard_at, self._today) if row.heard_at else "–"
                return {text: heard, ItemRole.TONE: "text-2"}
            case _:
                return self._cell_of_facts(self._facts_of(row), column)

    @staticmethod
    def _cell_of_facts(facts: "DeskFacts", column: int) -> dict[int, object]:
        text = Qt.ItemDataRole.DisplayRole
        if column == _CASES:
            shown: dict[int, object] = {text: "–" if facts.here is None else str(facts.here)}
            warned: dict[int, object] = {ItemRole.TONE: "warn"} if facts.differ else {}
            return {**shown, **warned, Qt.ItemDataRole.ToolTipRole: registry.cases_of_desk(facts)}
        tone = "warn" if facts.behind else "text-2"
        return {text: registry.catalogue_of_desk(facts), ItemRole.TONE: tone}
