"""Editors that are one line of typing: text, whole numbers, times of day."""

import re
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from kimdesk.texts import say
from ui.forms.editors.base import Editor, silently
from ui.theme import theme

_TIME = re.compile(r"(\d{1,2})(?:[:.,h ]?(\d{2}))?(?: ?uhr)?", re.IGNORECASE)


class LineEditor(Editor):
    """A line edit; what is typed is read by ``read`` and shown by ``show_text``."""

    def __init__(self) -> None:
        super().__init__()
        self.input = QLineEdit()
        self.row.addWidget(self.input)
        self.watch(self.input)
        self.input.textEdited.connect(lambda _: self.changed.emit())
        self.input.editingFinished.connect(self._tidy)

    def value(self) -> Any:
        """Return what the text means; a text that means nothing here is returned as it stands."""
        text = self.input.text().strip()
        if not text:
            return None
        try:
            return self.read(text)
        except ValueError:
            return text

    def set_value(self, value: Any) -> None:
        """Show ``value``; the same value leaves the cursor alone."""
        if (None if value == "" else value) != self.value():
            silently(self.input, lambda: self.input.setText(self.shown(value)))
            self.input.setCursorPosition(0)

    def name(self, key: str, label: str) -> None:
        """Name the line edit."""
        self.input.setObjectName(key)
        self.input.setAccessibleName(label)

    def inputs(self) -> list[QWidget]:
        """Return the line edit."""
        return [self.input]

    def read(self, text: str) -> Any:
        """Return the answer meant by ``text``. Raises ValueError when it means none."""
        return text

    def shown(self, value: Any) -> str:
        """Return the text that shows ``value``."""
        return "" if value is None else str(value)

    def _tidy(self) -> None:
        """Write what was understood in its full form, so that the user sees it."""
        text = self.shown(self.value())
        if text != self.input.text():
            silently(self.input, lambda: self.input.setText(text))


class TextEditor(LineEditor):
    """A short text, NFC and without control characters once stored."""


class IntegerEditor(LineEditor):
    """A whole number, in a field no wider than it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.input.setMaximumWidth(theme().px(120))
        self.row.addStretch(1)

    def read(self, text: str) -> int:
        """Return the number; a true minus is understood."""
        return int(text.replace("−", "-"))


class TimeEditor(LineEditor):
    """A time of day: „9“, „930“ and „9.30 Uhr“ become 09:30."""

    def __init__(self) -> None:
        super().__init__()
        self.input.setPlaceholderText(say("forms.hh_mm"))

    def read(self, text: str) -> str:
        """Return ``HH:MM``."""
        found = _TIME.fullmatch(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
            raise ValueError("not a time")
        return f"{hour:02}:{minute:02}"
