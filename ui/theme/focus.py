"""The focus ring: 2 px of accent, 2 px away from the button that has the keyboard."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

_RADIUS = 10


class FocusRing(QWidget):
    """One ring for the whole program; it follows the keyboard focus and never takes a click."""

    _one: ClassVar["FocusRing | None"] = None

    @classmethod
    def install(cls, app: QApplication) -> None:
        """Let the ring follow the focus of ``app`` from now on."""
        if cls._one is None:
            cls._one = cls()
            app.focusChanged.connect(_follow)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target: QWidget | None = None

    def follow(self, target: QWidget | None) -> None:
        """Stand around ``target``, or nowhere."""
        for watched in self._watched():
            watched.removeEventFilter(self)
        self._target = target
        if target is None:
            self.hide()
            self.setParent(None)
            return
        self.setParent(_canvas(target))
        for watched in self._watched():
            watched.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along with the target."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        from ui.theme import theme

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _place(self) -> None:
        target, canvas = self._target, self.parentWidget()
        if target is None or canvas is None or not target.isVisibleTo(canvas):
            self.hide()
            return
        place = target.rect().adjusted(-4, -4, 4, 4)
        place.moveTopLeft(target.mapTo(canvas, place.topLeft()))
        self.setGeometry(place)
        self.raise_()
        self.show()

    def _watched(self) -> list[QWidget]:
        chain: list[QWidget] = []
        widget, canvas = self._target, self.parentWidget()
        while widget is not None and widget is not canvas:
            chain.append(widget)
            widget = widget.parentWidget()
        return chain


def _follow(_old: QWidget | None, new: QWidget | None) -> None:
    ring = FocusRing._one  # noqa: SLF001
    if ring is None:
        return
    by_keyboard = QApplication.mouseButtons() == Qt.MouseButton.NoButton
    wanted = isinstance(new, QAbstractButton) and by_keyboard and not new.property("own_focus")
    ring.follow(new if wanted else None)


def _canvas(widget: QWidget) -> QWidget:
    """Return the ancestor the ring is painted on: what scrolls with the button, or the window."""
    while (above := widget.parentWidget()) is not None and not widget.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return widget
        widget = above
    return widget
