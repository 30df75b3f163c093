"""What only the operating system can tell or do. Each system has a file of its own, imported only there."""

import sys
from typing import TYPE_CHECKING

from ui.platform.base import Hide, Leave, Watch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def watch(window: "QWidget", on_leave: Leave) -> Watch | None:
    """Call ``on_leave`` when the computer goes to sleep, locks its screen or changes the user.

    ``window`` is the main window. None where the system tells nothing.
    """
    if sys.platform == "win32":
        from ui.platform import windows as system
    elif sys.platform == "darwin":
        from ui.platform import macos as system
    else:
        from ui.platform import linux as system
    found: Watch | None = system.watch(window, on_leave)
    return found


def capture_hider() -> Hide | None:
    """Return what hides a window (its ``winId``) from pictures and recordings of the screen, or shows it.

    It returns whether the system did it. None where no program can ask for that (X11, Wayland).
    """
    if sys.platform == "win32":
        from ui.platform.windows import hide

        return hide
    if sys.platform == "darwin":
        from ui.platform.macos import hide

        return hide
    return None
