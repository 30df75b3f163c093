"""Noting that an office was asked again: who said what, and when to ask next."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from kimdesk.casework import referral_course
from kimdesk.casework.referral_course import StepFacts
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import Contact, Referral
from kimdesk.texts import referrals, say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case.referrals.answering import day_of, is_day, side_by_side
from ui.desk.context import Context
from ui.forms.editors.date import DateEditor
from ui.forms.editors.long_text import GrowingText
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox


class CallDialog(Dialog):
    """Asks what came of a call; it becomes a talk of the case and moves the reminder."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        referral: Referral,
        name: str,
        today: date,
        done: Callable[[Referral], object],
    ) -> None:
        office = referrals.office(context.catalogue, referral)
        super().__init__(
            parent, say("referrals.call_of", office=office, name=name), accept=say("referrals.note_call")
        )
        self.setObjectName("call_dialog")
        self._context, self._referral, self._done = context, referral, done
        self._text, self._who, self._again = GrowingText(3), QLineEdit(referral.agency_person), DateEditor()
        self._text.setObjectName("call_text")
        self._who.setObjectName("call_who")
        self._again.name("call_again", say("referrals.ask_again_on"))
        self._again.setObjectName("call_again_box")
        again = context.desk.rules.spans.after(SpanName.REMINDER, today)
        self._again.set_value(again.isoformat())
        self.body.addWidget(FieldBox(say("referrals.what_they_said"), self._text))
        self._again_box = FieldBox(say("referrals.ask_again_on"), self._again)
        self.body.addWidget(side_by_side(FieldBox(say("referrals.who_said_it"), self._who), self._again_box))
        focus.go(self._text)

    def accept(self) -> None:
        """Keep it."""
        if not is_day(self._again):
            self._again_box.set_error(say("referrals.no_day"))
            focus.go(self._again)
            return
        desk, referral = self._context.desk, self._referral
        facts = StepFacts(
            who=self._who.text().strip(),
            channel="phone",
            text=self._text.toPlainText().strip(),
            due_on=day_of(self._again),
        )
        self.set_busy(True)
        self._context.work.write(
            self, lambda: referral_course.chase(desk, referral, facts), self._kept, self._refused
        )

    def _kept(self, noted: tuple[Referral, Contact]) -> None:
        super().accept()
        referral, _ = noted
        self._context.toast(say("referrals.call_noted", day=referral.remind_on or date.max))
        self._done(referral)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
