"""Putting the keyboard somewhere that is only just being shown."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget


def focus_soon(widget: QWidget | None) -> None:
    """Give the keyboard to ``widget`` once what is being built stands on the screen."""
    if widget is not None:
        QTimer.singleShot(0, widget, lambda: widget.setFocus(Qt.FocusReason.TabFocusReason))
