"""Where the keyboard was, remembered so that it is found again when everything around was made anew."""

from collections.abc import Iterator

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid


class FocusSpot:
    """A widget that had the keyboard, what stood around it, and how far that was scrolled."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self.window = widget.window()
        self._name = widget.objectName()
        self._around = list(_around(widget))
        self._scrolled: list[tuple[QScrollArea, int]] = []
        self.look()

    def is_shown(self) -> bool:
        """Return whether the widget is still there, as far as its window is."""
        return isValid(self.widget) and isValid(self.window) and self.widget.isVisibleTo(self.window)

    def look(self) -> None:
        """Remember how far everything is scrolled now."""
        areas = [one for one in self._around if isValid(one) and isinstance(one, QScrollArea)]
        self._scrolled = [(area, area.verticalScrollBar().value()) for area in areas]

    def scroll_back(self) -> None:
        """Scroll everything to where it was."""
        for area, value in self._scrolled:
            if isValid(area):
                area.verticalScrollBar().setValue(value)

    def again(self) -> QWidget | None:
        """Return the widget, the one that bears its name now, or what is left of what stood around it.

        None when nothing is left but the window: what is shown in it now decides.
        """
        if not isValid(self.window):
            return None
        if isValid(self.widget) and self._can_have_it(self.widget):
            return self.widget
        return self._same_name() or self._left()

    def _same_name(self) -> QWidget | None:
        if not self._name or self._name.startswith("qt_"):
            return None
        found = self.window.findChildren(QWidget, self._name)
        return next(filter(self._can_have_it, found), None)

    def _left(self) -> QWidget | None:
        for one in self._around:
            if isValid(one) and one.isVisible():
                shown = one.currentWidget() if isinstance(one, QStackedWidget) else None
                return shown or one
        return None

    def _can_have_it(self, widget: QWidget) -> bool:
        return widget.isVisible() and widget.isEnabled() and widget.window() is self.window


def _around(widget: QWidget) -> Iterator[QWidget]:
    while (above := widget.parentWidget()) is not None and not above.isWindow():
        yield above
        widget = above
