"""The card for the recovery sheet: its code, and a new passphrase."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet
from ui.kit.field import FieldBox
from ui.kit.new_passphrase import NewPassphrase
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.unlock.card import WIDTH
from ui.text import tr
from ui.theme import theme
from ui.work import Work

if TYPE_CHECKING:
    from kimdesk.catalogue.messages import Explanation


class RecoveryCard(QFrame):
    """Opens by the code of the recovery sheet and sets a new passphrase."""

    submitted = Signal(str, str)  # code, new passphrase
    back_wanted = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(theme().px(WIDTH))
        self.code = QLineEdit()
        self.code.setObjectName("recovery_code")
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.passphrase = NewPassphrase(work)
        self._problem = Notice("bad")
        self._problem.setObjectName("recovery_problem")
        self._problem.hide()
        self._busy = False
        self._lay_out()
        self.code.textChanged.connect(self._enable)
        self.passphrase.changed.connect(self._enable)

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being opened."""
        self._busy = busy
        self._open.setText(tr("Opening …") if busy else tr("Set passphrase and open"))
        self._enable()

    def set_problem(self, explanation: "Explanation | None") -> None:
        """Say why it did not open."""
        self._problem.setVisible(explanation is not None)
        if explanation is not None:
            self._problem.explain(explanation)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 14, (32, 28, 32, 20))
        column.addWidget(Text(tr("Open with the recovery sheet"), "figure", wrap=True))
        column.addWidget(
            Text(
                tr("Type the code on the sheet and choose a new passphrase. Your data stay as they are."),
                "table",
                "text-2",
                wrap=True,
            )
        )
        column.addWidget(FieldBox(tr("Code on the sheet"), self.code))
        column.addWidget(self.passphrase)
        column.addWidget(self._problem)
        self._open = primary(tr("Set passphrase and open"), "lock-simple-open", size="big")
        self._open.setObjectName("recover")
        self._open.setEnabled(False)
        self._open.clicked.connect(lambda: self.submitted.emit(self.code.text(), self.passphrase.value()))
        column.addWidget(self._open)
        back = quiet(tr("Back to the passphrase"), "arrow-left")
        back.setObjectName("back_to_passphrase")
        back.clicked.connect(self.back_wanted)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def _enable(self) -> None:
        self._open.setEnabled(bool(self.code.text().strip()) and self.passphrase.ready() and not self._busy)
