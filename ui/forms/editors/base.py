"""What every editor of an answer can do."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget


class Editor(QWidget):
    """One answer on the screen. ``value()`` is what is stored (codes and ISO dates), None when empty."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def value(self) -> Any:
        """Return the answer as it is stored, or None; text that cannot be read stays text until put right."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show ``value`` without reporting a change."""
        raise NotImplementedError

    def name(self, key: str, label: str) -> None:
        """Name the inputs ``field_…`` for tests and ``label`` for screen readers."""
        raise NotImplementedError

    def inputs(self) -> list[QWidget]:
        """Return the widgets that take the keyboard, in their order."""
        raise NotImplementedError

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the inputs: they are what a screen reader comes to."""
        super().setAccessibleDescription(description)
        for widget in self.inputs():
            widget.setAccessibleDescription(description)

    def show_state(self, bad: bool) -> None:
        """Mark the inputs as faulty or clear the mark."""
        for widget in self.inputs():
            widget.setProperty("state", "bad" if bad else "")
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def watch(self, *widgets: QWidget) -> None:
        """Report ``left`` when the keyboard focus moves out of the editor; the first is the focus proxy."""
        self.setFocusProxy(widgets[0])
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the focus leaves the editor."""
        if event.type() == QEvent.Type.FocusOut and not self._keeps_focus():
            self.left.emit()
        return super().eventFilter(watched, event)

    def _keeps_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)


def silently(widget: QObject, act: Callable[[], object]) -> None:
    """Run ``act`` while ``widget`` reports nothing."""
    blocked = widget.blockSignals(True)
    try:
        act()
    finally:
        widget.blockSignals(blocked)
