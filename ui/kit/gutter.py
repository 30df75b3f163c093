"""The scroll bar lies in the margin of what it scrolls: nothing moves when it comes and goes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar


class _Bar(QScrollBar):
    """A bar whose place is always kept, and which is seen only while there is something to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing where all is seen."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


def keep_gutter(area: QScrollArea) -> None:
    """Let the bar of ``area`` take its place from the right margin of its contents."""
    bar = _Bar(Qt.Orientation.Vertical)
    area.setVerticalScrollBar(bar)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar.ensurePolished()
    held = area.widget()
    if held is not None and (contents := held.layout()) is not None:
        margins = contents.contentsMargins()
        margins.setRight(max(0, margins.right() - bar.sizeHint().width()))
        contents.setContentsMargins(margins)
