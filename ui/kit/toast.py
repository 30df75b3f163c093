"""The toast: what was just done, for six seconds, with a way back. Never for errors."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.announce import announce
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.text import Text
from ui.program.keys import words
from ui.theme import theme

_SHOWN_MS = 6000


class Toast(QFrame):
    """One line at the bottom left of the window."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], None] | None) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        spaced(row, 12, (14, 6, 8, 6))
        row.addWidget(Text(text, "table"))
        if undo is not None:
            button = quiet(say("common.undo"), size="small")
            button.setObjectName("toast_undo")
            button.clicked.connect(lambda: self._take_back(undo))
            button.setToolTip(words("undo"))
            row.addWidget(button)
        self.setMinimumHeight(theme().px(40))
        self.adjustSize()
        QTimer.singleShot(_SHOWN_MS, self, self.deleteLater)

    def _take_back(self, undo: Callable[[], None]) -> None:
        self.hide()
        self.deleteLater()
        undo()


def toast(window: QWidget, text: str, undo: Callable[[], None] | None = None) -> Toast:
    """Show ``text`` at the bottom left of ``window``; ``undo`` takes back what was done."""
    for earlier in window.findChildren(Toast):
        earlier.hide()
        earlier.deleteLater()
    shown = Toast(window, text, undo)
    rail = window.findChild(QWidget, "rail")
    left = rail.width() if rail is not None and rail.isVisible() else 0
    shown.move(left + theme().px(20), window.height() - shown.height() - theme().px(20))
    shown.show()
    shown.raise_()
    announce(window, text)
    return shown
