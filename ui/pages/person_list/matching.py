"""The second step: what each column of the list means."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.person_list.presenter import ListPresenter
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.person_lists import TableFile

_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows (cp1252)",
    "cp850": "MS-DOS (cp850)",
    "mac_roman": "Mac OS",
    "cp1254": "Windows, Türkisch (cp1254)",
}
_SAMPLES = 3


class MatchStep(QWidget):
    """One line per column: its head, some of its cells, what it means."""

    looked = Signal()
    left = Signal()

    def __init__(self, presenter: ListPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._boxes: list[QComboBox] = []
        column = QVBoxLayout(self)
        spaced(column, 12)
        self._card = Card(say("person_list.what_do_columns_mean"))
        self._how = QHBoxLayout()
        spaced(self._how, 12)
        self._card.body.addLayout(self._how)
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
        clear(self._how)
        for widget in self._ways(table):
            self._how.addWidget(widget)
        self._how.addStretch(1)
        clear(self._grid)
        self._boxes = []
        for number, target in enumerate(mapping):
            self._add_line(table, number, target)
        self._tell()

    def _ways(self, table: "TableFile") -> list[QWidget]:
        if table.sheets:
            box = _choice("sheet", {each: each for each in table.sheets}, table.sheet)
            box.activated.connect(lambda _: self._presenter.read_again(sheet=box.currentData()))
            return [FieldBox(say("person_list.sheet"), box)] if len(table.sheets) > 1 else []
        box = _choice("encoding", _ENCODINGS, table.encoding)
        box.activated.connect(lambda _: self._presenter.read_again(encoding=box.currentData()))
        return [FieldBox(say("person_list.encoding"), box, say("person_list.change_when_umlauts_look_wrong"))]

    def _add_line(self, table: "TableFile", number: int, target: str) -> None:
        head = table.heads[number] or say("person_list.column_n", n=number + 1)
        cells = list(dict.fromkeys(filter(None, table.column(number))))[:_SAMPLES]
        targets = self._presenter.catalogue.rules.person_columns.targets
        names = {"": say("person_list.leave_out")} | {each.name: each.label for each in targets}
        box = _choice(f"column_{number}", names, target)
        box.setAccessibleName(say("person_list.meaning_column_head", head=head))
        box.activated.connect(lambda _: self._choose(number))
        self._boxes.append(box)
        label = Text(head, "strong", wrap=True)
        label.setBuddy(box)
        self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(box, number, 1)
        if not theme().stacked:
            samples = Text(" · ".join(cells) or say("person_list.empty"), "table", "text-2", wrap=True)
            self._grid.addWidget(samples, number, 2, Qt.AlignmentFlag.AlignVCenter)

    def _choose(self, number: int) -> None:
        self._presenter.map_column(number, str(self._boxes[number].currentData()))
        for box, target in zip(self._boxes, self._presenter.mapping, strict=True):
            box.setCurrentIndex(box.findData(target))
        self._tell()

    def _tell(self) -> None:
        self._next.setEnabled(self._presenter.names_given)
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


def _choice(name: str, words: dict[str, str], now: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for value, word in words.items():
        box.addItem(word, value)
    box.setCurrentIndex(max(box.findData(now), 0))
    return box
