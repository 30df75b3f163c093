"""Editors for several choices: chips to tick, or chips with a search for long lists."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.forms.values import typed_of, unlisted
from kimdesk.texts import say
from ui import focus
from ui.forms.editors.base import Editor
from ui.forms.editors.chip import Chip
from ui.forms.editors.combo import CodeCombo
from ui.forms.flow import FlowBox
from ui.forms.sources import Option
from ui.kit.base import clear

_MOST_CHIPS = 20


class ChipsEditor(Editor):
    """Every choice as a chip."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        super().__init__()
        self._box = FlowBox()
        self._chips = {one.code: Chip(one.label, checkable=True) for one in options}
        for one in options:
            chip = self._chips[one.code]
            chip.setToolTip(one.note)
            chip.clicked.connect(lambda _: self.changed.emit())
            self._box.flow.addWidget(chip)
        self.row.addWidget(self._box)
        if self._chips:
            self.watch(*self._chips.values())

    def value(self) -> Any:
        """Return the codes of the ticked chips, in the order of the list, or None."""
        return [code for code, chip in self._chips.items() if chip.isChecked()] or None

    def set_value(self, value: Any) -> None:
        """Tick the chips in ``value``."""
        for code, chip in self._chips.items():
            chip.setChecked(code in (value or ()))

    def name(self, key: str, label: str) -> None:
        """Name the box and each chip."""
        self.setObjectName(key)
        for code, chip in self._chips.items():
            chip.setObjectName(f"{key}_{code}")
            chip.setAccessibleName(f"{label}: {chip.text()}")

    def inputs(self) -> list[QWidget]:
        """Return the chips."""
        return list(self._chips.values())


class PickerEditor(Editor):
    """A long list: the chosen ones as chips with a cross, and a search that adds more."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        super().__init__()
        self._labels = {one.code: one.label for one in options}
        self._chosen: list[str] = []
        self._key = self._label = ""
        self.input = CodeCombo(options, say("forms.add"))
        self._box = FlowBox()
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._box)
        column.addWidget(self.input)
        self.row.addLayout(column)
        self.watch(self.input)
        self.input.picked.connect(self._add)

    def value(self) -> Any:
        """Return the chosen codes in the order they were chosen, and what is typed; or None."""
        typed = self.input.unlisted()
        return [*self._chosen, *([unlisted(typed)] if typed else [])] or None

    def set_value(self, value: Any) -> None:
        """Show the codes in ``value``, and what is not in the list where it was typed."""
        self._chosen = [one for one in value or () if not typed_of(one)]
        if typed := next(filter(None, map(typed_of, value or ())), ""):
            self.input.show_unlisted(typed)
        self._show()

    def name(self, key: str, label: str) -> None:
        """Name the search and the chips."""
        self._key, self._label = key, label
        self.input.setObjectName(key)
        self.input.setAccessibleName(say("forms.field_add", field=label))
        self._show()

    def inputs(self) -> list[QWidget]:
        """Return the search."""
        return [self.input]

    def words(self, code: str) -> str:
        """Return how the chip of ``code`` is called."""
        return self._labels.get(code, code)

    def meant(self, typed: str) -> str | None:
        """Return the code that ``typed``, which is not in the list, stands for all the same."""
        return None

    def _add(self) -> None:
        code = self.input.code() or self.meant(self.input.unlisted())
        if code or not self.input.unlisted():
            self.input.set_code(None)
        if code and code not in self._chosen:
            self._chosen.append(code)
            self._show()
        self.changed.emit()

    def _remove(self, code: str) -> None:
        self._chosen.remove(code)
        self._show()
        focus.go(self.input)
        self.changed.emit()

    def _show(self) -> None:
        clear(self._box.flow)
        for code in self._chosen:
            chip = Chip(self.words(code))
            chip.setObjectName(f"{self._key}_{code}")
            chip.setAccessibleName(say("forms.field_remove_choice", field=self._label, choice=chip.text()))
            chip.clicked.connect(lambda _=False, code=code: self._remove(code))
            self._box.flow.addWidget(chip)
        self._box.setVisible(bool(self._chosen))


def choices_editor(options: tuple[Option, ...]) -> Editor:
    """Return chips, or a search where there are too many for chips."""
    return PickerEditor(options) if len(options) > _MOST_CHIPS else ChipsEditor(options)
