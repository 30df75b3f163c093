"""A small button inside a line edit, at its right end."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from ui.kit.icons import icon
from ui.theme import theme

_SIDE = 26


class InnerButton(QToolButton):
    """Shows ``name`` inside ``line``; the keyboard uses the shortcut its tip names."""

    def __init__(self, line: QLineEdit, name: str, tip: str) -> None:
        super().__init__(line)
        px = theme().px
        self.setIcon(icon(name))
        self.setIconSize(QSize(px(16), px(16)))
        self.setFixedSize(px(_SIDE), px(_SIDE))
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        line.setTextMargins(0, 0, px(_SIDE - 4), 0)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right end."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QLineEdit):
            gap = (watched.height() - self.height()) // 2
            self.move(watched.width() - self.width() - max(2, gap), gap)
        return super().eventFilter(watched, event)
