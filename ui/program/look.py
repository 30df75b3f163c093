"""Light or dark, and how large: what the worker prefers, or the system has.

Colours and sizes change at once. What has to be built anew for them (pictures, widths) waits until nobody is
typing and no dialog is open: a desktop that turns dark at dusk takes no word and no cursor away.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from ui import theme
from ui.program.preferences import Keeper, Preferences

_DARK = 128  # of 255: below it the system's windows are dark
_TYPED_IN = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


class Look(QObject):
    """Dresses ``app`` as preferred, and again when that changes; ``changed`` is told then."""

    def __init__(
        self, parent: QObject, app: QApplication, keeper: Keeper, changed: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._app, self._keeper, self._changed = app, keeper, changed
        self._system_is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < _DARK
        self._waiting = False
        self._dress()
        app.focusChanged.connect(self._moved)
        keeper.listen(self._preferred)

    def follow_system(self) -> None:
        """Notice from now on when the system turns light or dark."""
        self._app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _preferred(self, preferences: Preferences) -> None:
        look = theme.theme()
        if (self._wants_dark(), preferences.zoom) != (look.dark, look.zoom):
            self._change()

    def _system_changed(self, scheme: object) -> None:
        self._system_is_dark = getattr(scheme, "name", "") == "Dark"
        self._change()

    def _change(self) -> None:
        self._dress()
        self._waiting = True
        self._tell()

    def _moved(self) -> None:
        if self._waiting:
            QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        if self._waiting and not self._busy():
            self._waiting = False
            self._changed()

    def _busy(self) -> bool:
        open_above = self._app.activeModalWidget() or self._app.activePopupWidget()
        return open_above is not None or isinstance(self._app.focusWidget(), _TYPED_IN)

    def _dress(self) -> None:
        theme.apply(self._app, dark=self._wants_dark(), zoom=self._keeper.current.zoom)

    def _wants_dark(self) -> bool:
        look = self._keeper.current.look
        return self._system_is_dark if look == "system" else look == "dark"
