"""The table of cases: its columns, how they share the width, and which rows are in sight."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.case_columns import ColumnChoice
from kimdesk.casework.cases import CaseQuery, CaseRow
from kimdesk.texts import say
from ui.kit.announce import announce
from ui.kit.base import rule, spaced
from ui.kit.buttons import quiet
from ui.kit.rows import ItemRole
from ui.kit.sign import Sign
from ui.kit.table import Table
from ui.kit.text import Text
from ui.pages.cases.columns import COLUMNS, FIRST, FIRST_LARGE, NAMES
from ui.pages.cases.marks import CaseMarks
from ui.pages.cases.model import MARK, CasesModel
from ui.program import keys
from ui.theme import theme

NAME, NUMBER, PHASE, DUE, REGIME, HANDOVER = range(6)
ROOM_FOR_PHASE = 247  # its longest word in full, where names leave room
LEAST, MOST = 60, 600  # of a column, in pixels at 100 %
_BOX = 28
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
          Qt.Key.Key_End}  # fmt: skip
_HOLDS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


class CaseTable(Table):
    """``chosen`` carries the case that is selected, ``sorted`` the order a head was clicked for.

    ``menu_asked`` carries the case whose menu is wanted, and where on the screen; ``heads_asked`` where the
    menu of the columns is wanted. ``all_wanted``: every case of the list is to be marked. ``arranged``
    carries the columns as a hand has moved or drawn them (``ColumnChoice``).
    """

    chosen = Signal(str)
    sorted = Signal(str)
    menu_asked = Signal(str, QPoint)
    heads_asked = Signal(QPoint)
    all_wanted = Signal()
    arranged = Signal(object)

    def __init__(self, fetch: Callable[[], None]) -> None:
        self.rows = CasesModel(fetch)
        self.marks = CaseMarks(self.rows)
        super().__init__(self.rows, say("common.cases"))
        self.rows.setParent(self)
        self.setObjectName("case_table")
        self.setProperty("flat", "true")
        self.widths: Mapping[str, int] = {}  # that were chosen, in pixels at 100 %
        self._placing = False
        heads = self.horizontalHeader()
        heads.setStretchLastSection(False)
        heads.setSectionsClickable(True)
        heads.setSectionsMovable(True)
        heads.setSortIndicatorShown(True)
        heads.setMinimumSectionSize(theme().px(_BOX))
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(
            lambda at: self.heads_asked.emit(heads.viewport().mapToGlobal(at))
        )
        heads.sectionClicked.connect(self._click_head)
        heads.sectionMoved.connect(lambda *_: self._tell_arranged())
        heads.sectionResized.connect(self._drawn)
        self.show_columns(ColumnChoice())
        self.marks.changed.connect(lambda: self.rows.mark(self.marks.ids))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def current(self) -> str:
        """Return the case that is selected, "" for none."""
        rows = self.selectionModel().selectedRows()
        return str(rows[0].data(ItemRole.KEY)) if rows else ""

    def show_rows(self, rows: tuple[CaseRow, ...], *, more: bool) -> None:
        """Show another list; the chosen case stays chosen and the place in the list stays."""
        before, place = self.current(), self.verticalScrollBar().value()
        self.marks.end()
        with QSignalBlocker(self.selectionModel()):
            self.rows.replace(rows, more)
            if rows:
                self.selectRow(max(self.rows.row_of(before), 0))
        self.verticalScrollBar().setValue(place)
        self.viewport().update()
        self.chosen.emit(self.current())

    def show_columns(self, choice: ColumnChoice) -> None:
        """Show the columns that were chosen; the boxes stand before all of them, the name is always there."""
        self._placing = True
        shipped = FIRST_LARGE if theme().stacked else FIRST
        wanted = [name for name in choice.shown or shipped if name in NAMES]
        names = wanted if "name" in wanted else ["name", *wanted]
        heads = self.horizontalHeader()
        for place, section in enumerate((MARK, *(NAMES.index(name) for name in names))):
            heads.moveSection(heads.visualIndex(section), place)
        for section, name in enumerate(NAMES):
            self.setColumnHidden(section, name not in names)
        self.widths = choice.widths
        self._placing = False
        self._share_width()

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are shown, from the left."""
        heads = self.horizontalHeader()
        logical = (heads.logicalIndex(place) for place in range(heads.count()))
        return tuple(NAMES[one] for one in logical if one != MARK and not self.isColumnHidden(one))

    def light_order(self, query: CaseQuery) -> None:
        """Mark the head the list is sorted by, for eyes and for a screen reader."""
        section = next((at for at, column in enumerate(COLUMNS) if column.order == query.order), -1)
        way = Qt.SortOrder.DescendingOrder if query.falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, way)
        self.rows.tell_sorted(section, _way(query))

    def say_order(self, query: CaseQuery) -> None:
        """Let a screen reader say how the list is sorted now."""
        head = next((column.head for column in COLUMNS if column.order == query.order), "")
        announce(self, say("cases.sorted_by", column=head, way=_way(query)))

    def in_sight(self) -> tuple[int, int]:
        """Return the first and last row in sight, counted from 1."""
        last = self.rowAt(self.viewport().height() - 1)
        return self.rowAt(0) + 1, (last if last >= 0 else self.rows.rowCount() - 1) + 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark by Space, Shift and arrows, Ctrl+A; Esc takes all marks away."""
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and self.current():
            self._toggle(self.currentIndex().row())
        elif key == Qt.Key.Key_A and held & _CTRL:
            self.all_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.marks.ids:
            self.marks.replace(())
            self._say_marks()
        elif key in _MOVES and held & _SHIFT:
            self.marks.begin(self.currentIndex().row())
            super().keyPressEvent(_without_shift(event))
            self._stretch()
        else:
            if key not in _HOLDS:
                self.marks.end()
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark by the box, by Ctrl and by Shift; else choose as ever."""
        index, held = self.indexAt(event.position().toPoint()), event.modifiers()
        left = event.button() == Qt.MouseButton.LeftButton and index.isValid()
        if left and held & _SHIFT:
            self.marks.begin(self.currentIndex().row())
            self.selectRow(index.row())
            self._stretch()
        elif left and (held & _CTRL or index.column() == MARK):
            self.selectRow(index.row())
            self._toggle(index.row())
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the case under the pointer, by the menu key of the one that is chosen."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_asked.emit(index.data(ItemRole.KEY), corner if by_key else event.globalPos())

    def _share_width(self) -> None:
        """Give each column its width, the phase what it needs, and the names what the others leave."""
        self._placing = True
        px = theme().px
        shown = {name: self.widths.get(name) or COLUMNS[NAMES.index(name)].width for name in self.columns()}
        free = self.viewport().width() - px(_BOX) - sum(map(px, shown.values()))
        wanted = px(ROOM_FOR_PHASE - shown["phase"]) if "phase" in shown and not self.widths else 0
        wider = max(min(free, wanted), 0)
        self.setColumnWidth(MARK, px(_BOX))
        for name, width in shown.items():
            more = wider if name == "phase" else max(free - wider, 0) if name == "name" else 0
            self.setColumnWidth(NAMES.index(name), px(width) + more)
        self._placing = False

    def _toggle(self, row: int) -> None:
        self.marks.toggle(self.rows.index(row, 0).data(ItemRole.KEY), row)
        self._say_marks()

    def _stretch(self) -> None:
        if self.marks.begun is not None:
            self.marks.stretch(self.rows.ids(self.marks.begun, self.currentIndex().row()))
            self._say_marks()

    def _say_marks(self) -> None:
        announce(self, say("cases.n_marked", n=len(self.marks.ids)))

    def _click_head(self, section: int) -> None:
        if section == MARK:
            self.all_wanted.emit()
        elif order := COLUMNS[section].order:
            self.sorted.emit(order)

    def _drawn(self, section: int, _: int, width: int) -> None:
        if not self._placing and section != MARK:
            drawn = max(LEAST, min(MOST, round(width / theme().zoom)))
            self.widths = {**self.widths, NAMES[section]: drawn}
            self._tell_arranged()

    def _tell_arranged(self) -> None:
        if not self._placing:
            self.arranged.emit(ColumnChoice(self.columns(), dict(self.widths)))


