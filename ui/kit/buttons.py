"""Buttons: one primary per screen, secondary beside it, quiet ones inside texts and lists."""

from PySide6 import QtCore
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from ui.kit.icons import icon as make_icon
from ui.theme import theme

_GAP = 4  # besides the 4 px Qt leaves between icon and word
_ICON_TONES = {"primary": "on-accent", "danger": "on-accent", "quiet": "accent", "secondary": "text"}


class Button(QPushButton):
    """A button of a ``kind`` (primary, secondary, quiet, danger) with an optional icon and key hint."""

    def __init__(self, text: str, kind: str, icon: str | None = None, size: str = "normal") -> None:
        super().__init__(text)
        self._hint = ""
        self.setProperty("kind", kind)
        self.setProperty("scale", size)
        self.setFont(
            theme().font("button_big" if size == "big" else "medium" if kind == "quiet" else "button")
        )
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        if icon:
            self.set_icon(icon)

    def set_icon(self, name: str) -> None:
        """Show the icon ``name`` before the word."""
        self.setIcon(make_icon(name, _ICON_TONES[self.property("kind")]))
        self.setIconSize(QSize(theme().px(16 + _GAP), theme().px(16)))

    def setText(self, text: str) -> None:
        """Show ``text``; the accessible name follows."""
        super().setText(text)
        self.setAccessibleName(text)

    def set_hint(self, keys: str) -> None:
        """Show the keys that do the same, in a small frame at the right."""
        self._hint = keys
        px = theme().px
        self.setStyleSheet(f"text-align: left; padding-right: {self._hint_width() + px(18)}px;")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show a hand."""
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and the key hint."""
        super().paintEvent(event)
        if self._hint:
            px = theme().px
            width, height = self._hint_width(), px(20)
            top = (self.height() - height) // 2
            place = QRect(self.width() - width - px(9), top, width, height)
            painter = QPainter(self)
            paint_keys(painter, place, self._hint)

    def _hint_width(self) -> int:
        return keys_width(self._hint)


def keys_width(keys: str) -> int:
    """Return how wide the frame around ``keys`` is."""
    return QFontMetrics(theme().font("meta")).horizontalAdvance(keys) + theme().px(13)


def paint_keys(painter: QPainter, place: QRect, keys: str) -> None:
    """Paint a key hint such as „Strg+K“ into ``place``."""
    look = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.color("line"))
    painter.setBrush(look.color("sunken"))
    painter.drawRoundedRect(place.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
    painter.setPen(look.color("text-2"))
    painter.setFont(look.font("meta"))
    painter.drawText(place, QtCore.Qt.AlignmentFlag.AlignCenter, keys)


def primary(text: str, icon: str | None = None, size: str = "normal") -> Button:
    """Return the one loud button of a screen."""
    return Button(text, "primary", icon, size)


def secondary(text: str, icon: str | None = None, size: str = "normal") -> Button:
    """Return an outlined button."""
    return Button(text, "secondary", icon, size)


def quiet(text: str, icon: str | None = None, size: str = "normal") -> Button:
    """Return a button that looks like a link."""
    return Button(text, "quiet", icon, size)


def way_back(text: str, name: str) -> Button:
    """Return the quiet button at the end of a title row that leads to the page above, called ``text``."""
    button = quiet(text, "arrow-left")
    button.setObjectName(name)
    return button


def danger(text: str, icon: str | None = None, size: str = "normal") -> Button:
    """Return the button of an irreversible step (only in dialogs that ask about it)."""
    return Button(text, "danger", icon, size)
