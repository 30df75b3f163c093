"""Dialogs that a passphrase confirms: they stay open, and say why, when the vault refuses."""

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.caps import caps_hint
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.passphrase import PassphraseField


class ConfirmedDialog(Dialog):
    """Asks for one's own passphrase before it does something.

    Put fields into ``body``, then call ``ask_passphrase``; say in ``ready`` whether all is filled in, and do
    it in ``carry_out``, which ends in ``finish`` or ``refuse``.
    """

    def ask_passphrase(self, label: str = "") -> None:
        """Put the field for the user's own passphrase at the end of the body."""
        words = label or say("access.your_passphrase")
        self.own = PassphraseField(words)
        self.own.setObjectName("own_passphrase")
        self.own.textChanged.connect(self.enable)
        self.caps = caps_hint()
        self.caps.hide()
        self.own.caps_lock.connect(self.caps.setVisible)
        self.body.addWidget(FieldBox(words, self.own))
        self.body.addWidget(self.caps)
        self.enable()

    def ready(self) -> bool:
        """Return whether everything besides the passphrase is filled in."""
        return True

    def carry_out(self) -> None:
        """Begin what was asked for."""
        raise NotImplementedError

    def accept(self) -> None:
        """Begin; the dialog stays open until it is done."""
        self.set_busy(True)
        self.set_problem(None)
        self.carry_out()

    def finish(self, _result: object = None) -> None:
        """Close: it is done."""
        super().accept()

    def refuse(self, told: Explanation) -> None:
        """Say why it was refused."""
        self.set_problem(told)
        self.enable()
        self.fit()

    def enable(self) -> None:
        """Let the button be pressed once everything is filled in."""
        self.set_busy(not (self.own.text() and self.ready()))


def show_once(dialog: Dialog) -> None:
    """Open ``dialog``; it dies when it is closed, and with it what was typed or shown there."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
