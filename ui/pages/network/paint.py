"""How the parts of the network are painted."""

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from kimdesk.kreis.steering.network import WaitVerdict
from kimdesk.pictures.network import DrawnLane, DrawnStation, DrawnWay, NetworkPicture
from kimdesk.pictures.network_routes import DrawnBox
from ui.canvas.paint import mixed
from ui.kit.icons import paint_icon
from ui.kit.rows import paint_text
from ui.theme import theme

SIGNS = {
    WaitVerdict.BOTTLENECK: ("warning-octagon", "bad"),
    WaitVerdict.WATCH: ("hourglass-medium", "warn"),
}
_CENTER = Qt.AlignmentFlag.AlignCenter
_TURN, _HEAD = 10.0, 11.0


def paint(painter: QPainter, picture: NetworkPicture, opened: str) -> None:
    """Paint grounds, ways, stations and the plates of the ways, in this order; ``opened`` is a way."""
    for lane in picture.lanes:
        _paint_lane(painter, lane)
    ways = sorted(picture.ways, key=lambda one: one.key == opened)
    for way in ways:
        _paint_line(painter, way, opened=way.key == opened)
    for station in picture.stations:
        _paint_station(painter, station)
    for way in ways:
        _paint_plate(painter, way, opened=way.key == opened)


def place_of(box: DrawnBox) -> QRectF:
    """Return where a part stands on the widget."""
    zoom = theme().zoom
    return QRectF(
        box.left * zoom, box.top * zoom, (box.right - box.left) * zoom, (box.bottom - box.top) * zoom
    )


def _paint_lane(painter: QPainter, lane: DrawnLane) -> None:
    look, px = theme(), theme().px
    place = place_of(lane.box)
    if lane.shaded:
        painter.fillRect(place, look.color("sunken"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(lane.color))
    painter.drawRoundedRect(QRectF(0, place.top() + px(14), px(3), place.height() - px(28)), 1, 1)
    lines = [*((words, "table_strong", "text") for words in lane.name), (lane.below, "meta", "text-2")]
    top = place.center().y() - px(9) * len(lines)
    for words, use, tone in lines:
        paint_text(painter, QRectF(px(12), top, px(94), px(18)), words, use, tone)
        top += px(18)


def _paint_station(painter: QPainter, station: DrawnStation) -> None:
    look, px = theme(), theme().px
    place = place_of(station.box)
    narrow = station.verdict is WaitVerdict.BOTTLENECK
    lane = look.color(station.color)
    ground = mixed(lane, look.color("surface"), 0.12) if station.pill else look.color("surface")
    painter.setPen(QPen(look.color("bad") if narrow else lane, px(2) if narrow else 1))
    painter.setBrush(ground)
    radius = place.height() / 2 if station.pill else px(8)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    inner = place.adjusted(px(16 if station.pill else 10), px(3), -px(6), -px(3))
    if station.below:
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        paint_text(painter, top, station.name, "table_strong")
        tone, use = ("bad", "label") if narrow else ("text-2", "meta")
        paint_text(painter, top.translated(0, inner.height() / 2), station.below, use, tone)
    else:
        paint_text(painter, inner, station.name, "table_strong")
    if sign := SIGNS.get(station.verdict):
        _paint_sign(painter, place, *sign)


def _paint_sign(painter: QPainter, place: QRectF, name: str, tone: str) -> None:
    """Paint the sign on the upper right corner."""
    look, px = theme(), theme().px
    size = px(18)
    room = QRectF(place.right() - size + px(6), place.top() - px(9), size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("surface"))
    painter.drawEllipse(room)
    paint_icon(painter, room, name, look.color(tone), filled=True)


def _paint_line(painter: QPainter, way: DrawnWay, *, opened: bool) -> None:
    look, zoom = theme(), theme().zoom
    ink = _ink(way, opened=opened)
    pen = QPen(ink, way.thick * zoom, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if way.dashed:
        pen = QPen(ink, 1.5 * zoom)
        pen.setDashPattern([4, 3])
    corners = [QPointF(x * zoom, y * zoom) for x, y in way.line]
    head, base = _head(corners[-2], corners[-1], _HEAD * zoom)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_rounded([*corners[:-1], base], _TURN * zoom))
    painter.setPen(QPen(look.color("surface"), 0))
    painter.setBrush(ink)
    painter.drawPolygon(head)


def _ink(way: DrawnWay, *, opened: bool) -> QColor:
    look = theme()
    if opened:
        return look.color("accent")
    if way.verdict is WaitVerdict.BOTTLENECK:
        return look.color("bad")
    return mixed(look.color("text-3"), look.color("surface"), 0.75)


def _head(before: QPointF, tip: QPointF, size: float) -> tuple[QPolygonF, QPointF]:
    """Return the head of an arrow, and where its line ends."""
    along = tip - before
    long = hypot(along.x(), along.y()) or 1.0
    unit = QPointF(along.x() / long, along.y() / long)
    base = tip - unit * size
    side = QPointF(-unit.y(), unit.x()) * (size * 0.45)
    return QPolygonF([tip, base + side, base - side]), base + unit


def _rounded(corners: list[QPointF], turn: float) -> QPainterPath:
    """Return the line through ``corners``, its turns rounded."""
    path = QPainterPath(corners[0])
    for (one, at), (_, other) in pairwise(list(pairwise(corners))):
        short = min(turn, _long(one, at) / 2, _long(at, other) / 2)
        path.lineTo(_towards(at, one, short))
        path.quadTo(at, _towards(at, other, short))
    path.lineTo(corners[-1])
    return path


def _long(one: QPointF, other: QPointF) -> float:
    return hypot(one.x() - other.x(), one.y() - other.y())


def _towards(start: QPointF, end: QPointF, by: float) -> QPointF:
    long = _long(start, end) or 1.0
    return start + (end - start) * (by / long)


def _paint_plate(painter: QPainter, way: DrawnWay, *, opened: bool) -> None:
    look, px = theme(), theme().px
    place = place_of(way.plate)
    narrow = way.verdict is WaitVerdict.BOTTLENECK
    painter.setPen(QPen(look.color("accent" if opened else "bad" if narrow else "line"), 1))
    painter.setBrush(look.color("accent" if opened else "surface"))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
    tone = "on-accent" if opened else "bad" if narrow else "text"
    paint_text(painter, place, way.words, "meta", tone, _CENTER)
