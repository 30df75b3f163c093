"""A keyboard: every key is typed into the X server, which hands it to whatever window has the keyboard.

Nothing here calls a widget. It looks where the keyboard is, waits until a key has arrived, and counts keys.
"""

import ctypes
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.hands import settle

_X11, _XTST = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
_X11.XOpenDisplay.restype = ctypes.c_void_p
_X11.XStringToKeysym.restype = ctypes.c_ulong
_X11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
_X11.XKeysymToKeycode.restype = ctypes.c_ubyte
_X11.XGetInputFocus.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_ulong), ctypes.POINTER(ctypes.c_int)]
_X11.XFlush.argtypes = [ctypes.c_void_p]
_XTST.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]

_HELD = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}
_SIGNS = {" ": "space", ".": "period", ",": "comma", "-": "minus", ":": "colon", "?": "question"}
_MOST_TABS = 80
_PATIENCE_S = 20  # on a machine that does much else
_LET_GO_S = 0.1


class Keyboard(QObject):
    """Counts ``keys`` that lead somewhere, with others held down as one, and ``letters`` that are typed."""

    def __init__(self, app: QApplication, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self.keys = self.letters = 0
        self._window = window
        self._down = self._up = 0
        self._display = _X11.XOpenDisplay(None)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        """Note that the server has handed over a key."""
        if event.spontaneous() and watched.isWindowType():
            self._down += event.type() == QEvent.Type.ShortcutOverride  # comes before whatever the key does
            self._up += event.type() == QEvent.Type.KeyRelease
        return False

    def press(self, *keys: str) -> None:
        """Press each of ``keys``, as „ctrl+shift+k“ or „Return“."""
        for key in keys:
            self.keys += 1
            *held, last = key.split("+")
            codes = [self._code(_HELD[each]) for each in held]
            shifted = len(last) == 1 and (last.isupper() or last in ":?")
            if shifted:
                codes.append(self._code("Shift_L"))
            self._stroke([*codes, self._code(_SIGNS.get(last, last))])

    def type(self, text: str) -> None:
        """Type ``text``, letter by letter."""
        for letter in text:
            self.press(letter)
        self.keys -= len(text)
        self.letters += len(text)

    def go_to(self, name: str, key: str = "Tab") -> QWidget:
        """Press Tab until the widget ``name`` has the keyboard. Raises AssertionError when it never has."""
        been: list[str] = []
        self._have_window()
        for _ in range(_MOST_TABS):
            for widget in _around(QApplication.focusWidget()):
                if widget.objectName() == name:
                    return widget
            been.append(here())
            self.press(key)
        raise AssertionError(f"{name} cannot be reached; the keyboard was at {been}")

    def _stroke(self, codes: list[int]) -> None:
        """Press the keys in their order and let them go again; go on once the program has had them."""
        self._have_window()
        down, up = self._down + len(codes), self._up + len(codes)
        self._send(codes, down=True)
        self._wait(lambda: self._down >= down, _PATIENCE_S)
        assert self._down >= down, f"a key did not arrive; the keyboard is at {here()}"
        self._send(codes[::-1], down=False)
        self._wait(lambda: self._up >= up, _LET_GO_S)  # the window it was let go over may be gone by now
        settle()

    def _send(self, codes: list[int], *, down: bool) -> None:
        for code in codes:
            _XTST.XTestFakeKeyEvent(self._display, code, int(down), 0)
        _X11.XFlush(self._display)

    def _wait(self, over: Callable[[], bool], seconds: float) -> None:
        patience = time.monotonic() + seconds
        while not over() and time.monotonic() < patience:
            QTest.qWait(1)

    def _have_window(self) -> None:
        """Give the keyboard to the window on top, as a window manager does; Xvfb has none."""
        settle()
        if QApplication.activePopupWidget() is not None:
            return
        top = QApplication.activeModalWidget() or self._window()
        if self._focused() != int(top.winId()):
            top.activateWindow()
            self._wait(lambda: self._focused() == int(top.winId()), _PATIENCE_S)
        QTest.qWaitForWindowActive(top)

    def _focused(self) -> int:
        """Return which window the server hands keys to."""
        window, revert = ctypes.c_ulong(), ctypes.c_int()
        _X11.XGetInputFocus(self._display, ctypes.byref(window), ctypes.byref(revert))
        return window.value

    def _code(self, name: str) -> int:
        code = int(_X11.XKeysymToKeycode(self._display, _X11.XStringToKeysym(name.encode())))
        assert code, f"no key {name}"
        return code


def here() -> str:
    """Return what has the keyboard, by its name."""
    widget = QApplication.focusWidget()
    return f"{type(widget).__name__} {widget.objectName()}" if widget else "nothing"


def _around(widget: QWidget | None) -> Iterator[QWidget]:
    """Return ``widget`` and what it is a part of, up to what could have the keyboard itself."""
    if widget is not None:
        yield widget
    while widget is not None and (widget := widget.parentWidget()) is not None:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            return
        yield widget
