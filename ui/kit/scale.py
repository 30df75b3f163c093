"""The segmented scale: equal segments, figure over word, the chosen one filled and ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from ui.kit.icons import paint_icon
from ui.kit.segments import CENTER, Segment, SegmentOption, SegmentRow, corners
from ui.theme import theme

_HEIGHT = 46
_RADIUS = 8


class SegmentedScale(SegmentRow):
    """A scale of (value, caption) steps. ``changed`` carries the value; ``value()`` may be None."""

    def __init__(self, options: Sequence[tuple[int | str, str]]) -> None:
        super().__init__(
            [SegmentOption(value, str(value), word, f"{value} {word}".strip()) for value, word in options]
        )

    def segment_size(self, option: SegmentOption) -> QSize:
        """Return room for figure and word."""
        look = theme()
        width = QFontMetrics(look.bold("meta")).horizontalAdvance(option.word) + look.px(16)
        return QSize(max(width, look.px(56)), look.px(_HEIGHT))

    def paint_segment(self, painter: QPainter, segment: Segment) -> None:
        """Paint ground, frame, figure and word of one segment."""
        look = theme()
        chosen = segment.isChecked()
        ground = look.color("accent" if chosen else "tint" if segment.underMouse() else "surface")
        self._frame(painter, segment, QPen(look.color("line-strong"), 1), ground)
        ink = look.color("on-accent" if chosen else "text" if segment.isEnabled() else "text-3")
        self._words(painter, segment, chosen, ink)
        if segment.hasFocus():
            painter.setPen(QPen(look.color("on-accent" if chosen else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(segment.rect()).adjusted(3, 3, -3, -3)
            painter.drawPath(corners(inner, look.px(5), True, True))

    def _frame(self, painter: QPainter, segment: Segment, pen: QPen, ground: QColor) -> None:
        first, last = segment is self.segments[0], segment is self.segments[-1]
        place = QRectF(segment.rect()).adjusted(0.5, 0.5, -0.5 if last else 0.5, -0.5)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawPath(corners(place, theme().px(_RADIUS), first, last))

    def _words(self, painter: QPainter, segment: Segment, chosen: bool, ink: QColor) -> None:
        look = theme()
        px = look.px
        painter.setPen(ink)
        painter.setFont(look.font("strong"))
        width = segment.width()
        figure = QRectF(0, px(5), width, px(20))
        painter.drawText(figure, CENTER, segment.option.figure)
        if chosen:
            half = QFontMetrics(painter.font()).horizontalAdvance(segment.option.figure) / 2
            side = px(14)
            tick = QRectF(width / 2 + half + px(5), figure.center().y() - side / 2, side, side)
            paint_icon(painter, tick, "check", look.color("on-accent"))
        painter.setFont(look.bold("meta") if chosen else look.font("meta"))
        painter.setPen(ink if chosen else look.color("text-2"))
        painter.drawText(QRectF(0, px(24), width, px(17)), CENTER, segment.option.word)
