"""Dialogs about what is deposited at the Kreis: give the Kreis a way in, or take it back."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from kimdesk.texts.refusals import Explanation
from kimdesk.vault import EscrowKey
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.access.asking import ConfirmedDialog
from ui.pages.access.presenter import AccessPresenter
from ui.text import tr


class AddEscrowDialog(ConfirmedDialog):
    """The key file of the Kreis, its digits to compare, a name, and one's own passphrase."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, tr("Deposit a way in at the Kreis?"), accept=tr("Deposit"))
        self._presenter = presenter
        self._key: EscrowKey | None = None
        self.add_text(
            tr(
                "The holder of the key can then open this vault without your passphrase, if they have the"
                " laptop or a backup. You can take it back at any time."
            )
        )
        self._choose_button = secondary(tr("Choose the public key of the Kreis …"), "file-arrow-up")
        self._choose_button.setObjectName("choose_public_key")
        self._choose_button.clicked.connect(self._choose)
        self.body.addWidget(self._choose_button)
        self._card = self._key_card()
        self.body.addWidget(self._card)
        self._card.hide()
        self.ask_passphrase()

    def ready(self) -> bool:
        """Return whether there is a key, compared, with a name."""
        return self._key is not None and self._compared.isChecked() and bool(self._label.text().strip())

    def carry_out(self) -> None:
        """Deposit."""
        if self._key is not None:
            label = self._label.text()
            self._presenter.add_escrow(self, self.own.text(), self._key, label, self.finish, self.refuse)

    def take(self, path: Path) -> None:
        """Read the key in the file ``path``."""
        self.set_problem(None)
        self._presenter.read_key(self, path, self._show_key, self._no_key)

    def _key_card(self) -> Card:
        card = Card(tone="sunken")
        card.body.addWidget(Text(tr("Digits of the key"), "meta", "text-2"))
        self._digits = Text("", "strong", wrap=True)
        self._digits.setObjectName("escrow_digits")
        card.body.addWidget(self._digits)
        words = tr("Call the Kreis on a number you know and let them read their digits out.")
        card.body.addWidget(Text(words, "table", "text-2", wrap=True))
        self._compared = QCheckBox(tr("The digits are the same."))
        self._compared.setObjectName("digits_compared")
        self._compared.toggled.connect(lambda _: self.enable())
        card.body.addWidget(self._compared)
        self._label = QLineEdit()
        self._label.setObjectName("escrow_label")
        self._label.setMaxLength(200)
        self._label.textChanged.connect(lambda _: self.enable())
        card.body.addWidget(FieldBox(tr("Who holds the key"), self._label))
        return card

    def _choose(self) -> None:
        title = tr("Choose the public key of the Kreis …")
        name, _ = QFileDialog.getOpenFileName(self, title, "", tr("Public key (*.kimschluessel)"))
        if name:
            self.take(Path(name))

    def _show_key(self, key: EscrowKey) -> None:
        self._key = key
        self._digits.setText(key.fingerprint)
        self._label.setText(key.label)
        self._compared.setChecked(False)
        self._card.show()
        self.enable()
        self.fit()

    def _no_key(self, told: Explanation) -> None:
        self._key = None
        self._card.hide()
        self.refuse(told)


class RemoveEscrowDialog(ConfirmedDialog):
    """Whether the Kreis shall no longer be able to open the vault."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, tr("Take the deposited way in back?"), accept=tr("Take back"), danger=True)
        self._presenter = presenter
        self.add_text(
            tr(
                "The key of the Kreis no longer opens this vault. Older copies and backups still open with"
                " it; only a new key shuts it out for good."
            )
        )
        self.ask_passphrase()

    def carry_out(self) -> None:
        """Take it back."""
        self._presenter.remove_escrow(self, self.own.text(), self.finish, self.refuse)
