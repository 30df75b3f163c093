"""What the card adds when something is amiss: caps lock, or a vault that did not open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.text import tr

if TYPE_CHECKING:
    from kimdesk.catalogue.messages import Explanation


def caps_hint() -> QWidget:
    """Return the line that says caps lock is on."""
    hint = QWidget()
    hint.setObjectName("caps_lock")
    row = QHBoxLayout(hint)
    spaced(row, 8)
    row.addWidget(Sign("warning", "warn", 16, filled=True))
    row.addWidget(Text(tr("Caps lock is on."), "table_strong", "warn"))
    row.addWidget(Text(tr("You are typing capitals."), "table", "warn"))
    row.addStretch(1)
    return hint


class ProblemNotice(Notice):
    """Why the vault did not open; when it is older than last seen, the way to take it as it is."""

    older_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("bad")
        self.setObjectName("unlock_problem")
        self._older = secondary(tr("Open with this state"), size="small")
        self._older.setObjectName("accept_older")
        self._older.clicked.connect(self.older_wanted)
        self.add_action(self._older)

    def tell(self, explanation: "Explanation", accept_older: bool) -> None:
        """Show ``explanation``."""
        self.explain(explanation)
        self._older.setVisible(accept_older)
        self.show()
