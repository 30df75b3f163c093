"""Taking the answer of an office: one letter as it stands on the slip, Enter, and what it said besides."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from kimdesk.casework import referral_course
from kimdesk.casework.referral_course import StepFacts
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Referral
from kimdesk.domain.slip_answers import ANSWERS, SlipAnswer
from kimdesk.domain.slip_codes import shown
from kimdesk.texts import referrals, say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.desk.context import Context
from ui.forms.editors.base import Editor
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.editors.line import TimeEditor
from ui.forms.editors.long_text import GrowingText
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.theme import theme

NO_CONSENT = "E850"


class AnswerChoice(QWidget):
    """The answers by their letters; typing one chooses it. ``chosen`` when another is."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("referrals.answer"))
        column = QVBoxLayout(self)
        spaced(column, 4)
        self._group = QButtonGroup(self)
        for number, each in enumerate(ANSWERS):
            button = QRadioButton(f"{each.letter}\u2002{say(f'referrals.answer_{each.key}')}")
            button.setObjectName(f"answer_{each.key}")
            self._group.addButton(button, number)
            column.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(lambda _, on: self.chosen.emit() if on else None)

    def answer(self) -> SlipAnswer:
        """Return the answer that is chosen."""
        return ANSWERS[self._group.checkedId()]

    def first(self) -> QWidget:
        """Return what gets the keyboard."""
        return self._group.checkedButton() or self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letter."""
        letters = [each.letter for each in ANSWERS]
        if event.text().upper() in letters and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            button = self._group.button(letters.index(event.text().upper()))
            button.setChecked(True)
            focus.go(button)
        else:
            super().keyPressEvent(event)


class OfficeAnswerDialog(Dialog):
    """Asks what the office answered; ``done`` is told the referral as it stands then.

    Of several ``found`` (one code on two desks that were joined) a person chooses which.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        found: Sequence[tuple[Referral, str]],
        today: date,
        done: Callable[[Referral], object],
        *,
        channel: str = "slip",
    ) -> None:
        super().__init__(parent, _title(context, found), accept=say("referrals.take_answer"))
        self.setObjectName("answer_dialog")
        self.widen(560)
        self._context, self._found, self._done = context, found, done
        code = shown(found[0][0].slip_code)
        self.add_text(say("referrals.slip_how", code=code) if code else say("referrals.by_letter"))
        self._which = self._make_which()
        self.choice = AnswerChoice()
        self.choice.chosen.connect(self._arrange_fields)
        self.body.addWidget(self.choice)
        self._make_fields(today, channel)
        self._arrange_fields()
        focus.go(self.choice.first())

    def accept(self) -> None:
        """Keep the answer; what lacks is asked for again."""
        answer = self.choice.answer()
        if answer.key == "rejected" and not self._reason.code():
            self._complain(self._reason_box, say("referrals.say_the_reason"))
        elif answer.key == "query" and not self._text.toPlainText().strip():
            self._complain(self._text_box, say("referrals.say_the_question"))
        elif (days := self._days()) is not None:
            self._write(answer, *days)

    def _write(self, answer: SlipAnswer, on: date | None, term: date | None) -> None:
        referral, _ = self._found[self._number()]
        facts = StepFacts(
            on=on,
            who=self._who.text().strip(),
            channel=self._channel.code() or "",
            reason=answer.reason or (self._reason.code() or "" if answer.key == "rejected" else ""),
            text=self._text.toPlainText().strip(),
            appointment_on=term if answer.key == "accepted" else None,
            appointment_at=str(self._time.value() or "") if answer.key == "accepted" and term else "",
        )
        why, desk = self._why.toPlainText().strip(), self._context.desk
        self.set_busy(True)
        self._context.work.write(
            self,
            lambda: referral_course.answer(desk, referral, answer.kind, facts, why),
            self._kept,
            self._refused,
        )

    def _kept(self, referral: Referral) -> None:
        super().accept()
        self._context.toast(say("referrals.reply_taken", code=shown(referral.slip_code)))
        self._done(referral)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
        if told.code == NO_CONSENT:
            self._why_box.show()
            focus.go(self._why)
        self.fit()

    def _make_which(self) -> CodeCombo | None:
        if len(self._found) == 1:
            return None
        catalogue = self._context.catalogue
        options = tuple(
            Option(str(number), f"{name} · {referrals.office(catalogue, one)}")
            for number, (one, name) in enumerate(self._found)
        )
        which = CodeCombo(options)
        which.setObjectName("which_referral")
        which.set_code("0")
        self.body.addWidget(FieldBox(say("referrals.which_of_these"), which, required=True))
        return which

    def _number(self) -> int:
        return int(self._which.code() or 0) if self._which else 0

    def _make_fields(self, today: date, channel: str) -> None:
        catalogue = self._context.catalogue
        self._term, self._time = DateEditor(), TimeEditor()
        self._reason = _codes(catalogue, "reject_reason")
        self._text, self._who = GrowingText(2), QLineEdit()
        self._day = DateEditor()
        self._channel = _codes(catalogue, "answer_channel")
        self._why = GrowingText(2)
        self._day.set_value(today.isoformat())
        self._channel.set_code(channel)
        self._term_box = self._field("answer_term", say("referrals.appointment_on"), self._term)
        time_box = self._field("answer_time", say("referrals.at_time"), self._time)
        self._terms = side_by_side(self._term_box, time_box)
        self._reason_box = self._field("answer_reason", say("case.reason"), self._reason, required=True)
        self._text_box = self._field("answer_text", say("referrals.what_they_said"), self._text)
        self._day_box = self._field("answer_day", say("referrals.answered_on"), self._day)
        who = self._field("answer_who", say("referrals.who_said_it"), self._who)
        how = self._field("answer_channel", say("referrals.how_it_came"), self._channel)
        self._why_box = self._field("answer_why", say("case.why_referral_needed_without_consent"), self._why)
        self._why_box.hide()
        for each in (self._terms, self._reason_box, self._text_box):
            self.body.addWidget(each)
        self.body.addWidget(side_by_side(self._day_box, who, how))
        self.body.addWidget(self._why_box)

    def _field(self, key: str, label: str, editor: QWidget, *, required: bool = False) -> FieldBox:
        if isinstance(editor, Editor):
            editor.name(key, label)
            editor.setObjectName(f"{key}_box")
        else:
            editor.setObjectName(key)
            editor.setAccessibleName(label)
        return FieldBox(label, editor, required=required)

    def _arrange_fields(self) -> None:
        """Ask only what belongs to the answer."""
        key = self.choice.answer().key
        self._terms.setVisible(key == "accepted")
        self._reason_box.setVisible(key == "rejected")
        self.fit()

    def _days(self) -> tuple[date | None, date | None] | None:
        """Return the day of the answer and that of the appointment; None when one of them is no day."""
        for box, editor in ((self._day_box, self._day), (self._term_box, self._term)):
            box.set_error(None if is_day(editor) else say("referrals.no_day"))
        if not (is_day(self._day) and is_day(self._term)):
            return None
        return day_of(self._day), day_of(self._term)

    def _complain(self, box: FieldBox, words: str) -> None:
        box.set_error(words)
        focus.go(box.editor)


def _title(context: Context, found: Sequence[tuple[Referral, str]]) -> str:
    referral, name = found[0]
    if len(found) > 1:
        return say("referrals.several_found")
    return say("referrals.reply_of", office=referrals.office(context.catalogue, referral), name=name)


def day_of(editor: DateEditor) -> date | None:
    """Return the day that stands in ``editor``, None for none."""
    return date.fromisoformat(str(editor.value())) if editor.value() else None


def is_day(editor: DateEditor) -> bool:
    """Return whether a day stands in ``editor``, or nothing."""
    try:
        day_of(editor)
    except ValueError:
        return False
    return True


def side_by_side(*boxes: FieldBox) -> QWidget:
    """Return the fields beside each other, while the text is large below each other."""
    holder = QWidget()
    row = QVBoxLayout(holder) if theme().stacked else QHBoxLayout(holder)
    spaced(row, 10)
    for each in boxes:
        row.addWidget(each, 1)
    return holder


def _codes(catalogue: Catalogue, name: str) -> CodeCombo:
    return CodeCombo(tuple(Option(each.code, each.label) for each in catalogue.code_list(name).offered()))
