"""Removing a paper for good, with the reason why."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kimdesk.casework import attachments
from kimdesk.domain.records import Attachment
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.forms.sources import Option
from ui.kit.base import restyle


def ask_removal(
    parent: QWidget, editing: Editing, refuse: Callable[[Explanation], None], one: Attachment
) -> None:
    """Ask why ``one`` is to go, and remove it with its bytes."""
    desk = editing.context.desk

    def remove(reason: str) -> None:
        editing.context.work.write(
            parent,
            lambda: attachments.remove(desk, one, reason),
            lambda _: editing.saved(say("case.document_deleted")),
            refuse,
        )

    ways = editing.catalogue.code_list("scan_removal").offered()
    dialog = ReasonDialog(
        parent,
        say("case.delete_title_for_good", title=one.title),
        say("case.scan_overwritten_vault_cannot_brought"),
        accept=say("case.delete_for_good"),
        act=remove,
        options=tuple(Option(each.code, each.label) for each in ways),
    )
    restyle(dialog.accept_button, kind="danger")
    dialog.open()
