"""Two histories of one desk side by side, and the button by which one of them counts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import dates, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.scroll import Columns
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.kreis import History, HistoryDispute

Choose = Callable[[str, str], None]


class Disputes(QWidget):
    """One card per desk; ``choose`` gets the desk and the digest that names the history."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose = choose
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)

    def show_disputes(self, disputes: Sequence["HistoryDispute"], today: date) -> None:
        """Show what is to be decided."""
        clear(self._column)
        for dispute in disputes:
            self._column.addWidget(self._card(dispute, today))
        self.setVisible(bool(disputes))

    def _card(self, dispute: "HistoryDispute", today: date) -> Card:
        card = Card(say("kreis.which_count_of_name_holds", name=dispute.desk), tone="bad")
        card.setObjectName(f"dispute_{dispute.desk_id}")
        doubtful = any(history.doubtful for history in dispute.histories)
        told = say("kreis.a_clock_is_wrong") if doubtful else say("kreis.two_laptops_write_under_one_desk")
        card.body.addWidget(Text(told, "table", wrap=True))
        sides = [(self._side(dispute, history, today), 0) for history in dispute.histories]
        card.body.addWidget(Columns(sides, spacing=12))
        return card

    def _side(self, dispute: "HistoryDispute", history: "History", today: date) -> Card:
        count = say("kreis.taken_over_so_far") if history.counts else say("kreis.set_aside_so_far")
        side = Card(say("kreis.package_n", n=history.last_seq), count)
        for line in lines(history, today):
            side.body.addWidget(Text(line, "table", "text-2", wrap=True))
        side.body.addWidget(Text(consequence(history), "table", wrap=True))
        button = secondary(say("kreis.this_count_holds"), "check", size="small")
        button.setObjectName(f"choose_{history.digest[:8]}")
        button.setAccessibleName(
            f"{say('kreis.this_count_holds')}: {say('kreis.package_n', n=history.last_seq)}, {history.digits}"
        )
        button.clicked.connect(lambda: self._ask(dispute, history))
        side.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        side.body.addStretch(1)
        return side

    def _ask(self, dispute: "HistoryDispute", history: "History") -> None:
        question = say("kreis.shall_count_n_of_name_hold", name=dispute.desk, n=history.last_seq)
        accept, reject = say("kreis.this_count_holds"), say("kreis.leave_as_it_is")
        dialog = Dialog(self, question, accept=accept, reject=reject, danger=True)
        dialog.add_text(consequence(history))
        dialog.add_text(say("kreis.the_other_is_refused_for_good"))
        dialog.accepted.connect(lambda: self._choose(dispute.desk_id, history.digest))
        dialog.open()


def lines(history: "History", today: date) -> list[str]:
    """Return what two people compare on the phone."""
    at = history.written_at or history.arrived_at
    when = dates.lately(at, today)
    written = say("kreis.written_at", when=when) if history.written_at else say("kreis.came_at", when=when)
    found = [written, say("kreis.digits_of_package", digits=history.digits)]
    found.append(say("kreis.cases_in_it", n=history.cases))
    return [*found, say("kreis.clock_ahead")] if history.doubtful else found


def consequence(history: "History") -> str:
    """Return what happens when ``history`` counts."""
    if not history.kept:
        return say("kreis.then_the_stick_is_needed_again")
    if not history.counts:
        return say("kreis.then_everything_comes_again")
    return (
        say("kreis.then_waiting_come_in", n=history.waiting)
        if history.waiting
        else say("kreis.then_it_stays")
    )
