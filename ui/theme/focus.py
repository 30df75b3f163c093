"""The focus ring: 2 px of accent, 2 px away from the button that has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from ui.theme.tokens import Theme

_RADIUS = 10
_AWAY = 4
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusFollower(QObject):
    """Puts a ring around the button that has the keyboard, wherever that is."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._theme = theme
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        by_keyboard = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        if isinstance(new, QAbstractButton) and by_keyboard and not new.property("own_focus"):
            self._ring = FocusRing(new, self._theme)


class FocusRing(QWidget):
    """A ring around ``target``; it moves along and never takes a click."""

    def __init__(self, target: QWidget, theme: Theme) -> None:
        super().__init__(_canvas(target))
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target = target
        self._theme = theme
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
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _place(self) -> None:
        canvas = self.parentWidget()
        if canvas is None or not self._target.isVisibleTo(canvas):
            self.hide()
            return
        place = self._target.rect().adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
        place.moveTopLeft(self._target.mapTo(canvas, place.topLeft()))
        self.setGeometry(place)
        self.raise_()
        self.show()


def _canvas(widget: QWidget) -> QWidget:
    """Return the ancestor the ring is painted on: what scrolls with the button, or the window."""
    while (above := widget.parentWidget()) is not None and not widget.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return widget
        widget = above
    return widget
