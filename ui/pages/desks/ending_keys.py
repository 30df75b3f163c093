"""Former keys of a desk that still count for what is under way: until when, and ending one at once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import dates, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.kreis import EndingKey


class EndingKeys(QWidget):
    """A line and a button for each former key; ``end`` gets the key that is to count no more."""

    def __init__(self, end: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("ending_keys")
        self._end = end
        self._column = QVBoxLayout(self)
        spaced(self._column, 4)
        self.hide()

    def show_keys(self, keys: Sequence["EndingKey"]) -> None:
        """Show ``keys``, the first to end first."""
        clear(self._column)
        for each in keys:
            words = say("kreis.former_key_until", day=dates.full(each.until))
            self._column.addWidget(Text(words, "meta", "text-2", wrap=True))
            button = quiet(say("kreis.end_former_key"), "key", size="inline")
            button.setObjectName("end_key")
            button.clicked.connect(lambda _=False, key=each.key: self._ask(key))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(keys))

    def _ask(self, key: str) -> None:
        dialog = Dialog(
            self, say("kreis.end_this_key"), accept=say("kreis.end_key"), reject=say("kreis.leave_as_it_is"),
            danger=True,
        )  # fmt: skip
        dialog.add_text(say("kreis.what_ending_a_key_means"))
        dialog.accepted.connect(lambda: self._end(key))
        dialog.open()
