"""Light or dark, and how large: what the worker prefers, or the system has."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.program.preferences import Keeper, Preferences

_DARK = 128  # of 255: below it the system's windows are dark


class Look(QObject):
    """Dresses ``app`` as preferred, and again when that changes; ``changed`` is told then."""

    def __init__(
        self, parent: QObject, app: QApplication, keeper: Keeper, changed: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._app, self._keeper, self._changed = app, keeper, changed
        self._system_is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < _DARK
        self._dress()
        keeper.listen(self._preferred)

    def follow_system(self) -> None:
        """Notice from now on when the system turns light or dark."""
        self._app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _preferred(self, preferences: Preferences) -> None:
        look = theme.theme()
        if (self._wants_dark(), preferences.zoom) != (look.dark, look.zoom):
            self._dress()
            self._changed()

    def _system_changed(self, scheme: object) -> None:
        self._system_is_dark = getattr(scheme, "name", "") == "Dark"
        self._dress()
        self._changed()

    def _dress(self) -> None:
        theme.apply(self._app, dark=self._wants_dark(), zoom=self._keeper.current.zoom)

    def _wants_dark(self) -> bool:
        look = self._keeper.current.look
        return self._system_is_dark if look == "system" else look == "dark"
