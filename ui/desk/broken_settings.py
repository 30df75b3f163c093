"""Saying once, above whatever the window shows, that some settings of this computer could not be used."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow

from kimdesk.texts import say
from ui.kit.buttons import quiet
from ui.kit.state import Notice
from ui.program.preferences import Keeper


class _Strip(Notice):
    """A notice as high as its words need at its width, for the window does not ask what that is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the window."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(event.size().width()))


def tell_broken(window: QMainWindow, keeper: Keeper) -> None:
    """Put a notice above the contents of ``window`` that names what ``keeper`` had to set aside."""
    parts = ", ".join(say(f"settings.part_{part}") for part in keeper.broken)
    if keeper.aside is not None:
        rest = say("settings.old_file_set_aside", name=keeper.aside.name)
    else:
        rest = say("settings.old_file_still_there")
    notice = _Strip("warn", say("settings.part_of_settings_unreadable"), f"{parts}. {rest}")
    notice.setObjectName("broken_settings")
    button = quiet(say("common.close"), size="small")
    button.setObjectName("close_broken_settings")
    button.clicked.connect(lambda: window.setMenuWidget(None))  # type: ignore[arg-type]
    notice.add_action(button)
    notice.setFixedHeight(notice.heightForWidth(window.width()))
    window.setMenuWidget(notice)
