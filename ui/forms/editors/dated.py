"""An editor for what happened on a day, or from a day until another: steps taken, stays abroad."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.forms.editors.base import silently
from ui.forms.editors.date import DateEditor
from ui.forms.editors.lines import EntryLine, LinesEditor
from ui.kit.base import spaced
from ui.kit.icons import icon
from ui.theme import theme

_DAY_WIDTH = 130


class _DatedRow(EntryLine):
    """One entry: the day or both days, and what it was."""

    def __init__(self, spans: bool) -> None:
        super().__init__()
        self.start, self.end, self.text = DateEditor(), DateEditor(), QLineEdit()
        self.first = self.start.input
        self.start.input.setPlaceholderText(say("forms.first_day") if spans else say("forms.on_day"))
        self.end.input.setPlaceholderText(say("common.until"))
        self.text.setPlaceholderText(say("forms.what_it_was"))
        self.remove = QToolButton()
        self.remove.setIcon(icon("x"))
        self.remove.setToolTip(say("forms.remove_dated"))
        self._arrange()
        self.end.setVisible(spans)
        for day in (self.start, self.end):
            day.changed.connect(self.edited)
        self.text.textEdited.connect(lambda _: self.edited.emit())
        self.remove.clicked.connect(lambda _: self.removed.emit())

    def value(self) -> dict[str, Any] | None:
        """Return the entry as it is stored, or None while nothing is written."""
        text = self.text.text().strip()
        if not (self.start.value() or self.end.value() or text):
            return None
        return {"starts_on": self.start.value(), "ends_on": self.end.value(), "text": text}

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a stored entry."""
        self.start.set_value(value.get("starts_on"))
        self.end.set_value(value.get("ends_on"))
        silently(self.text, lambda: self.text.setText(value.get("text", "")))
        self.text.setCursorPosition(0)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the inputs in their order."""
        return (self.start.input, self.end.input, self.text, self.remove)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return key and word of each input."""
        return (
            ("start", say("forms.first_day")),
            ("end", say("common.until")),
            ("text", say("forms.what_it_was")),
            ("remove", say("forms.remove")),
        )

    def name(self, key: str, label: str) -> None:
        """Name the calendars beside the days."""
        self.start.name(f"{key}_start", f"{label}: {say('forms.first_day')}")
        self.end.name(f"{key}_end", f"{label}: {say('common.until')}")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 4)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            spaced(row, 8)
        for day in (self.start, self.end):
            day.setFixedWidth(theme().px(_DAY_WIDTH))
            first.addWidget(day)
        rest = second if theme().stacked else first
        rest.addWidget(self.text, 1)
        rest.addWidget(self.remove)
        if theme().stacked:
            first.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)


class DatedEditor(LinesEditor):
    """Entries below one another; with ``spans`` each has a last day too."""

    def __init__(self, *, spans: bool) -> None:
        super().__init__(lambda: _DatedRow(spans), "field_dated", say("forms.dated_entry"))
