"""An editor for the small steps of a measure: a list to tick off."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from kimdesk.catalogue.codes import code_list
from ui.forms.editors.base import Editor, silently
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.icons import icon
from ui.text import tr
from ui.theme import theme


class _StepRow(QWidget):
    """One step: done, what, by whom, until when."""

    edited = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._done_on: str | None = None
        self.done = QCheckBox()
        self.done.setToolTip(tr("Done"))
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("What is to be done?"))
        owners = (Option(one.code, one.label) for one in code_list("step_owner").offered())
        self.by = CodeCombo(tuple(owners), tr("By whom"))
        self.due = DateEditor()
        self.due.input.setPlaceholderText(tr("until"))
        self.remove = QToolButton()
        self.remove.setIcon(icon("x"))
        self.remove.setToolTip(tr("Remove step"))
        self._arrange()
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
        }

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a stored step."""
        self._done_on = value.get("done_on")
        self.done.setChecked(self._done_on is not None)
        silently(self.text, lambda: self.text.setText(value.get("text", "")))
        self.by.set_code(value.get("by") or None)
        self.due.set_value(value.get("due_on"))

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the inputs in their order."""
        return (self.done, self.text, self.by, self.due.input, self.remove)

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


class StepsEditor(Editor):
    """Steps below one another in the order they are taken; there is always an empty line to fill."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_StepRow] = []
        self._key, self._label = "field_steps", ""
        self._column = QVBoxLayout()
        spaced(self._column, 6)
        self.add = quiet(tr("Step"), "plus", "small")
        self.add.clicked.connect(lambda _: self._append({}).text.setFocus())
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.row.addLayout(self._column, 1)
        self._append({})

    def value(self) -> Any:
        """Return the steps that say something, or None."""
        return [value for row in self._rows if (value := row.value())] or None

    def set_value(self, value: Any) -> None:
        """Show the steps in ``value``."""
        if value == self.value():
            return
        while self._rows:
            self._drop(self._rows[-1])
        for one in value or [{}]:
            self._append(one)

    def name(self, key: str, label: str) -> None:
        """Name every input of every line."""
        self._key, self._label = key, label
        self.add.setObjectName(f"{key}_add")
        self.add.setAccessibleName(tr("{field}: add", field=label))
        for index, row in enumerate(self._rows):
            self._name_row(index, row)

    def inputs(self) -> list[QWidget]:
        """Return all inputs."""
        return [widget for row in self._rows for widget in row.widgets()]

    def _append(self, value: dict[str, Any]) -> _StepRow:
        row = _StepRow()
        row.show_value(value)
        row.edited.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        self.watch(*row.widgets())
        self.setFocusProxy(self._rows[0].text)
        self._name_row(len(self._rows) - 1, row)
        return row

    def _remove(self, row: _StepRow) -> None:
        self._drop(row)
        if not self._rows:
            self._append({})
        self.name(self._key, self._label)
        self._rows[0].text.setFocus()
        self.changed.emit()

    def _drop(self, row: _StepRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _name_row(self, index: int, row: _StepRow) -> None:
        words = (tr("done"), tr("what"), tr("by whom"), tr("until"), tr("remove"))
        parts = ("done", "text", "by", "due", "remove")
        row.due.name(f"{self._key}_{index}_due", f"{self._label} {index + 1}: {tr('until')}")
        for widget, part, word in zip(row.widgets(), parts, words, strict=True):
            widget.setObjectName(f"{self._key}_{index}_{part}")
            widget.setAccessibleName(f"{self._label} {index + 1}: {word}")
