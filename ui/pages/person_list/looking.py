"""The third step: every row as it would be taken in, and which ones."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import primary, secondary
from ui.kit.table import Table
from ui.kit.text import Text
from ui.pages.person_list.presenter import ListPresenter, Looked
from ui.pages.person_list.rows import BORN, NOTE, NUMBER, RowsModel
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from kimdesk.casework.person_lists import TableFile

_WIDTHS = (124, 176, 116, 140)
_NOTE_LARGE = 300
_NUMBER = 64
_LEAST_HEIGHT = 300


class LookStep(QWidget):
    """A table to look through; space or a double click takes a row in or leaves it out."""

    left = Signal()

    def __init__(self, presenter: ListPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._model = RowsModel(presenter.catalogue.code_list("nationality"))
        self._table = _RowsTable(self._model, self._turn)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._table)
        self._count = Text("", "body", wrap=True)
        self._count.setObjectName("rows_count")
        column = QVBoxLayout(self)
        spaced(column, 10)
        column.addWidget(self._count)
        column.addWidget(card, 1)
        words = say("person_list.space_or_double_click_takes")
        column.addWidget(Text(words, "table", "text-2", wrap=True))
        column.addLayout(self._buttons())

    def show_rows(self, looked: Looked, table: "TableFile | None") -> None:
        """Show the rows and how many of them are taken in; every line of ``table`` is accounted for."""
        self._model.show(looked)
        parts = [
            *lines_of(table),
            say(
                "person_list.n_all_rows_become_cases",
                n=len(looked.wanted),
                rows=say("person_list.rows", n=len(looked.rows)),
            ),
        ]
        sums = sum(any(each.code == "sum_row" for each in row.troubles) for row in looked.rows)
        if sums:
            parts.append(say("person_list.n_sums", n=sums))
        nameless = sum(row.fatal for row in looked.rows)
        if nameless:
            parts.append(say("person_list.n_without_a_name", n=nameless))
        if looked.known:
            parts.append(say("person_list.n_perhaps_known_already", n=len(looked.known)))
        self._count.setText(" ".join(parts))
        self._take.setText(say("person_list.open_n_cases", n=len(looked.wanted)))
        self._take.setEnabled(bool(looked.wanted))
        if self._table.currentIndex().row() < 0:
            self._table.selectRow(0)

    def _turn(self, index: QModelIndex) -> None:
        if index.isValid():
            self._presenter.turn(self._model.number(index))

    def _begin(self) -> None:
        self._take.setEnabled(False)
        self._presenter.take(lambda: self._take.setEnabled(True))

    def _buttons(self) -> QHBoxLayout:
        back = secondary(say("person_list.back_to_the_columns"))
        back.setObjectName("back_to_columns")
        back.clicked.connect(self.left)
        self._take = primary("", "check")
        self._take.setObjectName("take_rows")
        self._take.clicked.connect(self._begin)
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(back)
        row.addWidget(self._take)
        row.addStretch(1)
        return row


def lines_of(table: "TableFile | None") -> list[str]:
    """Return how many lines a table had, and which of them are no rows."""
    if table is None:
        return []
    told = [say("person_list.n_lines_read", n=table.read)]
    if table.empty:
        told.append(say("person_list.n_lines_empty", n=table.empty))
    if table.repeated:
        told.append(say("person_list.n_heads_again", n=table.repeated))
    return told


class _RowsTable(Table):
    """The table of the rows; space turns the current one."""

    def __init__(self, model: RowsModel, turn: "Callable[[QModelIndex], None]") -> None:
        super().__init__(model, say("person_list.rows_of_the_list"))
        self.setObjectName("list_rows")
        self.setProperty("flat", "true")
        self.setMinimumHeight(theme().px(_LEAST_HEIGHT))
        self.set_widths(*_WIDTHS)
        self.horizontalHeader().moveSection(NUMBER, 0)
        self.setColumnWidth(NUMBER, theme().px(_NUMBER))
        if theme().stacked:
            self.horizontalHeader().moveSection(NOTE + 1, BORN + 1)
            self.setColumnWidth(NOTE, theme().px(_NOTE_LARGE))
        self._turn = turn
        self.opened.connect(turn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the current row with the space bar."""
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
            return
        super().keyPressEvent(event)
