"""The mark of KIMdesk: three linked points on a rounded square."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.glyphs import bar
from ui.theme import theme

_TOP, _LEFT, _RIGHT = (20.0, 13.0), (11.5, 27.5), (28.5, 27.5)  # the points, on a grid of 40
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def paint_mark(painter: QPainter, place: QRectF) -> None:
    """Paint the mark into the square ``place``."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / 40, place.height() / 40)
    ground = QPainterPath()
    ground.addRoundedRect(QRectF(0, 0, 40, 40), 8, 8)
    accent, ink = look.brush("accent"), look.brush("on-accent")
    painter.fillPath(ground, accent)
    for end in (_LEFT, _RIGHT):
        painter.fillPath(bar(_TOP, end, 1.3), ink)
    for middle, radius, brush in (
        (_TOP, 4.0, ink),
        (_LEFT, 4.0, ink),
        (_RIGHT, 4.9, ink),
        (_RIGHT, 2.3, accent),
    ):
        dot = QPainterPath()
        dot.addEllipse(QPointF(*middle), radius, radius)
        painter.fillPath(dot, brush)
    painter.restore()


def window_icon() -> QIcon:
    """Return the mark as an icon for windows and task bars."""
    icon = QIcon()
    for side in _ICON_SIZES:
        picture = QPixmap(side, side)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        paint_mark(painter, QRectF(0, 0, side, side))
        painter.end()
        icon.addPixmap(picture)
    return icon


class LogoMark(QWidget):
    """The mark, ``size`` pixels at 100 %."""

    def __init__(self, size: int = 26) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the mark."""
        side = theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        paint_mark(QPainter(self), QRectF(self.rect()))
