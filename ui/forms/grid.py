"""Fields side by side as their width asks for; below one another when the text is large."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from kimdesk.forms.definition import Width
from ui.theme import theme

COLUMNS = 12
_SPANS = {Width.FULL: 12, Width.HALF: 6, Width.THIRD: 4, Width.QUARTER: 3}
_GAP = 12


def places(widths: Sequence[Width], *, stacked: bool) -> list[tuple[int, int, int]]:
    """Return row, column and span (of 12) for fields of ``widths`` one after another."""
    row = column = 0
    found = []
    for width in widths:
        span = COLUMNS if stacked else _SPANS[width]
        if column + span > COLUMNS:
            row, column = row + 1, 0
        found.append((row, column, span))
        column += span
    return found


class TwelfthsLayout(QLayout):
    """Items in rows of twelve equal columns; every item stands at the top of its row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._places: list[tuple[int, int, int]] = []

    def set_places(self, places: list[tuple[int, int, int]]) -> None:
        """Say where each item stands, in the order they were added."""
        self._places = places
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Add ``item`` at the end (Qt calls this for ``addWidget``)."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at ``index``, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at ``index``, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Return True: fewer pixels across mean more lines of text."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at ``width``."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items inside ``rect``."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return a comfortable width and the height that goes with it."""
        width = theme().px(480)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """Return what the widest item of a whole row needs."""
        whole = [item for item, (_, _, span) in self._shown() if span == COLUMNS]
        return QSize(max((item.minimumSize().width() for item in whole), default=0), 0)

    def _shown(self) -> Iterator[tuple[QLayoutItem, tuple[int, int, int]]]:
        return zip(self._items, self._places, strict=False)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        gap = theme().px(_GAP)
        step = (rect.width() + gap) / COLUMNS
        top, tallest, current = rect.y(), 0, 0
        for item, (row, column, span) in self._shown():
            if row != current:
                top, tallest, current = top + tallest + gap, 0, row
            left = rect.x() + round(column * step)
            width = round((column + span) * step) - gap - round(column * step)
            height = _height(item, width)
            tallest = max(tallest, height)
            if move:
                item.setGeometry(QRect(left, top, width, height))
        return top + tallest - rect.y()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class FieldGrid(QWidget):
    """A grid of fields; hidden ones leave no hole."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = TwelfthsLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._placed: list[QWidget] = []

    def arrange(self, fields: Sequence[tuple[QWidget, Width]]) -> None:
        """Show exactly ``fields``, in this order."""
        widgets = [widget for widget, _ in fields]
        if widgets == self._placed:
            return
        for widget in self._placed:
            self._grid.removeWidget(widget)
            if widget not in widgets:
                widget.hide()
        self._grid.set_places(places([width for _, width in fields], stacked=theme().stacked))
        for widget in widgets:
            self._grid.addWidget(widget)
            widget.show()
        self._placed = widgets
        self.updateGeometry()
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)
