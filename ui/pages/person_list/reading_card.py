"""How the file is read: sheet, heads, separator, encoding, days, decimals; beside it the lines themselves."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.kit.base import clear, spaced
from ui.kit.card import Card
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.fit_table import FitTable
from ui.kit.rows import ItemRole
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.person_lists import Choices, Reckoning, TableFile

_Index = QModelIndex | QPersistentModelIndex
_MOST_COLUMNS = 6
_LONGEST = 40  # characters of a cell in the choice of the heads
_NUMBER, _CELL, _LEAST = 56, 116, 90
_FIELDS = 300


class ReadingCard(Card):
    """Each choice reads the file again: ``chosen`` carries how, ``reckoned`` how cells become values."""

    chosen = Signal(object)
    reckoned = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("person_list.how_is_the_file_read"))
        across = theme().stacked
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if across else QBoxLayout.Direction.LeftToRight)
        spaced(row, 16)
        holder = QWidget()
        holder.setMinimumWidth(0 if across else theme().px(_FIELDS))
        self._fields = QGridLayout(holder)
        spaced(self._fields, 10)
        self._fields.setSizeConstraint(
            QLayout.SizeConstraint.SetMinimumSize
        )  # never less, however small the page
        row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        self._boxes_by_name: dict[str, QComboBox] = {}
        self._touched = ""  # the choice made last; whoever made it goes on from there
        self._lines = _LinesModel()
        widths = {0: _NUMBER} | dict.fromkeys(range(1, _MOST_COLUMNS), _CELL)
        self._table = FitTable(
            self._lines, say("person_list.lines_of_the_file"), widths, _MOST_COLUMNS, _LEAST
        )
        self._table.setObjectName("list_lines")
        self._table.setProperty("flat", "true")
        row.addWidget(self._table, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_table(self, table: "TableFile", choices: "Choices", reckoning: "Reckoning") -> None:
        """Show how ``table`` was read, and its first lines."""
        clear(self._fields)
        self._boxes_by_name = {}
        self._choices, self._reckoning = choices, reckoning
        for at, field in enumerate(self._boxes(table)):
            self._fields.addWidget(field, at, 0)
        self._lines.show(table)
        if self._touched in self._boxes_by_name:
            focus.go(self._boxes_by_name[self._touched])

    def _boxes(self, table: "TableFile") -> Iterable[QWidget]:
        if len(table.sheets) > 1:
            yield self._sheet(table)
        yield self._head_row(table)
        if not table.sheets:
            yield self._separator(table)
            yield self._encoding(table)
        yield self._order()
        yield self._decimal()

    def _sheet(self, table: "TableFile") -> QWidget:
        names = {
            each: say("person_list.hidden_sheet", name=each) if each in table.hidden else each
            for each in table.sheets
        }
        again = {"head_row": None}
        return self._box("sheet", say("person_list.sheet"), names, table.sheet, self._read("sheet", **again))

    def _head_row(self, table: "TableFile") -> QWidget:
        rows: dict[object, str] = {0: say("person_list.no_heads")}
        for number, cells in table.top:
            said = " · ".join(filter(None, cells))[:_LONGEST]
            rows[number] = say("person_list.row_n_says", n=number, text=said)
        label = say("person_list.heads_stand_in")
        return self._box("head_row", label, rows, table.head_row, self._read("head_row"))

    def _separator(self, table: "TableFile") -> QWidget:
        names: dict[object, str] = {
            ";": say("person_list.semicolon"),
            ",": say("person_list.comma"),
            "\t": say("person_list.tab"),
            "|": say("person_list.bar"),
        }
        names.setdefault(table.separator, table.separator)
        label = say("person_list.separator")
        return self._box("separator", label, names, table.separator, self._read("separator"))

    def _encoding(self, table: "TableFile") -> QWidget:
        from kimdesk.casework.person_lists import ENCODINGS

        names: dict[object, str] = {
            each: say(f"person_list.encoding_{each.replace('-', '_')}") for each in ENCODINGS
        }
        names.setdefault(table.encoding, table.encoding)
        label, hint = say("person_list.encoding"), say("person_list.change_when_umlauts_look_wrong")
        return self._box("encoding", label, names, table.encoding, self._read("encoding"), hint)

    def _order(self) -> QWidget:
        names: dict[object, str] = {
            None: say("person_list.as_the_column_shows"),
            False: say("person_list.day_first"),
            True: say("person_list.month_first"),
        }
        now = self._reckoning.month_first
        return self._box("date_order", say("person_list.dates"), names, now, self._reckon("month_first"))

    def _decimal(self) -> QWidget:
        names: dict[object, str] = {
            "": say("person_list.as_the_column_shows"),
            ",": say("person_list.comma"),
            ".": say("person_list.point"),
        }
        label = say("person_list.decimals")
        return self._box("decimal", label, names, self._reckoning.decimal, self._reckon("decimal"))

    def _read(self, name: str, **also: Any) -> Callable[[object], None]:
        def choose(value: Any) -> None:
            changes: dict[str, Any] = {name: value, **also}
            self.chosen.emit(replace(self._choices, **changes))

        return choose

    def _reckon(self, name: str) -> Callable[[object], None]:
        def choose(value: Any) -> None:
            changes: dict[str, Any] = {name: value}
            self._reckoning = replace(self._reckoning, **changes)
            self.reckoned.emit(self._reckoning)

        return choose

    def _box(
        self, name: str, label: str, words: "dict[object, str] | dict[str, str]", now: object,
        choose: Callable[[object], None], hint: str = "",
    ) -> FieldBox:  # fmt: skip
        box = DropDown()
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        values = list(words)
        for word in words.values():
            box.addItem(word)
        box.setCurrentIndex(values.index(now) if now in values else 0)
        box.activated.connect(lambda at: self._touch(name, lambda: choose(values[at])))
        self._boxes_by_name[name] = box
        return FieldBox(label, box, hint)

    def _touch(self, name: str, choose: Callable[[], None]) -> None:
        self._touched = name
        choose()


class _LinesModel(QAbstractTableModel):
    """The first lines as they stand in the file, the heads among them."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[int, tuple[str, ...]], ...] = ()
        self._head_row = 0

    def show(self, table: "TableFile") -> None:
        self.beginResetModel()
        self._lines, self._head_row = table.top, table.head_row
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _MOST_COLUMNS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return chr(ord("A") + section - 1) if section else say("person_list.row")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number, cells = self._lines[index.row()]
        at = index.column() - 1
        said = str(number) if at < 0 else cells[at] if at < len(cells) else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return said
        if role == ItemRole.STRONG:
            return number == self._head_row
        return "text-3" if role == ItemRole.TONE and at < 0 else None
