"""What painted pictures share: what of them is seen, months and today, frames, flags, fills."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from kimdesk.pictures.scale import Scale
from ui.kit.rows import paint_text
from ui.theme import theme

_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Sight:
    """What of the picture is seen: from ``top`` to ``bottom``, ``width`` wide; the months stay at ``top``."""

    width: float
    top: float
    bottom: float

    def shows(self, top: float, bottom: float) -> bool:
        """Return whether anything between ``top`` and ``bottom`` is seen."""
        return bottom >= self.top and top <= self.bottom


def mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """Return ``color`` thinned over ``ground``: opaque, so that nothing shines through."""
    parts = [
        round(one * share + other * (1 - share))
        for one, other in zip(color.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts)


def hatch(color: QColor) -> QBrush:
    """Return the hatch of what is blocked or missing."""
    thin = QColor(color)
    thin.setAlphaF(0.45)
    return QBrush(thin, Qt.BrushStyle.BDiagPattern)


def width_of(words: str, use: str) -> float:
    """Return how many pixels ``words`` take in the font ``use``."""
    return QFontMetrics(theme().font(use, words)).horizontalAdvance(words)


def paint_grid(painter: QPainter, scale: Scale, head: float, height: float) -> None:
    """Paint the lines where months or weeks begin."""
    painter.setPen(QPen(theme().color("line"), 1))
    for x, _ in scale.ticks():
        painter.drawLine(QPointF(round(x) + 0.5, head - theme().px(4)), QPointF(round(x) + 0.5, height))


def names(scale: Scale) -> Iterator[tuple[float, str, float]]:
    """Yield the names of months or weeks that have room: where, what, how wide."""
    px = theme().px
    ticks = list(scale.ticks())
    step = (scale.right - scale.left) / len(ticks) - px(6)
    widest = max(width_of(name.partition(" ")[0], "meta") for _, name in ticks)
    every = max(1, -int(-widest // max(step, 1.0)))
    for number, (x, name) in enumerate(ticks):
        if number % every == 0:
            words = name if width_of(name, "meta") <= step * every else name.partition(" ")[0]
            yield x + px(4), words, width_of(words, "meta")


def paint_names(painter: QPainter, scale: Scale, head: float) -> None:
    """Paint the names of months or weeks above ``head``, as many as fit."""
    px = theme().px
    for x, words, wide in names(scale):
        paint_text(painter, QRectF(x, head - px(22), wide + px(2), px(18)), words, "meta", "text-2")


def paint_today(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """Paint the line of today at ``x``."""
    painter.setPen(QPen(theme().color("accent"), theme().px(1.5)))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def paint_flag(painter: QPainter, place: QRectF, words: str) -> None:
    """Paint ``words`` on a small ground of their own."""
    look = theme()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawRoundedRect(place, look.px(4), look.px(4))
    paint_text(painter, place, words, "label", "on-accent", _CENTER)


def paint_flag_above(painter: QPainter, place: QPointF, words: str, sight: Sight) -> None:
    """Paint what letting go would do above ``place``, never outside the picture."""
    px = theme().px
    wide = width_of(words, "label") + px(16)
    left = min(max(place.x(), 0.0), sight.width - wide)
    paint_flag(painter, QRectF(left, max(place.y() - px(24), sight.top), wide, px(20)), words)


def paint_frame(painter: QPainter, place: QRectF, by: float, radius: float) -> None:
    """Paint the frame, ``by`` pixels outside, of what has the keyboard or of where it would come to stand."""
    look = theme()
    painter.setPen(QPen(look.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(-by, -by, by, by), look.px(radius), look.px(radius))


def paint_thread(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Paint the line that is being drawn from one thing to another."""
    painter.setPen(QPen(theme().color("accent"), theme().px(2), Qt.PenStyle.DashLine))
    painter.drawLine(start, end)


def paint_underline(painter: QPainter, place: QRectF, ink: QColor) -> None:
    """Paint the thick line along the foot of a bar that decides when all of it ends."""
    px = theme().px
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(place.left(), place.bottom() - px(3), place.width(), px(3)), 1, 1)
