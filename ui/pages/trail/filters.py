"""The filters of the audit trail: case, kind of action, who, from when until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from kimdesk.catalogue.audit_groups import AuditGroup
from kimdesk.texts import say
from ui.forms.editors.date import DateEditor
from ui.forms.flow import FlowBox
from ui.kit.base import restyle, spaced
from ui.kit.buttons import Button, secondary
from ui.kit.drop_down import DropDown
from ui.theme import theme

TYPING_PAUSE = 250  # milliseconds
_DAYS = {"first": "filter_first", "last": "filter_last"}


class TrailFilters(QWidget):
    """One row of filters that wraps; ``changed`` carries what to look for differently."""

    changed = Signal(dict)

    def __init__(self, groups: Sequence[AuditGroup]) -> None:
        super().__init__()
        self.number = self._number()
        self.group = _box("filter_group", say("common.kind_of_entry"))
        self.group.addItem(say("common.all_kinds"), "")
        for one in groups:
            self.group.addItem(one.label, one.code)
        self.actor = _box("filter_actor", say("trail.person_acting"))
        self.actor.addItem(say("trail.everybody"), "")
        self.first = self._day("first", say("trail.from_day"), say("trail.from"))
        self.last = self._day("last", say("trail.until_day"), say("common.until"))
        self._watch(self.group, "group")
        self._watch(self.actor, "actor")
        box = FlowBox(gap=8)
        for widget in (self.number, self.group, self.actor, self.first, self.last):
            box.flow.addWidget(widget)
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(box)
        self.setVisible(not theme().stacked)

    def opener(self) -> Button:
        """Return a button that shows and hides the filters while the text is large."""
        button = secondary(say("common.filters"), "funnel-simple")
        button.setObjectName("more_filters")
        button.setCheckable(True)
        button.toggled.connect(self.setVisible)
        return button

    def show_actors(self, actors: tuple[str, ...]) -> None:
        """Offer ``actors``; who was chosen stays chosen."""
        if actors == tuple(self.actor.itemData(row) for row in range(1, self.actor.count())):
            return
        chosen = self.actor.currentData()
        with QSignalBlocker(self.actor):
            while self.actor.count() > 1:
                self.actor.removeItem(1)
            for name in actors:
                self.actor.addItem(name, name)
            self.actor.setCurrentIndex(max(0, self.actor.findData(chosen)))

    def show_number(self, file_number: str) -> None:
        """Show which case is looked for, and tell at once."""
        self.number.setText(file_number)
        self._tell_number()

    def reset(self) -> None:
        """Take all filters away."""
        self.show_number("")
        for box in (self.group, self.actor):
            box.setCurrentIndex(0)
        for day in (self.first, self.last):
            day.set_value(None)
        self.changed.emit({"first": None, "last": None})

    def _number(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("filter_number")
        field.setAccessibleName(say("common.file_number"))
        field.setPlaceholderText(say("common.file_number"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(theme().px(168))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._pause.timeout.connect(self._tell_number)
        field.textEdited.connect(lambda _: self._pause.start())
        field.textChanged.connect(lambda text: None if text else self._pause.start())
        field.returnPressed.connect(self._tell_number)
        return field

    def _tell_number(self) -> None:
        self._pause.stop()
        self.changed.emit({"file_number": self.number.text().strip()})

    def _day(self, field: str, name: str, hint: str) -> DateEditor:
        editor = DateEditor()
        editor.name(_DAYS[field], name)
        editor.input.setPlaceholderText(hint)
        editor.setFixedWidth(theme().px(136))
        editor.changed.connect(lambda: self._tell_day(field, editor))
        editor.left.connect(lambda: self._tell_day(field, editor))
        return editor

    def _tell_day(self, field: str, editor: DateEditor) -> None:
        value = editor.value()
        try:
            day = date.fromisoformat(value) if value else None
        except ValueError:  # still being typed, or no date at all
            restyle(editor.input, state="bad" if not editor.input.hasFocus() else "")
            return
        restyle(editor.input, state="")
        self.changed.emit({field: day})

    def _watch(self, box: QComboBox, field: str) -> None:
        def chosen(index: int) -> None:
            restyle(box, state="on" if index > 0 else "")
            change: dict[str, Any] = {field: box.currentData()}
            self.changed.emit(change)

        box.currentIndexChanged.connect(chosen)


def _box(object_name: str, name: str) -> DropDown:
    box = DropDown()
    box.setObjectName(object_name)
    box.setAccessibleName(name)
    return box
