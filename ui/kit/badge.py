"""The badge: a state as icon and word on a tinted ground, as a widget and for delegates."""

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.icons import paint_icon
from ui.theme import theme

HEIGHT = 22
_TONES = {  # tone: (fill, frame, text)
    "neutral": ("sunken", "line", "text-2"),
    "ok": ("ok-fill", "ok-line", "ok"),
    "warn": ("warn-fill", "warn-line", "warn"),
    "bad": ("bad-fill", "bad-line", "bad"),
    "info": ("info-fill", "info-line", "info"),
    "tint": ("tint", "tint-line", "accent"),
}


def badge_width(text: str, icon: str | None = None) -> int:
    """Return how wide a badge with ``text`` is."""
    px = theme().px
    return QFontMetrics(theme().font("badge", text)).horizontalAdvance(text) + px(34 if icon else 16)


def paint_badge(painter: QPainter, place: QRectF, text: str, tone: str = "neutral", icon: str | None = None,
                dashed: bool = False) -> None:  # fmt: skip
    """Paint a badge into ``place``, 22 high at 100 %."""
    look = theme()
    px = look.px
    fill, frame, word = (look.color(token) for token in _TONES[tone])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    qt = QtCore.Qt  # only when painting: importing it costs more than the first window may
    painter.setPen(QPen(look.color("line-strong"), 1, qt.PenStyle.DashLine) if dashed else QPen(frame, 1))
    painter.setBrush(qt.BrushStyle.NoBrush if dashed else fill)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
    left, middle = place.left() + px(8), qt.AlignmentFlag.AlignVCenter | qt.AlignmentFlag.AlignLeft
    if icon:
        side = px(14)
        paint_icon(painter, QRectF(left - px(1), place.center().y() - side / 2, side, side), icon, word)
        left += px(18)
    painter.setPen(word)
    painter.setFont(look.font("badge", text))
    painter.drawText(QRectF(left, place.top(), place.right() - left, place.height()), middle, text)


class Badge(QWidget):
    """A state in icon and word. ``tone``: neutral, ok, warn, bad, info, tint."""

    def __init__(
        self, text: str, tone: str = "neutral", icon: str | None = None, dashed: bool = False
    ) -> None:
        super().__init__()
        self._dashed = dashed
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, tone, icon)

    def set(self, text: str, tone: str = "neutral", icon: str | None = None) -> None:
        """Show another state."""
        self._look = (text, tone, icon)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of icon and word."""
        text, _, icon = self._look
        return QSize(badge_width(text, icon), theme().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        text, tone, icon = self._look
        paint_badge(QPainter(self), QRectF(self.rect()), text, tone, icon, self._dashed)
