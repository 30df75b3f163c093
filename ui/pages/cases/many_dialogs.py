"""What is asked before something is done with many cases, and who was left out afterwards."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.casework.bulk import LeftCase
from kimdesk.casework.cases import CaseRow
from kimdesk.domain.dates import today
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import FollowUp
from kimdesk.forms.records import answers_of, with_answers
from kimdesk.texts import say
from kimdesk.texts.refusals import explain
from ui.desk.context import Context
from ui.forms.model import FormModel
from ui.forms.panel import FieldsPanel
from ui.forms.session import FormSession
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.cases.columns import name
from ui.pages.catalogue.preview import CatalogueSources

_ASKED = frozenset({"title", "due_on", "reason"})
_MOST = 30  # lines


class ManyDialog(Dialog):
    """A question about the cases ``rows``; ``kept`` are only read here and stay as they are."""

    def __init__(
        self,
        parent: QWidget,
        act: str,
        rows: Sequence[CaseRow],
        kept: Sequence[CaseRow],
        *,
        danger: bool = False,
    ) -> None:
        question = say(f"cases.ask_{act}", n=len(rows))
        super().__init__(parent, question, accept=say(f"cases.do_{act}"), danger=danger)
        self.setObjectName(f"many_{act}")
        self.rows = tuple(rows)
        if kept:
            told = "; ".join(named(row) for row in kept[:_MOST])
            notice = Notice("info", say("cases.n_only_read", n=len(kept)), told)
            notice.setObjectName("only_read")
            self.body.addWidget(notice)
        self.accept_button.setEnabled(bool(rows))


class AssignDialog(ManyDialog):
    """Asks who of this desk looks after the cases from now on."""

    def __init__(
        self, parent: QWidget, rows: Sequence[CaseRow], kept: Sequence[CaseRow], people: Sequence[str],
        then: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(parent, "assign", rows, kept)
        self._then = then
        self.people = DropDown()
        self.people.setObjectName("worker")
        self.people.addItems(list(people))
        self.body.addWidget(FieldBox(say("cases.who_looks_after"), self.people, say("cases.only_this_desk")))

    def accept(self) -> None:
        """Assign them."""
        super().accept()
        self._then(self.people.currentText())


class FollowUpDialog(ManyDialog):
    """Asks for the Wiedervorlage that each of the cases gets."""

    def __init__(
        self, parent: QWidget, context: Context, rows: Sequence[CaseRow], kept: Sequence[CaseRow],
        then: Callable[[FollowUp], None],
    ) -> None:  # fmt: skip
        super().__init__(parent, "follow_up", rows, kept)
        self._then = then
        self._new = FollowUp(due_on=context.desk.rules.spans.after(SpanName.REMINDER, today()))
        self._form = form = context.catalogue.record_form("follow_up")
        model = FormModel(form, answers_of(form, self._new))
        self._session = FormSession(model, CatalogueSources(context.catalogue, form), self)
        [section] = form.sections
        self.body.addWidget(FieldsPanel(self._session, section, section.id, _ASKED))

    def accept(self) -> None:
        """Add them, or show what is missing."""
        if found := self._session.check(complete=True):
            self._session.focus(found[0].path)
            return
        super().accept()
        self._then(with_answers(self._form, self._new, self._session.model.answers))


class DocumentsDialog(ManyDialog):
    """Warns that the files lie open, and asks where to."""

    def __init__(
        self, parent: QWidget, rows: Sequence[CaseRow], kept: Sequence[CaseRow], then: Callable[[Path], None]
    ) -> None:
        super().__init__(parent, "documents", rows, kept, danger=True)
        self._then = then
        self.add_text(say("cases.documents_lie_open"))

    def accept(self) -> None:
        """Ask where to, and write."""
        if folder := QFileDialog.getExistingDirectory(self, say("cases.act_documents")):
            self.write(Path(folder))

    def write(self, folder: Path) -> None:
        """Write the documents to ``folder``."""
        super().accept()
        self._then(folder)


class LeftDialog(Dialog):
    """Names the cases that stay as they are, each with its reason."""

    def __init__(self, parent: QWidget, left: Sequence[tuple[LeftCase, CaseRow | None]]) -> None:
        super().__init__(parent, say("cases.n_left", n=len(left)), accept=say("common.close"))
        self.setObjectName("left_cases")
        self.reject_button.hide()
        for case, row in left[:_MOST]:
            told = explain(case.why)
            what = f"{named(row)}: {told.message}" if row else told.message
            self.body.addWidget(Text(what, "table", wrap=True))
        if len(left) > _MOST:
            self.add_text(say("cases.n_more_left", n=len(left) - _MOST))


def named(row: CaseRow) -> str:
    """Return how a case is called in a sentence: „Osman, Amna (ESR-2026-004)“."""
    return f"{name(row)} ({row.file_number})"
