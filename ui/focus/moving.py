"""Putting the keyboard somewhere by program. Nothing else in the windows calls ``setFocus``."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QScrollArea, QWidget

_AROUND = 24  # pixels that stay visible around what has the keyboard


def go(widget: QWidget) -> None:
    """Move the keyboard to ``widget`` (the box of a field, or what is typed into): seen, and marked once."""
    from ui.focus.flash import flash

    begin(widget)
    reveal(widget)
    QTimer.singleShot(0, widget, lambda: reveal(widget))  # once what was just shown has its place
    flash(widget)


def soon(widget: QWidget | None) -> None:
    """Move the keyboard to ``widget`` once what is being built stands on the screen."""
    if widget is not None:
        QTimer.singleShot(0, widget, lambda: go(widget))


def begin(widget: QWidget) -> None:
    """Put the keyboard where somebody begins: the first field of a window, or a page as a whole."""
    widget.setFocus()
    focused: QWidget | None = widget.window().focusWidget()  # none where nothing can be shown yet
    if isinstance(focused, QLineEdit):
        focused.selectAll()
    for told in listening:
        told(focused or widget)


listening: list[Callable[[QWidget], None]] = []
"""Who is told where the keyboard is meant to be (``watching``; nobody while the first window is made)."""


def reveal(widget: QWidget) -> None:
    """Scroll every area around ``widget`` until it is seen; of what is taller, the chosen row or the top."""
    within: QWidget | None = widget.parentWidget()
    while within is not None and not within.isWindow():
        if isinstance(within, QScrollArea) and (content := within.widget()) is not None:
            _reveal_in(within, content, widget)
        within = within.parentWidget()


def _reveal_in(area: QScrollArea, content: QWidget, widget: QWidget) -> None:
    place, room = widget.rect(), area.viewport().height()
    if place.height() > room and isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        place = widget.visualRect(widget.currentIndex())
    place.moveTopLeft(widget.mapTo(content, place.topLeft()))
    if place.height() <= room:
        around = min(_AROUND, (room - place.height()) // 2)
        area.ensureVisible(place.center().x(), place.top(), 0, around)
        area.ensureVisible(place.center().x(), place.bottom(), 0, around)
    elif not place.intersects(content.visibleRegion().boundingRect()):
        area.ensureVisible(place.left(), place.top(), 0, _AROUND)
