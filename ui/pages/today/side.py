"""The column beside the tasks: today's appointments, and what the Kreis has not acknowledged yet."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.today import Appointment
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr
from ui.theme import theme


class AppointmentsCard(Card):
    """Today's appointments with time, name and place."""

    def __init__(self) -> None:
        super().__init__(tr("Appointments today"))
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addLayout(self._rows)

    def show_appointments(self, appointments: Sequence[Appointment]) -> None:
        """Show ``appointments`` in their order."""
        clear(self._rows)
        for number, each in enumerate(appointments):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(_row(each))
        if not appointments:
            self._rows.addWidget(Text(tr("No appointments today."), "table", "text-2", wrap=True))


class UnsentCard(Card):
    """How many changes the Kreis has not acknowledged, with the way to the hand-over."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        super().__init__()
        head = QHBoxLayout()
        spaced(head, 10)
        head.addWidget(Sign("unsent"))
        self._title = Text("", "strong", wrap=True)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        words = tr("They count as arrived only when the receipt of the Kreis has been read in here.")
        self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        button = secondary(tr("Prepare hand-over"), "tray-arrow-up", size="small")
        button.setObjectName("prepare_handover")
        button.clicked.connect(prepare)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_count(self, count: int) -> None:
        """Show ``count``; nothing unsent hides the card."""
        self.setVisible(count > 0)
        words = tr("1 change not acknowledged yet") if count == 1 else tr("{n} changes not acknowledged yet", n=count)
        self._title.setText(words)


def _row(appointment: Appointment) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 10)
    time = Text(appointment.time or "–", "strong")
    time.setFixedWidth(theme().px(44))
    row.addWidget(time)
    words = QVBoxLayout()
    spaced(words, 1)
    words.addWidget(Text(f"{appointment.name} · {appointment.title}", "table", wrap=True))
    if appointment.place:
        words.addWidget(Text(appointment.place, "meta", "text-2", wrap=True))
    row.addLayout(words, 1)
    return holder
