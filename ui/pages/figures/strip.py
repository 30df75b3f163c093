"""The numbers at the top: each a tile with its change as a sentence; one of them is opened."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy

from kimdesk.texts import say
from ui import focus
from ui.canvas.keys import STEPS
from ui.canvas.paint import paint_frame, width_of
from ui.kit.base import clear, rule, spaced
from ui.kit.card import Card
from ui.kit.icons import paint_icon
from ui.kit.rows import paint_text
from ui.pages.figures.model import Headline
from ui.theme import theme

PER_ROW = 6
_ICONS = {"up": "trend-up", "down": "trend-down", "same": "minus"}
_HEIGHT = 86


class HeadlineTile(QAbstractButton):
    """One number; pressed, it is opened."""

    def __init__(self, told: Headline) -> None:
        super().__init__()
        self.told = told
        self.setObjectName(f"headline_{told.code}")
        self.setCheckable(True)
        self.setProperty("own_focus", True)
        self.setAccessibleName(told.spoken)
        self.setToolTip(told.spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for three lines."""
        return QSize(theme().px(150), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least at which the number can be read."""
        return QSize(theme().px(110), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, number and change; the opened one is tinted, with a bar below."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.rect().toRectF()
        if self.isChecked():
            painter.fillRect(whole, look.color("tint"))
            painter.fillRect(
                QRectF(px(14), whole.bottom() - px(3), whole.width() - px(26), px(3)), look.color("accent")
            )
        inner = whole.adjusted(px(14), 0, -px(8), 0)
        paint_text(
            painter, QRectF(inner.left(), px(10), inner.width(), px(16)), self.told.title, "meta", "text-2"
        )
        self._paint_number(painter, QRectF(inner.left(), px(26), inner.width(), px(32)))
        self._paint_change(painter, QRectF(inner.left(), px(58), inner.width(), px(16)))
        if self.hasFocus():
            paint_frame(painter, whole.adjusted(1, 1, -1, -1), -1, 6)

    def _paint_number(self, painter: QPainter, place: QRectF) -> None:
        use = "title" if self.told.shown else "strong"
        paint_text(painter, place, self.told.value, use, "text" if self.told.shown else "text-2")
        left = place.left() + width_of(self.told.value, use) + theme().px(4)
        rest = QRectF(left, place.top() + theme().px(3), place.right() - left, place.height())
        paint_text(painter, rest, self.told.unit, "table", "text-2")

    def _paint_change(self, painter: QPainter, place: QRectF) -> None:
        px, left = theme().px, place.left()
        if name := _ICONS.get(self.told.direction):
            sign = QRectF(left, place.top() + px(1), px(14), px(14))
            paint_icon(painter, sign, name, theme().color(self.told.tone))
            left += px(18)
        rest = QRectF(left, place.top(), place.right() - left, place.height())
        paint_text(painter, rest, self.told.change, "meta", self.told.tone)


class HeadlineStrip(Card):
    """The tiles side by side, wrapped while the text is large; ``opened`` carries a code, "" for none."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        spaced(self.outer)
        self.setObjectName("headlines")
        self.setAccessibleName(say("figures.headlines"))
        self._grid = QGridLayout()
        spaced(self._grid)
        self._tiles: list[HeadlineTile] = []
        self.body.addLayout(self._grid)

    def show_headlines(self, told: Sequence[Headline], chosen: str) -> None:
        """Show ``told`` with the tile ``chosen`` as opened; what has the keyboard keeps it."""
        held = next((each.told.code for each in self._tiles if each.hasFocus()), "")
        clear(self._grid)
        per_row = 2 if theme().stacked else PER_ROW
        self._tiles = [HeadlineTile(each) for each in told]
        for at, tile in enumerate(self._tiles):
            row, column = divmod(at, per_row)
            if column:
                self._grid.addWidget(rule(vertical=True), row, 2 * column - 1)
            self._grid.addWidget(tile, row, 2 * column)
            self._grid.setColumnStretch(2 * column, 1)
            tile.clicked.connect(lambda _=False, code=tile.told.code: self.opened.emit(code))
            if tile.told.code == held:
                focus.go(tile)
        self.light(chosen)

    def light(self, chosen: str) -> None:
        """Show which number is opened."""
        for tile in self._tiles:
            tile.setChecked(tile.told.code == chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from tile to tile with the arrow keys, open one with Enter, close it with Esc."""
        at = next((number for number, each in enumerate(self._tiles) if each.hasFocus()), -1)
        key = Qt.Key(event.key())
        if at >= 0 and key in STEPS:
            step = STEPS[key] if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else STEPS[key] * self._per_row()
            focus.go(self._tiles[min(max(at + step, 0), len(self._tiles) - 1)])
        elif at >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._tiles[at].told.code)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _per_row() -> int:
        return 2 if theme().stacked else PER_ROW
