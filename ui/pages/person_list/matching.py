"""The second step: how the file is read, and what each column of the list means."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.person_lists.names import WHOLE
from kimdesk.domain.naming import list_name
from kimdesk.texts import dates, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.drop_down import DropDown
from ui.kit.text import Text
from ui.pages.person_list.presenter import ListPresenter
from ui.pages.person_list.reading_card import ReadingCard
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kimdesk.casework.person_lists import ListRow, Reckoning, TableFile

_SAMPLES = 3


class MatchStep(QWidget):
    """One line per column: its head, some of its cells, what it means."""

    looked = Signal()
    left = Signal()

    def __init__(self, presenter: ListPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._boxes: list[QComboBox] = []
        self._samples: list[Text] = []
        column = QVBoxLayout(self)
        spaced(column, 12)
        self._reading = ReadingCard()
        self._reading.chosen.connect(presenter.read_again)
        self._reading.reckoned.connect(self._reckon)
        column.addWidget(self._reading)
        self._card = Card(say("person_list.what_do_columns_mean"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(8))
        self._grid.setColumnStretch(1 if theme().stacked else 2, 1)
        self._card.body.addLayout(self._grid)
        column.addWidget(self._card)
        column.addLayout(self._buttons())
        column.addStretch(1)

    def show_table(self, name: str, table: "TableFile", mapping: tuple[str, ...]) -> None:
        """Show the columns of ``table`` and what was guessed."""
        self._card.set_count(f"{name} · {say('person_list.n_rows', n=len(table.rows))}")
        if self._presenter.choices and self._presenter.reckoning:
            self._reading.show_table(table, self._presenter.choices, self._presenter.reckoning)
        clear(self._grid)
        self._boxes, self._samples = [], []
        for number, target in enumerate(mapping):
            self._add_line(table, number, target)
        self._tell()

    def _reckon(self, reckoning: "Reckoning") -> None:
        self._presenter.reckoning = reckoning
        self._tell()

    def _add_line(self, table: "TableFile", number: int, target: str) -> None:
        head = table.heads[number] or say("person_list.column_n", n=number + 1)
        targets = self._presenter.catalogue.rules.person_columns.targets
        names = {"": say("person_list.leave_out")} | {each.name: each.label for each in targets}
        box = _choice(f"column_{number}", names, target)
        box.setAccessibleName(say("person_list.meaning_column_head", head=head))
        box.activated.connect(lambda _: self._choose(number))
        self._boxes.append(box)
        label = Text(head, "strong", wrap=True)
        label.setBuddy(box)
        line = 2 * number if theme().stacked else number
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(box, line, 1)
        samples = Text("", "table", "text-2", wrap=True)
        self._samples.append(samples)
        if theme().stacked:
            self._grid.addWidget(samples, 2 * number + 1, 0, 1, 2)
        else:
            self._grid.addWidget(samples, number, 2, Qt.AlignmentFlag.AlignVCenter)

    def _choose(self, number: int) -> None:
        self._presenter.map_column(number, str(self._boxes[number].currentData()))
        for box, target in zip(self._boxes, self._presenter.mapping, strict=True):
            box.setCurrentIndex(box.findData(target))
        self._tell()

    def _tell(self) -> None:
        table, rows = self._presenter.table, self._presenter.sample()
        if table is not None:
            for number, label in enumerate(self._samples):
                cells = table.start(len(rows)).column(number)
                told = read_as(self._presenter.mapping[number], cells, rows)
                label.setText(" · ".join(told) or say("person_list.empty"))
        self._next.setEnabled(self._presenter.names_given and bool(table and table.rows))
        self._hint.setVisible(not self._presenter.names_given)

    def _buttons(self) -> QHBoxLayout:
        back = secondary(say("person_list.another_file"))
        back.setObjectName("other_file")
        back.clicked.connect(self.left)
        self._next = primary(say("person_list.look_at_the_rows"))
        self._next.setObjectName("look_at_rows")
        self._next.clicked.connect(self.looked)
        self._hint = Text(say("person_list.one_column_must_hold_names"), "table", "warn")
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(back)
        row.addWidget(self._next)
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return row


def read_as(target: str, cells: "Sequence[str]", rows: "Sequence[ListRow]") -> list[str]:
    """Return some cells of a column, and behind an arrow what is read where that is not the same."""
    told: dict[str, str] = {}
    for cell, row in zip(cells, rows, strict=True):
        if cell and cell not in told:
            found = _value(target, row)
            told[cell] = cell if found in (None, cell) else f"{cell} → {found or '–'}"
        if len(told) == _SAMPLES:
            break
    return list(told.values())


def _value(target: str, row: "ListRow") -> str | None:
    """Return what is read of a row where its cell can be read in several ways, None elsewhere."""
    if target in WHOLE:
        return list_name(row.person)
    if target == "opened_on":
        return dates.full(row.opened_on) if row.opened_on else ""
    if target in ("birth_date", "arrived_on"):
        found = getattr(row.person, target)
        return dates.partial(found) if found else ""
    if target == "file_number":
        return row.file_number
    return getattr(row.person, target) if target in ("postcode", "phone") else None


def _choice(name: str, words: dict[str, str], now: str) -> DropDown:
    box = DropDown()
    box.setObjectName(name)
    for value, word in words.items():
        box.addItem(word, value)
    box.setCurrentIndex(max(box.findData(now), 0))
    return box
