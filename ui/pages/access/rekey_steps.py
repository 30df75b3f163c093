"""The two steps to a new key: what it means and the passphrase; then the new sheet and who is left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts.refusals import Explanation
from kimdesk.vault import Rekeyed, SlotInfo
from kimdesk.vault.sheets import SPLIT
from ui.kit.base import at_top, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.caps import caps_hint
from ui.kit.field import FieldBox
from ui.kit.passphrase import PassphraseField
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.access.sheet_panel import Save, SheetPanel
from ui.text import tr


class Step(QWidget):
    """A step with a title, room for what went wrong, and two buttons."""

    def __init__(self, title: str, go: str, other: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        spaced(self.column, 14)
        self.column.addWidget(Text(title, "figure", wrap=True))
        self.problem = Notice("bad")
        self.problem.setObjectName("rekey_problem")
        self.problem.hide()
        self.other = secondary(other)
        self.go = primary(go)

    def finish_layout(self) -> None:
        """Put the problem and the buttons below what is in the column."""
        self.column.addWidget(self.problem)
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.go)
        self.column.addLayout(row)

    def show_problem(self, told: Explanation) -> None:
        """Say why it did not work."""
        self.problem.explain(told)
        self.problem.show()


class AskStep(Step):
    """Says what a new key does and asks for the passphrase."""

    wanted = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Give the vault a new key?"), tr("Give a new key"), tr("Not now"))
        self.go.setObjectName("begin_rekey")
        self.other.setObjectName("drop_rekey")
        for words in (
            tr("The vault is closed now. Everything in it is encrypted anew and compared with the old one."),
            tr(
                "Afterwards only your passphrase and a new recovery sheet open it. Older copies and backups"
                " keep the old key."
            ),
            tr("If the computer stops in between, the old vault or the new one is there, whole."),
        ):
            self.column.addWidget(Text(words, "body", "text-2", wrap=True))
        self.field = PassphraseField(tr("Your passphrase"))
        self.field.setObjectName("rekey_passphrase")
        caps = caps_hint()
        caps.hide()
        self.field.caps_lock.connect(caps.setVisible)
        self.column.addWidget(FieldBox(tr("Your passphrase"), self.field))
        self.column.addWidget(caps)
        self._running = Notice(
            "info", tr("The vault is being encrypted anew …"), tr("Please leave it running.")
        )
        self._running.setObjectName("rekey_running")
        self._running.hide()
        self.column.addWidget(self._running)
        self.finish_layout()
        self.field.textChanged.connect(lambda _: self.set_busy(False))
        self.field.returnPressed.connect(self.go.click)
        self.go.clicked.connect(lambda: self.wanted.emit(self.field.text()))
        self.other.clicked.connect(self.dropped)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Say that it is being done, or no longer."""
        self.go.setEnabled(bool(self.field.text()) and not busy)
        self.other.setEnabled(not busy)
        self.field.setReadOnly(busy)
        self._running.setVisible(busy)
        if busy:
            self.problem.hide()


class DoneStep(Step):
    """The new sheet, to be typed back, and who no longer gets in."""

    wanted = Signal(str)  # the code typed back, or nothing

    def __init__(self, done: Rekeyed, save: Save) -> None:
        super().__init__(
            tr("The vault has a new key"), tr("Check sheet and open"), tr("Open without checking")
        )
        self.go.setObjectName("prove_and_open")
        self.other.setObjectName("open_unproven")
        words = tr(
            "This is the new recovery sheet. It is shown only now: save it, print it, type the code back."
        )
        self.column.addWidget(Text(words, "body", "text-2", wrap=True))
        self.panel = SheetPanel((done.recovery_code,), save)
        self.panel.changed.connect(lambda: self.set_busy(False))
        self.column.addWidget(self.panel)
        self._wrong = Notice(
            "bad", "", tr("This is not the code of the sheet. Please compare group by group.")
        )
        self._wrong.setObjectName("rekey_wrong")
        self._wrong.hide()
        self.column.addWidget(self._wrong)
        self._list_removed(done.removed)
        self.finish_layout()
        self.go.clicked.connect(lambda: self.wanted.emit(self.panel.typed()[0]))
        self.other.clicked.connect(lambda: self.wanted.emit(""))
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being opened, or no longer."""
        self.go.setEnabled(self.panel.ready() and not busy)
        self.other.setEnabled(not busy)
        self._wrong.hide()

    def show_wrong(self) -> None:
        """Say that it is another code."""
        self._wrong.show()

    def _list_removed(self, removed: tuple[SlotInfo, ...]) -> None:
        self.column.addWidget(Text(tr("These no longer open the vault"), "strong"))
        for slot in removed:
            row = QHBoxLayout()
            spaced(row, 8)
            row.addLayout(at_top(Sign("not_needed")))
            row.addWidget(Text(_called(slot), "table", wrap=True), 1)
            self.column.addLayout(row)


def _called(slot: SlotInfo) -> str:
    """Return what a way in that is gone was called, and how to get it back."""
    if slot.kind == "pass":
        return tr("{name}: add this person again", name=slot.label)
    if slot.kind == "escrow":
        return tr("{name}: deposit again if it is to stay so", name=slot.label)
    if slot.label == SPLIT:
        return tr("The three sheets so far: make three new ones if they are to stay")
    return tr("The recovery sheet so far: the new one takes its place")
