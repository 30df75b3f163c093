"""The mark of KIMdesk: three linked points on a rounded square."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def paint_mark(painter: QPainter, place: QRectF) -> None:
    """Paint the mark into the square ``place``."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / 40, place.height() / 40)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawRoundedRect(QRectF(0, 0, 40, 40), 8, 8)
    ink = look.color("on-accent")
    top, left, right = QPointF(20, 13), QPointF(11.5, 27.5), QPointF(28.5, 27.5)
    painter.setPen(QPen(ink, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(top, left)
    painter.drawLine(top, right)
    painter.setBrush(ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(top, 4, 4)
    painter.drawEllipse(left, 4, 4)
    painter.setBrush(look.color("accent"))
    painter.setPen(QPen(ink, 2.6))
    painter.drawEllipse(right, 3.6, 3.6)
    painter.restore()


def window_icon() -> QIcon:
    """Return the mark as an icon for windows and task bars."""
    icon = QIcon()
    for side in _ICON_SIZES:
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_mark(painter, QRectF(0, 0, side, side))
        painter.end()
        icon.addPixmap(picture)
    return icon


class Mark(QWidget):
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
