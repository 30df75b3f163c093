"""Closing a case, or opening it again, with the reason."""

from kimdesk.casework import cases
from kimdesk.catalogue.codes import code_list
from kimdesk.domain.terms import CaseStatus
from ui.forms.sources import Option
from ui.pages.case.editing import Editing
from ui.pages.case.reason import ReasonDialog
from ui.text import tr


def ask_close(editing: Editing) -> None:
    """Ask why the case on the page is closed, or opened again."""
    file = editing.file
    if file is None:
        return
    if file.case.status is CaseStatus.CLOSED:
        _ask_reopen(editing, file.case.id)
        return
    options = tuple(Option(one.code, one.label) for one in code_list("closing_reason").offered())
    text = tr("The case stays readable. It is kept for three years unless another period is set.")
    case_id = file.case.id
    ReasonDialog(
        editing.page,
        tr("Why is the case closed?"),
        text,
        accept=tr("Close case"),
        act=lambda why: editing.context.work.write(
            lambda: cases.close(editing.context.desk, case_id, why),
            lambda _: editing.saved(tr("Case closed")),
        ),
        options=options,
    ).open()


def _ask_reopen(editing: Editing, case_id: str) -> None:
    ReasonDialog(
        editing.page,
        tr("Why is the case opened again?"),
        "",
        accept=tr("Open again"),
        act=lambda why: editing.context.work.write(
            lambda: cases.reopen(editing.context.desk, case_id, why),
            lambda _: editing.saved(tr("Case opened again")),
        ),
    ).open()
