"""The last day, large, and the numbered steps that lead to it, each with its source."""

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.deadlines import Derived
from kimdesk.domain.agenda.rules import TimeWindow
from kimdesk.texts import dates, say
from kimdesk.texts.derivation import Sentence, late_hint, reason, sentences, spoken
from ui.case.deadline.effect import effect_notice
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text


class ResultCard(Card):
    """Shows what was worked out, or what is still missing; coloured once it is time for it (``window``).

    ``helps`` carries the rule that may still help after a day that has passed, ``urgent`` asks for the urgent
    application to be kept.
    """

    helps = Signal(str)
    urgent = Signal()

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
        earliest = derived.found.earliest
        self.body.addWidget(Text(say("deadline.earliest" if earliest else "case.last_day"), "label"))
        day = Text(dates.spelled(derived.due), "title", wrap=True)
        day.setObjectName("deadline_last_day")
        self.body.addWidget(day)
        self.body.addWidget(_badges(derived, self._window))
        for notice in self._notices(derived, kept_for):
            self.body.addWidget(notice)
        if derived.versions > 1:
            self.body.addWidget(Text(_version(derived), "table", "text-2", wrap=True))
        for number, step in enumerate(sentences(derived.found), 1):
            self.body.addWidget(_step(number, step))
        if derived.rule.note:
            self.body.addWidget(Notice("info", "", derived.rule.note))
        spoken = "deadline.earliest_day" if earliest else "case.last_day_day"
        self.setAccessibleName(say(spoken, day=dates.spelled(derived.due)))

    def _notices(self, derived: Derived, kept_for: date | None) -> Iterator[QWidget]:
        """Yield what stands right below the day: it moved, it passed, and whether the appeal suspends."""
        if kept_for and kept_for != derived.due:
            yield Notice("warn", "", say("case.so_far_day_entered_taking", day=dates.full(kept_for)))
        yield from _late(derived, self.helps.emit)
        if effect := effect_notice(derived, self.urgent.emit):
            yield effect

    def show_question(self, derived: Derived) -> None:
        """Ask for what only the notice says, instead of a day."""
        clear(self.body)
        words = (say("deadline.stated"), say("deadline.stated_why"))
        self.body.addWidget(Notice("warn", *words))
        if derived.rule.note:
            self.body.addWidget(Notice("info", "", derived.rule.note))
        self.setAccessibleName(" ".join(words))


def _late(derived: Derived, helps: Callable[[str], object]) -> Iterator[QWidget]:
    """Yield what may still help once the day has passed, each way with a button that works it out."""
    if not derived.late or not (hint := late_hint(derived.helping)):
        return
    notice = Notice("bad", "", hint)
    for one in derived.helping:
        if one.limit:
            button = secondary(say("deadline.work_out_reinstatement"))
            button.setObjectName(f"help_{one.code}")
            button.clicked.connect(lambda _=False, code=one.code: helps(code))
            notice.add_action(button)
    yield notice


def _version(derived: Derived) -> str:
    """Return which version of the rule was applied and why: its title, its length, the day that counts."""
    rule = derived.rule
    since, until = rule.valid_from, rule.valid_until
    key = "deadline.version_since" if since else "deadline.version_until"
    return say(
        key,
        title=rule.title,
        length=spoken(derived.found.length),
        day=dates.full(since or until or derived.due),
        reason=reason(derived.facts, derived.found),
    )


def _badges(derived: Derived, window: TimeWindow) -> QWidget:
    row = FlowBox(8)
    today = date.fromordinal(derived.due.toordinal() - derived.days_left)
    words = dates.distance(derived.due, today)
    if derived.found.earliest:
        badge = _opening(derived.days_left, words)
    elif derived.late:
        badge = Badge(say("case.passed_when", when=words), "bad", "overdue")
    elif window.shows(derived.due, today):
        badge = Badge(words, "warn", "expiring")
    else:
        badge = Badge(words, "neutral", "calendar-blank")
    row.flow.addWidget(badge)
    if not derived.checked:
        row.flow.addWidget(Badge(say("case.unchecked"), "warn", "warning"))
    return row


def _opening(days_left: int, words: str) -> Badge:
    if days_left > 0:
        return Badge(words, "neutral", "calendar-blank")
    return Badge(say("deadline.possible", when=words), "ok", "present")


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
