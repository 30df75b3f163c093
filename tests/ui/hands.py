"""What a pair of hands does: look for a widget, click it, type, move on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from ui.program.work import Work

W = TypeVar("W", bound=QWidget)

_followed: list[Work] = []


@contextmanager
def following(work: Work) -> Iterator[None]:
    """Let ``settle`` wait for ``work`` too, meanwhile."""
    _followed.append(work)
    try:
        yield
    finally:
        _followed.remove(work)


def settle() -> None:
    """Let everything happen that was asked for, until the background has nothing left to tell."""
    QApplication.processEvents()
    while any(work.busy for work in _followed):
        QTest.qWait(1)
    QApplication.processEvents()  # what came last is shown


def cleared() -> None:
    """Delete what was put away, as the event loop of the program does next.

    A style sheet is laid on every widget there still is.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def find(top: QWidget, kind: type[W], name: str) -> W:
    """Return the visible widget ``name`` below ``top``, once what was just asked for is shown."""
    settle()
    found = [widget for widget in top.findChildren(kind, name) if widget.isVisibleTo(top)]
    found = found or _on_another_leaf(top, kind, name)
    assert found, f"no {kind.__name__} {name}"
    return found[-1]


def _on_another_leaf(top: QWidget, kind: type[W], name: str) -> list[W]:
    """Turn to the leaf of a dialog on which ``name`` stands, as one does who looks for it."""
    for leaf in top.findChildren(QPushButton):
        if leaf.objectName().startswith("leaf_") and leaf.isVisibleTo(top):
            leaf.click()
            if found := [widget for widget in top.findChildren(kind, name) if widget.isVisibleTo(top)]:
                return found
    return []


def sees(top: QWidget, name: str) -> bool:
    """Return whether a widget ``name`` is visible below ``top``, once what was just asked for is shown."""
    settle()
    return any(widget.isVisibleTo(top) for widget in top.findChildren(QWidget, name))


def is_closed(window: QWidget) -> bool:
    """Return whether ``window`` is closed: what is closed is gone."""
    settle()
    return not isValid(window) or not window.isVisible()


def in_view(widget: QWidget) -> bool:
    """Return whether ``widget`` is scrolled into view in every area around it, at least with a part."""
    within = widget.parentWidget()
    while within is not None and not within.isWindow():
        if isinstance(within, QScrollArea) and within.viewport().isAncestorOf(widget):
            place = widget.rect()
            place.moveTopLeft(widget.mapTo(within.viewport(), QPoint(0, 0)))
            if not place.intersects(within.viewport().rect()):
                return False
        within = within.parentWidget()
    return True


def click(top: QWidget, name: str) -> None:
    """Click the widget ``name``."""
    QTest.mouseClick(find(top, QWidget, name), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settle()


def press_keys(widget: QWidget, text: str) -> None:
    """Type ``text`` into ``widget``; unlike QTest this knows umlauts."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)
    settle()


def type_into(top: QWidget, name: str, text: str) -> None:
    """Put the keyboard into ``name`` and type ``text``."""
    widget = find(top, QWidget, name)
    widget.window().activateWindow()
    widget.setFocus()
    press_keys(widget, text)


def leave(top: QWidget) -> None:
    """Move the keyboard on, as Tab does."""
    focused = QApplication.focusWidget() or top
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    settle()
