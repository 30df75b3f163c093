"""Windows and macOS: what can be told here without them. Registering with the system itself is not run."""

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.platform.shield import Shield
from ui.platform.windows import WindowsWatch, means_leaving

POWER, SESSION = 0x0218, 0x02B1


@pytest.mark.parametrize(
    ("message", "what"), [(POWER, 4), (SESSION, 7), (SESSION, 2), (SESSION, 4), (SESSION, 6)]
)
def test_windows_says_that_the_user_leaves(message: int, what: int) -> None:
    assert means_leaving(message, what)


@pytest.mark.parametrize(
    ("message", "what"), [(POWER, 7), (POWER, 18), (SESSION, 8), (SESSION, 1), (0x0200, 7)]
)
def test_windows_says_other_things_too(message: int, what: int) -> None:
    assert not means_leaving(message, what)


def test_a_message_of_windows_is_read_and_passed_on(qapp: QApplication) -> None:
    left: list[str] = []
    watch = WindowsWatch(lambda: left.append("left"))
    message = wintypes.MSG()
    message.message, message.wParam = SESSION, 7
    assert watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    assert left == ["left"]


def test_every_window_is_hidden_from_pictures_as_it_appears(qtbot: QtBot) -> None:
    hidden: dict[int, bool] = {}

    def hide(window: int, on: bool) -> bool:
        hidden[window] = on
        return True

    first = QWidget()
    qtbot.addWidget(first)
    first.show()
    shield = Shield(first, hide)
    shield.set_on(True)
    assert hidden[int(first.winId())]
    menu = QMenu(first)
    menu.addAction("Amna Osman")
    menu.popup(first.pos())
    assert hidden[int(menu.winId())]
    menu.close()
    shield.set_on(False)
    assert not hidden[int(first.winId())]
    later = QWidget()
    qtbot.addWidget(later)
    later.show()
    assert int(later.winId()) not in hidden
