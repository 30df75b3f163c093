"""Choosing the columns of the list: a menu for which, a dialog for order and width; nothing needs a mouse."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from kimdesk.casework.case_columns import ColumnChoice
from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.announce import announce
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.kit.popup import Menu
from ui.pages.cases.columns import COLUMNS, NAMES
from ui.pages.cases.table import LEAST, MOST, CaseTable
from ui.theme import theme

_STEP = 20  # pixels at 100 %
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class ColumnActs:
    """What the menu of the columns does: another choice, the same list the other way round."""

    choose: Callable[[ColumnChoice], None]
    turn: Callable[[], None]


def ask(table: CaseTable, at: QPoint, *, falling: bool, acts: ColumnActs) -> None:
    """Show the menu of the columns of ``table`` at ``at`` on the screen."""
    menu = Menu(table)
    menu.setObjectName("column_menu")
    menu.setAccessibleName(say("cases.columns"))
    menu.aboutToHide.connect(menu.deleteLater)
    shown = table.columns()
    for column in COLUMNS[1:]:
        action = menu.addAction(column.head)
        action.setObjectName(f"column_{column.name}")
        action.setCheckable(True)
        action.setChecked(column.name in shown)
        action.triggered.connect(lambda _=False, name=column.name: acts.choose(_turned(table, name)))
    menu.addSeparator()
    turn = menu.addAction(say("cases.turn_to_rising") if falling else say("cases.turn_to_falling"))
    turn.setObjectName("turn_order")
    turn.triggered.connect(acts.turn)
    order = menu.addAction(say("cases.order_and_width"))
    order.setObjectName("order_columns")
    order.triggered.connect(lambda: ColumnsDialog(table, acts.choose).open())
    again = menu.addAction(say("cases.columns_as_shipped"))
    again.setObjectName("reset_columns")
    again.triggered.connect(lambda: acts.choose(ColumnChoice()))
    menu.popup(at)


def _turned(table: CaseTable, name: str) -> ColumnChoice:
    """Return the choice with one column more at the end, or without it."""
    shown = table.columns()
    names = tuple(each for each in shown if each != name) if name in shown else (*shown, name)
    return ColumnChoice(names, dict(table.widths))


class ColumnsDialog(Dialog):
    """All columns in their order: Space shows or hides one, the buttons move it and draw it wider."""

    def __init__(self, table: CaseTable, choose: Callable[[ColumnChoice], None]) -> None:
        super().__init__(table, say("cases.which_columns"), accept=say("cases.use_columns"))
        self.setObjectName("columns_dialog")
        self._choose = choose
        self._widths = dict(table.widths)
        self._list = QListWidget()
        self._list.setObjectName("column_list")
        self._list.setAccessibleName(say("cases.columns"))
        self._fill(table.columns())
        self.body.addWidget(self._list)
        self.body.addWidget(self._column_buttons())

    def accept(self) -> None:
        """Use the columns as they stand here."""
        items = [self._list.item(row) for row in range(self._list.count())]
        names = tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == _CHECKED
        )
        super().accept()
        self._choose(ColumnChoice(names, self._widths))

    def _fill(self, shown: tuple[str, ...]) -> None:
        for name in (*shown, *(each for each in NAMES if each not in shown)):
            item = QListWidgetItem(self._words(name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(_CHECKED if name in shown else _UNCHECKED)
            if name == "name":
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            item.setSizeHint(QSize(0, theme().px(28)))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight((5 if theme().stacked else len(NAMES)) * theme().px(28) + 4)

    def _words(self, name: str) -> str:
        width = self._widths.get(name)
        head = COLUMNS[NAMES.index(name)].head
        return f"{head} · {say('cases.width_of_column', width=width)}" if width else head

    def _column_buttons(self) -> FlowBox:
        box = FlowBox(gap=6)
        for key, icon, act in (
            ("column_up", "arrow-up", lambda: self._move(-1)),
            ("column_down", "arrow-down", lambda: self._move(1)),
            ("column_narrower", "minus", lambda: self._draw(-_STEP)),
            ("column_wider", "plus", lambda: self._draw(_STEP)),
        ):
            button = secondary(say(f"cases.do_{key}"), icon, size="small")
            button.setObjectName(key)
            button.clicked.connect(act)
            box.flow.addWidget(button)
        return box

    def _move(self, by: int) -> None:
        row = self._list.currentRow()
        to = max(0, min(row + by, self._list.count() - 1))
        item = self._list.takeItem(row)
        self._list.insertItem(to, item)
        self._list.setCurrentRow(to)
        announce(self, say("cases.place_of_column", column=item.text(), place=to + 1))

    def _draw(self, by: int) -> None:
        item = self._list.currentItem()
        name = str(item.data(Qt.ItemDataRole.UserRole))
        now = self._widths.get(name) or COLUMNS[NAMES.index(name)].width
        self._widths[name] = max(LEAST, min(MOST, now + by))
        item.setText(self._words(name))
        announce(self, item.text())
