"""The ground of a painted picture: keyboard, tool tips, its size, and a copy that is painted once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.canvas.keys import Keys
from ui.theme import theme


class Canvas(QWidget):
    """A painted picture, walked through with ``keys``.

    With ``width`` (usual and least, in pixels at 100 %) it spreads over the room there is; without, whoever
    paints it gives it its size.
    """

    def __init__(self, name: str, title: str, width: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        across = QSizePolicy.Policy.Expanding if width else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.keys = Keys(self.at_keyboard)
        self._width = width or (0, 0)
        self._kept: QPixmap | None = None

    def at_keyboard(self) -> Any:
        """Return what has the keyboard, something false for nothing."""

    def lay_out(self) -> None:
        """Spread the picture over the width there is now."""

    def picture_height(self) -> int:
        """Return how many pixels the whole picture is high."""
        return self.height()

    def spoken_at(self, place: QPointF) -> str:
        """Return what stands at ``place`` as it is read aloud, "" for nothing."""
        return ""

    def fit(self) -> None:
        """Be as high as the picture, and paint it anew."""
        self._kept = None
        self.setFixedHeight(self.picture_height())
        self.update()

    def kept(self, paint: Callable[[QPainter], None]) -> QPixmap:
        """Return what ``paint`` paints; it is painted once until the picture changes."""
        ratio = self.devicePixelRatioF()
        if self._kept is None or self._kept.devicePixelRatio() != ratio:
            self._kept = QPixmap(self.size() * ratio)
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(theme().color("surface"))
            painter = QPainter(self._kept)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
            painter.end()
        return self._kept

    def painter(self) -> QPainter:
        """Return what paints on the widget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def sizeHint(self) -> QSize:
        """Return the usual width and the height of the picture."""
        return QSize(theme().px(self._width[0]), self.picture_height())

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the picture can still be read."""
        return QSize(theme().px(self._width[1]), self.picture_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means in this picture."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the picture out for another width."""
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in other colours."""
        self._kept = None
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say in the tool tip what stands there."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.spoken_at(QPointF(event.pos())), self)
            return True
        return super().event(event)
