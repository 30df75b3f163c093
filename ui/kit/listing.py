"""The list of tasks: groups with an icon and a count, rows with the reason below and the date at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.kit.cards import CardItem, CardList
from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import (
    MIDDLE_LEFT,
    MIDDLE_RIGHT,
    Role,
    is_chosen,
    is_hovered,
    paint_bar,
    paint_ground,
    paint_line,
    paint_text,
)
from ui.kit.table import Table, TableDelegate
from ui.theme import theme

__all__ = ["CardItem", "CardList", "Group", "Listing", "Role", "Table", "TableDelegate", "TaskRow"]

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Group:
    """The head of a group: state icon, word and how many rows follow."""

    icon: str
    tone: str
    title: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row: who and what, below it why; at the right the date and how far away it is."""

    icon: str
    tone: str
    title: str
    text: str
    reason: str
    date: str
    date_note: str
    key: str
    date_tone: str = "text-2"

    def spoken(self) -> str:
        """Return the row as a screen reader should say it."""
        return ", ".join(part for part in (self.title, self.text, self.reason, self.date, self.date_note) if part)


class _Rows(QAbstractListModel):
    """Groups and rows in one flat list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Group | TaskRow] = []

    def replace(self, rows: list[Group | TaskRow]) -> None:
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
        if role == Role.ROW:
            return row
        if role == Role.KEY:
            return row.key if isinstance(row, TaskRow) else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken() if isinstance(row, TaskRow) else f"{row.title} {row.count}"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only rows be chosen, not heads."""
        enabled = Qt.ItemFlag.ItemIsEnabled
        return enabled | Qt.ItemFlag.ItemIsSelectable if isinstance(self.rows[index.row()], TaskRow) else enabled


class TaskDelegate(QStyledItemDelegate):
    """Paints heads and task rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 27 for a head, 55 for a row (with its line)."""
        head = isinstance(index.data(Role.ROW), Group)
        return QSize(theme().px(240), theme().px(27 if head else 55))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a head or a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(Role.ROW)
        place = QRectF(option.rect)
        last = index.row() == index.model().rowCount() - 1
        if isinstance(row, Group):
            self._ground(painter, option, place, "sunken", last)
            self._head(painter, place, row)
        else:
            ground = "tint" if is_chosen(option) else "sunken" if is_hovered(option) else ""
            self._ground(painter, option, place, ground, last)
            self._row(painter, place, row)
            if is_chosen(option):
                paint_bar(painter, place)
        if not last:
            paint_line(painter, place)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, token: str, last: bool) -> None:
        if token:
            paint_ground(painter, place, theme().color(token), option.widget, last)

    def _head(self, painter: QPainter, place: QRectF, group: Group) -> None:
        px = theme().px
        side = px(16)
        sign = QRectF(place.left() + px(12), place.center().y() - side / 2, side, side)
        shape, filled, _ = resolve(group.icon)
        paint_icon(painter, sign, shape, theme().color(group.tone), filled)
        words = place.adjusted(px(36), 0, -px(12), 0)
        used = paint_text(painter, words, group.title, "label", group.tone)
        paint_text(painter, words.adjusted(used + px(8), 0, 0, 0), str(group.count), "meta", "text-2")

    def _row(self, painter: QPainter, place: QRectF, row: TaskRow) -> None:
        px = theme().px
        side = px(18)
        shape, filled, _ = resolve(row.icon)
        sign = QRectF(place.left() + px(12), place.center().y() - side / 2, side, side)
        paint_icon(painter, sign, shape, theme().color(row.tone), filled)
        caret = QRectF(place.right() - px(26), place.center().y() - px(8), px(16), px(16))
        paint_icon(painter, caret, "caret-right", theme().color("text-2"))
        dates = place.adjusted(0, 0, -px(38), 0)
        dates.setLeft(dates.right() - px(112))
        upper, lower = (QRectF(0, place.top() + px(top), 0, px(18)) for top in (9, 28))
        for line, text, use, tone in ((upper, row.date, "medium", "text"), (lower, row.date_note, "meta", row.date_tone)):
            paint_text(painter, _span(line, dates.left(), dates.right()), text, use, tone, MIDDLE_RIGHT)
        left, right = place.left() + px(42), dates.left() - px(8)
        used = paint_text(painter, _span(upper, left, right), row.title, "strong", "text", MIDDLE_LEFT)
        if row.text:
            paint_text(painter, _span(upper, left + used + px(8), right), row.text, "body")
        paint_text(painter, _span(lower, left, right), row.reason, "table", "text-2")


def _span(line: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, line.top(), max(0.0, right - left), line.height())


class Listing(QListView):
    """Grouped task rows; ``opened`` carries the key of a row that was clicked or entered.

    With ``fit`` the list is as high as its rows and the page scrolls instead.
    """

    opened = Signal(str)

    def __init__(self, fit: bool = False) -> None:
        super().__init__()
        self._fit = fit
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(TaskDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("")
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def set_rows(self, groups: Sequence[tuple[Group | None, Sequence[TaskRow]]]) -> None:
        """Show ``groups``: each a head (or None) and its rows."""
        flat: list[Group | TaskRow] = []
        for head, rows in groups:
            flat += [*([head] if head else []), *rows]
        self._rows.replace(flat)
        self.updateGeometry()
        if self._fit:
            self.setFixedHeight(self.contents_height())

    def contents_height(self) -> int:
        """Return the height all rows need."""
        return sum(self.sizeHintForRow(row) for row in range(self._rows.rowCount())) + 2

    def keys(self) -> list[str]:
        """Return the keys of all rows in order."""
        return [row.key for row in self._rows.rows if isinstance(row, TaskRow)]

    def _open(self, index: QModelIndex) -> None:
        key = index.data(Role.KEY)
        if key:
            self.opened.emit(key)
