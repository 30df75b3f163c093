"""What happened to a referral, and its slip, which is read in when it comes back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Referral, ReferralStep
from kimdesk.domain.referral_steps import ENDED, in_order, open_query
from kimdesk.domain.slip_codes import shown
from kimdesk.domain.terms import ReferralState
from kimdesk.texts import dates, referrals, say
from ui.case.editing import Editing
from ui.case.referrals.answering import OfficeAnswerDialog
from ui.case.referrals.calling import CallDialog
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.text import Text


class SlipCard(Card):
    """The slip of a referral, read in when it comes back; calls while an answer is awaited."""

    def __init__(self, editing: Editing, replied: Callable[[Referral], None]) -> None:
        super().__init__(say("referrals.slip"))
        self.setObjectName("slip_card")
        self._editing, self._replied = editing, replied
        self._words = Text("", "table", wrap=True)
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addWidget(self._words)
        self.body.addLayout(self._rows)

    def show_referral(self, referral: Referral, file: CaseFile) -> None:
        """Show what can be done about the answer to ``referral``."""
        code = shown(referral.slip_code)
        self.set_title(say("referrals.slip_named", code=code) if code else say("referrals.slip"))
        self._words.setText(say("referrals.slip_is"))
        clear(self._rows)
        for button in self._buttons(referral, file):
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _buttons(self, referral: Referral, file: CaseFile) -> list[QWidget]:
        awaited = referral.state is ReferralState.SENT
        answer = (primary if awaited else secondary)(say("referrals.enter_answer"))
        answer.setObjectName("referral_answer")
        answer.clicked.connect(lambda: self._answer(referral, file))
        call = secondary(say("referrals.note_call"))
        call.setObjectName("referral_call")
        call.clicked.connect(lambda: self._call(referral, file))
        reply = secondary(say("referrals.note_reply"))
        reply.setObjectName("referral_reply")
        reply.clicked.connect(lambda: self._replied(referral))
        asked = open_query(referral) is not None
        under_way = referral.state is not ReferralState.PREPARED and referral.state not in ENDED
        writes = not self._editing.read_only
        offers = ((answer, writes), (reply, writes and asked), (call, writes and under_way))
        for button, is_offered in offers:
            if not is_offered:
                button.deleteLater()
        return [button for button, is_offered in offers if is_offered]

    def _answer(self, referral: Referral, file: CaseFile) -> None:
        editing, found = self._editing, [(referral, _name(file))]
        dialog = OfficeAnswerDialog(self, editing.context, found, editing.today, lambda _: None, channel="")
        dialog.open()

    def _call(self, referral: Referral, file: CaseFile) -> None:
        editing = self._editing
        dialog = CallDialog(self, editing.context, referral, _name(file), editing.today, lambda _: None)
        dialog.open()


class ReferralCourseCard(Card):
    """The steps of a referral, the latest first; none is ever taken away."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("referrals.course"))
        self.setObjectName("referral_course")
        self._editing = editing

    def show_referral(self, referral: Referral) -> None:
        """Show what happened to ``referral``."""
        clear(self.body)
        for step in reversed(in_order(referral.course)):
            self.body.addWidget(self._step(step))
        self.setVisible(bool(referral.course))

    def _step(self, step: ReferralStep) -> QWidget:
        title, text = referrals.step(self._editing.catalogue, step)
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 0)
        column.addWidget(Text(f"{dates.full(step.on)} · {title}", "medium", wrap=True))
        if text:
            column.addWidget(Text(text, "meta", "text-2", wrap=True))
        if step.papers:
            labels = self._editing.catalogue.item_labels
            holder.setToolTip("\n".join(labels.get(each, each) for each in step.papers))
        return holder


def _name(file: CaseFile) -> str:
    client = full_name(file.client) if file.client else ""
    return client or file.case.file_number
