"""What dims a window while a dialog lies over it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme

_SHADE = {False: QColor(33, 31, 27, 90), True: QColor(0, 0, 0, 140)}  # light, dark


class Scrim(QWidget):
    """A shade over all of ``window``. It takes no click: the dialog above it does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def lift(self) -> None:
        """Take the shade away."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and (window := self.parentWidget()) is not None:
            self.setGeometry(window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shade."""
        QPainter(self).fillRect(self.rect(), _SHADE[theme().dark])
