"""The radar of the life domains: then dashed with squares, now solid with dots."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kimdesk.pictures import radar
from kimdesk.pictures.life_domains import ScaleChange
from kimdesk.texts import say
from ui.theme import theme

_HEIGHT, _LABEL = 236, 44  # pixels at 100 %: the whole, room for words at each side
_MARK = 3.5


class Radar(QWidget):
    """Shows changes; the table beside it says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self._changes: tuple[ScaleChange, ...] = ()
        self._chosen = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("case.life_domains_at_glance"))

    def show_changes(self, changes: Sequence[ScaleChange], chosen: str) -> None:
        """Show ``changes`` with the domain ``chosen`` in bold."""
        self._changes, self._chosen = tuple(changes), chosen
        said = [f"{one.short} {'–' if one.now is None else one.now}" for one in changes]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for circle and words."""
        return QSize(theme().px(250), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint rings, both shapes and the names."""
        if not self._changes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._rings(painter)
        self._shape(painter, [one.before for one in self._changes], now=False)
        self._shape(painter, [one.now for one in self._changes], now=True)
        for number, one in enumerate(self._changes):
            self._name(painter, number, one)

    def _point(self, number: int, value: float) -> QPointF:
        x, y = radar.place(number, len(self._changes), value)
        return QRectF(self.rect()).center() + QPointF(x, y) * self._radius()

    def _radius(self) -> float:
        px = theme().px
        return min(self.width() / 2 - px(_LABEL) * 1.25, self.height() / 2 - px(26))

    def _rings(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme().color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        numbers = range(len(self._changes))
        for ring in range(1, radar.BEST + 1):
            painter.drawPolygon(QPolygonF([self._point(number, ring) for number in numbers]))
        for number in numbers:
            painter.drawLine(self._point(number, 0), self._point(number, radar.BEST))

    def _shape(self, painter: QPainter, values: Sequence[int | None], *, now: bool) -> None:
        look = theme()
        ink = look.color("accent" if now else "text-2")
        fill = QColor(ink)
        fill.setAlphaF(0.16 if now else 0.0)
        points = list(self._points(values))
        painter.setPen(QPen(ink, look.px(1.5), Qt.PenStyle.SolidLine if now else Qt.PenStyle.DashLine))
        painter.setBrush(fill)
        if len(points) == len(values):
            painter.drawPolygon(QPolygonF(points))
        else:
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(ink, 1))
        painter.setBrush(ink if now else look.color("surface"))
        for point in points:
            paint_mark(painter, point, now=now)

    def _points(self, values: Sequence[int | None]) -> Iterator[QPointF]:
        for number, value in enumerate(values):
            if value is not None:
                yield self._point(number, value)

    def _name(self, painter: QPainter, number: int, one: ScaleChange) -> None:
        look, px = theme(), theme().px
        chosen = one.code == self._chosen
        font = look.font("label" if chosen else "meta")
        painter.setFont(font)
        painter.setPen(look.color("accent" if chosen else "text-2"))
        anchor = self._point(number, radar.BEST + 0.35)
        wide, high = QFontMetrics(font).horizontalAdvance(one.short) + 2, px(16)
        side = anchor.x() - self.rect().center().x()
        left = anchor.x() - wide / 2 if abs(side) < px(6) else anchor.x() if side > 0 else anchor.x() - wide
        left = max(0.0, min(left, self.width() - wide))
        place = QRectF(left, anchor.y() - high / 2 + self._lift(number), wide, high)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, one.short)

    def _lift(self, number: int) -> float:
        """Return how far a name at the top or bottom stands off."""
        share = number / len(self._changes)
        if share == 0:
            return -theme().px(3)
        return theme().px(3) if share == 0.5 else 0.0  # noqa: PLR2004 - straight down


def paint_mark(painter: QPainter, point: QPointF, *, now: bool) -> None:
    """Paint the dot of now or the square of then."""
    size = theme().px(_MARK)
    if now:
        painter.drawEllipse(point, size, size)
    else:
        painter.drawRect(QRectF(point.x() - size, point.y() - size, 2 * size, 2 * size))
