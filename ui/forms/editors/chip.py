"""A chip: one of several choices that may be taken together, or one short text with a way to remove it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.kit.icons import paint_icon
from ui.theme import theme

_HEIGHT = 28
_ICON = 14
_PAD = 9
_GAP = 5


class Chip(QAbstractButton):
    """A word in a frame. A checkable chip fills when chosen; another carries ``icon`` and a cross."""

    def __init__(self, text: str, *, checkable: bool = False, icon: str = "", tone: str = "tint") -> None:
        super().__init__()
        self._tone = tone
        self._sign = icon
        self.setText(text)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Return the room for the word and its signs."""
        px = theme().px
        word = QFontMetrics(self._word_font(bold=self.isCheckable())).horizontalAdvance(self.text())
        signs = sum(px(_ICON + _GAP) for sign in self._signs(always=True) if sign)
        return QSize(word + signs + px(2 * _PAD) + 2, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the word is cut off with dots."""
        return QSize(theme().px(64), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, signs and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme()
        filled = self.isChecked() or not self.isCheckable()
        ink = look.color(self._ink(filled))
        self._frame(painter, filled)
        left, right = self._signs(always=False)
        box = QRectF(self.rect()).adjusted(look.px(_PAD), 0, -look.px(_PAD), 0)
        if left:
            paint_icon(painter, self._icon_place(box.left()), left, ink)
            box.setLeft(box.left() + look.px(_ICON + _GAP))
        if right:
            paint_icon(painter, self._icon_place(box.right() - look.px(_ICON)), right, ink)
            box.setRight(box.right() - look.px(_ICON + _GAP))
        painter.setPen(ink)
        painter.setFont(self._word_font(bold=self.isChecked()))
        room = int(box.width()) + 2
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        centred = Qt.AlignmentFlag.AlignCenter if not (left or right) else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, centred, words)

    def _signs(self, *, always: bool) -> tuple[str, str]:
        if self.isCheckable():
            return ("check" if self.isChecked() or always else "", "")
        return (self._sign, "x")

    def _frame(self, painter: QPainter, filled: bool) -> None:
        look = theme()
        hot = self.underMouse() and self.isEnabled()
        fill = "tint" if self._tone == "tint" else f"{self._tone}-fill"
        painter.setPen(QPen(look.color(f"{self._tone}-line" if filled else "line-strong"), 1))
        painter.setBrush(look.color(fill if filled else "sunken" if hot else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))

    def _ink(self, filled: bool) -> str:
        if not self.isEnabled():
            return "text-3"
        return ("accent" if self._tone == "tint" else self._tone) if filled else "text"

    def _icon_place(self, x: float) -> QRectF:
        side = theme().px(_ICON)
        return QRectF(x, (self.height() - side) / 2, side, side)

    def _word_font(self, *, bold: bool) -> QFont:
        return theme().bold("table") if bold else theme().font("table")
