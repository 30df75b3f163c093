"""An editor for several small entries, one line each; there is always an empty line to fill."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.forms.editors.base import Editor
from ui.kit.base import spaced
from ui.kit.buttons import quiet


class EntryLine(QWidget):
    """One entry; ``first`` is the input that is written in first."""

    edited = Signal()
    removed = Signal()
    first: QWidget

    def value(self) -> dict[str, Any] | None:
        """Return the entry as it is stored, or None while the line is empty."""
        raise NotImplementedError

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a stored entry."""
        raise NotImplementedError

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the inputs in their order."""
        raise NotImplementedError

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return key and German word of each of ``widgets``."""
        raise NotImplementedError

    def name(self, key: str, label: str) -> None:
        """Name what stands around an input, where there is something; the inputs are named after it."""


class LinesEditor(Editor):
    """Lines below one another, made by ``make``; ``word`` stands on the button that adds one."""

    def __init__(self, make: Callable[[], EntryLine], key: str, word: str) -> None:
        super().__init__()
        self._make = make
        self._rows: list[EntryLine] = []
        self._key, self._label = key, ""
        self._column = QVBoxLayout()
        spaced(self._column, 6)
        self.add = quiet(word, "plus", "small")
        self.add.clicked.connect(lambda _: focus.go(self._append({}).first))
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.row.addLayout(self._column, 1)
        self._append({})

    def changeEvent(self, event: QEvent) -> None:
        """Offer to add and remove only where something can be changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._offer_changes()

    def _offer_changes(self) -> None:
        for button in (self.add, *(part for row in self._rows for part in row.findChildren(QToolButton))):
            button.setVisible(self.isEnabled())

    def value(self) -> Any:
        """Return what the lines say, or None."""
        return [value for row in self._rows if (value := row.value())] or None

    def set_value(self, value: Any) -> None:
        """Show one line for each entry of ``value``."""
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
        self.add.setAccessibleName(say("forms.field_add", field=label))
        for index, row in enumerate(self._rows):
            self._name_row(index, row)

    def inputs(self) -> list[QWidget]:
        """Return all inputs."""
        return [widget for row in self._rows for widget in row.widgets()]

    def _append(self, value: dict[str, Any]) -> EntryLine:
        row = self._make()
        row.show_value(value)
        row.edited.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        self.watch(*row.widgets())
        self.setFocusProxy(self._rows[0].first)
        self._name_row(len(self._rows) - 1, row)
        return row

    def _remove(self, row: EntryLine) -> None:
        self._drop(row)
        if not self._rows:
            self._append({})
        self.name(self._key, self._label)
        focus.go(self._rows[0].first)
        self.changed.emit()

    def _drop(self, row: EntryLine) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _name_row(self, index: int, row: EntryLine) -> None:
        prefix, label = f"{self._key}_{index}", f"{self._label} {index + 1}"
        row.name(prefix, label)
        for widget, (part, word) in zip(row.widgets(), row.parts(), strict=True):
            widget.setObjectName(f"{prefix}_{part}")
            widget.setAccessibleName(f"{label}: {word}")
