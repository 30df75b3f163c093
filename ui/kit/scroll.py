"""The page: a title row and a column that scrolls; and columns that stack when the text is large."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.kit.base import spaced
from ui.kit.gutter import keep_gutter
from ui.kit.text import Text
from ui.theme import theme

MARGIN = 20


class Page(QScrollArea):
    """A page with the standard margins. ``body`` takes the contents below the title row."""

    def __init__(self, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setObjectName("page_body")
        column = QVBoxLayout(content)
        spaced(column, 12, (MARGIN, 14, MARGIN, MARGIN))
        column.addLayout(self._title_row(title, note))
        self.body = QVBoxLayout()
        spaced(self.body, 12)
        column.addLayout(self.body)
        column.addStretch(0)
        self.setWidget(content)
        keep_gutter(self)
        self.set_title(title)
        self.set_note(note)

    def set_title(self, title: str) -> None:
        """Show ``title``; empty hides the title row's text."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Show ``note`` beside the title."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_action(self, widget: QWidget) -> None:
        """Put ``widget`` at the right end of the title row."""
        self._head.addWidget(widget)

    def _title_row(self, title: str, note: str) -> QHBoxLayout:
        self._head = QHBoxLayout()
        spaced(self._head, 10)
        self._title = Text(title, "title")
        self._note = Text(note, "body", "text-2")
        self._head.addWidget(self._title)
        self._head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        self._head.addStretch(1)
        return self._head


def whole(page: QWidget) -> QWidget:
    """Return what takes the contents of a ``page`` whose list has its height: the page itself.

    While the text is large there is no such height: the page scrolls with its list, and this is inside.
    """
    if not theme().stacked:
        return page
    area, content = QScrollArea(), QWidget()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setObjectName("page_body")
    area.setWidget(content)
    keep_gutter(area)
    spaced(around := QVBoxLayout(page))
    around.addWidget(area)
    return content


class Columns(QWidget):
    """Columns side by side; below one another when the text is large.

    Each entry is (widget, width): a width in pixels at 100 %, or 0 for the column that takes the rest.
    """

    def __init__(self, columns: Sequence[tuple[QWidget, int]], spacing: int = 16) -> None:
        super().__init__()
        stacked = theme().stacked
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        layout = QBoxLayout(direction, self)
        spaced(layout, spacing)
        for widget, width in columns:
            if width and not stacked:
                widget.setFixedWidth(theme().px(width))
            layout.addWidget(widget, 0 if width else 1)


def column(*widgets: QWidget, spacing: int = 12, stretch: bool = True) -> QWidget:
    """Return a widget with ``widgets`` below one another, pushed to the top."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    spaced(layout, spacing)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return holder
