"""The strip with the one step that helps now: what, why, and the only loud button of the tab."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from kimdesk.casework.perspective_steps import PerspectiveStep
from kimdesk.domain.records import RecordRef
from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.card import Card
from ui.kit.scroll import column
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.perspective.lanes import LaneKey
from ui.theme import theme


@dataclass(frozen=True, slots=True)
class StepView:
    """What to do now, why, by which law, and what the button says; it belongs to a lane.

    ``plain`` is the step as it may stand among other dates, without rule and light. The button enters
    ``fact``, opens ``ref``, or with neither puts the step on its ``day``. By ``key`` it is let go.
    """

    lane: LaneKey
    key: PerspectiveStep
    title: str
    plain: str
    reason: str
    source: str
    button: str
    day: date | None = None
    fact: str = ""
    ref: RecordRef | None = None


class StepStrip(Card):
    """Shows one step; ``act`` when its button is pressed, ``later`` to be reminded or to let it go."""

    act = Signal()
    later = Signal()

    def __init__(self) -> None:
        super().__init__(tone="tint")
        self.setObjectName("perspective_step")
        self._what = Text("", "next_step", wrap=True)
        self._what.setObjectName("perspective_step_title")
        self._reason = Text("", "table", "text-2", wrap=True)
        self._reason.setObjectName("perspective_step_reason")
        self._source = Text("", "meta", "text-2", wrap=True)
        self._source.hide()
        words = column(_caption(), self._what, self._reason, self._source, spacing=2, stretch=False)
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if theme().stacked else ways.LeftToRight)
        spaced(row, 12)
        row.addWidget(words, 1)
        row.addWidget(self._buttons(), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def show_step(self, step: StepView) -> None:
        """Show ``step``."""
        self._what.setText(step.title)
        self._reason.setText(step.reason)
        self._reason.setVisible(bool(step.reason))
        self._source.setText(step.source)
        self._why.setVisible(bool(step.source))
        self._act.setText(step.button)
        self.setAccessibleName(say("perspective.what_helps_now"))
        self.setAccessibleDescription(f"{step.title}, {step.reason}")

    def _buttons(self) -> QWidget:
        self._why = quiet(say("plan.why"))
        self._why.setObjectName("perspective_step_why")
        self._why.clicked.connect(lambda: self._source.setVisible(self._source.isHidden()))
        self.later_button = later = secondary(say("plan.later"))
        later.setObjectName("perspective_step_later")
        later.clicked.connect(self.later)
        self._act = primary("")
        self._act.setObjectName("perspective_step_act")
        self._act.clicked.connect(self.act)
        buttons = (self._why, later, self._act)
        if theme().stacked:
            box = FlowBox(8)
            for button in reversed(buttons):
                box.flow.addWidget(button)
            return box
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        for button in buttons:
            row.addWidget(button)
        return holder


def _caption() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 6)
    row.addWidget(Sign("signpost", "accent", 16))
    row.addWidget(Text(say("perspective.what_helps_now"), "label", "accent"))
    row.addStretch(1)
    return holder
