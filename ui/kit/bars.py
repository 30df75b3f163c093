"""Numbers as bars: solid, tinted and hatched parts of a length. The figure itself stands beside as text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ui.kit.base import clear, spaced
from ui.kit.text import Text
from ui.theme import theme

_HEIGHT = 12
_INKS = {"solid": "accent", "tinted": "tint-line", "hatched": "bad"}


class NumberBar(QWidget):
    """Parts (number, look) of ``whole``; look is solid, tinted or hatched. ``words`` say it to all others."""

    def __init__(self, parts: Sequence[tuple[int, str]], whole: int, words: str) -> None:
        super().__init__()
        self._parts, self._whole = tuple(parts), max(whole, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Return a short bar; it grows with its column."""
        return QSize(theme().px(96), theme().px(_HEIGHT))

    def lengths(self, width: float) -> list[float]:
        """Return the length of each part in a bar ``width`` wide; what is not nothing is seen."""
        return [max(number / self._whole * width, 2.0) if number else 0.0 for number, _ in self._parts]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts one after the other on an empty track."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(track, look.px(3), look.px(3))
        painter.fillPath(shape, look.color("sunken"))
        painter.setClipPath(shape)
        left = track.left()
        for (_, style), length in zip(self._parts, self.lengths(track.width()), strict=True):
            _paint_part(painter, QRectF(left, track.top(), length, track.height()), style)
            left += length
        painter.setClipping(False)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawPath(shape)


class BarKey(QWidget):
    """What the looks of the parts mean: (look, word) each."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 6)
        for style, words in entries:
            swatch = NumberBar([(1, style)], 1, words)
            swatch.setFixedWidth(theme().px(18))
            row.addWidget(swatch)
            row.addWidget(Text(words, "meta", "text-2"))
            row.addSpacing(theme().px(6))
        row.addStretch(1)


@dataclass(frozen=True, slots=True)
class Counted:
    """One bar of a list: its word and its number."""

    word: str
    number: int


class BarList(QWidget):
    """Words, bars and numbers, in two columns; in one while the text is large."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        spaced(self._grid, 6)
        self._grid.setHorizontalSpacing(theme().px(12))

    def show_counts(self, counts: Sequence[Counted]) -> None:
        """Show ``counts`` in their order, down the first column and then down the next."""
        clear(self._grid)
        columns = 1 if theme().stacked else 2
        rows = -(-len(counts) // columns)
        most = max((one.number for one in counts), default=1)
        for place, one in enumerate(counts):
            row, left = place % rows, place // rows * 4
            self._grid.addWidget(Text(one.word, "table"), row, left)
            bar = NumberBar([(one.number, "solid")], most, f"{one.word}: {one.number}")
            self._grid.addWidget(bar, row, left + 1)
            number = Text(str(one.number), "table_strong")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(number, row, left + 2)
            self._grid.setColumnStretch(left + 1, 1)
        if columns > 1:
            self._grid.setColumnMinimumWidth(3, theme().px(20))


def _paint_part(painter: QPainter, place: QRectF, style: str) -> None:
    look = theme()
    ink = look.color(_INKS[style])
    if style == "hatched":
        painter.fillRect(place, look.color("bad-fill"))
        painter.fillRect(place, QBrush(ink, Qt.BrushStyle.BDiagPattern))
    else:
        painter.fillRect(place, ink)
