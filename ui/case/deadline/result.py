"""The last day, large, and the numbered steps that lead to it, each with its source."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.deadlines import Derived
from kimdesk.domain.agenda.rules import TimeWindow
from kimdesk.texts import dates, say
from kimdesk.texts.derivation import Sentence, late_hint, sentences
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text


class ResultCard(Card):
    """Shows what was worked out, or what is still missing; coloured once it is time for it (``window``)."""

    def __init__(self, window: TimeWindow) -> None:
        super().__init__(tone="tint")
        self._window = window
        self.setObjectName("deadline_result")
        self.show_waiting()

    def show_waiting(self) -> None:
        """Say that the dates are still missing."""
        words = say("case.last_day_appears_here_once")
        clear(self.body)
        self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        self.setAccessibleName(words)

    def show_derived(self, derived: Derived, kept_for: date | None) -> None:
        """Show the last day and its steps; ``kept_for`` is the day a follow-up has now."""
        clear(self.body)
        self.body.addWidget(Text(say("case.last_day"), "label"))
        day = Text(dates.spelled(derived.due), "title", wrap=True)
        day.setObjectName("deadline_last_day")
        self.body.addWidget(day)
        self.body.addWidget(_badges(derived, self._window))
        if kept_for and kept_for != derived.due:
            told = say("case.so_far_day_entered_taking", day=dates.full(kept_for))
            self.body.addWidget(Notice("warn", "", told))
        if derived.days_left < 0 and (hint := late_hint(derived.helping)):
            self.body.addWidget(Notice("bad", "", hint))
        for number, step in enumerate(sentences(derived.found), 1):
            self.body.addWidget(_step(number, step))
        if derived.rule.note:
            self.body.addWidget(Notice("info", "", derived.rule.note))
        self.setAccessibleName(say("case.last_day_day", day=dates.spelled(derived.due)))


def _badges(derived: Derived, window: TimeWindow) -> QWidget:
    row = FlowBox(8)
    today = date.fromordinal(derived.due.toordinal() - derived.days_left)
    words = dates.distance(derived.due, today)
    if derived.days_left < 0:
        badge = Badge(say("case.passed_when", when=words), "bad", "overdue")
    elif window.shows(derived.due, today):
        badge = Badge(words, "warn", "expiring")
    else:
        badge = Badge(words, "neutral", "calendar-blank")
    row.flow.addWidget(badge)
    if not derived.checked:
        row.flow.addWidget(Badge(say("case.unchecked"), "warn", "warning"))
    return row


def _step(number: int, step: Sentence) -> QWidget:
    holder = QWidget()
    holder.setObjectName(f"deadline_step_{number}")
    row = QHBoxLayout(holder)
    spaced(row, 8)
    row.addWidget(Text(f"{number}.", "table_strong"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    spaced(words, 0)
    words.addWidget(Text(step.text, "table", wrap=True))
    source = step.source if step.checked else say("case.law_unchecked", law=step.source)
    if source:
        words.addWidget(Text(source, "meta", "text-2", wrap=True))
    row.addLayout(words, 1)
    return holder
