"""The vault: who opens it, and whether it is whole."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.settings.presenter import SettingsPresenter

if TYPE_CHECKING:
    from kimdesk.vault import VaultHeader

_ICONS = {"pass": "key", "recovery": "lifebuoy", "escrow": "buildings"}


class VaultCard(Card):
    """The ways into the vault in short, and a check."""

    def __init__(self, presenter: SettingsPresenter, context: Context) -> None:
        super().__init__(say("settings.vault"))
        self._presenter = presenter
        self.body.addWidget(Text(str(context.desk.vault.folder), "table", "text-2", wrap=True))
        self._slots = QVBoxLayout()
        spaced(self._slots, 6)
        self.body.addLayout(self._slots)
        self._aside = Notice("info")
        self._aside.setObjectName("slots_aside")
        self._aside.hide()
        self.body.addWidget(self._aside)
        self._notice = Notice("ok")
        self._notice.setObjectName("vault_notice")
        self._notice.hide()
        self.body.addWidget(self._notice)
        row = QHBoxLayout()
        spaced(row, 8)
        self._check = secondary(say("settings.check_vault"), "shield-check")
        self._check.setObjectName("check_vault")
        self._check.clicked.connect(self._begin_check)
        row.addWidget(self._check)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_header(self, header: "VaultHeader") -> None:
        """Show who can open the vault."""
        clear(self._slots)
        for kind, words in (
            ("pass", say("common.passphrase")),
            ("recovery", say("common.recovery_sheet")),
            ("escrow", say("common.deposited_at_the_kreis")),
        ):
            slots = [slot for slot in header.slots if slot.kind == kind]
            names = "" if kind == "recovery" else ", ".join(slot.label for slot in slots if slot.label)
            if slots:
                self._slots.addWidget(_way(_ICONS[kind], f"{words} · {names}" if names else words))

    def show_asides(self, names: tuple[str, ...]) -> None:
        """Name the slot files that are kept aside."""
        self._aside.setVisible(bool(names))
        told = say("settings.slot_files_lie_aside", n=len(names), names=", ".join(names))
        self._aside.set("info", say("settings.slot_file_set_aside"), told)

    def _begin_check(self) -> None:
        self._check.setEnabled(False)
        self._say("info", say("settings.vault_being_checked"))
        self._presenter.check(self, self._show_findings, self._show_problem)

    def _show_findings(self, found: list[str]) -> None:
        self._check.setEnabled(True)
        if found:
            self._say(
                "bad",
                say(
                    "settings.vault_damaged_found_copy_its",
                    found=", ".join(found),
                ),
            )
        else:
            self._say("ok", say("settings.everything_whole_database_links_protocol"))

    def _show_problem(self, told: Explanation) -> None:
        self._check.setEnabled(True)
        self._notice.explain(told)
        self._notice.show()

    def _say(self, tone: str, words: str) -> None:
        self._notice.set(tone, "", words)
        self._notice.show()


def _way(icon: str, words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 10)
    row.addWidget(Sign(icon, "accent"))
    row.addWidget(Text(words, "body", wrap=True), 1)
    return holder
