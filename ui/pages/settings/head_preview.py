"""How head and foot of a letter will look, small, on white paper whatever the look of the window is."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kimdesk.texts.bidi import apart
from ui.theme import theme

_PAPER, _INK, _QUIET, _EDGE = "#FFFFFF", "#1B1F20", "#5B6466", "#B9C2C4"
_WIDE, _HIGH = 380, 148  # where a sheet is 210 mm wide
_MM = _WIDE / 210
_LEFT, _RIGHT = 25 * _MM, 190 * _MM
_LOGO = (60 * _MM, 14 * _MM)


@dataclass(frozen=True, slots=True)
class ShownHead:
    """What is shown, while it is being typed."""

    name: str = ""
    unit: str = ""
    address: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    logo: bytes = b""


class HeadPreview(QWidget):
    """A strip of paper with the head, a gap, and the foot."""

    def __init__(self) -> None:
        super().__init__()
        self._shown, self._logo = ShownHead(), QImage()
        self.setObjectName("letterhead_preview")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the strip in the size of the text."""
        return QSize(theme().px(_WIDE), theme().px(_HIGH))

    def show_head(self, shown: ShownHead) -> None:
        """Show ``shown``; screen readers are told the same."""
        if shown.logo != self._shown.logo:
            self._logo = QImage()
            self._logo.loadFromData(shown.logo, "PNG")
        self._shown = shown
        told = (shown.name, shown.unit, *shown.address, *shown.foot)
        self.setAccessibleDescription(apart(", ").join(filter(None, told)))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the strip."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        scale = theme().px(1000) / 1000
        painter.scale(scale, scale)
        painter.setPen(QPen(QColor(_EDGE), 1))
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(QRectF(0.5, 0.5, _WIDE - 1, _HIGH - 1), 4, 4)
        left = self._paint_logo(painter)
        self._write(painter, self._shown.name, QPointF(left, 17 * _MM), 9.5, bold=True)
        self._write(painter, self._shown.unit, QPointF(left, 23 * _MM), 6.5, _QUIET)
        self._rule(painter, 31 * _MM)
        returned = apart(" · ").join(filter(None, (self._shown.name, *self._shown.address)))
        self._write(painter, returned, QPointF(_LEFT, 40 * _MM), 5.2, _QUIET)
        self._rule(painter, _HIGH - 24)
        foot = apart(" · ").join(filter(None, (self._shown.name, *self._shown.foot)))
        self._write(painter, foot, QPointF(_LEFT, _HIGH - 12), 5.6, _QUIET)
        painter.end()

    def _paint_logo(self, painter: QPainter) -> float:
        """Paint the logo and return where the text beside it begins."""
        if self._logo.isNull():
            return _LEFT
        size = self._logo.size().scaled(
            QSize(int(_LOGO[0] * 10), int(_LOGO[1] * 10)), Qt.AspectRatioMode.KeepAspectRatio
        )
        wide, high = size.width() / 10, size.height() / 10
        painter.drawImage(QRectF(_LEFT, 19 * _MM - high / 2, wide, high), self._logo)
        return _LEFT + wide + 4 * _MM

    @staticmethod
    def _rule(painter: QPainter, y: float) -> None:
        painter.setPen(QPen(QColor(_QUIET), 0.8))
        painter.drawLine(QPointF(_LEFT, y), QPointF(_RIGHT, y))

    def _write(
        self, painter: QPainter, text: str, at: QPointF, size: float, ink: str = _INK, *, bold: bool = False
    ) -> None:
        font = theme().bold("body") if bold else theme().font("body")
        font.setPixelSize(max(1, round(size * 10)))
        painter.save()
        painter.translate(at)
        painter.scale(0.13, 0.13)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        room = int((_RIGHT - at.x()) / 0.13)
        painter.drawText(0, 0, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        painter.restore()
