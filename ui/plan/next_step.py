"""The card with the next sensible step: what, why, and the button that does it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.texts import agenda, dates, say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text


def action_word(action: str) -> str:
    """Return what the button of a step says."""
    words = {
        "open_follow_up": say("common.done"),
        "note_contact": say("common.note_a_contact"),
        "application_letter": say("common.look_at_it"),
        "open_regimes": say("common.look_at_it"),
        "open_residence": say("plan.open_the_title"),
        "renew_consent": say("plan.renew_the_consent"),
        "open_referral": say("plan.open_the_referral"),
        "open_plan": say("common.edit"),
        "open_attachment": say("common.look_at_it"),
        "open_phase": say("plan.open_the_form"),
    }
    return words.get(action, say("common.open"))


class NextStepCard(Card):
    """Shows one step; ``act`` when its button is pressed, ``later`` for a reminder instead."""

    act = Signal()
    later = Signal()

    def __init__(self) -> None:
        super().__init__(tone="tint")
        self.setObjectName("next_step")
        self.body.addWidget(self._caption())
        self._what = Text("", "next_step", wrap=True)
        self._what.setObjectName("next_step_title")
        self._reason = Text("", "table", "text-2", wrap=True)
        self._source = Text("", "meta", "text-2", wrap=True)
        self._source.hide()
        for widget in (self._what, self._reason, self._source):
            self.body.addWidget(widget)
        self.body.addWidget(self._buttons())

    def show_step(self, catalogue: Catalogue, step: NextStep, today: date) -> None:
        """Show ``step``."""
        said, rule = agenda.words(catalogue, step), catalogue.rules.steps[step.rule]
        due = f"\u00a0– {say('plan.by_day', day=dates.short(step.due_on, today))}" if step.due_on else ""
        self._what.setText(said.title + due)
        self._reason.setText(said.reason)
        self._source.setText(say("common.rule_rule", rule=rule.source))
        self._why.setVisible(bool(rule.source))
        self._act.setText(action_word(rule.action))
        self.setAccessibleDescription(f"{said.title}, {said.reason}")

    def _caption(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 6)
        row.addWidget(Sign("signpost", "accent", 16))
        row.addWidget(Text(say("plan.next_sensible_step"), "label", "accent"))
        row.addStretch(1)
        return holder

    def _buttons(self) -> QWidget:
        box = FlowBox(8)
        self._act = primary("", size="small")
        self._act.setObjectName("next_step_act")
        self._act.clicked.connect(self.act)
        later = secondary(say("plan.later"), size="small")
        later.setObjectName("next_step_later")
        later.clicked.connect(self.later)
        self._why = quiet(say("plan.why"), size="small")
        self._why.setObjectName("next_step_why")
        self._why.clicked.connect(lambda: self._source.setVisible(self._source.isHidden()))
        for button in (self._act, later, self._why):
            box.flow.addWidget(button)
        box.setSizePolicy(box.sizePolicy())
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 0, (0, 4, 0, 0))
        row.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
        return holder
