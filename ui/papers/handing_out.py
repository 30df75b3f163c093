"""Asking to whom a paper was handed out, and whether it stays in the case as it was."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from kimdesk.texts import say
from ui import focus
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox


class PaperReceiverDialog(Dialog):
    """Asks who got it; accepted, ``receiver`` and ``keeps`` say the answers."""

    def __init__(self, parent: QWidget, receiver: str) -> None:
        super().__init__(parent, say("papers.who_got_it"), accept=say("papers.note_it"))
        self.setObjectName("paper_handing_out")
        self._receiver = QLineEdit(receiver)
        self._receiver.setObjectName("paper_receiver")
        self._box = FieldBox(say("papers.handed_to"), self._receiver, required=True)
        self._keep = QCheckBox(say("papers.keep_as_it_was"))
        self._keep.setObjectName("paper_keep_too")
        self._keep.setChecked(True)
        self.body.addWidget(self._box)
        self.body.addWidget(self._keep)

    @property
    def receiver(self) -> str:
        """Return who got it."""
        return self._receiver.text().strip()

    @property
    def keeps(self) -> bool:
        """Return whether it stays in the case."""
        return self._keep.isChecked()

    def accept(self) -> None:
        """Note it; without anybody it is asked for again."""
        if not self.receiver:
            self._box.set_error(say("papers.please_say_who"))
            focus.go(self._receiver)
            return
        super().accept()
