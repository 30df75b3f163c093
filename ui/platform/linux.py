"""Linux: the login manager and the screen saver tell over D-Bus that the user leaves.

Sources: org.freedesktop.login1(5) (PrepareForSleep, Inhibit, Session.Lock, Session.Active) and the
ActiveChanged signal of the desktops' screen savers. No picture of the screen can be refused here.
"""

import os
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from ui.platform.base import Leave

_LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_MANAGER = f"{_LOGIN}.Manager"
_SESSION = f"{_LOGIN}.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
_WAIT_MS = 5_000
_TOLD, _LOCKED, _ALTERED = (SLOT(f"{name}(QDBusMessage)") for name in ("told", "locked", "altered"))


class LinuxWatch(QObject):
    """Listens at both buses; sleep waits until ``end`` (at most five seconds, as the login manager says)."""

    def __init__(
        self, parent: QObject, on_leave: Leave, system: QDBusConnection, session: QDBusConnection
    ) -> None:
        super().__init__(parent)
        self._on_leave = on_leave
        self._system = system
        self._path = ""
        self._brake = -1
        self._ended = False
        if system.isConnected():
            self._listen(system, _LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", _TOLD)
            self._ask(
                _LOGIN_PATH, _MANAGER, "Inhibit", ["sleep", "KIMdesk", "Tresor sperren", "delay"], self._hold
            )
            own = os.environ.get("XDG_SESSION_ID") or "auto"
            self._ask(_LOGIN_PATH, _MANAGER, "GetSession", [own], self._meet)
        if session.isConnected():
            for saver in _SAVERS:
                self._listen(session, "", "", saver, "ActiveChanged", _TOLD)

    def end(self) -> None:
        """Stop listening, and let the computer sleep."""
        self._ended = True
        self._release()
        self.deleteLater()

    @Slot(QDBusMessage)
    def told(self, message: QDBusMessage) -> None:
        """Hear that the computer goes to sleep or the screen saver begins."""
        if message.arguments()[:1] == [True]:
            self._leave()

    @Slot(QDBusMessage)
    def locked(self, message: QDBusMessage) -> None:
        """Hear that the session is to be locked."""
        self._leave()

    @Slot(QDBusMessage)
    def altered(self, message: QDBusMessage) -> None:
        """Ask whether the session is still the one in front."""
        self._ask(self._path, _PROPERTIES, "Get", [_SESSION, "Active"], self._judge)

    def _leave(self) -> None:
        if not self._ended:
            self._on_leave()

    def _meet(self, path: Any) -> None:
        self._path = path.path()
        self._listen(self._system, _LOGIN, self._path, _SESSION, "Lock", _LOCKED)
        self._listen(self._system, _LOGIN, self._path, _PROPERTIES, "PropertiesChanged", _ALTERED)

    def _judge(self, answer: Any) -> None:
        active = answer.variant() if isinstance(answer, QDBusVariant) else answer
        if active is False:
            self._leave()

    def _hold(self, answer: Any) -> None:
        """Keep the brake: as long as the file is open, the computer waits before it sleeps."""
        if isinstance(answer, QDBusUnixFileDescriptor) and answer.isValid() and not self._ended:
            self._brake = os.dup(answer.fileDescriptor())

    def _release(self) -> None:
        if self._brake >= 0:
            os.close(self._brake)
            self._brake = -1

    def _listen(
        self, bus: QDBusConnection, service: str, path: str, interface: str, signal: str, slot: str
    ) -> None:
        bus.connect(service, path, interface, signal, self, slot)  # type: ignore[call-overload]  # a str, really

    def _ask(
        self, path: str, interface: str, verb: str, values: list[Any], then: Callable[[Any], None]
    ) -> None:
        """Call ``verb`` of the login manager without waiting; ``then`` gets the answer if there is one."""
        call = QDBusMessage.createMethodCall(_LOGIN, path, interface, verb)
        call.setArguments(values)
        pending = QDBusPendingCallWatcher(self._system.asyncCall(call, _WAIT_MS), self)

        def arrived(_: object) -> None:
            answer = pending.reply().arguments()
            if not pending.isError() and answer:
                then(answer[0])
            pending.deleteLater()

        pending.finished.connect(arrived)


def watch(parent: QObject, on_leave: Leave) -> LinuxWatch | None:
    """Listen at the buses of this computer; None when it has neither."""
    system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
    if not system.isConnected() and not session.isConnected():
        return None
    return LinuxWatch(parent, on_leave, system, session)
