"""The list of referrals: heads of groups, two lines in each column, days as a bar with the usual time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem

from kimdesk.casework.referral_list import ReferralGroup, ReferralLine
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import say
from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import (
    MIDDLE_RIGHT,
    ItemRole,
    is_chosen,
    is_hovered,
    paint_bar,
    paint_line,
    paint_text,
)
from ui.kit.table import Table, TableDelegate
from ui.pages.referrals.model import ReferralsModel
from ui.pages.referrals.rows import GROUPS, DaysBar, GroupRow, LineRow
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
PERSON, OFFICE, MISSING, STATE, DAYS = range(5)
ROW, HEAD, LINE = 46, 26, 17
LARGE = 4 * LINE + 12
_WIDTHS = {PERSON: 210, OFFICE: 250, STATE: 150, DAYS: 240}
_LEAST = 200
_STATE_LARGE = 190
_PAD, _RIGHT = 14, 46
_BAR, _MOST = 84, 30  # pixels, days


class ReferralTable(Table):
    """``chosen`` when another row is current; ``menu_asked`` with a referral and where on the screen."""

    menu_asked = Signal(object, QPoint)

    def __init__(self, catalogue: Catalogue, fetch: Callable[[], None]) -> None:
        self.rows = ReferralsModel(catalogue, fetch)
        super().__init__(self.rows, say("referrals.title"))
        self.rows.setParent(self)
        self.setObjectName("referral_table")
        self.setProperty("flat", "true")
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heights = self.verticalHeader()
        heights.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heights.setMinimumSectionSize(theme().px(HEAD))
        heights.setDefaultSectionSize(theme().px(LARGE if theme().stacked else ROW))
        self.horizontalHeader().setStretchLastSection(False)
        self.rows.rowsInserted.connect(lambda *_: self._span())

    def current(self) -> ReferralLine | None:
        """Return the referral that is chosen, None for none."""
        return self.rows.line(self.currentIndex().row())

    def show_rows(
        self, rows: Sequence[ReferralLine], counts: Mapping[ReferralGroup, int], today: date, *, more: bool
    ) -> None:
        """Show another list; the chosen referral stays chosen, and the place in the list."""
        before, place = self.current(), self.verticalScrollBar().value()
        with QSignalBlocker(self.selectionModel()):
            self.clearSpans()
            self.rows.replace(rows, counts, today, more=more)
            self._span()
            row = self.rows.row_of(before.referral.id if before else "")
            if row >= 0:
                self.selectRow(row)
        self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, by the menu key of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if line := self.rows.line(index.row()):
            corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_asked.emit(line, corner if by_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give „Was fehlt“ what the others leave."""
        super().resizeEvent(event)
        px, room = theme().px, self.viewport().width()
        if theme().stacked:
            self.setColumnWidth(1, px(_STATE_LARGE))
            self.setColumnWidth(0, room - px(_STATE_LARGE))
            return
        for section, width in _WIDTHS.items():
            self.setColumnWidth(section, px(width))
        self.setColumnWidth(MISSING, max(px(_LEAST), room - sum(map(px, _WIDTHS.values()))))

    def _span(self) -> None:
        """Let heads of groups go over all columns, at their own height."""
        for row in self.rows.head_rows():
            if self.columnSpan(row, 0) == 1:
                self.setSpan(row, 0, 1, self.rows.columnCount())
            self.setRowHeight(row, theme().px(HEAD))


