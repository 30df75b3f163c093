"""Rows of the task list: a head per group; who and what, below it why, at the right when."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import (
    MIDDLE_RIGHT,
    ItemRole,
    is_chosen,
    is_hovered,
    paint_bar,
    paint_ground,
    paint_line,
    paint_text,
)
from ui.kit.wrapping import fitting_clauses, wrapped
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_HEAD, _LINE, _ABOVE, _BELOW = 27, 19, 9, 8
_LEFT, _DATES, _RIGHT, _GAP = 42, 112, 38, 8


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The head of a group: state icon, word and how many rows follow."""

    icon: str
    tone: str
    title: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row: who and what, below it why; at the right the date and how far away it is.

    ``key`` is what the row stands for: any value that equals itself when it is shown again; ``about`` what
    its menu is about, the key where it is None.
    """

    icon: str
    tone: str
    title: str
    text: str
    reason: str
    date: str
    date_note: str
    key: object
    date_tone: str = "text-2"
    folded: bool | None = None  # rows stand behind it: shown or not; None when there are none
    about: object = None

    def spoken(self) -> str:
        """Return the row as a screen reader should say it."""
        return ", ".join(
            part for part in (self.title, self.text, self.reason, self.date, self.date_note) if part
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a row in lines, ``indent``: where the text begins beside the title."""

    text: tuple[str, ...]
    reason: tuple[str, ...]
    indent: float

    @property
    def height(self) -> int:
        lines = max(1, len(self.text)) + len(self.reason)
        return theme().px(_ABOVE + max(2, lines) * _LINE + _BELOW)


def _right(row: TaskRow) -> int:
    """Return the room at the right: words take that of the dates where a row has none."""
    return _RIGHT + (_DATES + _GAP if row.date or row.date_note else 0)


def _words(row: TaskRow, width: float, most: int) -> _Words:
    room = max(1.0, width - theme().px(_LEFT + _right(row)))
    title = QFontMetrics(theme().font("strong", row.title)).horizontalAdvance(row.title)
    indent = title + theme().px(_GAP)
    text = wrapped(row.text, "body", room, indent, most) if row.text else ()
    reason = fitting_clauses(row.reason, "table", room) if most == 1 else row.reason
    return _Words(text, wrapped(reason, "table", room, most=most) if reason else (), indent)


class TaskDelegate(QStyledItemDelegate):
    """Paints heads and task rows; what does not fit takes up to ``most`` lines, the last one cut."""

    def __init__(self, view: QWidget, most: int) -> None:
        super().__init__(view)
        self._most = most

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 27 for a head, 55 for a row of two lines."""
        row = index.data(ItemRole.ROW)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        if isinstance(row, TaskGroup):
            return QSize(width, theme().px(_HEAD))
        return QSize(width, _words(row, width, self._most).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a head or a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(ItemRole.ROW)
        place = QRectF(option.rect)
        last = index.row() == index.model().rowCount() - 1
        if isinstance(row, TaskGroup):
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

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, token: str, last: bool
    ) -> None:
        if token:
            paint_ground(painter, place, theme().color(token), option.widget, last)

    def _head(self, painter: QPainter, place: QRectF, group: TaskGroup) -> None:
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
        shows = "caret-right" if row.folded is None else "caret-down" if row.folded else "caret-up"
        paint_icon(painter, caret, shows, theme().color("text-2"))
        right = place.right() - px(_RIGHT)
        self._dates(painter, QRectF(right - px(_DATES), place.top(), px(_DATES), place.height()), row)
        left = place.left() + px(_LEFT)
        wide = place.right() - px(_right(row)) - left
        self._say(painter, QRectF(left, place.top(), wide, place.height()), row)

    def _dates(self, painter: QPainter, place: QRectF, row: TaskRow) -> None:
        upper = QRectF(place.left(), place.top() + theme().px(_ABOVE), place.width(), theme().px(_LINE - 1))
        paint_text(painter, upper, row.date, "medium", "text", MIDDLE_RIGHT)
        paint_text(
            painter,
            upper.translated(0, theme().px(_LINE)),
            row.date_note,
            "meta",
            row.date_tone,
            MIDDLE_RIGHT,
        )

    def _say(self, painter: QPainter, place: QRectF, row: TaskRow) -> None:
        step = theme().px(_LINE)
        line = QRectF(place.left(), place.top() + theme().px(_ABOVE), place.width(), theme().px(_LINE - 1))
        words = _words(row, place.width() + theme().px(_LEFT + _right(row)), self._most)
        paint_text(painter, line, row.title, "strong")
        for number, text in enumerate(words.text):
            indent = words.indent if number == 0 else 0
            paint_text(painter, line.translated(0, number * step).adjusted(indent, 0, 0, 0), text, "body")
        below = max(1, len(words.text))
        for number, text in enumerate(words.reason):
            paint_text(painter, line.translated(0, (below + number) * step), text, "table", "text-2")
