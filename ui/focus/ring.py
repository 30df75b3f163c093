"""The focus ring: 2 px of accent, 2 px away from the button that has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

from ui.theme import theme

_RADIUS = 10
_AWAY = 4
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """A ring around ``target``; it moves along and never takes a click."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(canvas(target))
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target = target
        widget: QWidget | None = target
        while widget is not None and widget is not self.parentWidget():
            widget.installEventFilter(self)
            widget = widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along with the target."""
        if event.type() in _MOVES and isValid(self._target):
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _place(self) -> None:
        above = self.parentWidget()
        if above is None or not self._target.isVisibleTo(above):
            self.hide()
            return
        place = self._target.rect().adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
        place.moveTopLeft(self._target.mapTo(above, place.topLeft()))
        self.setGeometry(place)
        self.raise_()
        self.show()


def canvas(widget: QWidget) -> QWidget:
    """Return what to paint on around ``widget``: the ancestor that scrolls with it, or its window."""
    while (above := widget.parentWidget()) is not None and not widget.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return widget
        widget = above
    return widget
