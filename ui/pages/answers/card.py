"""A card of the board, painted: title, band and number, how it stands."""

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import paint_text
from ui.kit.wrapping import wrapped
from ui.pages.answers.model import BoardCard
from ui.theme import theme

HEIGHT = 90
_INSIDE, _GAP = 9, 6
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
CARD_MIME = "application/x-kimdesk-finding-card"


class FindingCard(QAbstractButton):
    """One card; ``stepped`` carries where an arrow key leads, ``menu_asked`` where its menu is wanted."""

    stepped = Signal(int, int)
    menu_asked = Signal(QPoint)

    def __init__(self, card: BoardCard) -> None:
        super().__init__()
        self.card = card
        self._pressed_at = QPoint()
        self.setObjectName(f"card_{card.key}")
        self.setText(card.title)
        self.setAccessibleName(card.spoken)
        self.setToolTip(card.title)
        self.setCheckable(True)
        self.setProperty("own_focus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for two lines of the title and two lines below."""
        look = theme()
        height = 2 * look.line("table") + 2 * look.line("meta") + look.px(22)
        return QSize(look.px(170), max(height, look.px(HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Return the same height in little room."""
        return QSize(theme().px(90), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows; Enter and the blank choose."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.stepped.emit(*step)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        self.menu_asked.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, in case it is dragged."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it once the mouse has moved far enough."""
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not self.isDown() or far < QApplication.startDragDistance():
            return
        self.setDown(False)
        dragged, mime = QDrag(self), QMimeData()
        mime.setData(CARD_MIME, self.card.key.encode())
        dragged.setMimeData(mime)
        dragged.setPixmap(self.grab())
        dragged.setHotSpot(self._pressed_at)
        dragged.exec(Qt.DropAction.MoveAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        look, px = theme(), theme().px
        left, width = px(_INSIDE), self.width() - 2 * px(_INSIDE)
        top, line = px(8), look.line("table")
        for words in wrapped(self.card.title, "medium", width, most=2):
            paint_text(painter, QRectF(left, top, width, line), words, "medium")
            top += line
        row = QRectF(left, px(8) + 2 * line + px(1), width, look.line("meta"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        room = look.px(_GAP) + _width_of(self.card.right)
        paint_text(painter, row, self.card.right, "meta", "text-2", right)
        row.setWidth(max(0.0, width - room))
        paint_text(painter, row, self.card.left, "meta", "text-2")
        self._paint_standing(painter, QRectF(left, row.bottom() + px(4), width, look.line("meta")))

    def _paint_ground(self, painter: QPainter) -> None:
        look, px, chosen = theme(), theme().px, self.isChecked()
        width = 2 if self.hasFocus() else 1
        good = "ok-line" if self.card.good else "line"
        frame = "accent" if self.hasFocus() or chosen else good
        painter.setPen(QPen(look.color(frame), width))
        painter.setBrush(look.color("tint" if chosen else "sunken" if self.underMouse() else "surface"))
        place = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(place, px(8), px(8))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(QRectF(0, px(6), px(3), self.height() - px(12)), px(1), px(1))

    def _paint_standing(self, painter: QPainter, place: QRectF) -> None:
        told, look = self.card.standing, theme()
        if told.icon:
            _, filled, _ = resolve(told.icon)
            side = look.px(14)
            sign = QRectF(place.left(), place.center().y() - side / 2, side, side)
            paint_icon(painter, sign, told.icon, look.color(told.tone), filled)
            place.setLeft(place.left() + side + look.px(5))
        paint_text(painter, place, told.words, "meta", told.tone)


def _width_of(words: str) -> int:
    from PySide6.QtGui import QFontMetrics

    return QFontMetrics(theme().font("meta", words)).horizontalAdvance(words)
