"""A copy of a scan outside the vault: only after a warning."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.casework import attachments
from kimdesk.domain.errors import StoreError
from kimdesk.domain.files import write_atomically
from kimdesk.domain.records import Attachment
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.scans import copies, suffix
from ui.kit.dialog import Dialog


class HandingOut:
    """Opens copies in other programs and saves them; ``view`` hears how it went."""

    def __init__(self, parent: QWidget, context: Context, view: "HandedOutView") -> None:
        self._parent, self._context, self._view = parent, context, view

    def ask_open(self, one: Attachment) -> None:
        """Warn, then open a copy in the program of the system."""
        dialog = Dialog(
            self._parent, say("case.open_copy_another_program"), accept=say("case.open_a_copy"), danger=True
        )
        dialog.setObjectName("open_elsewhere_dialog")
        dialog.add_text(say("case.copy_then_lies_open_computer"))
        dialog.accepted.connect(lambda: self._open(one))
        dialog.open()

    def ask_save(self, one: Attachment) -> None:
        """Warn, then save a copy where the user says."""
        dialog = Dialog(
            self._parent, say("case.save_copy_outside_vault"), accept=say("case.save_as"), danger=True
        )
        dialog.setObjectName("save_scan_dialog")
        dialog.add_text(say("case.copy_not_encrypted_stays_there"))
        dialog.accepted.connect(lambda: self._choose(one))
        dialog.open()

    def _open(self, one: Attachment) -> None:
        desk = self._context.desk
        self._context.work.write(
            self._parent,
            lambda: copies.put(attachments.content(desk, one.id, "opened_outside"), one.media_type),
            self._show,
            self._view.refuse,
        )

    def _show(self, path: Path) -> None:
        self._view.opened(QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

    def _choose(self, one: Attachment) -> None:
        proposed = say("case.document") + suffix(one.media_type)
        name, _ = QFileDialog.getSaveFileName(self._parent, say("case.save_as"), proposed)
        if name:
            self.save(one, Path(name))

    def save(self, one: Attachment, path: Path) -> None:
        """Save a copy at ``path``."""
        desk = self._context.desk
        self._context.work.write(
            self._parent,
            lambda: _save(attachments.content(desk, one.id, "copied_out"), path),
            lambda _: self._view.saved(),
            self._view.refuse,
        )


class HandedOutView(Protocol):
    """What is told after a copy was made."""

    def opened(self, shown: bool) -> None:
        """A copy was made; ``shown`` says whether a program was found for it."""

    def saved(self) -> None:
        """A copy was saved."""

    def refuse(self, explanation: Explanation) -> None:
        """No copy was made."""


def _save(data: bytes, path: Path) -> None:
    try:
        write_atomically(path, data)
    except OSError:
        raise StoreError("E942") from None
