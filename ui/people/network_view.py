"""The network map on the screen: the client in the middle, lines by quality, walked through with the keys."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF

from kimdesk.forms.codes import CodeList
from kimdesk.texts import say
from ui.canvas.keys import ADD, OPEN, STEPS
from ui.canvas.view import Canvas
from ui.kit.rows import paint_text
from ui.people.network import Network, Ring, Spot, Tie, network
from ui.theme import theme

_STEP, _MIDDLE, _LINE, _MARGIN = 46, 30, 16, 12
_WIDEST, _WIDEST_OF_FEW, _FEW = 132, 228, 6  # of a contact: names stay whole where there is room
_CENTER = Qt.AlignmentFlag.AlignCenter
_TONES = {"strong": "ok", "burdening": "bad", "broken": "bad", "ambivalent": "warn"}


class NetworkView(Canvas):
    """Shows a network; ``wanted`` carries the number of the contact to edit, −1 for a new one."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__("network_view", say("people.network_map"))
        self._name = ""
        self._network = Network((), (), (0.0, 0.0))
        self._chosen = -1
        self.keys.on(STEPS, lambda step: self._choose(self._network.neighbour(self._chosen, step)))
        self.keys.on(OPEN, lambda _: self.wanted.emit(self._chosen) if self._chosen >= 0 else None)
        self.keys.on(ADD, lambda _: self.wanted.emit(-1))

    @property
    def chosen(self) -> int:
        """Return which contact has the keyboard, −1 for none."""
        return self._chosen

    @property
    def picture(self) -> Network:
        """Return what is painted."""
        return self._network

    def show_ties(self, name: str, ties: tuple[Tie, ...], circles: CodeList) -> None:
        """Show the contacts around ``name``, the nearest of ``circles`` first."""
        px = theme().px
        self._name = name
        widest = px(_WIDEST_OF_FEW if len(ties) <= _FEW and not theme().stacked else _WIDEST)
        self._network = network(
            circles, ties, px(_STEP), px(_MIDDLE), lambda tie: _size(tie, widest), _ring_size
        )
        if all(spot.tie.number != self._chosen for spot in self._network.spots):
            self._chosen = self._network.neighbour(-1, 0)
        self.setFixedSize(self.sizeHint())
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all circles."""
        wide, high = self._network.reach
        margin = theme().px(_MARGIN)
        return QSize(round(2 * (wide + margin)), round(2 * (high + margin)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circles, the lines, the words."""
        painter = self.painter()
        painter.translate(QRectF(self.rect()).center())
        self._rings(painter)
        for spot in self._network.spots:
            _line(painter, spot)
        self._client(painter)
        for ring in self._network.rings:
            _ring_name(painter, ring)
        for spot in self._network.spots:
            _words(painter, spot, chosen=self.hasFocus() and spot.tie.number == self._chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say by the pointer that a contact can be opened."""
        over = self._at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the contact."""
        spot = self._at(event.position())
        if spot and event.button() == Qt.MouseButton.LeftButton:
            self._choose(spot.tie.number)
            self.wanted.emit(spot.tie.number)

    def spoken_at(self, place: QPointF) -> str:
        """Say what stands there, and what it helps with."""
        spot = self._at(place)
        return spot.tie.spoken() if spot else ""

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._tell()
        self.update()

    def _at(self, place: QPointF) -> Spot | None:
        point = place - QRectF(self.rect()).center()
        return next((one for one in self._network.spots if _rect(one).contains(point)), None)

    def _tell(self) -> None:
        spot = next((one for one in self._network.spots if one.tie.number == self._chosen), None)
        self.setAccessibleDescription(spot.tie.spoken() if spot else say("people.nobody_is_entered_yet"))

    def _rings(self, painter: QPainter) -> None:
        look = theme()
        for ring in reversed(self._network.rings):
            painter.setPen(QPen(look.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(), ring.wide, ring.high)

    def _client(self, painter: QPainter) -> None:
        look = theme()
        middle = look.px(_MIDDLE)
        painter.setPen(QPen(look.color("accent"), look.px(2)))
        painter.setBrush(look.color("tint"))
        painter.drawEllipse(QPointF(), middle, middle)
        place = QRectF(-middle, -middle / 2, 2 * middle, middle)
        paint_text(
            painter, place.adjusted(look.px(4), 0, -look.px(4), 0), self._name, "label", "accent", _CENTER
        )


def _ring_size(words: str) -> tuple[float, float]:
    px = theme().px
    return QFontMetrics(theme().font("meta")).horizontalAdvance(words) + px(10), px(_LINE)


def _ring_name(painter: QPainter, ring: Ring) -> None:
    place = _rect(ring)
    painter.fillRect(place, theme().color("surface"))
    paint_text(painter, place, ring.words, "meta", "text-2", _CENTER)


def _rect(one: Spot | Ring) -> QRectF:
    left, top, right, bottom = one.box
    return QRectF(left, top, right - left, bottom - top)


def _size(tie: Tie, widest: float) -> tuple[float, float]:
    px = theme().px
    lines = [("label", tie.who), ("meta", tie.quality_word)]
    wide = max(QFontMetrics(theme().font(use)).horizontalAdvance(words) for use, words in lines)
    return min(wide + px(20), widest), px(2 * _LINE + 8)


def _words(painter: QPainter, spot: Spot, *, chosen: bool) -> None:
    look = theme()
    place = _rect(spot)
    painter.setPen(QPen(look.color("accent" if chosen else "line-strong"), 2 if chosen else 1))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(place, look.px(8), look.px(8))
    inner = place.adjusted(look.px(6), look.px(4), -look.px(6), -look.px(4))
    half = inner.height() / 2
    upper = QRectF(inner.left(), inner.top(), inner.width(), half)
    quality = spot.tie.quality_word
    paint_text(painter, upper if quality else inner, spot.tie.who, "label", "text", _CENTER)
    if quality:
        tone = _TONES.get(spot.tie.quality, "text-2")
        paint_text(painter, upper.translated(0, half), quality, "meta", tone, _CENTER)


def _line(painter: QPainter, spot: Spot) -> None:
    """Paint the line to the client: thick, thin, dashed, jagged or cut, as good as the relation is."""
    look, px, quality = theme(), theme().px, spot.tie.quality
    end = QPointF(spot.x, spot.y)
    style = Qt.PenStyle.DashLine if quality == "ambivalent" else Qt.PenStyle.SolidLine
    width = 3 if quality == "strong" else 1.25
    painter.setPen(QPen(look.color(_TONES.get(quality, "line-strong")), px(width), style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if quality == "burdening":
        painter.drawPolyline(_jagged(end))
    else:
        painter.drawLine(QPointF(), end)
    if quality == "broken":
        _cut(painter, end)


def _jagged(end: QPointF) -> QPolygonF:
    length = max(1.0, math.hypot(end.x(), end.y()))
    along, aside = end / length, QPointF(-end.y(), end.x()) / length
    step, wide = theme().px(7), theme().px(4)
    count = int(length // step)
    points = [along * (step * n) + aside * (wide * (n % 2 * 2 - 1)) for n in range(1, count)]
    return QPolygonF([QPointF(), *points, end])


def _cut(painter: QPainter, end: QPointF) -> None:
    length = max(1.0, math.hypot(end.x(), end.y()))
    middle = end * ((theme().px(_MIDDLE) / length + 1) / 2 - 0.1)
    aside, along = QPointF(-end.y(), end.x()) / length, end / length
    size = theme().px(7)
    for by in (-0.4, 0.4):
        painter.drawLine(
            middle + aside * size + along * (size * by), middle - aside * size + along * (size * by)
        )
