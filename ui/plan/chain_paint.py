"""How the parts of the integration chain are painted."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kimdesk.pictures import chain_arrows
from kimdesk.pictures.chain import HEAD, Arrow, Bar, ChainPicture, ChainRow
from kimdesk.pictures.scale import Scale
from kimdesk.texts import say
from ui.canvas.paint import (
    Sight,
    hatch,
    mixed,
    names,
    paint_flag,
    paint_grid,
    paint_names,
    paint_today,
    paint_underline,
    width_of,
)
from ui.kit.icons import paint_icon
from ui.kit.rows import MIDDLE_LEFT, paint_text
from ui.theme import theme

RADIUS = 5


def paint(painter: QPainter, chain: ChainPicture, sight: Sight, today: date) -> None:
    """Paint what is seen of the chain: grounds, months, arrows, today, bars, in this order."""
    head = theme().px(HEAD)
    for number, row in enumerate(chain.rows):
        if sight.shows(row.top, row.top + row.height):
            _paint_row(painter, row, sight, shaded=number % 2 == 0)
    paint_grid(painter, chain.scale, head, chain.height)
    if chain.scale.holds(today):
        paint_today(painter, chain.scale.x(today), head - theme().px(4), chain.height)
    for arrow in chain.arrows:
        ends = (arrow.before.top, arrow.after.top)
        if sight.shows(min(ends), max(ends) + arrow.after.height):
            _paint_arrow(painter, arrow)
    for bar in chain.bars:
        if sight.shows(bar.top - 4, bar.top + bar.height + 4):
            _paint_bar(painter, bar)
    _paint_head(painter, chain, sight, today)


def paint_handle(painter: QPainter, center: QPointF) -> None:
    """Paint the handle from which an arrow is drawn to another bar."""
    look, px = theme(), theme().px
    painter.setPen(QPen(look.color("accent"), px(1.5)))
    painter.setBrush(look.color("surface"))
    painter.drawEllipse(center, px(5), px(5))


def place_of(bar: Bar) -> QRectF:
    """Return where ``bar`` stands."""
    return QRectF(bar.left, bar.top, bar.right - bar.left, bar.height)


def _paint_head(painter: QPainter, chain: ChainPicture, sight: Sight, today: date) -> None:
    """Paint the months where the seen part begins, over whatever was scrolled below them."""
    look, px = theme(), theme().px
    head = sight.top + px(HEAD)
    if sight.top > 0:
        painter.fillRect(QRectF(0, sight.top, sight.width, px(HEAD)), look.color("surface"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(QPointF(0, head - 0.5), QPointF(sight.width, head - 0.5))
    paint_names(painter, chain.scale, head)
    if chain.scale.holds(today):
        _paint_today_word(painter, chain.scale, today, sight.top)


def _paint_today_word(painter: QPainter, scale: Scale, today: date, top: float) -> None:
    """Paint the word of today above the months; the line goes on to it where it crosses no name."""
    px = theme().px
    x, word = scale.x(today), say("common.today")
    if not any(left - px(2) <= x <= left + wide + px(2) for left, _, wide in names(scale)):
        paint_today(painter, x, top + px(20), top + px(HEAD))
    wide = width_of(word, "label") + px(12)
    paint_flag(painter, QRectF(x - wide / 2, top + px(2), wide, px(18)), word)


def _paint_row(painter: QPainter, row: ChainRow, sight: Sight, *, shaded: bool) -> None:
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
    painter.drawRoundedRect(place, px(RADIUS), px(RADIUS))
    if bar.style == "blocked":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hatch(lane))
        painter.drawRoundedRect(place, px(RADIUS), px(RADIUS))
    if bar.critical:
        paint_underline(painter, place, lane)
    if bar.label == "inside":
        _paint_inside(painter, bar, place, lane)
    else:
        _paint_beside(painter, bar, place, lane)


def _paint_inside(painter: QPainter, bar: Bar, place: QRectF, lane: QColor) -> None:
    look, px = theme(), theme().px
    ink = {"done": "surface", "blocked": "bad", "ended": "text-2"}.get(bar.style, "text")
    words = place.adjusted(px(7), 0, -px(20 if bar.narrow else 4), 0)
    if bar.icon:
        words.setLeft(words.left() + px(19))
    if bar.style == "blocked":
        wide = width_of(bar.title, "medium")
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
    wide = width_of(bar.title, "medium") + px(6)
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
