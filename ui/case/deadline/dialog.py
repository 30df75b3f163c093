"""The dialog „Frist berechnen“."""

from PySide6.QtWidgets import QWidget

from kimdesk.casework.deadlines import Derived
from kimdesk.domain.records import FollowUp
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.case.deadline.choosing import RuleChoice
from ui.case.deadline.facts import FactFields
from ui.case.deadline.presenter import DeadlinePresenter, Question
from ui.case.deadline.result import ResultCard
from ui.desk.context import Context
from ui.forms.editors.line import TextEditor
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.scroll import Columns, column
from ui.kit.text import Text

WIDTH = 1180
_LEFT = 320


class DeadlineDialog(Dialog):
    """Asks for rule and dates, shows the last day and how it is found."""

    def __init__(self, parent: QWidget, context: Context, question: Question) -> None:
        super().__init__(
            parent,
            say("case.until_when_there_time"),
            accept=say("case.keep_as_deadline"),
            reject=say("common.close"),
        )
        self.setObjectName("deadline_dialog")
        self._context = context
        self._presenter = DeadlinePresenter(context, self, question)
        self._own_title = bool(self._presenter.title)
        self._build()
        self.widen(WIDTH)
        self._ask()
        self._presenter.work_out()

    def accept(self) -> None:
        """Keep the deadline; the dialog closes once it is stored."""
        self._presenter.title = str(self._title.value() or "")
        self.set_busy(True)
        self._presenter.keep()

    def show_derived(self, derived: Derived) -> None:
        """Show the last day and its steps."""
        known = self._presenter.follow_up
        self.set_problem(None)
        self._result.show_derived(derived, known.due_on if known else None)
        words = "deadline.keep_as_follow_up" if derived.found.earliest else "case.keep_as_deadline"
        self.accept_button.setText(say(words))
        self.set_busy(False)
        self.fit()

    def show_waiting(self) -> None:
        """Say that the dates are still missing."""
        self.set_problem(None)
        self._result.show_waiting()
        self.set_busy(True)
        self.fit()

    def show_question(self, derived: Derived) -> None:
        """Ask how long the instruction on the notice says it is."""
        self.set_problem(None)
        self._result.show_question(derived)
        self.set_busy(True)
        self.fit()

    def show_refusal(self, explanation: Explanation) -> None:
        """Say what was refused."""
        self.set_problem(explanation)
        if self._presenter.derived is None:
            self._result.show_waiting()
        self.set_busy(self._presenter.derived is None)

    def show_kept(self, follow_up: FollowUp) -> None:
        """Close and say that the deadline is kept."""
        kept_until = follow_up.kind is FollowUpKind.DEADLINE
        self._context.toast(say("case.deadline_kept" if kept_until else "deadline.follow_up_kept"))
        super().accept()

    def show_urgent_kept(self, follow_up: FollowUp) -> None:
        """Say that the urgent application is kept; the dialog stays open."""
        self._context.toast(say("deadline.urgent_kept", day=dates.full(follow_up.due_on)))

    def _build(self) -> None:
        self._choice = choice = RuleChoice(self._presenter.rules, self._presenter.rule_code)
        choice.chosen.connect(self._choose)
        self._facts = FactFields(self._context.catalogue, self._presenter.facts)
        self._facts.learned.connect(self._presenter.learn)
        self._result = ResultCard(self._context.desk.rules.windows["deadline"])
        self._result.helps.connect(self._help)
        self._result.urgent.connect(self._presenter.keep_urgent)
        self._title = TextEditor()
        self._title.name("deadline_title", say("case.what_done"))
        self._title.input.textEdited.connect(self._named)
        self._hint = Text("", "meta", "text-2", wrap=True)
        left = column(self._facts, FieldBox(say("case.what_done"), self._title), self._hint)
        self.body.addWidget(choice)
        self.body.addWidget(Columns([(left, _LEFT), (column(self._result), 0)]))

    def _choose(self, code: str) -> None:
        self._presenter.choose(code)
        self._ask()

    def _help(self, code: str) -> None:
        """Work out what may still help, from the day that was missed."""
        self._own_title = False
        self._presenter.miss(code)
        self._choice.choose(code)
        self._ask()

    def _ask(self) -> None:
        rule = self._presenter.rule
        self._facts.ask(rule)
        law = (
            say("case.not_legal_advice_what_counts")
            if self._presenter.about_notice
            else say("case.not_legal_advice_ask_office")
        )
        state = say("case.state_rules_day", day=dates.full(self._presenter.rules.state))
        self._hint.setText(f"{law} {state}")
        usual = rule.title if rule else None
        self._title.set_value(self._presenter.title if self._own_title else usual)
        self.fit()

    def _named(self, words: str) -> None:
        self._own_title, self._presenter.title = bool(words.strip()), words
