"""Which deadline it is: a list of all rules, searched by everyday words, and their groups to narrow it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.deadline_rules import DeadlineRules
from kimdesk.texts import derivation, say
from ui.forms.editors.choice import ComboEditor
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.field import FieldBox
from ui.kit.scroll import Columns, column

_GROUPS = 320
_EVERY = "every"


class RuleChoice(QWidget):
    """Asks for a rule; ``chosen`` carries its code, "" for none."""

    chosen = Signal(str)

    def __init__(self, rules: DeadlineRules, code: str) -> None:
        super().__init__()
        self._rules = rules
        self._rule = ComboEditor(rule_options(rules))
        self._rule.name("deadline_rule", say("case.which_deadline"))
        self._rule.set_value(code or None)
        self._group = ComboEditor(_groups(rules))
        self._group.name("deadline_group", say("deadline.group"))
        self._group.set_value(_EVERY)
        self._rule.changed.connect(lambda: self.chosen.emit(str(self._rule.value() or "")))
        self._group.changed.connect(self._narrow)
        layout = QVBoxLayout(self)
        spaced(layout)
        which = FieldBox(say("case.which_deadline"), self._rule, say("deadline.search_help"))
        groups = FieldBox(say("deadline.group"), self._group)
        layout.addWidget(Columns([(column(which), 0), (column(groups), _GROUPS)]))

    def choose(self, code: str) -> None:
        """Show the rule ``code`` as chosen, among all of them; nothing is told."""
        self._group.set_value(_EVERY)
        self._rule.input.set_options(rule_options(self._rules))
        self._rule.set_value(code)

    def _narrow(self) -> None:
        """Offer the rules of the chosen group; a rule of another one is no longer chosen."""
        options = rule_options(self._rules, str(self._group.value() or _EVERY))
        code = self._rule.value()
        if code not in {one.code for one in options}:
            self._rule.set_value(None)
        self._rule.input.set_options(options)
        if self._rule.value() != code:
            self.chosen.emit("")


def rule_options(rules: DeadlineRules, group: str = _EVERY) -> tuple[Option, ...]:
    """Return the rules of ``group`` (by default all) to choose from, with the words they are found by."""
    labels = {code: derivation.group_label(code) for code in _codes(rules)}
    return tuple(
        Option(one.code, one.label, labels[one.group], (*one.also, labels[one.group], one.source))
        for code in labels
        for one in rules.newest
        if one.group == code and group in (_EVERY, code)
    )


def _groups(rules: DeadlineRules) -> tuple[Option, ...]:
    groups = (Option(code, derivation.group_label(code)) for code in _codes(rules))
    return (Option(_EVERY, say("deadline.every_group")), *groups)


def _codes(rules: DeadlineRules) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.group for one in rules.newest))
