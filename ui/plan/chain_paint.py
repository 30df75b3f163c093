"""How the parts of the integration chain are painted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QPolygonF

from ui.kit.icons import paint_icon
from ui.kit.rows import MIDDLE_LEFT, paint_text
from ui.plan import chain_arrows
from ui.plan.chain import HEAD, Arrow, Bar, Chain, Row
from ui.plan.scale import Scale
from ui.text import tr
from ui.theme import theme

_RADIUS = 5


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


def paint(painter: QPainter, chain: Chain, sight: Sight, today: date) -> None:
    """Paint what is seen of the chain: grounds, months, arrows, today, bars, in this order."""
    head = theme().px(HEAD)
    for number, row in enumerate(chain.rows):
        if sight.shows(row.top, row.top + row.height):
            _paint_row(painter, row, sight, shaded=number % 2 == 0)
    paint_grid(painter, chain.scale, head, chain.height)
    _paint_today_line(painter, chain.scale, today, head, chain.height)
    for arrow in chain.arrows:
        ends = (arrow.before.top, arrow.after.top)
        if sight.shows(min(ends), max(ends) + arrow.after.height):
            _paint_arrow(painter, arrow)
    for bar in chain.bars:
        if sight.shows(bar.top - 4, bar.top + bar.height + 4):
            _paint_bar(painter, bar)
    _paint_head(painter, chain, sight, today)


def paint_months(painter: QPainter, scale: Scale, head: float, height: float) -> None:
    """Paint the names of the months, as many as fit, and the lines where they begin."""
    paint_grid(painter, scale, head, height)
    _paint_names(painter, scale, head)


def paint_grid(painter: QPainter, scale: Scale, head: float, height: float) -> None:
    """Paint the lines where months or weeks begin."""
    painter.setPen(QPen(theme().color("line"), 1))
    for x, _ in scale.ticks():
        painter.drawLine(QPointF(round(x) + 0.5, head - theme().px(4)), QPointF(round(x) + 0.5, height))


def paint_outline(painter: QPainter, place: QRectF) -> None:
    """Paint the frame of the bar that has the keyboard, or where a bar would come to stand."""
    look = theme()
    painter.setPen(QPen(look.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), look.px(_RADIUS + 2), look.px(_RADIUS + 2))


def paint_handle(painter: QPainter, center: QPointF) -> None:
    """Paint the handle from which an arrow is drawn to another bar."""
    look, px = theme(), theme().px
    painter.setPen(QPen(look.color("accent"), px(1.5)))
    painter.setBrush(look.color("surface"))
    painter.drawEllipse(center, px(5), px(5))


def paint_thread(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Paint the arrow that is being drawn."""
    painter.setPen(QPen(theme().color("accent"), theme().px(2), Qt.PenStyle.DashLine))
    painter.drawLine(start, end)


def paint_flag(painter: QPainter, place: QPointF, words: str, sight: Sight) -> None:
    """Paint the dates a bar is about to get, above ``place`` and never outside the picture."""
    look, px = theme(), theme().px
    wide = QFontMetrics(look.font("label")).horizontalAdvance(words) + px(16)
    left = min(max(place.x(), 0.0), sight.width - wide)
    pill = QRectF(left, max(place.y() - px(24), sight.top), wide, px(20))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawRoundedRect(pill, px(4), px(4))
    paint_text(painter, pill, words, "label", "on-accent", Qt.AlignmentFlag.AlignCenter)


def place_of(bar: Bar) -> QRectF:
    """Return where ``bar`` stands."""
    return QRectF(bar.left, bar.top, bar.right - bar.left, bar.height)


