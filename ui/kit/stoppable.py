"""How far something is that takes a while, and the way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import quiet


class StoppableBar(QWidget):
    """A bar, hidden while nothing runs; ``stopped`` when somebody does not want to wait."""

    stopped = Signal()

    def __init__(self, what: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        spaced(row, 10)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(what)
        self._stop = quiet(say("common.cancel"), "x", size="small")
        self._stop.setObjectName(f"stop_{name}")
        self._stop.setAccessibleName(f"{say('common.cancel')}: {what}")
        self._stop.clicked.connect(self._press)
        row.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._stop)
        self.hide()

    def show_far(self, done: int, total: int) -> None:
        """Show how much is done of how much: 0 of 1 when nobody knows, 0 of 0 when it is over."""
        if self.isHidden():
            self._stop.setEnabled(True)
        self.setVisible(done < total)
        self._bar.setRange(0, total if total > 1 else 0)
        self._bar.setValue(done)

    def _press(self) -> None:
        self._stop.setEnabled(False)
        self.stopped.emit()
