"""The last step: what became of each row, and the way back."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.person_list.looking import lines_of
from ui.program.work import explanation

if TYPE_CHECKING:
    from kimdesk.casework.person_lists import ListOutcome, TableFile, TakenRow

MOST = 50  # lines on the screen; the file has all


class ReportStep(QWidget):
    """One line per row that needs a look; everything can be written to a file without names."""

    undo_wanted = Signal(str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._taken: TakenRow | None = None
        column = QVBoxLayout(self)
        spaced(column, 12)
        self._notice = Notice("ok")
        self._notice.setObjectName("list_taken")
        column.addWidget(self._notice)
        self._card = Card(say("person_list.rows_to_look_at"))
        column.addWidget(self._card)
        column.addLayout(self._buttons())
        column.addStretch(1)

    def show_taken(self, taken: "TakenRow", table: "TableFile | None") -> None:
        """Show what became of each row."""
        self._taken = taken
        title = say("person_list.n_cases_were_opened", n=taken.created)
        states = [str(each.state) for each in taken.outcomes]
        words = lines_of(table)
        for state, say_n in (("skipped", "left_out"), ("refused", "not_possible")):
            if n := states.count(state):
                words.append(say(f"person_list.n_rows_{say_n}", n=n))
        words.append(say("person_list.they_stand_list_cases_first"))
        self._notice.set("ok", title, " ".join(words))
        clear(self._card.body)
        told = [each for each in taken.outcomes if each.troubles or each.state == "refused"]
        for each in told[:MOST]:
            self._card.body.addWidget(Text(_sentence(each), "table", wrap=True))
        self._card.set_count(str(len(told)))
        self._card.setVisible(bool(told))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10)
        for name, button, call in (
            ("list_done", primary(say("person_list.to_the_cases")), self.finished.emit),
            ("save_report", secondary(say("person_list.save_report"), "file-text"), self._ask),
            ("undo_list", secondary(say("common.undo"), "arrow-counter-clockwise"), self._undo),
        ):
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, call=call: call())
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _undo(self) -> None:
        if self._taken is not None:
            self.undo_wanted.emit(self._taken.operation_id)

    def _ask(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("person_list.save_report"), "Bericht.csv", "CSV (*.csv)"
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the report to ``path``: numbers of rows and file numbers, no names."""
        from kimdesk.domain import media
        from kimdesk.domain.errors import KimdeskError

        text = io.StringIO()
        table = csv.writer(text, delimiter=";", lineterminator="\r\n")
        table.writerow(
            [
                say("person_list.row"),
                say("common.result"),
                say("common.file_number"),
                say("person_list.remark"),
            ]
        )
        for each in self._taken.outcomes if self._taken else ():
            notes = " ".join(trouble.text for trouble in each.troubles)
            table.writerow([each.number, _words(each), each.file_number, notes])
        try:
            media.write(path, text.getvalue().encode("utf-8-sig"))
        except KimdeskError as error:
            self._notice.explain(explanation(error))


def _words(outcome: "ListOutcome") -> str:
    return {
        "created": say("person_list.taken_in"),
        "skipped": say("person_list.left_out"),
        "refused": say("person_list.not_possible"),
    }[outcome.state]


def _sentence(outcome: "ListOutcome") -> str:
    what = f"{say('person_list.row')}\u00a0{outcome.number}: {_words(outcome)}"
    number = f" ({outcome.file_number})" if outcome.file_number else ""
    return f"{what}{number}. {' '.join(each.text for each in outcome.troubles)}"
