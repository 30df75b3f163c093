"""The card with the passphrase."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.kit.base import rule, spaced
from ui.kit.buttons import primary, quiet
from ui.kit.field import FieldBox
from ui.kit.logo import LogoMark
from ui.kit.passphrase import PassphraseField
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation
    from ui.pages.unlock.hints import ProblemNotice

WIDTH = 452
_SHORT_NAME = 18  # fits the card on one line, which is quicker to lay out
_SECOND_MS = 1100  # a little slower than the vault counts: timers of Qt come early


class UnlockCard(QFrame):
    """Whose vault this is, the passphrase, and the other ways in."""

    submitted = Signal(str, bool)  # passphrase, whether an older state is to be taken
    recovery_wanted = Signal()
    other_wanted = Signal()
    restore_wanted = Signal()
    drive_trusted = Signal(str)  # passphrase

    def __init__(self, greeting: str, last_opened: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(theme().px(WIDTH))
        column = QVBoxLayout(self)
        spaced(column, 16, (32, 28, 32, 20))
        column.addLayout(self._heading(greeting))
        column.addWidget(self._vault_box(last_opened))
        column.addLayout(self._entry())
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        self._problem: ProblemNotice | None = None
        column.addWidget(self._button())
        column.addWidget(rule())
        column.addLayout(self._other_ways())
        self._seconds = 0
        self._timer = QTimer(self, interval=_SECOND_MS)
        self._timer.timeout.connect(lambda: self.wait(self._seconds - 1))
        self._busy = False

    def show_vault(self, name: str, user: str) -> None:
        """Say whose vault this is."""
        self._title.set_wrap(len(name) > _SHORT_NAME)
        self._title.setText(say("unlock.open_vault_name", name=name))
        self._who.setText(f"{name} · {user}" if user else name)

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being opened; there is no other way meanwhile."""
        self._busy = busy
        self._open.setText(say("unlock.opening") if busy else say("unlock.open_vault"))
        self.field.setReadOnly(busy)
        for way in self._ways:  # a desk that opens for a page that is gone would stay open unseen
            way.setEnabled(not busy)
        self._enable()

    def set_problem(self, explanation: "Explanation | None", accept_older: bool) -> None:
        """Say why it did not open."""
        if self._problem is not None:
            self._problem.hide()
        if explanation is not None:
            self._notice().tell(explanation, accept_older)
            self.field.selectAll()
            focus.begin(self.field)

    def wait(self, seconds: int) -> None:
        """Keep the button grey for ``seconds``."""
        self._seconds = max(0, seconds)
        if self._seconds:
            self._timer.start()
            self._open.setText(say("common.please_wait_n_s", n=self._seconds))
        else:
            self._timer.stop()
            self._open.setText(say("unlock.open_vault"))
        self._enable()

    def _heading(self, greeting: str) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 12)
        row.addWidget(LogoMark(40))
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(Text(greeting, "table", "text-2"))
        self._title = Text("", "figure")
        words.addWidget(self._title)
        row.addLayout(words, 1)
        return row

    def _vault_box(self, last_opened: str) -> QWidget:
        box = QFrame()
        box.setObjectName("inset")
        row = QHBoxLayout(box)
        spaced(row, 12, (12, 10, 12, 10))
        row.addWidget(Sign("vault", "text", 24))
        words = QVBoxLayout()
        spaced(words, 1)
        self._who = Text("", "body")
        words.addWidget(self._who)
        words.addWidget(Text(last_opened, "meta", "text-2"))
        row.addLayout(words, 1)
        return box

    def _entry(self) -> QVBoxLayout:
        self.field = PassphraseField(say("common.passphrase"))
        self.field.setObjectName("passphrase")
        self.field.textChanged.connect(self._enable)
        self.field.returnPressed.connect(self._submit)
        self.field.caps_lock.connect(self._show_caps)
        self._caps: QWidget | None = None
        self._entry_column = QVBoxLayout()
        spaced(self._entry_column, 8)
        self._entry_column.addWidget(FieldBox(say("common.passphrase"), self.field))
        return self._entry_column

    def _show_caps(self, on: bool) -> None:
        from ui.kit.caps import caps_hint

        if self._caps is None and on:
            self._caps = caps_hint()
            self._entry_column.addWidget(self._caps)
        if self._caps is not None:
            self._caps.setVisible(on)

    def _notice(self) -> "ProblemNotice":
        from ui.pages.unlock.hints import ProblemNotice

        if self._problem is None:
            self._problem = ProblemNotice()
            self._problem.older_wanted.connect(lambda: self.submitted.emit(self.field.text(), True))
            self._problem.restore_wanted.connect(self.restore_wanted)
            self._problem.trust_wanted.connect(lambda: self.drive_trusted.emit(self.field.text()))
            self._below.addWidget(self._problem)
        return self._problem

    def _button(self) -> QWidget:
        self._open = primary(say("unlock.open_vault"), "lock-simple-open", size="big")
        self._open.setObjectName("open_vault")
        self._open.clicked.connect(self._submit)
        self._open.setEnabled(False)
        return self._open

    def _other_ways(self) -> QHBoxLayout:
        recovery = quiet(say("unlock.open_with_recovery_sheet"), "lifebuoy")
        recovery.setObjectName("use_recovery")
        recovery.clicked.connect(self.recovery_wanted)
        other = quiet(say("unlock.other_vault"))
        other.setObjectName("other_vault")
        other.clicked.connect(self.other_wanted)
        self._ways = (recovery, other)
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(recovery)
        row.addStretch(1)
        row.addWidget(other)
        return row

    def _submit(self) -> None:
        if self._open.isEnabled():
            self.submitted.emit(self.field.text(), False)

    def _enable(self) -> None:
        self._open.setEnabled(bool(self.field.text()) and not self._busy and not self._seconds)
