"""When the desk locks by itself: nobody touched it for a while, or the computer slept."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TICK_MS = 5_000
_SLEPT_S = 60.0
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class IdleWatch(QObject):
    """Emits ``idle`` once when no key, pointer or touch reached any window for ``minutes``.

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
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)
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
        if self._timer.isActive() and (slept or monotonic - self._touched >= self._limit):
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that someone is there."""
        if event.type() in _TOUCHES:
            self._touched = time.monotonic()
        return False

    def _meet(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
