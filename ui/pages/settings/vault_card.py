"""The vault: who can open it, a new passphrase, and whether it is whole."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.catalogue.messages import Explanation
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.new_passphrase import NewPassphrase
from ui.kit.passphrase import PassphraseField
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.settings.presenter import SettingsPresenter
from ui.text import tr
from ui.work import Work

if TYPE_CHECKING:
    from kimdesk.vault import VaultHeader

_ICONS = {"pass": "key", "recovery": "lifebuoy", "escrow": "buildings"}


class VaultCard(Card):
    """The ways into the vault and what can be done with them."""

    def __init__(self, presenter: SettingsPresenter, work: Work, folder: str) -> None:
        super().__init__(tr("Vault"))
        self._presenter = presenter
        self._work = work
        self.body.addWidget(Text(folder, "table", "text-2", wrap=True))
        self._slots = QVBoxLayout()
        spaced(self._slots, 6)
        self.body.addLayout(self._slots)
        self._notice = Notice("ok")
        self._notice.setObjectName("vault_notice")
        self._notice.hide()
        self.body.addWidget(self._notice)
        row = QHBoxLayout()
        spaced(row, 8)
        change = secondary(tr("Change passphrase …"), "key")
        change.setObjectName("change_passphrase")
        change.clicked.connect(self._ask)
        self._check = secondary(tr("Check vault"), "shield-check")
        self._check.setObjectName("check_vault")
        self._check.clicked.connect(self._begin_check)
        for button in (change, self._check):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_header(self, header: "VaultHeader") -> None:
        """Show who can open the vault."""
        clear(self._slots)
        words = {
            "pass": tr("Passphrase"),
            "recovery": tr("Recovery sheet"),
            "escrow": tr("Deposited at the Kreis"),
        }
        for slot in header.slots:
            label = f"{words[slot.kind]} · {slot.label}" if slot.label else words[slot.kind]
            self._slots.addWidget(_slot(_ICONS[slot.kind], label, slot.kdf))

    def _ask(self) -> None:
        dialog = PassphraseDialog(self, self._presenter, self._work)
        dialog.accepted.connect(lambda: self._say("ok", tr("The new passphrase is valid from now on.")))
        dialog.open()

    def _begin_check(self) -> None:
        self._check.setEnabled(False)
        self._say("info", tr("The vault is being checked …"))
        self._presenter.check(self._show_findings, self._show_problem)

    def _show_findings(self, found: list[str]) -> None:
        self._check.setEnabled(True)
        if found:
            self._say(
                "bad",
                tr(
                    "The vault is damaged: {found}. Please copy its folder and tell your administration.",
                    found=", ".join(found),
                ),
            )
        else:
            self._say("ok", tr("Everything is whole: database, links and protocol."))

    def _show_problem(self, told: Explanation) -> None:
        self._check.setEnabled(True)
        self._notice.explain(told)
        self._notice.show()

    def _say(self, tone: str, words: str) -> None:
        self._notice.set(tone, "", words)
        self._notice.show()


class PassphraseDialog(Dialog):
    """The old passphrase and a new one."""

    def __init__(self, parent: QWidget, presenter: SettingsPresenter, work: Work) -> None:
        super().__init__(parent, tr("Change the passphrase?"), accept=tr("Change"))
        self._presenter = presenter
        self._old = PassphraseField(tr("Passphrase until now"))
        self._old.setObjectName("old_passphrase")
        self.body.addWidget(FieldBox(tr("Passphrase until now"), self._old))
        self._new = NewPassphrase(work)
        self._new.changed.connect(self._enable)
        self.body.addWidget(self._new)
        self.add_text(
            tr("The recovery sheet stays valid. Old copies of the vault still open with the old passphrase.")
        )
        self._enable()

    def accept(self) -> None:
        """Change it; the dialog stays open when it is refused."""
        self.set_busy(True)
        self._presenter.change_passphrase(self._old.text(), self._new.value(), self._changed, self._refused)

    def _changed(self, _: None) -> None:
        super().accept()

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)

    def _enable(self) -> None:
        self.set_busy(not self._new.ready())


def _slot(icon: str, label: str, kdf: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 10)
    row.addWidget(Sign(icon, "accent"))
    row.addWidget(Text(label, "body"))
    row.addStretch(1)
    row.addWidget(Text(kdf, "meta", "text-2"))
    return holder
