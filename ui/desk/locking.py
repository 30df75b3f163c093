"""When the desk locks by itself, what vanishes then, and what else is watched while it is open."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from ui import platform
from ui.platform.base import Watch
from ui.platform.shield import Shield

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from ui.program.preferences import Preferences
    from ui.program.work import Work

_TICK_MS = 5_000
_SLEPT_S = 60.0
_LOCK = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
ANCHOR_AFTER_S = 30.0
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class IdleWatch(QObject):
    """Emits ``idle`` once when no key, pointer or touch reached any window for ``minutes``, or at Ctrl+L.

    It listens at the windows, not at every widget, so it costs nothing while someone works. A clock that
    jumped ahead while the process stood still means that the computer slept: that counts as idle too.
    """

    idle = Signal()

    def __init__(self, parent: QObject, minutes: int) -> None:
        super().__init__(parent)
        self._limit = minutes * 60.0
        self._touched = time.monotonic()
        self._clock = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(lambda: self.look(time.monotonic(), time.time()))

    def start(self) -> None:
        """Begin to watch, from now on."""
        self._touched, self._clock = time.monotonic(), time.time()
        self._meet_all()
        QGuiApplication.instance().focusWindowChanged.connect(self._meet)  # type: ignore[union-attr]
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        if self._timer.isActive():
            self._timer.stop()
            QGuiApplication.instance().focusWindowChanged.disconnect(self._meet)  # type: ignore[union-attr]

    def set_minutes(self, minutes: int) -> None:
        """Change how long nobody may touch it."""
        self._limit = minutes * 60.0

    def look(self, monotonic: float, clock: float) -> None:
        """Decide at this moment (seconds of both clocks) whether it is time to lock."""
        slept = clock - self._clock > _SLEPT_S
        self._clock = clock
        self._meet_all()  # lists and menus take no focus
        if self._timer.isActive() and (slept or monotonic - self._touched >= self._limit):
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that someone is there; take Ctrl+L, which a dialog would keep from the main window."""
        if event.type() not in _TOUCHES:
            return False
        self._touched = time.monotonic()
        if not (isinstance(event, QKeyEvent) and event.keyCombination() == _LOCK):
            return False
        QTimer.singleShot(0, self.idle.emit)
        return True

    def _meet_all(self) -> None:
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def _meet(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


class AnchorWatch(QObject):
    """Anchors the vault half a minute after the last save, so that an older copy of it would be noticed.

    It happens in the background; when the disk refuses, what was saved is safe all the same.
    """

    _saved = Signal()  # from whichever thread wrote

    def __init__(self, parent: QObject, work: "Work", after_s: float = ANCHOR_AFTER_S) -> None:
        super().__init__(parent)
        self._work = work
        self._desk: Desk | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(after_s * 1000))
        self._timer.timeout.connect(self._anchor)
        self._saved.connect(self._timer.start)

    def start(self, desk: "Desk") -> None:
        """Watch what is saved on ``desk``."""
        self._desk = desk
        self._unsubscribe = desk.subscribe(lambda _: self._saved.emit())

    def stop(self) -> None:
        """Stop watching; closing the desk anchors it."""
        self._unsubscribe()
        self._timer.stop()
        self._desk = None

    def _anchor(self) -> None:
        if self._desk is not None:
            self._work.write(self, self._desk.vault.checkpoint, failed=lambda _: None)


class DeskGuard(QObject):
    """Everything that watches over an open desk; ``leave`` when it has to be locked."""

    leave = Signal()

    def __init__(self, window: QWidget, work: "Work", preferences: "Preferences") -> None:
        super().__init__(window)
        self._window = window
        self._idle = IdleWatch(self, preferences.idle_minutes)
        self._idle.idle.connect(self.leave)
        self._anchor = AnchorWatch(self, work)
        self._away: Watch | None = None
        hide = platform.capture_hider()
        self._shield = Shield(self, hide) if hide is not None else None
        self._watching = False
        self.obey(preferences)

    def start(self, desk: "Desk") -> None:
        """Watch over ``desk`` from now on."""
        self._watching = True
        self._idle.start()
        self._anchor.start(desk)
        self._away = platform.watch(self._window, self.leave.emit)
        self._raise_shield()

    def stop(self) -> Callable[[], None]:
        """Stop watching; return what lets the computer sleep once the desk is closed."""
        self._watching = False
        self._idle.stop()
        self._anchor.stop()
        self._raise_shield()
        away, self._away = self._away, None
        return away.end if away is not None else lambda: None

    def obey(self, preferences: "Preferences") -> None:
        """Follow changed settings."""
        self._idle.set_minutes(preferences.idle_minutes)
        self._hidden = preferences.hide_from_capture
        self._raise_shield()

    def _raise_shield(self) -> None:
        if self._shield is not None:
            self._shield.set_on(self._watching and self._hidden)


def close_windows(main: QWidget) -> None:
    """Let every window but ``main`` vanish: dialogs, message boxes, file choosers, menus, lists, hints."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        continue
    for window in QApplication.topLevelWidgets():
        if window is main or not window.isVisible():
            continue
        if isinstance(window, QDialog):
            window.reject()
        if window.isVisible():
            window.hide()
