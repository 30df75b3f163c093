"""Working out a deadline while its facts are being entered, and keeping it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from kimdesk.casework import deadlines
from kimdesk.casework.deadlines import Derived
from kimdesk.domain.law.deadline_rule import NOTICE, Facts, Rule
from kimdesk.domain.records import FollowUp
from kimdesk.texts import derivation
from kimdesk.texts.effects import kept_reason, urgent_reason, urgent_title
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

INCOMPLETE = "E890"


@dataclass(frozen=True, slots=True)
class Question:
    """What the dialog begins with; a ``follow_up`` brings its own rule, facts and title."""

    case_id: str
    rule: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    follow_up: FollowUp | None = None


class DeadlineView(Owner, Protocol):
    """What the presenter tells the dialog."""

    def show_derived(self, derived: Derived) -> None:
        """Show the last day and how it was found."""

    def show_waiting(self) -> None:
        """Say that facts are still missing."""

    def show_question(self, derived: Derived) -> None:
        """Ask for what only the notice itself can say."""

    def show_refusal(self, explanation: Explanation) -> None:
        """Say why there is no result, or why it was not kept."""

    def show_kept(self, follow_up: FollowUp) -> None:
        """Say that the deadline stands in the plan."""

    def show_urgent_kept(self, follow_up: FollowUp) -> None:
        """Say that the urgent application stands in the plan."""


class DeadlinePresenter:
    """Facts and rule of one deadline; the answer to facts that changed meanwhile is dropped."""

    def __init__(self, context: Context, view: DeadlineView, question: Question) -> None:
        self._context, self._view = context, view
        self.rules = context.catalogue.rules.deadlines
        self._case_id, self.follow_up = question.case_id, question.follow_up
        known = question.follow_up
        self.rule_code = question.rule or (known.rule if known else "")
        self.facts: dict[str, Any] = dict(known.facts if known and not question.facts else question.facts)
        self.title = question.title or (known.title if known else "")
        self.derived: Derived | None = None
        self._asked = 0

    @property
    def rule(self) -> Rule | None:
        """Return the chosen rule in the version that was applied, None before one is chosen."""
        if self.derived:
            return self.derived.rule
        return self.rules.rule(self.rule_code) if self.rule_code else None

    @property
    def about_notice(self) -> bool:
        """Return whether the rule counts from a letter of an office."""
        return self.rule is not None and self.rule.counts_from == NOTICE

    def choose(self, code: str) -> None:
        """Choose a rule."""
        self.rule_code = code
        self.work_out()

    def miss(self, code: str) -> None:
        """Go on with the rule ``code`` for the day just worked out, which was missed: a date of its own."""
        missed = self.derived.due.isoformat() if self.derived else None
        self.facts.clear()
        self.facts["missed_on"] = missed
        self.follow_up, self.title = None, ""
        self.choose(code)

    def learn(self, name: str, value: Any) -> None:
        """Take over a fact; None takes it away."""
        self.facts[name] = value
        self.work_out()

    def work_out(self) -> None:
        """Work the deadline out again from what is known now."""
        self._asked += 1
        rules = self.rules
        asked, rule, facts = self._asked, self.rule_code, Facts.read(self.facts)
        self.derived = None
        if not rule:
            self._view.show_waiting()
            return
        self._context.work.read(
            self._view,
            lambda: deadlines.compute(rules, rule, facts),
            lambda derived: self._show(asked, derived),
            lambda told: self._refuse(asked, told),
        )

    def keep(self) -> None:
        """Keep the deadline as a follow-up."""
        derived = self.derived
        if derived is None:
            return
        desk, case_id, known, title = self._context.desk, self._case_id, self.follow_up, self.title
        reason = kept_reason(derivation.reason(derived.facts, derived.found), derived.effect)
        self._context.work.write(
            self._view,
            lambda: deadlines.keep(desk, case_id, derived, reason=reason, title=title, follow_up=known),
            self._view.show_kept,
            self._view.show_refusal,
        )

    def keep_urgent(self) -> None:
        """Keep the urgent application beside the appeal, due on the same day."""
        derived = self.derived
        if derived is None or derived.effect is None:
            return
        desk, case_id, effect = self._context.desk, self._case_id, derived.effect
        title, reason = urgent_title(effect, self.title or derived.rule.title), urgent_reason(derived.rule)
        self._context.work.write(
            self._view,
            lambda: deadlines.keep_urgent(desk, case_id, derived, title=title, reason=reason),
            self._view.show_urgent_kept,
            self._view.show_refusal,
        )

    def _show(self, asked: int, derived: Derived) -> None:
        if asked != self._asked:
            return
        if derived.unstated:
            self._view.show_question(derived)
        else:
            self.derived = derived
            self._view.show_derived(derived)

    def _refuse(self, asked: int, told: Explanation) -> None:
        if asked != self._asked:
            return
        if told.code == INCOMPLETE:
            self._view.show_waiting()
        else:
            self._view.show_refusal(told)
