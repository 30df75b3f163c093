"""The list of tasks: groups with an icon and a count, rows with the reason below, the date at the right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from ui.kit.cards import CardItem, CardList
from ui.kit.rows import ItemRole
from ui.kit.table import Table, TableDelegate
from ui.kit.task_row import TaskDelegate, TaskGroup, TaskRow

__all__ = ["CardItem", "CardList", "ItemRole", "Listing", "Table", "TableDelegate", "TaskGroup", "TaskRow"]

_Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    """Groups and rows in one flat list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[TaskGroup | TaskRow] = []

    def replace(self, rows: list[TaskGroup | TaskRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are, heads included."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its key or its words."""
        row = self.rows[index.row()]
        if role == ItemRole.ROW:
            return row
        if role == ItemRole.KEY:
            return row.key if isinstance(row, TaskRow) else ""
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return row.spoken() if isinstance(row, TaskRow) else f"{row.title} {row.count}"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only rows be chosen; arrow keys step over heads."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if isinstance(self.rows[index.row()], TaskRow) else Qt.ItemFlag.NoItemFlags


class Listing(QListView):
    """Grouped task rows; ``opened`` carries the key of a row that was clicked or entered.

    ``menu_asked`` carries what a row is about (its key by default) and where its menu is wanted.

    With ``fit`` the list is as high as its rows and the page scrolls instead. A row's words take up to
    ``most`` lines; what is cut stands in its tip.
    """

    opened = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, fit: bool = False, most: int = 3) -> None:
        super().__init__()
        self._fit = fit
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(TaskDelegate(self, most))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("")
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def set_rows(self, groups: Sequence[tuple[TaskGroup | None, Sequence[TaskRow]]]) -> None:
        """Show ``groups``: each a head (or None) and its rows. The current row stays current."""
        flat: list[TaskGroup | TaskRow] = []
        for head, rows in groups:
            flat += [*([head] if head else []), *rows]
        current = self.currentIndex().data(ItemRole.KEY)
        self._rows.replace(flat)
        row = next(
            (row for row, each in enumerate(flat) if isinstance(each, TaskRow) and each.key == current), None
        )
        if row is not None:
            self.setCurrentIndex(self._rows.index(row))
        self.updateGeometry()
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._stretch()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, by the menu key of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.data(ItemRole.KEY):
            row: TaskRow = index.data(ItemRole.ROW)
            corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_asked.emit(
                row.key if row.about is None else row.about, corner if by_key else event.globalPos()
            )

    def contents_height(self) -> int:
        """Return the height all rows need."""
        return sum(self.sizeHintForRow(row) for row in range(self._rows.rowCount())) + 2

    def keys(self) -> list[Any]:
        """Return the keys of all rows in order."""
        return [row.key for row in self._rows.rows if isinstance(row, TaskRow)]

    def _stretch(self) -> None:
        if self._fit:
            self.setFixedHeight(self.contents_height())

    def _open(self, index: QModelIndex) -> None:
        key = index.data(ItemRole.KEY)
        if key:
            self.opened.emit(key)
