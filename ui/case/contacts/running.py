"""The clock of a talk: started and stopped by hand, it survives a locked desk."""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import restyle, spaced
from ui.kit.buttons import secondary
from ui.program import keys

_TICK_MS = 15_000


class TalkClock(QWidget):
    """Measures a talk in minutes. ``changed`` when it starts or stops, ``stopped`` carries the minutes."""

    changed = Signal()
    stopped = Signal(int)

    def __init__(self, keys_for: QWidget) -> None:
        super().__init__()
        self.since: datetime | None = None
        row = QHBoxLayout(self)
        spaced(row)
        self._button = secondary("", "timer", "small")
        self._button.setObjectName("talk_clock")
        self._button.setToolTip(keys.words("talk_clock"))
        self._button.clicked.connect(self.toggle)
        row.addWidget(self._button)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show)
        keys.bind(keys_for, "talk_clock", self.toggle)
        self._show()

    def toggle(self) -> None:
        """Start the clock, or stop it."""
        if self.since is None:
            self.set_since(datetime.now().astimezone())
            self.changed.emit()
        else:
            self.stop()

    def stop(self) -> None:
        """Stop a running clock and tell the minutes."""
        if self.since is None:
            return
        minutes = self._minutes()
        self.set_since(None)
        self.stopped.emit(max(1, minutes))
        self.changed.emit()

    def set_since(self, since: datetime | None) -> None:
        """Go on with a talk that began at ``since``; None: no talk is running."""
        self.since = since
        if since:
            self._tick.start()
        else:
            self._tick.stop()
        self._show()

    def _minutes(self) -> int:
        since = self.since or datetime.now().astimezone()
        return round((datetime.now().astimezone() - since).total_seconds() / 60)

    def _show(self) -> None:
        running = self.since is not None
        words = (
            say("case.talk_running_n_min_stop", n=self._minutes()) if running else say("case.start_the_talk")
        )
        self._button.setText(words)
        self._button.set_icon("stop-circle" if running else "timer")
        restyle(self._button, running="true" if running else "")
