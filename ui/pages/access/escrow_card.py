"""What is deposited at the Kreis; at the Kreis, the key that desks deposit for."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from kimdesk.casework.access import Way
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from kimdesk.vault import EscrowKey
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.access.asking import ConfirmedDialog, show_once
from ui.pages.access.escrow_dialogs import AddEscrowDialog, RemoveEscrowDialog
from ui.pages.access.kreis_key import DigitsDialog, MakeKeyDialog, SaveKeyDialog
from ui.pages.access.presenter import AccessPresenter
from ui.pages.access.rows import line, way_row


class EscrowCard(Card):
    """Who else could open the vault because the desk chose so; ``done`` with a sentence."""

    done = Signal(str, str)  # what was done, "" or "rekey"

    def __init__(self, presenter: AccessPresenter) -> None:
        super().__init__(say("common.deposited_at_the_kreis"))
        self._presenter = presenter
        self._rows = QVBoxLayout()
        spaced(self._rows, 2)
        self.body.addLayout(self._rows)
        add = secondary(say("access.deposit_dialog"), "buildings", size="small")
        add.setObjectName("add_escrow")
        add.clicked.connect(
            lambda: self._ask(AddEscrowDialog(self, presenter), say("access.kreis_can_now_open_vault"))
        )
        self._remove = secondary(say("access.take_the_deposit_back"), size="small")
        self._remove.setObjectName("remove_escrow")
        words = say("access.kreis_can_no_longer_open")
        self._remove.clicked.connect(lambda: self._ask(RemoveEscrowDialog(self, presenter), words, "rekey"))
        self.body.addWidget(line(add, self._remove))

    def show_ways(self, ways: tuple[Way, ...]) -> None:
        """Show what is deposited."""
        clear(self._rows)
        found = [way for way in ways if way.kind == "escrow"]
        for way in found:
            self._rows.addWidget(way_row(way))
        if not found:
            words = say("access.nothing_deposited_nobody_but_people")
            self._rows.addWidget(Text(words, "table", "text-2", wrap=True))
        self._remove.setVisible(bool(found))

    def _ask(self, dialog: ConfirmedDialog, words: str, next_step: str = "") -> None:
        dialog.accepted.connect(lambda: self.done.emit(words, next_step))
        show_once(dialog)


class KreisKeyCard(Card):
    """Makes the key pair that desks deposit for; nothing of it stays in the vault."""

    done = Signal(str, str)  # what was done, ""

    def __init__(self, presenter: AccessPresenter) -> None:
        super().__init__(say("access.recovery_key_kreis"))
        self._presenter = presenter
        for words in (
            say("access.with_kreis_opens_desks_vault"),
            say("access.open_one_at_locked_vault"),
        ):
            self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        self._problem = Notice("bad")
        self._problem.setObjectName("key_problem")
        self._problem.hide()
        self.body.addWidget(self._problem)
        make = secondary(say("access.make_key_dialog"), "key", size="small")
        make.setObjectName("make_key")
        make.clicked.connect(self._make)
        digits = secondary(say("access.show_digits_key"), size="small")
        digits.setObjectName("show_digits")
        digits.clicked.connect(self._choose)
        self.body.addWidget(line(make, digits))

    def show_ways(self, ways: tuple[Way, ...]) -> None:
        """There is nothing to show: the vault does not know the key."""

    def show_digits(self, path: Path) -> None:
        """Show the digits of the public key in the file ``path``."""
        self._problem.hide()
        self._presenter.read_key(self, path, self._show, self._refused)

    def _make(self) -> None:
        dialog = MakeKeyDialog(self, self._presenter)
        dialog.accepted.connect(lambda: self._keep(dialog))
        show_once(dialog)

    def _keep(self, made: MakeKeyDialog) -> None:
        if made.files is None:
            return
        dialog = SaveKeyDialog(self, self._presenter, made.files)
        words = say("access.key_made_put_stick_with")
        dialog.accepted.connect(lambda: self.done.emit(words, ""))
        show_once(dialog)

    def _choose(self) -> None:
        title = say("access.show_digits_key")
        name, _ = QFileDialog.getOpenFileName(self, title, "", say("access.public_key_kimschluessel"))
        if name:
            self.show_digits(Path(name))

    def _show(self, key: EscrowKey) -> None:
        show_once(DigitsDialog(self, key))

    def _refused(self, told: Explanation) -> None:
        self._problem.explain(told)
        self._problem.show()
