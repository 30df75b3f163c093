"""The look: colours, sizes and fonts from one table, for style sheet and painters alike."""

from PySide6.QtWidgets import QApplication

from ui.theme import fonts
from ui.theme.palette import palette
from ui.theme.sheet import style_sheet
from ui.theme.tokens import Theme

__all__ = ["Theme", "apply", "complete", "theme"]

_theme = Theme()
_CLASS_FONTS = {
    "QPushButton": "button",
    "QTabBar": "table",
    "QTableView": "table",
    "QHeaderView": "label",
    "QToolTip": "table",
    "QTipLabel": "table",
    "QMenu": "table",
}


def theme() -> Theme:
    """Return the look in force."""
    return _theme


def apply(app: QApplication, *, dark: bool = False, zoom: float = 1.0) -> None:
    """Dress ``app``: colours, fonts and sizes. May be called again at run time.

    ``zoom`` is 1.0 to 2.0; whoever has laid widgets out hears ``theme().signals.changed``.
    """
    fonts.load_interface_fonts()
    _theme.choose(dark=dark, zoom=zoom)
    app.setPalette(palette(_theme))
    app.setFont(_theme.font("body"))
    app.setStyleSheet(style_sheet(_theme))
    for widget_class, use in _CLASS_FONTS.items():  # after the style sheet, or Qt forgets them
        app.setFont(_theme.font(use), widget_class)  # type: ignore[arg-type]  # the stub asks for bytes, Shiboken for str
    _theme.signals.changed.emit()


def complete() -> None:
    """Add what the first window can wait for: the fonts of other scripts."""
    fonts.load_other_scripts()
