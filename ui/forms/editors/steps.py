"""An editor for the small steps of a measure: a list to tick off."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from kimdesk.forms.codes import CodeList
from kimdesk.texts import say
from ui.forms.editors.base import silently
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.editors.lines import EntryLine, LinesEditor
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.icons import icon
from ui.theme import theme


class _StepRow(EntryLine):
    """One step: done, what, by whom, until when."""

    def __init__(self, lists: Mapping[str, CodeList], dated: bool) -> None:
        super().__init__()
        self._done_on: str | None = None
        self._translations: list[dict[str, Any]] = []
        self.done = QCheckBox()
        self.done.setToolTip(say("common.done"))
        self.text = QLineEdit()
        self.first = self.text
        self.text.setPlaceholderText(say("forms.what_done"))
        owners = (Option(one.code, one.label) for one in lists["step_owner"].offered())
        self.by = CodeCombo(tuple(owners), say("forms.by_whom"))
        self.due = DateEditor()
        self.due.input.setPlaceholderText(say("common.until"))
        self.remove = QToolButton()
        self.remove.setIcon(icon("x"))
        self.remove.setToolTip(say("forms.remove_step"))
        self._arrange()
        self.done.setVisible(dated)
        self.due.setVisible(dated)
        self.done.clicked.connect(lambda _: self._tick())
        self.text.textEdited.connect(lambda _: self.edited.emit())
        self.by.picked.connect(self.edited)
        self.due.changed.connect(self.edited)
        self.remove.clicked.connect(lambda _: self.removed.emit())

    def value(self) -> dict[str, Any] | None:
        """Return the step as it is stored, or None while nothing is written."""
        if not self.text.text().strip():
            return None
        return {
            "text": self.text.text().strip(),
            "by": self.by.code() or "",
            "due_on": self.due.value(),
            "done_on": self._done_on,
            "translations": self._translations,
        }

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a stored step."""
        self._done_on = value.get("done_on")
        self._translations = value.get("translations", [])
        self.done.setChecked(self._done_on is not None)
        silently(self.text, lambda: self.text.setText(value.get("text", "")))
        self.text.setCursorPosition(0)
        self.by.set_code(value.get("by") or None)
        self.due.set_value(value.get("due_on"))

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the inputs in their order."""
        return (self.done, self.text, self.by, self.due.input, self.remove)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return key and word of each input."""
        return (
            ("done", say("forms.done")),
            ("text", say("forms.what")),
            ("by", say("forms.by_whom_word")),
            ("due", say("common.until")),
            ("remove", say("forms.remove")),
        )

    def name(self, key: str, label: str) -> None:
        """Name the calendar beside the date."""
        self.due.name(f"{key}_due", f"{label}: {say('common.until')}")

    def _tick(self) -> None:
        self._done_on = date.today().isoformat() if self.done.isChecked() else None  # noqa: DTZ011
        self.edited.emit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 4)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            spaced(row, 8)
        first.addWidget(self.done)
        first.addWidget(self.text, 1)
        rest = second if theme().stacked else first
        self.by.setMinimumWidth(theme().px(130))
        self.due.setFixedWidth(theme().px(130))
        rest.addWidget(self.by)
        rest.addWidget(self.due)
        rest.addWidget(self.remove)
        column.addLayout(first)
        column.addLayout(second)


class StepsEditor(LinesEditor):
    """Steps below one another in the order they are taken; not ``dated``: what and by whom only."""

    def __init__(self, lists: Mapping[str, CodeList], *, dated: bool = True) -> None:
        super().__init__(lambda: _StepRow(lists, dated), "field_steps", say("forms.step"))
