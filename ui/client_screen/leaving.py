"""The way out of the client screen: the passphrase, asked in one line, with the wait of a locked vault."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.desk import practice_vault
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet
from ui.kit.passphrase import PassphraseField
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation

_SLOWED = ("E001", "E013")  # a wrong passphrase; tried again too soon
_SECOND_MS = 1100  # a little slower than the vault counts: timers of Qt come early


class LeavePanel(QWidget):
    """Asks for the passphrase; ``opened`` when it is right, ``given_up`` when the screen is to stay.

    Who does not know it can lock: that shows no more than this screen does. The practice town says its own.
    """

    opened = Signal()
    given_up = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._seconds, self._busy = 0, False
        self._timer = QTimer(self, interval=_SECOND_MS)
        self._timer.timeout.connect(lambda: self._wait(self._seconds - 1))
        column = QVBoxLayout(self)
        spaced(column, 4)
        row = QHBoxLayout()
        spaced(row, 8)
        self.field = PassphraseField(say("common.passphrase"))
        self.field.setObjectName("leave_passphrase")
        self.field.setMinimumWidth(theme().px(180))
        self.field.setMaximumWidth(theme().px(320))
        self.field.returnPressed.connect(self._try)
        self._leave = primary(say("client.leave_screen"), size="big")
        self._leave.setObjectName("leave_confirm")
        self._leave.clicked.connect(self._try)
        stay = quiet(say("client.stay"), size="big")
        stay.setObjectName("leave_cancel")
        stay.clicked.connect(self.given_up)
        row.addWidget(self.field, 100)
        row.addWidget(self._leave)
        lock = quiet(say("client.lock"), "lock-simple", size="big")
        lock.setObjectName("leave_lock")
        lock.clicked.connect(context.lock)
        row.addWidget(stay)
        row.addWidget(lock)
        row.addStretch(1)
        column.addLayout(row)
        if practice_vault.is_ours(context.desk.vault.folder):
            column.addWidget(practice_vault.open_secret())
        self._problem = Text("", "table", "bad", wrap=True)
        self._problem.setObjectName("leave_problem")
        self._problem.hide()
        column.addWidget(self._problem)

    def begin(self) -> None:
        """Ask anew."""
        self.field.clear()
        self._problem.hide()
        focus.begin(self.field)
        self._ask_wait()

    def _try(self) -> None:
        passphrase = self.field.text()
        if not passphrase or self._seconds or self._busy:
            return
        self._set_busy(True)
        folder = self._context.desk.vault.folder

        def check() -> None:
            from kimdesk.vault import check_passphrase

            check_passphrase(folder, passphrase)

        self._context.work.read(self, check, lambda _: self._right(), self._wrong)

    def _right(self) -> None:
        self._set_busy(False)
        self.field.clear()
        self.opened.emit()

    def _wrong(self, explanation: "Explanation") -> None:
        self._set_busy(False)
        self._problem.setText(explanation.message)
        self._problem.show()
        self.field.selectAll()
        focus.begin(self.field)
        if explanation.code in _SLOWED:
            self._ask_wait()

    def _ask_wait(self) -> None:
        folder = self._context.desk.vault.folder

        def seconds() -> int:
            from kimdesk.vault import delay

            return delay(folder)

        self._context.work.read(self, seconds, self._wait)

    def _wait(self, seconds: int) -> None:
        self._seconds = max(0, seconds)
        (self._timer.start if self._seconds else self._timer.stop)()
        self._show_state()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_state()

    def _show_state(self) -> None:
        waiting = (
            say("common.please_wait_n_s", n=self._seconds) if self._seconds else say("client.leave_screen")
        )
        self._leave.setText(say("client.checking") if self._busy else waiting)
        self._leave.setEnabled(not self._seconds and not self._busy)
