"""Where the Kreis stands with a finding, and what it tells the desk that saw it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.findings import ReportedFinding

_WIDTH = 620


class AnswerDialog(Dialog):
    """Asks for state and answer; ``answered`` gets the finding as it stands then."""

    def __init__(
        self, parent: QWidget, context: Context, found: "ReportedFinding",
        answered: "Callable[[ReportedFinding], None]",
    ) -> None:  # fmt: skip
        question = say("answers.what_does_the_kreis_say")
        super().__init__(parent, question, accept=say("answers.keep"))
        self.setObjectName("answer_dialog")
        self._context, self._found, self._answered = context, found, answered
        self.widen(_WIDTH)
        self.body.addWidget(Text(found.title or say("answers.without_title"), "strong", wrap=True))
        seen = (say("answers.seen_at", desk=found.desk), found.agencies, found.effects, found.proposal)
        for words in filter(None, seen):
            self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        self._state = DropDown()
        self._state.setObjectName("answer_state")
        for one in context.catalogue.code_list("finding_state").offered():
            self._state.addItem(one.label, one.code)
        self._state.setCurrentIndex(max(0, self._state.findData(found.state)))
        self.body.addWidget(FieldBox(say("common.state"), self._state))
        self._text = QPlainTextEdit(found.answer)
        self._text.setObjectName("answer_text")
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(theme().px(110))
        help_text = say("answers.goes_with_the_next_receipt", desk=found.desk)
        self._box = FieldBox(say("answers.answer_to_the_desk"), self._text, help_text)
        self.body.addWidget(self._box)

    def accept(self) -> None:
        """Keep the answer; the dialog stays when that is refused."""
        self.set_busy(True)
        desk, key = self._context.desk, self._found.id
        state, text = self._state.currentData(), self._text.toPlainText()

        def write() -> "ReportedFinding":
            from kimdesk.kreis import findings

            return findings.answer(desk, key, state, text)

        self._context.work.write(self, write, self._done, self._refused)

    def _done(self, found: "ReportedFinding") -> None:
        super().accept()
        self._answered(found)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
