"""Keeps every window of the open desk out of pictures and recordings of the screen."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.platform.base import Hide


class Shield(QObject):
    """Hides each window by ``hide`` as it appears, menus and lists too, while it is on.

    It listens at the whole application: menus take no focus and have no other way to be met.
    """

    def __init__(self, parent: QObject, hide: Hide) -> None:
        super().__init__(parent)
        self._hide = hide
        self._on = False

    def set_on(self, on: bool) -> None:
        """Hide all windows from now on, or show them again."""
        app = QApplication.instance()
        if on == self._on or app is None:
            return
        self._on = on
        (app.installEventFilter if on else app.removeEventFilter)(self)
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._hide(int(window.winId()), on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide a window that appears."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._hide(int(watched.winId()), True)
        return False
