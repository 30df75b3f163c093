"""An editor for languages: which, how well, and whether an interpreter is needed."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from kimdesk.catalogue.codes import code_list
from ui.forms.editors.base import Editor
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.icons import icon
from ui.text import tr


def _options(name: str) -> tuple[Option, ...]:
    return tuple(Option(one.code, one.label, one.note) for one in code_list(name).offered())


class _LanguageRow(QWidget):
    """One language."""

    edited = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 8)
        self.language = CodeCombo(_options("language"), tr("Language"))
        self.level = CodeCombo(_options("language_level"), tr("Level"))
        self.interpreter = QCheckBox(tr("Interpreter"))
        self.remove = QToolButton()
        self.remove.setIcon(icon("x"))
        self.remove.setToolTip(tr("Remove language"))
        row.addWidget(self.language, 4)
        row.addWidget(self.level, 4)
        row.addWidget(self.interpreter)
        row.addWidget(self.remove)
        self.language.picked.connect(self.edited)
        self.level.picked.connect(self.edited)
        self.interpreter.clicked.connect(lambda _: self.edited.emit())
        self.remove.clicked.connect(lambda _: self.removed.emit())

    def value(self) -> dict[str, Any] | None:
        """Return the language as it is stored, or None before one is chosen."""
        if self.language.code() is None:
            return None
        return {
            "language": self.language.code(),
            "level": self.level.code() or "",
            "interpreter": self.interpreter.isChecked(),
        }

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a stored language."""
        self.language.set_code(value.get("language"))
        self.level.set_code(value.get("level") or None)
        self.interpreter.setChecked(bool(value.get("interpreter")))

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the inputs in their order."""
        return (self.language, self.level, self.interpreter, self.remove)


class LanguagesEditor(Editor):
    """Languages below one another, the best one first; there is always an empty line to fill."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_LanguageRow] = []
        self._key, self._label = "field_languages", ""
        self._column = QVBoxLayout()
        spaced(self._column, 6)
        self.add = quiet(tr("Language"), "plus", "small")
        self.add.clicked.connect(lambda _: self._append({}).language.setFocus())
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.row.addLayout(self._column, 1)
        self._append({})

    def value(self) -> Any:
        """Return the chosen languages, or None."""
        return [value for row in self._rows if (value := row.value())] or None

    def set_value(self, value: Any) -> None:
        """Show the languages in ``value``."""
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

    def _append(self, value: dict[str, Any]) -> _LanguageRow:
        row = _LanguageRow()
        row.show_value(value)
        row.edited.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        self.watch(*row.widgets())
        self.setFocusProxy(self._rows[0].language)
        self._name_row(len(self._rows) - 1, row)
        return row

    def _remove(self, row: _LanguageRow) -> None:
        self._drop(row)
        if not self._rows:
            self._append({})
        self.name(self._key, self._label)
        self._rows[0].language.setFocus()
        self.changed.emit()

    def _drop(self, row: _LanguageRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _name_row(self, index: int, row: _LanguageRow) -> None:
        names = (tr("language"), tr("level"), tr("interpreter needed"), tr("remove"))
        parts = ("language", "level", "interpreter", "remove")
        for widget, part, name in zip(row.widgets(), parts, names, strict=True):
            widget.setObjectName(f"{self._key}_{index}_{part}")
            widget.setAccessibleName(f"{self._label} {index + 1}: {name}")
