"""Linux: sleep, a locked session, a saver and another user lock the desk. A real bus, a stand-in daemon."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.platform.linux import LinuxWatch

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")

LOGIN = "org.freedesktop.login1"
MANAGER = "/org/freedesktop/login1"
OWN, OTHER = f"{MANAGER}/session/_31", f"{MANAGER}/session/_39"


class LoginManager(QDBusVirtualObject):
    """Answers as the login manager does; ``braked`` while somebody holds sleep up."""

    def __init__(self) -> None:
        super().__init__()
        self.active = True
        self.asked: list[list[object]] = []
        self._pipe = -1

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        answer = message.createReply()
        if message.member() == "Inhibit":
            self.asked.append(message.arguments())
            self._pipe, handed = os.pipe()
            answer.setArguments([QDBusUnixFileDescriptor(handed)])
            os.close(handed)
        elif message.member() == "GetSession":
            answer.setArguments([QDBusObjectPath(OWN)])
        else:
            state = QDBusVariant()
            state.setVariant(self.active)
            answer.setArguments([state])
        connection.send(answer)
        return True

    def braked(self) -> bool:
        """Return whether the other end of the pipe is still open somewhere."""
        if self._pipe < 0:
            return False
        os.set_blocking(self._pipe, False)
        try:
            return os.read(self._pipe, 1) != b""
        except BlockingIOError:
            return True

    def close(self) -> None:
        if self._pipe >= 0:
            os.close(self._pipe)


class Bus:
    """A bus of this test alone, with a login manager on it, and a watch of the desk."""

    def __init__(self, address: str, parent: QApplication) -> None:
        self.login = LoginManager()
        self.daemon = QDBusConnection.connectToBus(address, f"daemon {address}")
        assert self.daemon.registerService(LOGIN)
        assert self.daemon.registerVirtualObject(
            MANAGER, self.login, QDBusConnection.VirtualObjectRegisterOption.SubPath
        )
        self.desk = QDBusConnection.connectToBus(address, f"desk {address}")
        self.left: list[str] = []
        self.watch = LinuxWatch(parent, lambda: self.left.append("left"), self.desk, self.desk)

    def tell(self, path: str, interface: str, signal: str, *values: object) -> None:
        message = QDBusMessage.createSignal(path, interface, signal)
        message.setArguments(list(values))
        assert self.daemon.send(message)


@pytest.fixture
def bus(qapp: QApplication, qtbot: QtBot) -> Iterator[Bus]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    bus = Bus(address, qapp)
    qtbot.waitUntil(lambda: bool(bus.watch._path) and bus.watch._brake >= 0)
    yield bus
    bus.login.close()
    for name in ("desk", "daemon"):
        QDBusConnection.disconnectFromBus(f"{name} {address}")
    daemon.terminate()
    daemon.wait(5)
    daemon.stdout.close()


def sleep(bus: Bus) -> None:
    bus.tell(MANAGER, f"{LOGIN}.Manager", "PrepareForSleep", True)


def lock(bus: Bus) -> None:
    bus.tell(OWN, f"{LOGIN}.Session", "Lock")


def switch(bus: Bus) -> None:
    bus.login.active = False
    bus.tell(
        OWN, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        f"{LOGIN}.Session", {"Active": False}, ["Active"],
    )  # fmt: skip


def saver(bus: Bus) -> None:
    bus.tell("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)


def gnome(bus: Bus) -> None:
    bus.tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)


@pytest.mark.parametrize("leave", [sleep, lock, switch, saver, gnome])
def test_whoever_leaves_is_noticed(bus: Bus, qtbot: QtBot, leave: Callable[[Bus], None]) -> None:
    leave(bus)
    qtbot.waitUntil(lambda: bus.left == ["left"])


def test_sleep_waits_until_the_desk_is_closed(bus: Bus, qtbot: QtBot) -> None:
    [what] = bus.login.asked
    assert (what[0], what[3]) == ("sleep", "delay")
    sleep(bus)
    qtbot.waitUntil(lambda: bus.left == ["left"])
    assert bus.login.braked()
    bus.watch.end()
    qtbot.waitUntil(lambda: not bus.login.braked())


def test_waking_up_the_end_of_a_saver_and_other_sessions_lock_nothing(bus: Bus, qtbot: QtBot) -> None:
    bus.tell(MANAGER, f"{LOGIN}.Manager", "PrepareForSleep", False)
    bus.tell("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    bus.tell(OTHER, f"{LOGIN}.Session", "Lock")
    bus.tell(
        OWN, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        f"{LOGIN}.Session", {"IdleHint": True}, ["IdleHint"],
    )  # fmt: skip
    lock(bus)
    qtbot.waitUntil(lambda: bus.left != [])
    qtbot.wait(50)
    assert bus.left == ["left"]


def test_nothing_is_heard_any_more_once_the_desk_is_closed(bus: Bus, qtbot: QtBot) -> None:
    bus.watch.end()
    sleep(bus)
    saver(bus)
    qtbot.wait(50)
    assert bus.left == []
