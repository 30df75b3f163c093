"""The card for opening without the passphrase: by sheets or the key of the Kreis, and a new passphrase."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet
from ui.kit.new_passphrase import NewPassphrase
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.unlock.card import WIDTH
from ui.pages.unlock.key_file import KeyFile
from ui.pages.unlock.sheet_codes import SheetCodes
from ui.program.work import Work
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation

_KEY = "key"


class RecoveryCard(QFrame):
    """Opens by one sheet, by two of three, or by the key the vault is deposited for.

    ``user`` is whose passphrase is replaced, ``holder`` who holds the key; empty when there is none.
    """

    submitted = Signal(object, str)  # codes (tuple of str), new passphrase
    key_submitted = Signal(object, str, str)  # file (Path), its passphrase, new passphrase
    back_wanted = Signal()

    def __init__(self, work: Work, user: str = "", holder: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(theme().px(WIDTH))
        self.codes = SheetCodes()
        if holder:
            self.codes.offer(_KEY, say("unlock.the_key_of_holder", holder=holder))
        self.key = KeyFile()
        self.key.hide()
        self.passphrase = NewPassphrase(work)
        self._problem = Notice("bad")
        self._problem.setObjectName("recovery_problem")
        self._problem.hide()
        self._busy = False
        self._lay_out(user)
        self.codes.switched.connect(lambda kind: self.key.setVisible(kind == _KEY))
        for part in (self.codes, self.key, self.passphrase):
            part.changed.connect(self._enable)
        self.setFocusProxy(self.codes)

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being opened."""
        self._busy = busy
        self._open.setText(say("unlock.opening") if busy else say("unlock.set_passphrase_and_open"))
        self._enable()

    def set_problem(self, explanation: "Explanation | None") -> None:
        """Say why it did not open."""
        self._problem.setVisible(explanation is not None)
        if explanation is not None:
            self._problem.explain(explanation)

    def _lay_out(self, user: str) -> None:
        column = QVBoxLayout(self)
        spaced(column, 14, (32, 28, 32, 20))
        column.addWidget(Text(say("unlock.open_without_the_passphrase"), "figure", wrap=True))
        words = say("unlock.choose_what_you_have_new")
        column.addWidget(Text(words, "table", "text-2", wrap=True))
        for part in (self.codes, self.key, self.passphrase):
            column.addWidget(part)
        if user:
            whose = say("unlock.takes_place_passphrase_user", user=user)
            column.addWidget(Text(whose, "meta", "text-2", wrap=True))
        column.addWidget(self._problem)
        self._open = primary(say("unlock.set_passphrase_and_open"), "lock-simple-open", size="big")
        self._open.setObjectName("recover")
        self._open.setEnabled(False)
        self._open.clicked.connect(self._submit)
        column.addWidget(self._open)
        back = quiet(say("unlock.back_to_the_passphrase"), "arrow-left")
        back.setObjectName("back_to_passphrase")
        back.clicked.connect(self.back_wanted)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def _submit(self) -> None:
        if self.codes.kind() == _KEY:
            self.key_submitted.emit(self.key.path, self.key.passphrase.text(), self.passphrase.value())
        else:
            self.submitted.emit(self.codes.value(), self.passphrase.value())

    def _enable(self) -> None:
        given = self.key.ready() if self.codes.kind() == _KEY else self.codes.ready()
        self._open.setEnabled(given and self.passphrase.ready() and not self._busy)
