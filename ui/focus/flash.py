"""A field flashes once when the program puts the keyboard into it."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.focus.ring import canvas
from ui.theme import theme

_SHOWN_MS = 900
_AWAY = 3
_RADIUS = 9


class Flash(QWidget):
    """A frame around a field for a moment; it never takes a click."""

    def __init__(self, target: QWidget) -> None:
        above = canvas(target)
        super().__init__(above)
        self.setObjectName("focus_flash")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        place = target.rect().adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
        place.moveTopLeft(target.mapTo(above, place.topLeft()))
        self.setGeometry(place)
        self.show()
        self.raise_()
        QTimer.singleShot(_SHOWN_MS, self, self.deleteLater)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and a breath of its colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(theme().color("accent"))
        painter.setPen(QPen(color, 2))
        color.setAlphaF(0.10)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)


def flash(field: QWidget) -> None:
    """Let ``field`` flash once it has its place; in a window that is closed before, nothing happens."""
    QTimer.singleShot(0, field, lambda: Flash(field) if field.isVisible() and not field.isWindow() else None)
