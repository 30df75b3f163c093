"""The list of the wallet: a table of papers in groups, each with a sheet drawn by its kind."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QStyleOptionViewItem, QWidget

from kimdesk.texts import say
from ui.case.attachments.entries import WalletRow
from ui.case.attachments.sheet import paint_sheet
from ui.kit.icons import paint_icon
from ui.kit.listing import Listing, TaskGroup
from ui.kit.rows import ItemRole, is_chosen, is_hovered, paint_bar, paint_line, paint_text
from ui.kit.task_row import TaskDelegate
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_ROW, _LINE, _AROUND = 51, 19, 18
_SHEET = (14, 34, 44)  # its left, width and height
_FIRST, _CHIP = 60, 20
_COLUMNS = (("paper", 0.31), ("original", 0.20), ("end", 0.15), ("handed", 0.195), ("needed", 0.145))
"""The columns and their parts of the room beside the sheet."""
_NARROW = 700  # where only the first three are shown


def columns(width: float) -> list[tuple[str, float, float]]:
    """Return name, left and width of each column in a list so wide, in pixels."""
    look = theme()
    shown = _COLUMNS[:3] if width < look.px(_NARROW) else _COLUMNS
    whole = sum(part for _, part in shown)
    room, left, found = width - look.px(_FIRST + 8), float(look.px(_FIRST)), list[tuple[str, float, float]]()
    for name, part in shown:
        wide = room * part / whole
        found.append((name, left, wide - look.px(8)))
        left += wide
    return found


class ColumnHeads(QWidget):
    """The words above the columns; nothing while the text is large, for each value is named in its row."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(not theme().stacked)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(theme().px(300), theme().px(27))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        for name, left, wide in columns(self.width()):
            place = QRectF(left, 0, wide, self.height())
            paint_text(painter, place, say(f"wallet.column_{name}"), "label", "text-2")


