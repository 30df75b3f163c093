"""Dialogs about what is deposited at the Kreis: give the Kreis a way in, or take it back."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from kimdesk.vault import EscrowKey
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.access.asking import ConfirmedDialog
from ui.pages.access.presenter import AccessPresenter


class AddEscrowDialog(ConfirmedDialog):
    """The key file of the Kreis, its digits to compare, a name, and one's own passphrase."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, say("access.deposit_way_at_kreis"), accept=say("access.deposit"))
        self._presenter = presenter
        self._key: EscrowKey | None = None
        self.add_text(say("access.holder_key_can_then_open"))
        self._choose_button = secondary(say("access.choose_public_key_kreis"), "file-arrow-up")
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
        card.body.addWidget(Text(say("access.digits_of_the_key"), "meta", "text-2"))
        self._digits = Text("", "strong", wrap=True)
        self._digits.setObjectName("escrow_digits")
        card.body.addWidget(self._digits)
        words = say("access.call_kreis_number_you_know")
        card.body.addWidget(Text(words, "table", "text-2", wrap=True))
        self._compared = QCheckBox(say("access.digits_same"))
        self._compared.setObjectName("digits_compared")
        self._compared.toggled.connect(lambda _: self.enable())
        card.body.addWidget(self._compared)
        self._label = QLineEdit()
        self._label.setObjectName("escrow_label")
        self._label.setMaxLength(200)
        self._label.textChanged.connect(lambda _: self.enable())
        card.body.addWidget(FieldBox(say("access.who_holds_the_key"), self._label))
        return card

    def _choose(self) -> None:
        title = say("access.choose_public_key_kreis")
        name, _ = QFileDialog.getOpenFileName(self, title, "", say("access.public_key_kimschluessel"))
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
        super().__init__(
            parent, say("access.take_deposited_way_back"), accept=say("access.take_back"), danger=True
        )
        self._presenter = presenter
        self.add_text(say("access.key_kreis_no_longer_opens"))
        self.ask_passphrase()

    def carry_out(self) -> None:
        """Take it back."""
        self._presenter.remove_escrow(self, self.own.text(), self.finish, self.refuse)
