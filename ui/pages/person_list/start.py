"""The first step: choose a file; the lists that were taken in before, with the way back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import dates, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.text import Text

if TYPE_CHECKING:
    from ui.pages.person_list.presenter import Past


class ListStartStep(QWidget):
    """``chosen`` carries the path of a file, ``undo_wanted`` the step to undo."""

    chosen = Signal(str)
    undo_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        spaced(column, 12)
        card = Card(say("person_list.choose_a_list"))
        words = say("person_list.excel_workbook_opendocument_table_or")
        card.body.addWidget(Text(words, "body", "text-2", wrap=True))
        button = primary(say("person_list.choose_a_file"), "table")
        button.setObjectName("choose_list")
        button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        column.addWidget(card)
        self._past = Card(say("person_list.taken_in_before"))
        self._past.hide()
        column.addWidget(self._past)
        column.addStretch(1)

    def show_past(self, past: "tuple[Past, ...]") -> None:
        """Show the lists that stand."""
        clear(self._past.body)
        for step, name, number in past:
            self._past.body.addWidget(self._line(step.id, step.at, name, number))
        self._past.setVisible(bool(past))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        self.chosen.emit(event.mimeData().urls()[0].toLocalFile())

    def _choose(self) -> None:
        kinds = say("person_list.lists") + " (*.xlsx *.xls *.ods *.csv *.txt *.tsv)"
        name, _ = QFileDialog.getOpenFileName(self, say("person_list.choose_a_list"), str(Path.home()), kinds)
        if name:
            self.chosen.emit(name)

    def _line(self, step: str, at: str, name: str, number: int) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 10)
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(Text(name, "strong", wrap=True))
        words.addWidget(Text(say("person_list.n_cases_day", n=number, day=_day(at)), "table", "text-2"))
        row.addLayout(words, 1)
        button = secondary(say("person_list.undo"), "arrow-counter-clockwise", size="small")
        button.setObjectName(f"undo_{step}")
        button.setAccessibleName(f"{say('person_list.undo')} {name}")
        button.clicked.connect(lambda: self._ask(step, name))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _ask(self, step: str, name: str) -> None:
        question = say("person_list.undo_taking_in_name", name=name)
        dialog = Dialog(self, question, accept=say("person_list.remove_these_cases"), danger=True)
        dialog.add_text(say("person_list.cases_somebody_has_worked_since"))
        dialog.accepted.connect(lambda: self.undo_wanted.emit(step))
        dialog.open()


def _day(at: str) -> str:
    from datetime import datetime

    return dates.full(datetime.fromisoformat(at).astimezone().date())
