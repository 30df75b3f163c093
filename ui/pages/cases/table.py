"""The table of cases: its columns, how they share the width, and which rows are in sight."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.cases import CaseRow
from kimdesk.texts import say
from ui.kit.base import rule, spaced
from ui.kit.rows import ItemRole
from ui.kit.sign import Sign
from ui.kit.table import Table
from ui.kit.text import Text
from ui.pages.cases.model import CasesModel
from ui.theme import theme

NAME, NUMBER, PHASE, DUE, REGIME, HANDOVER = range(6)
NAME_LEAST = 147
WIDTHS = {NUMBER: 122, PHASE: 202, DUE: 120, REGIME: 120, HANDOVER: 104}
ROOM_FOR_PHASE = 247  # its longest word in full, where names leave room
_SORTED_BY = {NAME: "name", DUE: "due"}


class CaseTable(Table):
    """``chosen`` carries the case that is selected, ``sorted`` the order a head was clicked for.

    ``menu_asked`` carries the case whose menu is wanted, and where on the screen.
    """

    chosen = Signal(str)
    sorted = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, fetch: Callable[[], None]) -> None:
        self.rows = CasesModel(fetch)
        super().__init__(self.rows, say("common.cases"))
        self.rows.setParent(self)
        self.setObjectName("case_table")
        self.setProperty("flat", "true")
        heads = self.horizontalHeader()
        heads.setStretchLastSection(False)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.sectionClicked.connect(self._sort)
        for section, width in WIDTHS.items():
            self.setColumnWidth(section, theme().px(width))
        if theme().stacked:
            for place, section in enumerate((NAME, DUE, PHASE, HANDOVER, NUMBER, REGIME)):
                heads.moveSection(heads.visualIndex(section), place)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def current(self) -> str:
        """Return the case that is selected, "" for none."""
        rows = self.selectionModel().selectedRows()
        return str(rows[0].data(ItemRole.KEY)) if rows else ""

    def show_rows(self, rows: tuple[CaseRow, ...], *, more: bool) -> None:
        """Show another list; the chosen case stays chosen and the place in the list stays."""
        before, place = self.current(), self.verticalScrollBar().value()
        with QSignalBlocker(self.selectionModel()):
            self.rows.replace(rows, more)
            if rows:
                self.selectRow(max(self.rows.row_of(before), 0))
        self.verticalScrollBar().setValue(place)
        self.viewport().update()
        self.chosen.emit(self.current())

    def light_order(self, order: str) -> None:
        """Mark the head the list is sorted by."""
        section = next((section for section, each in _SORTED_BY.items() if each == order), -1)
        self.horizontalHeader().setSortIndicator(section, Qt.SortOrder.AscendingOrder)

    def in_sight(self) -> tuple[int, int]:
        """Return the first and last row in sight, counted from 1."""
        last = self.rowAt(self.viewport().height() - 1)
        return self.rowAt(0) + 1, (last if last >= 0 else self.rows.rowCount() - 1) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the phase what it needs, and the names what the other columns leave."""
        super().resizeEvent(event)
        px = theme().px
        free = self.viewport().width() - sum(map(px, WIDTHS.values())) - px(NAME_LEAST)
        wider = min(max(free, 0), px(ROOM_FOR_PHASE - WIDTHS[PHASE]))
        self.setColumnWidth(PHASE, px(WIDTHS[PHASE]) + wider)
        self.setColumnWidth(NAME, px(NAME_LEAST) + max(free - wider, 0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the case under the pointer, by the menu key of the one that is chosen."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_asked.emit(index.data(ItemRole.KEY), corner if by_key else event.globalPos())

    def _sort(self, section: int) -> None:
        if section in _SORTED_BY:
            self.sorted.emit(_SORTED_BY[section])


class TableCard(QFrame):
    """The table in its frame, and below it what of the list is in sight."""

    def __init__(self, table: CaseTable) -> None:
        super().__init__()
        self.setObjectName("card")
        self._table = table
        self.total = 0
        column = QVBoxLayout(self)
        spaced(column)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(table, 1)
        column.addWidget(rule())
        column.addWidget(self._foot())
        table.verticalScrollBar().valueChanged.connect(lambda _: self.tell())
        table.verticalScrollBar().rangeChanged.connect(lambda *_: self.tell())

    def set_total(self, total: int) -> None:
        """Show how many cases the list has."""
        self.total = total
        self.tell()

    def tell(self) -> None:
        """Say which rows are in sight."""
        first, last = self._table.in_sight()
        words = (
            say("cases.first_last_of_total", first=first, last=last, total=self.total) if self.total else ""
        )
        self._sight.setText(f"{words} · {say('cases.more_by_scrolling')}" if last < self.total else words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer rows are in sight."""
        super().resizeEvent(event)
        self.tell()

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        spaced(row, 6, (14, 6, 14, 6))
        self._sight = Text("", "meta", "text-2")
        row.addWidget(self._sight)
        row.addStretch(1)
        if not theme().stacked:
            row.addWidget(Sign("house", "text-2", 14))
            row.addWidget(Text(say("common.address_protected"), "meta", "text-2"))
        return foot
