"""The keys of the Kreis itself: what each is for, how old it is, and a new one in its place."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import dates, say
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.text import Text

YEAR = 365
"""Days after which a key is due for a new one (SECURITY.md §5)."""


class KreisKeysCard(Card):
    """A line for each key; ``renew`` gets the purpose whose key is to be a new one."""

    def __init__(self, renew: Callable[[str], None]) -> None:
        super().__init__(say("kreis.keys_of_this_kreis"))
        self.setObjectName("kreis_keys")
        self._renew = renew
        self._ages: dict[str, Text] = {}
        self.body.addWidget(Text(say("kreis.new_key_each_year"), "table", "text-2", wrap=True))
        for purpose in ("import", "receipts", "catalogue"):
            self.body.addWidget(self._line(purpose))

    def show_keys(self, made: Mapping[str, date], today: date) -> None:
        """Show since when each key has been in use."""
        for purpose, age in self._ages.items():
            old = (today - made[purpose]).days > YEAR
            day = dates.full(made[purpose])
            age.setText(say("kreis.key_is_old", day=day) if old else say("kreis.key_since", day=day))

    def _line(self, purpose: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 1)
        column.addWidget(Text(say(f"kreis.key_for_{purpose}"), "strong", wrap=True))
        self._ages[purpose] = Text("", "meta", "text-2", wrap=True)
        self._ages[purpose].setObjectName(f"key_age_{purpose}")
        column.addWidget(self._ages[purpose])
        button = quiet(say("kreis.renew_key"), "key", size="inline")
        button.setObjectName(f"renew_{purpose}")
        button.setAccessibleName(f"{say(f'kreis.key_for_{purpose}')}: {say('kreis.renew_key')}")
        button.clicked.connect(lambda: self._ask(purpose))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _ask(self, purpose: str) -> None:
        dialog = Dialog(self, say("kreis.renew_this_key"), accept=say("kreis.renew"))
        dialog.add_text(say(f"kreis.renewing_{purpose}"))
        dialog.accepted.connect(lambda: self._renew(purpose))
        dialog.open()
