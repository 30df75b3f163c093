"""macOS: other programs hear when the screen is locked or its saver begins.

Sleep and another user reach a program only through AppKit's own centre; both lock the screen first unless
the user has switched that off, and the idle watch notices a computer that slept. Sources:
CFNotificationCenter and NSWindow.sharingType in Apple's reference; newer systems let some recorders ignore
the latter.
"""

import ctypes
from ctypes import CFUNCTYPE, c_char_p, c_long, c_uint32, c_ulong, c_void_p
from ctypes.util import find_library

from PySide6.QtWidgets import QWidget

from ui.platform.base import Leave

_NAMES = (b"com.apple.screenIsLocked", b"com.apple.screensaver.didstart")
_UTF8 = 0x08000100
_DELIVER_AT_ONCE = 4
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1
_Told = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)


class MacWatch:
    """Observes the notifications that all programs hear."""

    def __init__(self, on_leave: Leave) -> None:
        self._on_leave = on_leave
        self._told = _Told(self._heard)
        self._mark = ctypes.c_int(0)  # its address is who observes
        self._core = ctypes.CDLL(find_library("CoreFoundation"))
        self._core.CFNotificationCenterGetDistributedCenter.restype = c_void_p
        self._core.CFStringCreateWithCString.restype = c_void_p
        self._core.CFStringCreateWithCString.argtypes = [c_void_p, c_char_p, c_uint32]
        self._core.CFNotificationCenterAddObserver.argtypes = [
            c_void_p, c_void_p, _Told, c_void_p, c_void_p, c_long,
        ]  # fmt: skip
        self._core.CFNotificationCenterRemoveEveryObserver.argtypes = [c_void_p, c_void_p]
        self._center = c_void_p(self._core.CFNotificationCenterGetDistributedCenter())

    def begin(self) -> None:
        """Listen."""
        for name in _NAMES:
            word = self._core.CFStringCreateWithCString(None, name, _UTF8)
            self._core.CFNotificationCenterAddObserver(
                self._center, self._observer(), self._told, word, None, _DELIVER_AT_ONCE
            )

    def end(self) -> None:
        """Stop listening."""
        self._core.CFNotificationCenterRemoveEveryObserver(self._center, self._observer())

    def _observer(self) -> c_void_p:
        return c_void_p(ctypes.addressof(self._mark))

    def _heard(self, *_: object) -> None:
        self._on_leave()


def watch(window: QWidget, on_leave: Leave) -> MacWatch:  # noqa: ARG001
    """Listen; the notifications come to the program, so ``window`` does not matter."""
    found = MacWatch(on_leave)
    found.begin()
    return found


def hide(window_id: int, hidden: bool) -> bool:
    """Take the window of the view ``window_id`` out of pictures of the screen, or bring it back."""
    objc = ctypes.CDLL(find_library("objc"))
    selector = objc.sel_registerName
    selector.restype, selector.argtypes = c_void_p, [c_char_p]
    ask = CFUNCTYPE(c_void_p, c_void_p, c_void_p)(("objc_msgSend", objc))
    tell = CFUNCTYPE(None, c_void_p, c_void_p, c_ulong)(("objc_msgSend", objc))
    window = ask(window_id, selector(b"window"))
    if not window:
        return False
    tell(window, selector(b"setSharingType:"), _SHARING_NONE if hidden else _SHARING_READ_ONLY)
    return True
