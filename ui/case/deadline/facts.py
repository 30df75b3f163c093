"""The fields a rule asks for: one day of its own, or the facts of a letter."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.law.deadline_rule import NOTICE, Rule
from kimdesk.forms.definition import Width
from kimdesk.texts import say
from ui.forms.editors.base import Editor
from ui.forms.editors.choice import ComboEditor
from ui.forms.editors.date import DateEditor
from ui.forms.grid import FieldGrid
from ui.forms.sources import code_options
from ui.kit.base import spaced
from ui.kit.field import FieldBox


class FactFields(QWidget):
    """Asks for what ``rule`` counts from; ``learned`` carries the name of a fact and its value."""

    learned = Signal(str, object)

    def __init__(self, catalogue: Catalogue, facts: dict[str, Any]) -> None:
        super().__init__()
        self._catalogue, self._facts = catalogue, facts
        column = QVBoxLayout(self)
        spaced(column)
        self._grid = FieldGrid()
        column.addWidget(self._grid)
        self._old: list[QWidget] = []

    def ask(self, rule: Rule | None) -> None:
        """Show the fields of ``rule``, filled with what is known."""
        made: list[tuple[QWidget, Width]] = []
        if rule is not None:
            made = self._of_notice(rule) if rule.counts_from == NOTICE else self._of_event(rule)
        self._grid.arrange(made)
        for widget in self._old:
            widget.deleteLater()
        self._old = [widget for widget, _ in made]

    def _of_event(self, rule: Rule) -> list[tuple[QWidget, Width]]:
        return [(self._field("day", rule.question, DateEditor()), Width.FULL)]

    def _of_notice(self, rule: Rule) -> list[tuple[QWidget, Width]]:
        posted = say("case.if_envelope_or_letter")
        made = [
            (self._field("dated_on", say("case.date_of_the_letter"), DateEditor()), Width.FULL),
            (self._field("delivery", say("case.how_it_came"), self._choice("delivery")), Width.FULL),
            (self._field("delivered_on", say("case.arrived_on"), DateEditor()), Width.FULL),
            (self._field("posted_on", say("case.posted_on"), DateEditor(), posted), Width.FULL),
        ]
        if rule.uninstructed is not None:
            words = say("case.instruction_on_appeal")
            made.append((self._field("instruction", words, self._choice("instruction")), Width.FULL))
        return made

    def _field(self, name: str, label: str, editor: Editor, help: str = "") -> QWidget:  # noqa: A002
        box = FieldBox(label, editor, help)
        editor.name(f"deadline_{name}", label)
        editor.set_value(self._facts.get(name))
        editor.changed.connect(lambda: self.learned.emit(name, editor.value()))
        return box

    def _choice(self, name: str) -> ComboEditor:
        return ComboEditor(code_options(self._catalogue.code_list(name)))
