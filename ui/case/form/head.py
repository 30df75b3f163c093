"""The line above a form: what is being filled in, and whether it is kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import PhaseState
from kimdesk.texts import dates, say
from ui.forms.stations import Station
from ui.kit.base import clear, spaced
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme


class FormHead(QWidget):
    """Title, note and the sign that the draft is kept; below it a notice when one is needed."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 8)
        row = QHBoxLayout()
        spaced(row, 10)
        self._title = Text("", "section")
        self._title.setObjectName("form_title")
        self._place = Text("", "table", "text-2", wrap=True)
        self._kept_sign = Sign("check-circle", "ok", 16)
        self._kept = Text("", "table", "ok")
        self._kept.setObjectName("draft_kept")
        row.addWidget(self._title)
        row.addWidget(self._place, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._kept_sign)
        row.addWidget(self._kept)
        column.addLayout(row)
        self._row = row
        self._notice = QVBoxLayout()
        column.addLayout(self._notice)
        self.show_note("")

    def show_place(self, phase: str, entry: PhaseEntry | None, station: Station | None) -> None:
        """Show where in the form we are."""
        rounds = say("case.round_n", n=entry.round) if entry and entry.round > 1 else ""
        self._title.setVisible(station is None or not theme().stacked)
        if station is None:
            self._title.setText(phase)
            self._place.setText(" · ".join(part for part in (rounds, _ended(entry)) if part))
            return
        self._title.setText(station.label)
        where = (
            say("case.area_n_of_total", n=station.number, total=station.total)
            if station.is_domain and not theme().stacked  # with large text the selector says it
            else ""
        )
        self._place.setText(" · ".join(part for part in (where, rounds, _ended(entry)) if part))

    def show_note(self, text: str) -> None:
        """Say that the draft or the answers are kept; empty says nothing."""
        self._kept.setText(text)
        self._kept.setVisible(bool(text))
        self._kept_sign.setVisible(bool(text))

    def add_action(self, widget: QWidget) -> None:
        """Put ``widget`` at the right of the line."""
        self._row.addWidget(widget)

    def show_notice(self, notice: QWidget | None) -> None:
        """Show ``notice`` below the line, or take it away."""
        clear(self._notice)
        if notice is not None:
            self._notice.addWidget(notice)


def _ended(entry: PhaseEntry | None) -> str:
    if entry is None or entry.state is PhaseState.OPEN:
        return ""
    day = dates.full(entry.finished_on)
    if entry.state is PhaseState.COMPLETED:
        return say("case.completed_on_day", day=day)
    return say("case.left_out_on_day", day=day)
