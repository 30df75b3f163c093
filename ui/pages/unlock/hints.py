"""What the card adds when a vault did not open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kimdesk.texts import say
from ui.desk.drive_notice import UNKNOWN
from ui.kit.buttons import secondary
from ui.kit.state import Notice

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation


_LOST = ("E002", "E003", "E006", "E042", "E043", "E906")  # where a backup is the way on


class ProblemNotice(Notice):
    """Why the vault did not open; when it is older than last seen, the way to take it as it is.

    Where the data are damaged or gone, the way to a backup; where the drive is unknown, the way to say that
    it is one of this computer.
    """

    older_wanted = Signal()
    restore_wanted = Signal()
    trust_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("bad")
        self.setObjectName("unlock_problem")
        self._older = secondary(say("unlock.open_with_this_state"), size="small")
        self._older.setObjectName("accept_older")
        self._older.clicked.connect(self.older_wanted)
        self.add_action(self._older)
        self._restore = secondary(say("unlock.restore_from_a_backup"), size="small")
        self._restore.setObjectName("restore_instead")
        self._restore.clicked.connect(self.restore_wanted)
        self.add_action(self._restore)
        self._trust = secondary(say("common.drive_is_of_this_computer"), size="small")
        self._trust.setObjectName("trust_drive")
        self._trust.clicked.connect(self.trust_wanted)
        self.add_action(self._trust)

    def tell(self, explanation: "Explanation", accept_older: bool) -> None:
        """Show ``explanation``."""
        self.explain(explanation)
        self._older.setVisible(accept_older)
        self._restore.setVisible(explanation.code in _LOST)
        self._trust.setVisible(explanation.code == UNKNOWN)
        self.show()
