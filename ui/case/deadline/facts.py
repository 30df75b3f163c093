"""The fields a rule asks for: one day of its own, or the facts of a letter."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.law.deadline_rule import FIXED, NOTICE, Rule
from kimdesk.forms.definition import Width
from kimdesk.texts import say
from ui.forms.editors.base import Editor
from ui.forms.editors.choice import ComboEditor
from ui.forms.editors.date import DateEditor
from ui.forms.grid import FieldGrid
from ui.forms.sources import code_options
from ui.kit.base import spaced
from ui.kit.field import FieldBox
from ui.kit.text import Text

Placed = tuple[QWidget, Width]


class FactFields(QWidget):
    """Asks for what ``rule`` counts from; ``learned`` carries the name of a fact and its value."""

    learned = Signal(str, object)

    def __init__(self, catalogue: Catalogue, facts: dict[str, Any]) -> None:
        super().__init__()
        self._catalogue, self._facts = catalogue, facts
        self._rules = catalogue.rules.deadlines
        column = QVBoxLayout(self)
        spaced(column)
        self._grid = FieldGrid()
        column.addWidget(self._grid)
        self._old: list[QWidget] = []

    def ask(self, rule: Rule | None) -> None:
        """Show the fields of ``rule``, filled with what is known."""
        made = [] if rule is None else self._asked(rule)
        self._grid.arrange(made)
        for widget in self._old:
            widget.deleteLater()
        self._old = [widget for widget, _ in made]

    def _asked(self, rule: Rule) -> list[Placed]:
        if rule.counts_from == FIXED:
            return [(Text(rule.question, "table", "text-2", wrap=True), Width.FULL)]
        if rule.counts_from == NOTICE:
            return self._of_notice(rule)
        return [(each, Width.FULL) for each in self._of_event(rule)]

    def _of_event(self, rule: Rule) -> list[QWidget]:
        made = [self._field("day", rule.question, DateEditor())]
        if rule.limit:
            help_ = say("deadline.missed_help")
            made.append(self._field("missed_on", say("deadline.missed_on"), DateEditor(), help_))
        return made

    def _of_notice(self, rule: Rule) -> list[Placed]:
        days = [
            (self._field("dated_on", say("case.date_of_the_letter"), DateEditor()), Width.HALF),
            (self._field("delivered_on", say("case.arrived_on"), DateEditor()), Width.HALF),
        ]
        return [*days, *((each, Width.FULL) for each in self._of_letter(rule))]

    def _of_letter(self, rule: Rule) -> list[QWidget]:
        made = [
            self._field("delivery", say("case.how_it_came"), self._delivery(rule)),
            self._field("posted_on", say("case.posted_on"), DateEditor(), self._posted_help(rule)),
        ]
        if rule.uninstructed is not None:
            made.append(
                self._field("instruction", say("case.instruction_on_appeal"), self._choice("instruction"))
            )
        if rule.stated:
            periods = self._choice("stated_period", rule.stated)
            made.append(self._field("stated", say("deadline.stated"), periods))
        if kinds := self._rules.decisions(rule.code):
            made.append(self._field("decision", say("deadline.decision"), self._choice("decision", kinds)))
        return made

    def _delivery(self, rule: Rule) -> ComboEditor:
        known = (one.code for one in self._catalogue.code_list("delivery").codes)
        return self._choice("delivery", {code for code in known if self._rules.delivers(rule.law, code)})

    def _posted_help(self, rule: Rule) -> str:
        words = say("case.if_envelope_or_letter")
        reached = self._rules.delivers(rule.law, "reception")
        return f"{words} {say('deadline.reached_help')}" if reached else words

    def _field(self, name: str, label: str, editor: Editor, help: str = "") -> QWidget:  # noqa: A002
        box = FieldBox(label, editor, help)
        editor.name(f"deadline_{name}", label)
        editor.set_value(self._facts.get(name))
        editor.changed.connect(lambda: self.learned.emit(name, editor.value()))
        return box

    def _choice(self, name: str, codes: Collection[str] | None = None) -> ComboEditor:
        options = code_options(self._catalogue.code_list(name))
        return ComboEditor(tuple(one for one in options if codes is None or one.code in codes))
