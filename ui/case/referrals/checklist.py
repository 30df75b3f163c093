"""The checklist on the screen: two lines per document, its state chosen from a menu or by a key."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.terms import ItemState
from kimdesk.texts import say
from ui.case.referrals.rows import TONES, ChecklistRow
from ui.kit.icons import paint_icon, resolve
from ui.kit.popup import Menu
from ui.kit.rows import ItemRole, is_chosen, is_hovered, paint_line, paint_text
from ui.kit.wrapping import wrapped
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_ROW = 44
_HINT = 17  # what a line with a hint is higher
_OFFERED = 6  # facts a line offers to enter at once
_KEYS = {
    Qt.Key.Key_1: ItemState.MISSING,
    Qt.Key.Key_2: ItemState.REQUESTED,
    Qt.Key.Key_3: ItemState.PRESENT,
    Qt.Key.Key_4: ItemState.NOT_NEEDED,
}


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Rows(QAbstractListModel):
    """The documents as rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ChecklistRow] = []

    def replace(self, rows: Sequence[ChecklistRow]) -> None:
        """Show ``rows``; where only states changed, the choice stays."""
        if [row.code for row in rows] == [row.code for row in self.rows]:
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many documents there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row or its words."""
        row = self.rows[index.row()]
        if role == ItemRole.ROW:
            return row
        spoken = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        return row.spoken() if role in spoken else None


class _Delegate(QStyledItemDelegate):
    """Paints sign, name and reason, state, and ``dates`` if there is room for them."""

    def __init__(self, parent: QWidget, *, dates: bool) -> None:
        super().__init__(parent)
        self._dates = dates

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return two lines, one more for a hint; one more below each other when the text is large."""
        row: ChecklistRow = index.data(ItemRole.ROW)
        more = (18 if theme().stacked else 0) + (_HINT if row.hint else 0)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lower = _HINT * (len(self._reason(row, width)) - 1)
        return QSize(theme().px(300), theme().px(_ROW + more + lower))

    def _reason(self, row: ChecklistRow, width: float) -> tuple[str, ...]:
        """Return the reason in lines beside the state, in a row of ``width`` pixels."""
        right = 12 if theme().stacked else 224 if self._dates else 80
        return wrapped(row.reason, "meta", width - theme().px(46 + right), most=4) or ("",)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one document."""
        look = theme()
        row: ChecklistRow = index.data(ItemRole.ROW)
        place = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        missing = row.sign == ItemState.MISSING
        if is_chosen(option) or is_hovered(option) or missing:
            token = "tint" if is_chosen(option) else "bad-fill" if missing else "sunken"
            painter.fillRect(place, look.color(token))
        self._contents(painter, place, row)
        if index.row() < index.model().rowCount() - 1:
            paint_line(painter, place)
        painter.restore()

    def _contents(self, painter: QPainter, place: QRectF, row: ChecklistRow) -> None:
        look, px = theme(), theme().px
        side = px(18)
        shape, filled, tone = resolve(row.sign)
        sign = QRectF(place.left() + px(14), place.center().y() - side / 2, side, side)
        paint_icon(painter, sign, shape, look.color(tone), filled)
        left = place.left() + px(46)
        beside = 224 if self._dates else 80
        right = place.right() - px(12) if look.stacked else place.right() - px(beside)
        quiet_tone = "text-2" if row.state is ItemState.NOT_NEEDED else "text"
        upper = QRectF(left, place.top() + px(4), right - left, px(19))
        lower = QRectF(left, place.top() + px(22), right - left, px(17))
        paint_text(painter, upper, row.title, "medium", quiet_tone)
        lines = self._reason(row, place.width())
        for number, line in enumerate(lines):
            paint_text(painter, lower.translated(0, px(_HINT * number)), line, "meta", "text-2")
        below = _HINT * (len(lines) - 1)
        whole = place.right() - left - px(12)
        if row.hint:
            hint = QRectF(left, place.top() + px(39 + below), whole, px(17))
            paint_text(painter, hint, row.hint, "meta", "text-2")
        if look.stacked:
            top = place.top() + px(40 + below + (_HINT if row.hint else 0))
            last = QRectF(left, top, whole, px(18))
            paint_text(painter, last, f"{row.word}  {row.note}", "table", TONES[row.sign])
            return
        beside_both = place.height() - px(_HINT if row.hint else 0)
        state = QRectF(right + px(8), place.top(), px(86), beside_both)
        paint_text(painter, state, row.word, "medium", TONES[row.sign])
        if not self._dates:
            return
        when = QRectF(right + px(96), place.top(), px(126), beside_both)
        paint_text(painter, when, row.note or "–", "meta", "text-2")


class Checklist(QListView):
    """Documents of a referral. A click on the state or Enter offers the states, 1 to 4 choose one, Ctrl+Z
    takes that back; N writes a note, S adds a scan, E enters the fact the line waits for.

    ``changed`` carries the document's code and its new state, ``fact_wanted`` the fact that is missing, the
    others the code.
    """

    changed = Signal(str, object)
    undo_wanted = Signal()
    note_wanted = Signal(str)
    scan_wanted = Signal(str)
    fact_wanted = Signal(object)

    def __init__(self, catalogue: Catalogue, *, dates: bool = True) -> None:
        super().__init__()
        self._words = {state: catalogue.label("item_state", state) for state in ItemState}
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self, dates=dates))
        self.setObjectName("checklist")
        self.setAccessibleName(say("common.documents"))
        self.setToolTip("")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleDescription(say("case.enter_changes_state_1_4"))

    def show_rows(self, rows: Sequence[ChecklistRow]) -> None:
        """Show ``rows`` as high as they are."""
        self._rows.replace(rows)
        self._stretch()

    def _stretch(self) -> None:
        rows = range(len(self._rows.rows))
        self.setFixedHeight(sum(self.sizeHintForRow(number) for number in rows) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the reasons anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._stretch()

    def codes(self) -> tuple[str, ...]:
        """Return the codes in the order shown."""
        return tuple(row.code for row in self._rows.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the chosen document."""
        row = self._chosen()
        key = Qt.Key(event.key())
        if row and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._offer(row, self.visualRect(self.currentIndex()).bottomLeft())
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif row and key in _KEYS and not event.modifiers() & _COMMANDS:
            self._set(row, _KEYS[key])
        elif row and key == Qt.Key.Key_N:
            self.note_wanted.emit(row.code)
        elif row and key == Qt.Key.Key_S:
            self.scan_wanted.emit(row.code)
        elif row and row.lacking and key == Qt.Key.Key_E:
            self.fact_wanted.emit(row.lacking[0][1])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer the states when sign or state are clicked; the name only chooses the row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        px = theme().px
        x = event.position().x()
        on_state = x < px(44) or (not theme().stacked and x > self.viewport().width() - px(224))
        if index.isValid() and on_state and event.button() == Qt.MouseButton.LeftButton:
            self._offer(self._rows.rows[index.row()], event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Write a note."""
        if row := self._chosen():
            self.note_wanted.emit(row.code)

    def _offer(self, row: ChecklistRow, place: QPoint) -> None:
        menu = Menu(self)
        menu.setObjectName("state_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (state, word) in enumerate(self._words.items(), 1):
            action = menu.addAction(f"&{number}  {word}")
            action.setObjectName(f"state_{state}")
            action.setCheckable(True)
            action.setChecked(state == row.sign)
            action.triggered.connect(lambda _=False, state=state: self._set(row, state))
            if state == row.sign:
                menu.setActiveAction(action)
        self._offer_facts(menu, row)
        menu.popup(self.viewport().mapToGlobal(place))

    def _offer_facts(self, menu: Menu, row: ChecklistRow) -> None:
        """Offer to enter what the line waits for."""
        if row.lacking:
            menu.addSeparator()
        for number, (words, missing) in enumerate(row.lacking[:_OFFERED]):
            action = menu.addAction(say("needs.enter_it", fact=words))
            action.setObjectName(f"enter_{number}")
            action.triggered.connect(lambda _=False, missing=missing: self.fact_wanted.emit(missing))

    def _set(self, row: ChecklistRow, state: ItemState) -> None:
        if state != row.sign:
            self.changed.emit(row.code, state)

    def _chosen(self) -> ChecklistRow | None:
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None