class _Delegate(TableDelegate):
    """Paints heads of groups and cells of two lines."""

    def __init__(self, table: ReferralTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, contents and line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place, row = QRectF(option.rect), index.data(ItemRole.ROW)
        if isinstance(row, GroupRow):
            painter.fillRect(place, theme().color("sunken"))
            _paint_head(painter, place, row)
        else:
            if is_chosen(option) or is_hovered(option):
                painter.fillRect(place, theme().color("tint" if is_chosen(option) else "sunken"))
            if is_chosen(option) and option.rect.left() <= 0:
                paint_bar(painter, place)
            self._paint_row(painter, place, row, index.column())
        paint_line(painter, place)
        painter.restore()

    def _paint_row(self, painter: QPainter, place: QRectF, row: LineRow, section: int) -> None:
        px, column = theme().px, self._table.rows.column(section)
        inner = place.adjusted(px(_PAD), 0, -px(8), 0)
        if theme().stacked:
            _paint_large(painter, inner, row, section)
        elif column == STATE:
            _paint_state(painter, inner, row, 0)
        elif column == DAYS:
            _paint_days(painter, place.adjusted(px(8), 0, -px(_RIGHT), 0), row, 0)
            _paint_chevron(painter, place)
        else:
            uses = {PERSON: "table_strong", OFFICE: "table", MISSING: "medium"}
            _paint_lines(painter, inner, row.cells[column], uses[column], 0)


def _paint_head(painter: QPainter, place: QRectF, row: GroupRow) -> None:
    px = theme().px
    icon, tone = GROUPS[row.group]
    side = px(16)
    sign = QRectF(place.left() + px(_PAD), place.center().y() - side / 2, side, side)
    paint_icon(painter, sign, icon, theme().color(tone), filled=True)
    words = place.adjusted(px(_PAD + 24), 0, -px(_PAD), 0)
    used = paint_text(painter, words, row.title, "label", tone)
    paint_text(painter, words.adjusted(used + px(8), 0, 0, 0), str(row.count), "meta", "text-2")
    if not theme().stacked:
        paint_text(painter, words, row.note, "meta", "text-2", MIDDLE_RIGHT)


def _paint_lines(
    painter: QPainter, place: QRectF, cell: tuple[str, str], use: str, number: int, tone: str = "text"
) -> None:
    """Paint a cell's two lines, from the ``number``-th line of the row on."""
    paint_text(painter, _line(place, number), cell[0], use, tone)
    paint_text(painter, _line(place, number + 1), cell[1], "meta", "text-2")


def _paint_state(painter: QPainter, place: QRectF, row: LineRow, number: int) -> None:
    px, first = theme().px, _line(place, number)
    side = px(16)
    shape, filled, _ = resolve(row.icon)
    sign = QRectF(place.left(), first.center().y() - side / 2, side, side)
    paint_icon(painter, sign, shape, theme().color(row.tone), filled)
    words = place.adjusted(px(22), 0, 0, 0)
    quiet = row.tone == "text-2"
    _paint_lines(painter, words, row.cells[STATE], "medium", number, "text-2" if quiet else row.tone)


def _paint_days(painter: QPainter, place: QRectF, row: LineRow, number: int) -> None:
    words, note = row.cells[DAYS]
    first, second = _line(place, number), _line(place, number + 1)
    paint_text(painter, first, words, "table_strong", row.days_tone, MIDDLE_RIGHT)
    paint_text(painter, second, note, "meta", "text-2", MIDDLE_RIGHT)
    if row.bar and not theme().stacked:
        used = QFontMetrics(theme().font("table_strong", words)).horizontalAdvance(words)
        _paint_bar(
            painter, QRectF(first.left(), first.top(), first.width() - used - theme().px(9), LINE), row
        )


def _paint_bar(painter: QPainter, room: QRectF, row: LineRow) -> None:
    px, look = theme().px, theme()
    bar: DaysBar | None = row.bar
    if bar is None or room.width() < px(_BAR):
        return
    height = px(8)
    whole = QRectF(room.right() - px(_BAR), room.top() + (px(LINE) - height) / 2 + px(1), px(_BAR), height)
    painter.setPen(look.color("line-strong"))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(whole, height / 2, height / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("text-2" if row.days_tone == "text" else row.days_tone))
    long = QRectF(whole)
    long.setWidth(max(whole.width() * min(bar.days, _MOST) / _MOST, height))
    painter.drawRoundedRect(long, height / 2, height / 2)
    at = whole.left() + whole.width() * min(bar.usual, _MOST) / _MOST
    painter.fillRect(QRectF(at - px(2), whole.top() - px(3), px(4), height + px(6)), look.color("surface"))
    painter.fillRect(QRectF(at - px(1), whole.top() - px(3), px(2), height + px(6)), look.color("text"))


def _paint_chevron(painter: QPainter, place: QRectF) -> None:
    side = theme().px(16)
    sign = QRectF(place.right() - theme().px(32), place.center().y() - side / 2, side, side)
    paint_icon(painter, sign, "caret-right", theme().color("text-2"))


def _paint_large(painter: QPainter, place: QRectF, row: LineRow, section: int) -> None:
    """Paint all five columns in two: four lines each."""
    if section:
        _paint_state(painter, place, row, 0)
        _paint_days(painter, place, row, 2)
        return
    (name, number), (office, _), missing = row.cells[:3]
    _paint_lines(painter, place, (name, " · ".join(filter(None, (number, office)))), "table_strong", 0)
    _paint_lines(painter, place, missing, "medium", 2)


def _line(place: QRectF, number: int) -> QRectF:
    px = theme().px
    return QRectF(place.left(), place.top() + px(6) + number * px(LINE), place.width(), px(LINE))
