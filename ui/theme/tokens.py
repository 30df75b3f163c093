"""The tokens of the look, chosen for light or dark and scaled by the text size."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPalette

import resources
from ui.theme import fonts

STACK_FROM = 1.5  # text size from which columns stack and the rail shows icons only


class Signals(QObject):
    """What the look tells its listeners."""

    changed = Signal()


class Theme:
    """Colours, sizes and fonts in force."""

    def __init__(self) -> None:
        self.signals = Signals()
        self.dark = False
        self.zoom = 1.0
        self._colors: dict[str, QColor] = {}

    def choose(self, *, dark: bool, zoom: float) -> None:
        """Switch to light or dark and to a text size from 1.0 to 2.0."""
        self.dark = dark
        self.zoom = min(2.0, max(1.0, zoom))
        self._colors.clear()

    @property
    def stacked(self) -> bool:
        """Return whether columns stand below one another because the text is large."""
        return self.zoom >= STACK_FROM

    def hex(self, token: str) -> str:
        """Return the colour ``token`` as ``#RRGGBB``. Raises KeyError for an unknown token."""
        value: str = _tokens()["dark" if self.dark else "light"][token]
        return value

    def color(self, token: str) -> QColor:
        """Return the colour ``token``. Raises KeyError for an unknown token."""
        if token not in self._colors:
            self._colors[token] = QColor.fromString(self.hex(token))
        return self._colors[token]

    def brush(self, token: str) -> QBrush:
        """Return a solid brush in the colour ``token``."""
        return solid(self.color(token))

    def px(self, size: float) -> int:
        """Return ``size`` (pixels at 100 %) at the text size in force; hairlines stay 1."""
        return 1 if size == 1 else round(size * self.zoom)

    def line(self, use: str) -> int:
        """Return the line height of a text ``use`` in pixels."""
        return self.px(_tokens()["type"][use][1])

    def font(self, use: str = "body", text: str = "") -> QFont:
        """Return the font of a text ``use`` (``title``, ``body`` …); tabular if ``text`` has figures."""
        size, _, weight = _tokens()["type"][use]
        return fonts.interface_font(self.px(size), weight, fonts.wants_tabular(text))

    def bold(self, use: str) -> QFont:
        """Return the font of a text ``use`` at weight 600."""
        return fonts.interface_font(self.px(_tokens()["type"][use][0]), 600)


def _tokens() -> dict[str, Any]:
    return resources.read_toml("theme/tokens.toml")


def solid(color: QColor) -> QBrush:
    """Return a brush of ``color``.

    Taken from a palette: making one from Python loads every enum of Qt, a third of the start-up budget.
    """
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, color)
    return palette.brush(QPalette.ColorRole.Base)
