"""The card with the next sensible step: what, why, and the button that does it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.texts import agenda, dates
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr


def action_word(action: str) -> str:
    """Return what the button of a step says."""
    words = {
        "open_follow_up": tr("Done"),
        "note_contact": tr("Note a contact"),
        "application_letter": tr("Look at it"),
        "open_regimes": tr("Look at it"),
        "open_residence": tr("Open the title"),
        "renew_consent": tr("Renew the consent"),
        "open_referral": tr("Open the referral"),
        "open_plan": tr("Edit"),
        "open_attachment": tr("Look at it"),
        "open_phase": tr("Open the form"),
    }
    return words.get(action, tr("Open"))


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
        due = f"\u00a0– {tr('by {day}', day=dates.short(step.due_on, today))}" if step.due_on else ""
        self._what.setText(said.title + due)
        self._reason.setText(said.reason)
        self._source.setText(tr("Rule: {rule}", rule=rule.source))
        self._why.setVisible(bool(rule.source))
        self._act.setText(action_word(rule.action))
        self.setAccessibleDescription(f"{said.title}, {said.reason}")

    def _caption(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 6)
        row.addWidget(Sign("signpost", "accent", 16))
        row.addWidget(Text(tr("Next sensible step"), "label", "accent"))
        row.addStretch(1)
        return holder

    def _buttons(self) -> QWidget:
        box = FlowBox(8)
        self._act = primary("", size="small")
        self._act.setObjectName("next_step_act")
        self._act.clicked.connect(self.act)
        later = secondary(tr("Later …"), size="small")
        later.setObjectName("next_step_later")
        later.clicked.connect(self.later)
        self._why = quiet(tr("Why?"), size="small")
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
