"""A quiet button as wide as its column, its words cut with dots where they do not fit."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.kit.buttons import Button
from ui.kit.icons import icon as make_icon
from ui.theme import theme

_SIGNS = 44  # icon, gaps and padding beside the words


class LinkRow(Button):
    """One line of a list that leads somewhere."""

    def __init__(self, words: str, icon: str) -> None:
        super().__init__(words, "quiet", size="small")
        self.setIcon(make_icon(icon))
        self.setIconSize(QSize(theme().px(16), theme().px(16)))
        self._words = words
        self.setStyleSheet("text-align: left;")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return room for icon and a few letters."""
        return QSize(theme().px(100), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the new width; the accessible name keeps them whole."""
        super().resizeEvent(event)
        room = self.width() - theme().px(_SIGNS)
        metrics = QFontMetrics(theme().font("table_strong"))
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        QPushButton.setText(self, shown)
        self.setToolTip("" if shown == self._words else self._words)