def _names(scale: Scale) -> Iterator[tuple[float, str, float]]:
    """Yield the names of months or weeks that have room: where, what, how wide."""
    px = theme().px
    ticks = list(scale.ticks())
    step = (scale.right - scale.left) / len(ticks) - px(6)
    widest = max(_width(name.partition(" ")[0]) for _, name in ticks)
    every = max(1, -int(-widest // max(step, 1.0)))
    for number, (x, name) in enumerate(ticks):
        if number % every == 0:
            words = name if _width(name) <= step * every else name.partition(" ")[0]
            yield x + px(4), words, _width(words)


def _width(words: str) -> float:
    return QFontMetrics(theme().font("meta", words)).horizontalAdvance(words)


def _paint_names(painter: QPainter, scale: Scale, head: float) -> None:
    px = theme().px
    for x, words, wide in _names(scale):
        paint_text(painter, QRectF(x, head - px(22), wide + px(2), px(18)), words, "meta", "text-2")


def _paint_head(painter: QPainter, chain: Chain, sight: Sight, today: date) -> None:
    """Paint the months where the seen part begins, over whatever was scrolled below them."""
    look, px = theme(), theme().px
    head = sight.top + px(HEAD)
    if sight.top > 0:
        painter.fillRect(QRectF(0, sight.top, sight.width, px(HEAD)), look.color("surface"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(QPointF(0, head - 0.5), QPointF(sight.width, head - 0.5))
    _paint_names(painter, chain.scale, head)
    if chain.scale.start <= today < chain.scale.end:
        _paint_today_word(painter, chain.scale, today, sight.top)


def _paint_today_line(painter: QPainter, scale: Scale, today: date, head: float, height: float) -> None:
    if scale.start <= today < scale.end:
        x = scale.x(today)
        painter.setPen(QPen(theme().color("accent"), theme().px(1.5)))
        painter.drawLine(QPointF(x, head - theme().px(4)), QPointF(x, height))


def _paint_today_word(painter: QPainter, scale: Scale, today: date, top: float) -> None:
    """Paint the word of today above the months; the line goes on to it where it crosses no name."""
    look, px = theme(), theme().px
    x, word = scale.x(today), tr("Today")
    if not any(left - px(2) <= x <= left + wide + px(2) for left, _, wide in _names(scale)):
        painter.setPen(QPen(look.color("accent"), px(1.5)))
        painter.drawLine(QPointF(x, top + px(20)), QPointF(x, top + px(HEAD)))
    wide = QFontMetrics(look.font("label")).horizontalAdvance(word) + px(12)
    pill = QRectF(x - wide / 2, top + px(2), wide, px(18))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawRoundedRect(pill, px(4), px(4))
    paint_text(painter, pill, word, "label", "on-accent", Qt.AlignmentFlag.AlignCenter)


def _paint_row(painter: QPainter, row: Row, sight: Sight, *, shaded: bool) -> None:
    look, px = theme(), theme().px
    if shaded:
        painter.fillRect(QRectF(0, row.top, sight.width, row.height), look.color("sunken"))
    mark = QRectF(0, row.top + px(6), px(3), row.height - px(12))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(row.color))
    painter.drawRoundedRect(mark, 1, 1)
    painter.setPen(look.color("text"))
    painter.setFont(look.font("table_strong"))
    top, bottom = max(row.top, sight.top + px(HEAD)), min(row.top + row.height, sight.bottom)
    if row.height - (bottom - top) < px(20):  # the name stays whole; in a tall strand it stays in sight
        top, bottom = row.top, row.top + row.height
    words = QRectF(px(10), top, px(116), bottom - top)
    painter.drawText(words, int(MIDDLE_LEFT | Qt.TextFlag.TextWordWrap), row.name)


def _paint_bar(painter: QPainter, bar: Bar) -> None:
    look, px = theme(), theme().px
    place = place_of(bar).adjusted(0.5, 0.5, -0.5, -0.5)
    lane = look.color("bad" if bar.style == "blocked" else "text-3" if bar.style == "ended" else bar.color)
    dashed = bar.style in ("planned", "ended")
    surface = look.color("surface")
    fill = {"done": lane, "running": mixed(lane, surface, 0.12), "blocked": look.color("bad-fill")}
    painter.setPen(QPen(lane, 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.setBrush(fill.get(bar.style, surface))
    painter.drawRoundedRect(place, px(_RADIUS), px(_RADIUS))
    if bar.style == "blocked":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hatch(lane))
        painter.drawRoundedRect(place, px(_RADIUS), px(_RADIUS))
    if bar.critical:
        paint_critical(painter, place, lane)
    if bar.label == "inside":
        _paint_inside(painter, bar, place, lane)
    else:
        _paint_beside(painter, bar, place, lane)


def paint_critical(painter: QPainter, place: QRectF, ink: QColor) -> None:
    """Paint the double line below a bar that decides when the plan ends."""
    px = theme().px
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(place.left(), place.bottom() - px(3), place.width(), px(3)), 1, 1)


def _paint_inside(painter: QPainter, bar: Bar, place: QRectF, lane: QColor) -> None:
    look, px = theme(), theme().px
    ink = {"done": "surface", "blocked": "bad", "ended": "text-2"}.get(bar.style, "text")
    words = place.adjusted(px(7), 0, -px(20 if bar.narrow else 4), 0)
    if bar.icon:
        words.setLeft(words.left() + px(19))
    if bar.style == "blocked":
        wide = QFontMetrics(look.font("medium")).horizontalAdvance(bar.title)
        behind = QRectF(place.left() + px(4), place.top() + px(3), wide + px(26), place.height() - px(7))
        painter.fillRect(behind.intersected(place), look.color("bad-fill"))
    _paint_sign(painter, bar.icon, bar, place.left() + px(7), lane)
    paint_text(painter, words, bar.title, "medium", ink)
    if bar.narrow:
        _paint_sign(painter, "funnel", bar, place.right() - px(19), lane)


def _paint_beside(painter: QPainter, bar: Bar, place: QRectF, lane: QColor) -> None:
    look, px = theme(), theme().px
    if place.width() >= px(22):
        sign = "funnel" if bar.narrow else bar.icon
        _paint_sign(painter, sign, bar, place.center().x() - px(7), lane)
    wide = QFontMetrics(look.font("medium")).horizontalAdvance(bar.title) + px(6)
    left = place.right() + px(5) if bar.label == "right" else place.left() - px(6) - wide
    words = QRectF(left, place.top(), wide, place.height())
    ground = look.color("sunken" if bar.shaded else "surface")
    painter.fillRect(words.adjusted(-px(2), px(3), px(1), -px(3)), ground)
    paint_text(painter, words, bar.title, "medium", "bad" if bar.style == "blocked" else "text")


def _paint_sign(painter: QPainter, icon: str, bar: Bar, left: float, lane: QColor) -> None:
    if icon:
        side = theme().px(14)
        ink = theme().color("surface") if bar.style == "done" else lane
        box = QRectF(left, bar.middle - side / 2, side, side)
        paint_icon(painter, box, icon, ink, filled=icon in ("play", "funnel"))


def _paint_arrow(painter: QPainter, arrow: Arrow, ink: QColor | None = None) -> None:
    look, px = theme(), theme().px
    ink = ink or look.color("bad" if arrow.late else "text" if arrow.critical else "text-2")
    painter.setPen(QPen(ink, px(2.5 if arrow.critical else 1.5)))
    corners = [QPointF(x, y) for x, y in chain_arrows.points(arrow, look.zoom)]
    tip, before = corners[-1], corners[-2]
    way = tip - before
    long = max(abs(way.x()), abs(way.y()), 1.0)
    back = way * (px(7) / long)
    for start, end in pairwise([*corners[:-1], tip - back * 0.7]):
        painter.drawLine(start, end)
    across = QPointF(back.y(), back.x()) * 0.55
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([tip, tip - back + across, tip - back - across]))


def paint_chosen_arrow(painter: QPainter, arrow: Arrow) -> None:
    """Paint the arrow under the pointer over everything else."""
    _paint_arrow(painter, arrow, theme().color("accent"))
