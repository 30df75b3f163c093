"""The two steps to a new key: what it means and the passphrase; then its sheet and who is left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from kimdesk.vault import SlotInfo
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


class RekeyStep(QWidget):
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


class AskStep(RekeyStep):
    """Says what a new key does and asks for the passphrase."""

    wanted = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("access.give_vault_new_key"), say("access.on_to_the_sheet"), say("access.not_now")
        )
        self.go.setObjectName("begin_rekey")
        self.other.setObjectName("drop_rekey")
        for words in (
            say("access.vault_closed_now_everything_encrypted"),
            say("access.afterwards_only_your_passphrase_new"),
            say("access.if_computer_stops_between_old"),
        ):
            self.column.addWidget(Text(words, "body", "text-2", wrap=True))
        self.field = PassphraseField(say("access.your_passphrase"))
        self.field.setObjectName("rekey_passphrase")
        caps = caps_hint()
        caps.hide()
        self.field.caps_lock.connect(caps.setVisible)
        self.column.addWidget(FieldBox(say("access.your_passphrase"), self.field))
        self.column.addWidget(caps)
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
        if busy:
            self.problem.hide()


class NewSheetStep(RekeyStep):
    """The new sheet, to be typed back before the key is changed, and who will no longer get in."""

    wanted = Signal(str)  # the code typed back
    dropped = Signal()

    def __init__(self, code: str, left_out: tuple[SlotInfo, ...], save: Save) -> None:
        super().__init__(
            say("access.first_the_new_sheet"), say("access.check_sheet_and_renew"), say("access.not_now")
        )
        self.go.setObjectName("prove_and_open")
        self.other.setObjectName("drop_sheet")
        words = say("access.new_recovery_sheet_shown_only")
        self.column.addWidget(Text(words, "body", "text-2", wrap=True))
        self.panel = SheetPanel((code,), save)
        self.panel.changed.connect(lambda: self.set_busy(False))
        self.column.addWidget(self.panel)
        self._wrong = Notice("bad", "", say("common.not_code_sheet_compare_group"))
        self._wrong.setObjectName("rekey_wrong")
        self._wrong.hide()
        self.column.addWidget(self._wrong)
        self._list_removed(left_out)
        self._running = _running()
        self.column.addWidget(self._running)
        self.finish_layout()
        self.go.clicked.connect(lambda: self.wanted.emit(self.panel.typed()[0]))
        self.other.clicked.connect(self.dropped)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being written anew, or no longer."""
        self.go.setEnabled(self.panel.ready() and not busy)
        self.other.setEnabled(not busy)
        self._running.setVisible(busy)
        self._wrong.hide()
        if busy:
            self.problem.hide()

    def show_wrong(self) -> None:
        """Say that it is another code."""
        self._wrong.show()

    def _list_removed(self, removed: tuple[SlotInfo, ...]) -> None:
        self.column.addWidget(Text(say("access.these_no_longer_open_vault"), "strong"))
        for slot in removed:
            row = QHBoxLayout()
            spaced(row, 8)
            row.addLayout(at_top(Sign("not_needed")))
            row.addWidget(Text(_called(slot), "table", wrap=True), 1)
            self.column.addLayout(row)


def _running() -> Notice:
    notice = Notice("info", say("access.vault_being_encrypted_anew"), say("access.please_leave_it_running"))
    notice.setObjectName("rekey_running")
    notice.hide()
    return notice


def _called(slot: SlotInfo) -> str:
    """Return what a way in that is gone was called, and how to get it back."""
    if slot.kind == "pass":
        return say("access.name_add_person_again", name=slot.label)
    if slot.kind == "escrow":
        return say("access.name_deposit_again_if_stay", name=slot.label)
    if slot.label == SPLIT:
        return say("access.three_sheets_so_far_make")
    return say("access.recovery_sheet_so_far_new")
