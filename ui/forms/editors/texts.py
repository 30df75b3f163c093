"""An editor for several short texts: chips with a cross and a line to add another."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kimdesk.texts import say
from ui import focus
from ui.forms.editors.base import Editor
from ui.forms.editors.chip import Chip
from ui.forms.flow import FlowBox
from ui.kit.base import clear
from ui.theme import theme


class _AddLine(QLineEdit):
    """Enter adds; it does not press a dialog's button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter to itself while something is typed."""
        typed = bool(self.text().strip())
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and typed:
            event.accept()


class TextsEditor(Editor):
    """Short texts, such as the resources of a person: „schreibt Arabisch“, „Yusuf hilft beim Üben“."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._key = self._label = ""
        self._box = FlowBox()
        self.row.addWidget(self._box)
        self.input = _AddLine()
        self.input.setPlaceholderText(say("forms.add_another"))
        self.input.setFixedWidth(theme().px(190))
        self.input.returnPressed.connect(self._add)
        self.input.editingFinished.connect(self._add)
        self.input.textEdited.connect(lambda _: self.changed.emit())
        self._box.flow.addWidget(self.input)
        self.watch(self.input)

    def value(self) -> Any:
        """Return the texts, the one still being typed included, or None."""
        typed = self.input.text().strip()
        return [*self._texts, *([typed] if typed else [])] or None

    def set_value(self, value: Any) -> None:
        """Show the texts in ``value``."""
        if list(value or ()) != (self.value() or []):
            self._texts = list(value or ())
            self.input.clear()
        self._show()

    def name(self, key: str, label: str) -> None:
        """Name the line and the chips."""
        self._key, self._label = key, label
        self.input.setObjectName(key)
        self.input.setAccessibleName(say("forms.field_add", field=label))
        self._show()

    def inputs(self) -> list[QWidget]:
        """Return the line."""
        return [self.input]

    def _add(self) -> None:
        typed = self.input.text().strip()
        if typed:
            self.input.clear()
            self._texts.append(typed)
            self._show()
            self.changed.emit()

    def _remove(self, index: int) -> None:
        del self._texts[index]
        self._show()
        focus.go(self.input)
        self.changed.emit()

    def _show(self) -> None:
        flow = self._box.flow
        flow.takeAt(flow.count() - 1)
        clear(flow)
        for index, text in enumerate(self._texts):
            chip = Chip(text, icon="leaf", tone="ok")
            chip.setObjectName(f"{self._key}_{index}")
            chip.setAccessibleName(say("forms.field_remove_choice", field=self._label, choice=text))
            chip.clicked.connect(lambda _=False, index=index: self._remove(index))
            flow.addWidget(chip)
        flow.addWidget(self.input)
