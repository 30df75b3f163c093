"""Windows: the main window is told about sleep, a locked screen and another user.

Sources: WTSRegisterSessionNotification, WM_WTSSESSION_CHANGE, WM_POWERBROADCAST and SetWindowDisplayAffinity
in Microsoft's Win32 reference. On 64-bit Windows, the only one KIMdesk supports, plain C calls are right.
"""

import ctypes
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.platform.base import Leave

_WM_POWERBROADCAST = 0x0218
_PBT_APMSUSPEND = 0x0004
_WM_WTSSESSION_CHANGE = 0x02B1
_WTS_AWAY = {2, 4, 6, 7}  # console disconnected, remote disconnected, logged off, locked
_THIS_SESSION = 0
_AFFINITY_NONE, _AFFINITY_MONITOR, _AFFINITY_EXCLUDE = 0x00, 0x01, 0x11


class WindowsWatch(QAbstractNativeEventFilter):
    """Reads the messages of the main window on their way to Qt."""

    def __init__(self, on_leave: Leave) -> None:
        super().__init__()
        self._on_leave = on_leave
        self._window = 0

    def begin(self, window_id: int) -> None:
        """Ask to be told about the session of the window ``window_id``, and listen."""
        self._window = window_id
        ctypes.CDLL("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(window_id), _THIS_SESSION)
        if (app := QCoreApplication.instance()) is not None:
            app.installNativeEventFilter(self)

    def end(self) -> None:
        """Stop listening."""
        if (app := QCoreApplication.instance()) is not None:
            app.removeNativeEventFilter(self)
        ctypes.CDLL("wtsapi32").WTSUnRegisterSessionNotification(wintypes.HWND(self._window))

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        """Look at one message and let it pass."""
        found = wintypes.MSG.from_address(int(message))
        if means_leaving(int(found.message), int(found.wParam)):
            self._on_leave()
        return False, 0


def means_leaving(message: int, what: int) -> bool:
    """Return whether the window message ``message`` with ``what`` (its wParam) says that the user leaves."""
    if message == _WM_WTSSESSION_CHANGE:
        return what in _WTS_AWAY
    return message == _WM_POWERBROADCAST and what == _PBT_APMSUSPEND


def watch(window: QWidget, on_leave: Leave) -> WindowsWatch:
    """Listen at ``window``."""
    found = WindowsWatch(on_leave)
    found.begin(int(window.winId()))
    return found


def hide(window_id: int, hidden: bool) -> bool:
    """Hide a window from pictures of the screen; before Windows 10 2004 it is black in them instead."""
    user = ctypes.CDLL("user32")
    handle = wintypes.HWND(window_id)
    if not hidden:
        return bool(user.SetWindowDisplayAffinity(handle, _AFFINITY_NONE))
    return any(user.SetWindowDisplayAffinity(handle, each) for each in (_AFFINITY_EXCLUDE, _AFFINITY_MONITOR))
