"""How the parts of the integration chain are painted."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from ui.kit.icons import paint_icon
from ui.kit.rows import MIDDLE_LEFT, paint_text
from ui.pages.case.plan.chain import BAR, HEAD, Arrow, Bar, Chain, Row
from ui.pages.case.timescale import TimeScale
from ui.text import tr
from ui.theme import theme

_RADIUS = 5


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


def paint(painter: QPainter, chain: Chain, width: int, today: date) -> None:
    """Paint the whole chain: grounds, months, arrows, today, bars, in this order."""
    for number, row in enumerate(chain.rows):
        _paint_row(painter, row, width, shaded=number % 2 == 0)
    paint_months(painter, chain.scale, theme().px(HEAD), chain.height)
    paint_today(painter, chain.scale, today, chain.height)
    for arrow in chain.arrows:
        _paint_arrow(painter, arrow)
    for bar in chain.bars:
        _paint_bar(painter, bar)


def paint_months(painter: QPainter, scale: TimeScale, head: float, height: float) -> None:
    """Paint the names of the months, as many as fit, and the lines where they begin."""
    look, px = theme(), theme().px
    metrics = QFontMetrics(look.font("meta"))
    step = (scale.right - scale.left) / scale.months - px(6)
    every = 1 if metrics.horizontalAdvance("Mär") <= step else 2
    for number, (x, name) in enumerate(scale.ticks()):
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(QPointF(round(x) + 0.5, head - px(4)), QPointF(round(x) + 0.5, height))
        if number % every:
            continue
        words = name if metrics.horizontalAdvance(name) <= step * every else name.partition(" ")[0]
        place = QRectF(x + px(4), head - px(22), step * every + px(4), px(18))
        paint_text(painter, place, words, "meta", "text-2")


def paint_today(painter: QPainter, scale: TimeScale, today: date, height: float) -> None:
    """Paint the line of today and its word above the months."""
    if not scale.start <= today < scale.end:
        return
    look, px = theme(), theme().px
    x = scale.x(today)
    painter.setPen(QPen(look.color("accent"), px(1.5)))
    painter.drawLine(QPointF(x, px(20)), QPointF(x, height))
    word = tr("Today")
    font = look.font("label")
    wide = QFontMetrics(font).horizontalAdvance(word) + px(12)
    pill = QRectF(x - wide / 2, px(2), wide, px(18))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawRoundedRect(pill, px(4), px(4))
    paint_text(painter, pill, word, "label", "on-accent", Qt.AlignmentFlag.AlignCenter)


def paint_focus(painter: QPainter, bar: Bar) -> None:
    """Paint the frame of the bar that has the keyboard."""
    look = theme()
    painter.setPen(QPen(look.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    place = _place(bar).adjusted(-3, -3, 3, 3)
    painter.drawRoundedRect(place, look.px(_RADIUS + 2), look.px(_RADIUS + 2))


def _paint_row(painter: QPainter, row: Row, width: int, *, shaded: bool) -> None:
    look, px = theme(), theme().px
    if shaded:
        painter.fillRect(QRectF(0, row.top, width, row.height), look.color("sunken"))
    mark = QRectF(0, row.top + px(8), px(3), row.height - px(16))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(row.color))
    painter.drawRoundedRect(mark, 1, 1)
    painter.setPen(look.color("text"))
    painter.setFont(look.font("table_strong"))
    words = QRectF(px(10), row.top, px(116), row.height)
    painter.drawText(words, int(MIDDLE_LEFT | Qt.TextFlag.TextWordWrap), row.name)


def _place(bar: Bar) -> QRectF:
    return QRectF(bar.left, bar.top, bar.right - bar.left, theme().px(BAR))


def _paint_bar(painter: QPainter, bar: Bar) -> None:
    look, px = theme(), theme().px
    place = _place(bar).adjusted(0.5, 0.5, -0.5, -0.5)
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
    _paint_words(painter, bar, place, lane)


def _paint_words(painter: QPainter, bar: Bar, place: QRectF, lane: QColor) -> None:
    if bar.label == "inside":
        _paint_inside(painter, bar, place, lane)
    else:
        _paint_beside(painter, bar, place, lane)


def _paint_inside(painter: QPainter, bar: Bar, place: QRectF, lane: QColor) -> None:
    look, px = theme(), theme().px
    ink = {"done": "surface", "blocked": "bad", "ended": "text-2"}.get(bar.style, "text")
    words = place.adjusted(px(7), 0, -px(4), 0)
    if bar.icon:
        words.setLeft(words.left() + px(19))
    if bar.style == "blocked":
        wide = QFontMetrics(look.font("medium")).horizontalAdvance(bar.title)
        behind = QRectF(place.left() + px(4), place.top() + px(3), wide + px(26), place.height() - px(6))
        painter.fillRect(behind.intersected(place), look.color("bad-fill"))
    _paint_sign(painter, bar, place.left() + px(7), place, lane)
    paint_text(painter, words, bar.title, "medium", ink)


def _paint_beside(painter: QPainter, bar: Bar, place: QRectF, lane: QColor) -> None:
    look, px = theme(), theme().px
    if place.width() >= px(22):
        _paint_sign(painter, bar, place.center().x() - px(7), place, lane)
    wide = QFontMetrics(look.font("medium")).horizontalAdvance(bar.title) + px(6)
    left = place.right() + px(5) if bar.label == "right" else place.left() - px(6) - wide
    words = QRectF(left, place.top(), wide, place.height())
    ground = look.color("sunken" if bar.shaded else "surface")
    painter.fillRect(words.adjusted(-px(2), px(4), px(1), -px(4)), ground)
    paint_text(painter, words, bar.title, "medium", "bad" if bar.style == "blocked" else "text")


def _paint_sign(painter: QPainter, bar: Bar, left: float, place: QRectF, lane: QColor) -> None:
    if bar.icon:
        side = theme().px(14)
        ink = theme().color("surface") if bar.style == "done" else lane
        box = QRectF(left, place.center().y() - side / 2, side, side)
        paint_icon(painter, box, bar.icon, ink, filled=bar.icon == "play")


def _paint_arrow(painter: QPainter, arrow: Arrow) -> None:
    look, px = theme(), theme().px
    ink = look.color("bad" if arrow.late else "text-2")
    painter.setPen(QPen(ink, px(1.5)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    before, after = _place(arrow.before), _place(arrow.after)
    if arrow.late or after.left() < before.right() + px(14):
        _drop(painter, before, after, ink)
        return
    path = QPainterPath(QPointF(before.right(), before.center().y()))
    if abs(before.center().y() - after.center().y()) > 1:
        turn = before.right() + px(8)
        path.lineTo(turn, before.center().y())
        path.lineTo(turn, after.center().y())
    tip = QPointF(after.left() - 1, after.center().y())
    path.lineTo(tip - QPointF(px(5), 0))
    painter.drawPath(path)
    _head(painter, tip, QPointF(px(7), 0), ink)


def _drop(painter: QPainter, before: QRectF, after: QRectF, ink: QColor) -> None:
    """Paint the way down (or up) to a bar that begins before, or right when, the other one ends."""
    px = theme().px
    first, last = max(before.left(), after.left()), min(before.right(), after.right())
    down = after.top() > before.bottom()
    start_y = before.bottom() if down else before.top()
    if last - first >= px(12):
        x = last - px(8)
        tip = QPointF(x, after.top() - 1 if down else after.bottom() + 1)
        painter.drawLine(QPointF(x, start_y), tip - QPointF(0, px(5) if down else -px(5)))
        _head(painter, tip, QPointF(0, px(7) if down else -px(7)), ink)
        return
    x = min(before.right() - px(6), after.left() - px(12))
    tip = QPointF(after.left() - 1, after.center().y())
    path = QPainterPath(QPointF(x, start_y))
    path.lineTo(x, tip.y())
    path.lineTo(tip - QPointF(px(5), 0))
    painter.drawPath(path)
    _head(painter, tip, QPointF(px(7), 0), ink)


def _head(painter: QPainter, tip: QPointF, back: QPointF, ink: QColor) -> None:
    across = QPointF(back.y(), back.x()) * 0.55
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([tip, tip - back + across, tip - back - across]))
