"""While something runs: how far it is, and the way to end it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.text import Text


class Running(Card):
    """A bar with its words; ``stopped`` when somebody has seen enough."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list_running")
        row = QHBoxLayout()
        spaced(row, 12)
        self._words = Text("", "body")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("person_list.being_read"))
        stop = secondary(say("common.cancel"), "x")
        stop.setObjectName("stop_reading")
        stop.clicked.connect(self.stopped)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(stop)
        self.body.addLayout(row)

    def show_far(self, done: int, total: int) -> None:
        """Show how much is done of how much: 0 of 1 when nobody knows, 0 of 0 when it is over."""
        self.setVisible(total > 0)
        known = total > 1
        self._bar.setRange(0, total if known else 0)
        self._bar.setValue(done)
        told = say("person_list.n_of_all_rows", n=done, rows=say("person_list.rows", n=total))
        self._words.setText(told if known else say("person_list.being_read"))
