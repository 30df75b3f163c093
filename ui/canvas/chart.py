"""A chart in the window: painted, walked through with the arrow keys, read aloud part by part."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen

from kimdesk.pictures.drawing import (
    HEIGHTS,
    Chart,
    ChartBox,
    ChartDot,
    ChartPen,
    ChartSpot,
    ChartStroke,
    ChartWords,
)
from ui.canvas.keys import OPEN, STEPS
from ui.canvas.paint import hatch, paint_frame, width_of
from ui.canvas.view import Canvas
from ui.kit.announce import announce
from ui.kit.rows import paint_text
from ui.theme import theme

Charted = Callable[[ChartPen], Chart]
"""Lays a chart out for a pen."""
_SIDES = {
    "left": Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
    "middle": Qt.AlignmentFlag.AlignCenter,
    "right": Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
}


class ChartView(Canvas):
    """The picture; ``opened`` carries the key of the part on which somebody pressed Enter or clicked."""

    opened = Signal(str)

    def __init__(self, name: str, title: str, charted: Charted, width: tuple[int, int]) -> None:
        self._charted = charted
        self._drawing = Chart(0, 0, (), ())
        self._at = -1
        super().__init__(name, title, width)
        self.keys.on(STEPS, self._step)
        self.keys.ask(OPEN, lambda spot, _: self.opened.emit(spot.key))
        self.lay_out()
        self.setAccessibleDescription(self._drawing.alt)

    @property
    def spots(self) -> tuple[ChartSpot, ...]:
        """Return its parts in words, in the order in which they are read."""
        return self._drawing.spots

    def at_keyboard(self) -> ChartSpot | None:
        """Return the part that has the keyboard."""
        spots = self._drawing.spots
        return spots[self._at] if 0 <= self._at < len(spots) else None

    def lay_out(self) -> None:
        """Spread the chart over the width there is."""
        width = max(self.width(), self.minimumSizeHint().width())
        self._drawing = self._charted(ChartPen(width, theme().px(100) / 100, width_of))
        self.fit()

    def picture_height(self) -> int:
        """Return how many pixels the chart is high."""
        return round(self._drawing.height) + 2

    def spoken_at(self, place: QPointF) -> str:
        """Return the part at ``place`` in words."""
        found = self._spot_at(place)
        return found.spoken if found else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        if found := self._spot_at(event.position()):
            self.opened.emit(found.key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no part as chosen any more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, and a frame around the part that has the keyboard."""
        painter = self.painter()
        painter.drawPixmap(0, 0, self.kept(self._paint))
        chosen = self.at_keyboard()
        if self.hasFocus():
            place = _rect(chosen.place) if chosen else self.rect().toRectF()
            paint_frame(painter, place.adjusted(1, 1, -1, -1), 0, 4)

    def _spot_at(self, place: QPointF) -> ChartSpot | None:
        return next((each for each in self._drawing.spots if _rect(each.place).contains(place)), None)

    def _step(self, step: int) -> None:
        spots = self._drawing.spots
        if spots:
            self._at = min(max(self._at + step, 0), len(spots) - 1)
            announce(self, spots[self._at].spoken)
            self.update()

    def _paint(self, painter: QPainter) -> None:
        for mark in self._drawing.marks:
            if isinstance(mark, ChartBox):
                _paint_box(painter, mark)
            elif isinstance(mark, ChartStroke):
                _paint_stroke(painter, mark)
            elif isinstance(mark, ChartDot):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme().color(mark.ink))
                painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)
            else:
                _paint_words(painter, mark)


def _rect(box: ChartBox) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _paint_box(painter: QPainter, box: ChartBox) -> None:
    look = theme()
    place = _rect(box).adjusted(0.5, 0.5, -0.5, -0.5) if box.edge else _rect(box)
    radius = look.px(box.radius)
    style = Qt.PenStyle.DashLine if box.dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(look.color(box.edge), 1, style) if box.edge else Qt.PenStyle.NoPen)
    painter.setBrush(look.color(box.fill) if box.fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, radius, radius)
    if box.hatched:
        painter.setBrush(hatch(look.color(box.edge)))
        painter.drawRoundedRect(place, radius, radius)


def _paint_stroke(painter: QPainter, stroke: ChartStroke) -> None:
    path = QPainterPath(QPointF(*stroke.points[0]))
    for point in stroke.points[1:]:
        path.lineTo(*point)
    painter.setPen(QPen(theme().color(stroke.ink), stroke.thick))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_words(painter: QPainter, words: ChartWords) -> None:
    place = QRectF(words.x, words.y, words.width, theme().px(HEIGHTS[words.use]))
    paint_text(painter, place, words.text, words.use, words.ink, _SIDES[words.side])
