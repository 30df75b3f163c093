"""A text of several lines that grows with what is written."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.forms.editors.base import Editor, silently
from ui.theme import theme

_LINES = (2, 14)  # as small and as tall as the field gets before it scrolls
_FRAME = 20  # padding and border above and below the text


class GrowingText(QPlainTextEdit):
    """A plain text edit as tall as its text; Tab moves on, as in every other field."""

    def __init__(self, lines: int = _LINES[0]) -> None:
        super().__init__()
        self._least = lines
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def set_least(self, lines: int) -> None:
        """Be at least ``lines`` lines tall."""
        self._least = lines
        self._fit()

    def sizeHint(self) -> QSize:
        """Return a width to grow from and the height the text needs."""
        return QSize(theme().px(160), self._needed())

    def minimumSizeHint(self) -> QSize:
        """Return the same height: the field never hides a line it could show."""
        return QSize(theme().px(80), self._needed())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew and fit."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit to a changed text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _needed(self) -> int:
        lines = min(_LINES[1], max(self._least, int(self.document().size().height())))
        return lines * self.fontMetrics().lineSpacing() + theme().px(_FRAME)

    def _fit(self) -> None:
        full = self.document().size().height() > _LINES[1]
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        if self.maximumHeight() != self._needed():
            self.setFixedHeight(self._needed())
            self.updateGeometry()


class LongTextEditor(Editor):
    """A longer text."""

    def __init__(self) -> None:
        super().__init__()
        self.input = GrowingText()
        self.row.addWidget(self.input)
        self.watch(self.input)
        self.input.textChanged.connect(self.changed)

    def value(self) -> Any:
        """Return the text without blanks around it, or None."""
        return self.input.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        """Show ``value``; the same text leaves the cursor alone."""
        if value != self.value():
            silently(self.input, lambda: self.input.setPlainText(value or ""))

    def name(self, key: str, label: str) -> None:
        """Name the text edit."""
        self.input.setObjectName(key)
        self.input.setAccessibleName(label)

    def inputs(self) -> list[QWidget]:
        """Return the text edit."""
        return [self.input]