def _way(query: CaseQuery) -> str:
    return say("cases.sorted_falling") if query.falling else say("cases.sorted_rising")


def _without_shift(event: QKeyEvent) -> QKeyEvent:
    """Return the same key as if Shift were not held: the chosen case moves, and marks follow it."""
    return QKeyEvent(event.type(), event.key(), event.modifiers() & ~_SHIFT, event.text())


class TableCard(QFrame):
    """The table in its frame; below it ``bar`` while cases are marked, and what of the list is in sight."""

    def __init__(self, table: CaseTable, bar: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self._table = table
        self.total = 0
        column = QVBoxLayout(self)
        spaced(column)
        column.setContentsMargins(1, 1, 1, 1)
        self.columns = quiet(say("cases.columns"), "columns", size="small")
        self.columns.setObjectName("columns")
        self.columns.setToolTip(keys.words("columns"))
        column.addWidget(table, 1)
        column.addWidget(rule())
        column.addWidget(bar)
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
        spaced(row, 6, (14, 2, 8, 2))
        self._sight = Text("", "meta", "text-2")
        row.addWidget(self._sight)
        row.addStretch(1)
        if not theme().stacked:
            row.addWidget(Sign("house", "text-2", 14))
            row.addWidget(Text(say("common.address_protected"), "meta", "text-2"))
        row.addWidget(self.columns)
        return foot
