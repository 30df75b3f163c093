"""Editors for yes and no: two words where „nicht beantwortet“ is possible, a tick box in typed records."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from kimdesk.texts import say
from ui.forms.editors.base import Editor
from ui.forms.editors.choice import SegmentsEditor, WordSegments
from ui.forms.sources import Option

_VALUES = {"true": True, "false": False}


class YesNoEditor(SegmentsEditor):
    """Ja, Nein, or not answered yet."""

    def __init__(self) -> None:
        super().__init__(WordSegments((Option("true", say("common.yes")), Option("false", say("common.no")))))
        self.row.addStretch(1)

    def value(self) -> Any:
        """Return True, False or None."""
        return _VALUES.get(str(self.input.value()))

    def set_value(self, value: Any) -> None:
        """Choose ``value``."""
        self.input.set_value(None if value is None else str(bool(value)).lower())


class CheckEditor(Editor):
    """A tick box with its words beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.input = QCheckBox()
        self.row.addWidget(self.input)
        self.row.addStretch(1)
        self.watch(self.input)
        self.input.clicked.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        """Return whether the box is ticked."""
        return self.input.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or clear the box."""
        self.input.setChecked(bool(value))

    def name(self, key: str, label: str) -> None:
        """Name the box and write the words beside it."""
        self.input.setObjectName(key)
        self.input.setText(label)
        self.input.setAccessibleName(label)

    def inputs(self) -> list[QWidget]:
        """Return the box."""
        return [self.input]
