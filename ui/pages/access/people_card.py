"""The people who open the vault, each with a passphrase of their own."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kimdesk.casework.access import Way
from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.pages.access.asking import show_once
from ui.pages.access.people_dialogs import (
    AddUserDialog,
    PassphraseDialog,
    RemovePersonDialog,
    RenamePersonDialog,
)
from ui.pages.access.presenter import AccessPresenter
from ui.pages.access.rows import line, way_row


class PeopleCard(Card):
    """A row for each person; ``done`` with a sentence, and the key of what may follow from it."""

    done = Signal(str, str)  # what was done, "" or "rekey"

    def __init__(self, presenter: AccessPresenter) -> None:
        super().__init__(say("common.people"))
        self._presenter = presenter
        self._rows = QVBoxLayout()
        spaced(self._rows, 2)
        self.body.addLayout(self._rows)
        change = secondary(say("access.change_own_passphrase"), "key", size="small")
        change.setObjectName("change_passphrase")
        change.clicked.connect(
            lambda: self._ask(PassphraseDialog(self, presenter), say("access.new_passphrase_valid_from_now"))
        )
        add = secondary(say("access.add_person_dialog"), "user-plus", size="small")
        add.setObjectName("add_person")
        add.clicked.connect(
            lambda: self._ask(AddUserDialog(self, presenter), say("access.person_opens_vault_with_their"))
        )
        self.body.addWidget(line(change, add))

    def show_ways(self, ways: tuple[Way, ...]) -> None:
        """Show the people among ``ways``."""
        clear(self._rows)
        people = [way for way in ways if way.kind == "person"]
        self.set_count(str(len(people)))
        for number, person in enumerate(people, start=1):
            self._rows.addWidget(way_row(person, *self._buttons(number, person)))

    def _buttons(self, number: int, person: Way) -> list[Button]:
        rename = self._button(say("access.rename_dialog"), f"rename_{number}", person, self._rename)
        if person.own:
            return [rename]
        return [rename, self._button(say("access.remove"), f"remove_{number}", person, self._remove)]

    def _button(self, word: str, name: str, person: Way, action: Callable[[Way], None]) -> Button:
        button = quiet(word, size="small")
        button.setObjectName(name)
        button.setAccessibleName(f"{word} {person.label}")
        button.clicked.connect(partial(_call, action, person))
        return button

    def _rename(self, person: Way) -> None:
        self._ask(RenamePersonDialog(self, self._presenter, person), say("access.renamed"))

    def _remove(self, person: Way) -> None:
        words = say("access.name_no_longer_opens_vault", name=person.label)
        self._ask(RemovePersonDialog(self, self._presenter, person), words, "rekey")

    def _ask(self, dialog: Dialog, words: str, next_step: str = "") -> None:
        dialog.accepted.connect(lambda: self.done.emit(words, next_step))
        show_once(dialog)


def _call(action: Callable[[Way], None], person: Way, _checked: bool = False) -> None:
    action(person)
