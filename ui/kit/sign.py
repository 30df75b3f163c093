"""An icon standing alone as a label."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.icons import outline, paint_icon, resolve
from ui.theme import theme


class Sign(QWidget):
    """The icon ``name`` (Phosphor or state), ``size`` pixels at 100 %; the words stand beside it."""

    def __init__(self, name: str, tone: str = "", size: int = 18, filled: bool = False) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(name, tone, filled)

    def set(self, name: str, tone: str = "", filled: bool = False) -> None:
        """Show another icon. Raises KeyError for an unknown name."""
        self._look = resolve(name, tone, filled)
        outline(self._look[0], self._look[1])
        self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's size."""
        side = theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        shape, filled, tone = self._look
        paint_icon(QPainter(self), QRectF(self.rect()), shape, theme().color(tone), filled)
