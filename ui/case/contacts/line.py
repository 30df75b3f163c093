"""Everything that happened in a case on one vertical line, fluent with hundreds of entries."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kimdesk.texts import dates
from ui.case.contacts.told import ToldMoment
from ui.kit.icons import paint_icon
from ui.kit.rows import ItemRole, is_chosen, is_hovered, paint_bar, paint_ground, paint_text
from ui.kit.wrapping import wrapped
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_DAY, _NODE, _RIGHT, _LINE, _ABOVE, _BELOW = 92, 36, 12, 19, 8, 8
_MOST = 4


class _Moments(QAbstractListModel):
    """The moments in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.moments: Sequence[ToldMoment] = ()
        self.today = date.min

    def replace(self, moments: Sequence[ToldMoment], today: date) -> None:
        """Show other moments."""
        self.beginResetModel()
        self.moments, self.today = moments, today
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.moments)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the moment, where it stands or its words."""
        moment = self.moments[index.row()]
        if role == ItemRole.ROW:
            return moment
        if role == ItemRole.KEY:
            return moment.ref
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            day = dates.short(moment.day, self.today)
            return ", ".join(part for part in (day, moment.title, moment.text) if part)
        return moment.text if role == Qt.ItemDataRole.ToolTipRole and moment.text else None


class _Delegate(QStyledItemDelegate):
    """Paints the day, the line with its node, title and text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for the title and up to four lines of text."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lines = 1 + len(_text(index.data(ItemRole.ROW), width))
        return QSize(width, theme().px(_ABOVE + lines * _LINE + _BELOW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one moment."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        last = index.row() == index.model().rowCount() - 1
        if is_chosen(option) or is_hovered(option):
            token = "tint" if is_chosen(option) else "sunken"
            paint_ground(painter, place, theme().color(token), option.widget, last)
        if is_chosen(option):
            paint_bar(painter, place)
        model = index.model()
        today = model.today if isinstance(model, _Moments) else date.min
        self._say(painter, place, index.data(ItemRole.ROW), today)
        self._thread(painter, place, index.data(ItemRole.ROW), index.row() == 0, last)
        painter.restore()

    def _thread(self, painter: QPainter, place: QRectF, moment: ToldMoment, first: bool, last: bool) -> None:
        px, look = theme().px, theme()
        x = place.left() + px(_DAY + _NODE / 2)
        node = place.top() + px(_ABOVE + _LINE / 2)
        painter.setPen(QPen(look.color("line-strong"), 1))
        if not first:
            painter.drawLine(int(x), int(place.top()), int(x), int(node - px(11)))
        if not last:
            painter.drawLine(int(x), int(node + px(11)), int(x), int(place.bottom()))
        side = px(16)
        sign = QRectF(x - side / 2, node - side / 2, side, side)
        tone = moment.tone or ("accent" if moment.kind == "contact" else "text-2")
        paint_icon(painter, sign, moment.icon, look.color(tone))

    def _say(self, painter: QPainter, place: QRectF, moment: ToldMoment, today: date) -> None:
        px = theme().px
        top, step = place.top() + px(_ABOVE), px(_LINE)
        day = QRectF(place.left() + px(_RIGHT), top, px(_DAY - _RIGHT), step)
        paint_text(painter, day, dates.short(moment.day, today), "table", "text-2")
        left = place.left() + px(_DAY + _NODE)
        words = QRectF(left, top, place.right() - px(_RIGHT) - left, step)
        paint_text(painter, words, moment.title, "medium", moment.tone or "text")
        for number, line in enumerate(_text(moment, place.width()), 1):
            paint_text(painter, words.translated(0, number * step), line, "table", "text-2")


def _text(moment: ToldMoment, width: float) -> tuple[str, ...]:
    if not moment.text:
        return ()
    room = width - theme().px(_DAY + _NODE + _RIGHT)
    found: list[str] = []
    for line in moment.text.splitlines():
        if line.strip() and len(found) < _MOST:
            found += wrapped(line.strip(), "table", max(1.0, room), most=_MOST - len(found))
    return tuple(found)


class TimeLine(QListView):
    """The line; ``opened`` carries where a moment stands, ``asked`` that and where to show a menu."""

    opened = Signal(object)  # RecordRef
    asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._moments = _Moments(self)
        self.setModel(self._moments)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self.customContextMenuRequested.connect(self._ask)

    def show_moments(self, moments: Sequence[ToldMoment], today: date) -> None:
        """Show ``moments``, the latest first."""
        if list(moments) == list(self._moments.moments) and today == self._moments.today:
            return
        self._moments.replace(tuple(moments), today)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self._moments.rowCount())) + 2)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ItemRole.KEY))

    def _ask(self, place: object) -> None:
        index = self.currentIndex()
        if index.isValid():
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.asked.emit(index.data(ItemRole.KEY), at)
