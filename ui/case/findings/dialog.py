"""The dialog of a structural finding: it looks for names before it saves."""

from functools import partial
from typing import TYPE_CHECKING, Any

from kimdesk.casework.findings import giveaways
from kimdesk.casework.giveaway import Giveaway
from kimdesk.domain.records import Finding
from kimdesk.forms.answers import effective
from kimdesk.forms.records import with_answers
from kimdesk.texts import say
from kimdesk.texts.bidi import apart
from kimdesk.texts.findings import answered
from ui.case.sources import CaseSources
from ui.forms.record_dialog import RecordDialog
from ui.kit.buttons import secondary
from ui.kit.state import Notice

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.sync.finding_answers import KreisAnswer


class FindingDialog(RecordDialog[Finding]):
    """Warns when the text names somebody of the case; only a button of its own saves that all the same.

    It stands in the warning, not where „Hinzufügen“ stands: a second Enter warns again.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.record_id:
            self._context.work.read(self, partial(_answer_to, self._context.desk, self.record_id), self._tell)

    _warning: Notice | None = None

    def accept(self) -> None:
        """Save, or say first what would give somebody away."""
        if named := self._named():
            self._warn(named)
        else:
            super().accept()

    def _save_all_the_same(self) -> None:
        super().accept()

    def _tell(self, answer: "KreisAnswer | None") -> None:
        """Show what the Kreis has answered, above the form."""
        if answer is not None:
            words = answered(self._context.catalogue, answer)
            title = say("case.new_answer_of_the_kreis" if answer.new else "case.answer_of_the_kreis")
            notice = Notice("info", title, words, "buildings")
            notice.setObjectName("finding_answer")
            self.body.insertWidget(0, notice)
            self.fit()
            if answer.new:
                work, seen = self._context.work, partial(_note_seen, self._context.desk, self.record_id)
                work.write(self._context.home, seen)

    def _named(self) -> tuple[Giveaway, ...]:
        sources = self.session.sources
        if not isinstance(sources, CaseSources) or self.session.model.problems():
            return ()
        answers = effective(self._definition, self.session.model.answers)
        finding = with_answers(self._definition, self._record, answers)
        return giveaways(finding, sources.file)

    def _warn(self, named: tuple[Giveaway, ...]) -> None:
        if self._warning is not None:
            self._warning.hide()
            self._warning.deleteLater()
        words = apart(", ").join(dict.fromkeys(f"„{one.words}“" for one in named))
        self._warning = Notice(
            "warn",
            say("case.text_names_somebody_case_words", words=words),
            say("case.finding_goes_kreis_without_its"),
        )
        self._warning.setObjectName("finding_names")
        anyway = secondary(say("case.save_all_the_same"), size="small")
        anyway.setObjectName("save_all_the_same")
        anyway.setAutoDefault(False)
        anyway.clicked.connect(self._save_all_the_same)
        self._warning.add_action(anyway)
        self.body.insertWidget(0, self._warning)
        self.fit()


def _note_seen(desk: "Desk", finding_id: str) -> None:
    from kimdesk.sync import finding_answers

    finding_answers.note_seen(desk, finding_id)


def _answer_to(desk: "Desk", finding_id: str) -> "KreisAnswer | None":
    from kimdesk.sync import finding_answers

    return finding_answers.answer_to(desk, finding_id)
