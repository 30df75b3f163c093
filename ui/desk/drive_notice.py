"""A drive of a kind that nobody knows: the person says whether it is a disk of this computer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.buttons import secondary
from ui.kit.state import Notice

UNKNOWN = "E044"


class DriveNotice(Notice):
    """Says why a vault was not made; when its drive is unknown, ``trusted`` once the person says so."""

    trusted = Signal()

    def __init__(self, folder: Callable[[], Path | None]) -> None:
        super().__init__("bad")
        self._folder = folder
        self._button = secondary(say("common.drive_is_of_this_computer"), size="small")
        self._button.setObjectName("trust_drive")
        self._button.clicked.connect(self._trust)
        self.add_action(self._button)

    def explain(self, explanation: Explanation) -> None:
        """Say what was refused and what to do next."""
        super().explain(explanation)
        self._button.setVisible(explanation.code == UNKNOWN)

    def _trust(self) -> None:
        folder = self._folder()
        if folder is not None:
            trusted_drive(folder)
        self.hide()
        self.trusted.emit()


def trusted_drive(folder: Path) -> tuple[str, str] | None:
    """Take the drive of ``folder`` for one of this computer; return where it begins, and its kind."""
    from kimdesk.vault import place

    found = place.drive_of(folder)
    if found is not None:
        place.trust(found)
    return found