class WalletList(Listing):
    """Grouped papers. ``chosen`` tells the key of the row the keyboard is on, ``pressed_on`` of one that was
    clicked, ``opened`` of one that was entered or clicked twice.
    """

    chosen = Signal(object)
    pressed_on = Signal(object)

    def __init__(self) -> None:
        super().__init__(fit=True)
        self.setItemDelegate(_Delegate(self, 1))
        self.setProperty("rounded_top", False)
        self.setProperty("flat", True)
        self.clicked.disconnect(self._open)
        self.activated.disconnect(self._open)
        self.clicked.connect(self._press)
        self.doubleClicked.connect(self._open_again)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which row the keyboard is on."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._choose(current)

    def show_current(self, key: object) -> None:
        """Make the row of ``key`` current, without telling."""
        model = self.model()
        for number in range(model.rowCount()):
            if model.index(number, 0).data(ItemRole.KEY) == key and key:
                self.setCurrentIndex(model.index(number, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _press(self, index: QModelIndex) -> None:
        self._choose(index)
        if key := index.data(ItemRole.KEY):
            self.pressed_on.emit(key)

    def _open_again(self, index: QModelIndex) -> None:
        """Open a paper that was clicked twice; what is missing was asked for at the first click."""
        row = index.data(ItemRole.ROW)
        if isinstance(row, WalletRow) and row.sheet != "missing":
            self._open(index)

    def _choose(self, index: _Index) -> None:
        if key := index.data(ItemRole.KEY):
            self.chosen.emit(key)


class _Delegate(TaskDelegate):
    """Paints a row in columns, or its values below one another while the text is large."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 51 for a row."""
        if isinstance(index.data(ItemRole.ROW), TaskGroup):
            return super().sizeHint(option, index)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        row: WalletRow = index.data(ItemRole.ROW)
        lines = len(_lines(row)) if theme().stacked else 0
        return QSize(width, theme().px(max(_ROW, lines * _LINE + (_AROUND if lines else 0))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a head or a row."""
        row = index.data(ItemRole.ROW)
        if not isinstance(row, WalletRow):
            super().paint(painter, option, index)
            return
        painter.save()
        place, last = QRectF(option.rect), index.row() == index.model().rowCount() - 1
        missing = "bad-fill" if row.sheet == "missing" else ""
        ground = "tint" if is_chosen(option) else "sunken" if is_hovered(option) else missing
        self._ground(painter, option, place, ground, last)
        self._sheet(painter, place, row)
        (_stacked if theme().stacked else _beside)(painter, place, row)
        if is_chosen(option):
            paint_bar(painter, place)
        if not last:
            paint_line(painter, place)
        painter.restore()

    def _sheet(self, painter: QPainter, place: QRectF, row: WalletRow) -> None:
        left, width, height = (theme().px(each) for each in _SHEET)
        top = place.top() + (place.height() - height) / 2
        paint_sheet(painter, QRectF(place.left() + left, top, width, height), row.sheet)


def _beside(painter: QPainter, place: QRectF, row: WalletRow) -> None:
    end_tone = row.date_tone if row.date_tone in ("bad", "warn") else "text"
    values = {
        "paper": (row.title, row.text, "strong", "text"),
        "original": (row.place, row.place_note, "table", "text"),
        "end": (row.date, row.date_note, "label" if end_tone != "text" else "table", end_tone),
        "handed": (row.given, row.given_note, "table", "text"),
    }
    for name, left, wide in columns(place.width()):
        column = QRectF(place.left() + left, place.top(), wide, place.height())
        if name == "needed":
            _chips(painter, column, row.needed)
            continue
        word, note, use, tone = values[name]
        if name == "original" and row.away:
            column = _arrow(painter, column)
        _pair(painter, column, (word, use, tone), (note, end_tone if name == "end" else "text-2"))


def _arrow(painter: QPainter, column: QRectF) -> QRectF:
    """Paint the sign of an original that is out of the house; return the room beside it."""
    side = theme().px(14)
    paint_icon(
        painter,
        QRectF(column.left(), column.top() + theme().px(10), side, side),
        "arrow-square-out",
        theme().color("text-2"),
    )
    return column.adjusted(side + theme().px(4), 0, 0, 0)


def _pair(painter: QPainter, column: QRectF, upper: tuple[str, str, str], lower: tuple[str, str]) -> None:
    """Paint a word and, smaller below it, another one; a word alone stands in the middle."""
    line = theme().px(18)
    top = column.top() + (column.height() - (2 * line if lower[0] else line)) / 2
    word, use, tone = upper
    paint_text(painter, QRectF(column.left(), top, column.width(), line), word, use, tone)
    if lower[0]:
        paint_text(
            painter, QRectF(column.left(), top + line, column.width(), line), lower[0], "meta", lower[1]
        )


def _chips(painter: QPainter, column: QRectF, words: tuple[str, ...]) -> None:
    """Paint up to two names of lists below one another, then how many more there are."""
    look = theme()
    more = len(words) - 2
    shown = [words[0], f"+{len(words) - 1}"] if more > 0 else list(words)
    height, gap = look.px(_CHIP), look.px(4)
    top = column.top() + (column.height() - len(shown) * height - max(0, len(shown) - 1) * gap) / 2
    metrics = QFontMetrics(look.font("meta"))
    for word in shown:
        wide = min(column.width(), metrics.horizontalAdvance(word) + look.px(14))
        chip = QRectF(column.left(), top, wide, height).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(look.color("line"))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(chip, look.px(5), look.px(5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_text(painter, chip.adjusted(look.px(6), 0, -look.px(4), 0), word, "meta", "text-2")
        top += height + gap


def _lines(row: WalletRow) -> list[tuple[str, str, str]]:
    """Return what a row says below one another: the words, their size and colour."""
    lines = [
        (row.title, "strong", "text"),
        (row.text, "table", "text-2"),
        (_named("original", row.place, row.place_note), "table", "text"),
        (_named("end", row.date, row.date_note), "table", row.date_tone),
        (_named("handed", row.given, row.given_note), "table", "text"),
        (_named("needed", ", ".join(row.needed), ""), "table", "text-2"),
    ]
    return [each for each in lines if each[0]]


def _stacked(painter: QPainter, place: QRectF, row: WalletRow) -> None:
    look = theme()
    left, line = look.px(_FIRST), look.px(_LINE)
    top = place.top() + look.px(_AROUND // 2)
    for word, use, tone in _lines(row):
        where = QRectF(place.left() + left, top, place.width() - left - look.px(8), line)
        paint_text(painter, where, word, use, tone)
        top += line


def _named(column: str, word: str, note: str) -> str:
    if not word or word == "–":
        return ""
    told = f"{word}, {note}" if note else word
    return f"{say(f'wallet.column_{column}')}: {told}"
