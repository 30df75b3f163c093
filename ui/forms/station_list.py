"""The list of stations at the left: how far each one is, and what its scale says."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kimdesk.forms.progress import EntryState
from kimdesk.texts import say
from ui.forms.stations import Station
from ui.kit.icons import paint_icon
from ui.kit.rows import MIDDLE_LEFT, ItemRole, is_chosen, is_hovered, paint_text
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_ROW = 32
_SIGNS = {  # state: icon, filled, tone
    EntryState.DONE: ("check-circle", True, "ok"),
    EntryState.BEGUN: ("circle-half", True, "warn"),
    EntryState.OPEN: ("circle", False, "text-2"),
}


def state_word(state: EntryState) -> str:
    """Return the German word for how far a station is."""
    return {
        EntryState.DONE: say("forms.filled_in"),
        EntryState.BEGUN: say("forms.begun"),
        EntryState.OPEN: say("forms.not_begun"),
    }[state]


class _Stations(QAbstractListModel):
    """The stations as rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Station] = []

    def replace(self, rows: Sequence[Station]) -> None:
        """Show ``rows``; where only states changed, the choice stays."""
        same = [row.path for row in rows] == [row.path for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = list(rows)
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        else:
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many stations there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the station or its words."""
        row = self.rows[index.row()]
        if role == ItemRole.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.label}, {state_word(row.state)}" + (f", {row.value}" if row.is_domain else "")
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a station: state, name, value; the chosen one as a small card with a bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return one row; the first of the further sections keeps its distance."""
        return QSize(theme().px(200), theme().px(_ROW + (9 if self._opens_group(index) else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one station."""
        look = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        if self._opens_group(index):
            painter.fillRect(QRectF(place.left() + look.px(8), place.top() + look.px(4), place.width(), 1),
                             look.color("line"))  # fmt: skip
            place.setTop(place.top() + look.px(9))
        self._row(painter, place, index.data(ItemRole.ROW), is_chosen(option), is_hovered(option))
        painter.restore()

    def _row(self, painter: QPainter, place: QRectF, row: Station, chosen: bool, hovered: bool) -> None:
        look, px = theme(), theme().px
        if chosen:
            self._frame(painter, place)
        elif hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("rail"))
            painter.drawRoundedRect(place.adjusted(0, 1, 0, -1), px(8), px(8))
        side = px(16)
        sign = QRectF(place.left() + px(9), place.center().y() - side / 2, side, side)
        name, filled, tone = ("pencil-simple", True, "accent") if chosen else _SIGNS[row.state]
        paint_icon(painter, sign, name, look.color(tone), filled)
        words = place.adjusted(px(33), 0, -px(38 if row.is_domain else 8), 0)
        text, use = row.label, "table_strong" if chosen else "table"
        paint_text(painter, words, text, use, "accent" if chosen else "text", MIDDLE_LEFT)
        if row.is_domain:
            self._value(painter, place, row.value)

    def _frame(self, painter: QPainter, place: QRectF) -> None:
        look, px = theme(), theme().px
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(place.adjusted(0.5, 1.5, -0.5, -1.5), px(8), px(8))
        bar = QRectF(place.left(), place.top() + px(7), px(3), place.height() - px(14))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(bar, px(1.5), px(1.5))

    def _value(self, painter: QPainter, place: QRectF, value: str) -> None:
        look, px = theme(), theme().px
        side = px(20)
        box = QRectF(place.right() - px(28) + 0.5, place.center().y() - side / 2 + 0.5, side, side)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(box, px(4), px(4))
        paint_text(painter, box, value, "label", "text", Qt.AlignmentFlag.AlignCenter)

    def _opens_group(self, index: _Index) -> bool:
        if index.row() == 0 or index.data(ItemRole.ROW).is_domain:
            return False
        above: Station = index.sibling(index.row() - 1, 0).data(ItemRole.ROW)
        return above.is_domain


class StationList(QListView):
    """All stations; ``chosen`` carries the path of the one picked by mouse or arrow keys."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._stations = _Stations(self)
        self.setModel(self._stations)
        self.setItemDelegate(_Delegate(self))
        self.setObjectName("station_list")
        self.setAccessibleName(say("forms.areas_of_the_form"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.selectionModel().currentChanged.connect(self._tell)

    def show_stations(self, rows: Sequence[Station], current: str) -> None:
        """Show ``rows`` with ``current`` chosen; nothing is reported."""
        self._stations.replace(rows)
        row = next((number for number, one in enumerate(rows) if one.path == current), 0)
        if self.currentIndex().row() != row:
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self._stations.index(row))
            self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.data(ItemRole.ROW).path)
