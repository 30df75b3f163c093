"""How the lanes of the perspective are painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from kimdesk.domain.law.periods import DAY
from kimdesk.texts import say
from ui.canvas.paint import hatch, paint_flag, paint_today, width_of
from ui.kit.badge import HEIGHT, paint_badge
from ui.kit.rows import MIDDLE_LEFT, MIDDLE_RIGHT, paint_text
from ui.kit.wrapping import wrapped
from ui.perspective.lanes import AHEAD, LaneBar, LaneView, PathScale
from ui.theme import theme

_TITLE, _LINES = 18, 3  # a line of the title, and the most of them
ROW, HEAD = 38, 44  # heights at 100 %
_BAR, _RADIUS, _DIAMOND = 18, 4, 7
_NAMES, _BADGE, _GAP, _END, _BEFORE, _PAD = 178, 122, 8, 104, 16, 14


@dataclass(frozen=True, slots=True)
class Across:
    """Where the columns of the picture stand in ``width`` pixels: names, badges, path, what is later."""

    width: float
    today: date

    @property
    def names(self) -> tuple[float, float]:
        """Return left and width of the names."""
        return theme().px(_PAD), theme().px(_NAMES)

    @property
    def badge(self) -> float:
        """Return where the badges begin."""
        return theme().px(_PAD + _NAMES + _GAP)

    @property
    def scale(self) -> PathScale:
        """Return the path of time, from today on."""
        left = self.badge + theme().px(_BADGE + _GAP + _BEFORE)
        return PathScale(self.today, AHEAD, left, max(self.later - theme().px(12), left + 1))

    @property
    def later(self) -> float:
        """Return where the words of what is later begin."""
        return self.width - theme().px(_PAD + _END)


def paint_head(painter: QPainter, across: Across, height: float) -> None:
    """Paint today, the months and „später“."""
    look, px, scale = theme(), theme().px, across.scale
    line = QRectF(0, height - px(20), 0, px(16))
    taken = 0.0
    painter.setPen(QPen(look.color("line-strong"), 1))
    for x, words in scale.ticks():
        painter.setPen(QPen(look.color("line-strong"), 1))
        painter.drawLine(QPointF(round(x) + 0.5, height - px(5)), QPointF(round(x) + 0.5, height))
        wide = width_of(words, "meta")
        if x + px(5) >= taken and x + px(5) + wide <= scale.right:
            place = QRectF(x + px(5), line.top(), wide + px(2), line.height())
            paint_text(painter, place, words, "meta", "text-2")
            taken = place.right() + px(8)
    later = QRectF(across.later, line.top(), px(_END), line.height())
    paint_text(painter, later, say("perspective.later"), "meta", "text-2", MIDDLE_RIGHT)
    word, x = say("common.today"), scale.x(across.today)
    wide = width_of(word, "label") + px(10)
    paint_today(painter, x, px(18), height)
    paint_flag(painter, QRectF(x - wide / 2, 0, wide, px(18)), word)


def title_lines(lane: LaneView) -> tuple[str, ...]:
    """Return the title of a lane in the lines it takes: words stay whole."""
    return wrapped(lane.title, "table_strong", theme().px(_NAMES), most=_LINES)


def height_of(lane: LaneView) -> int:
    """Return how high a lane is: its title and its paragraph."""
    return theme().px(ROW + (len(title_lines(lane)) - 1) * _TITLE)


def paint_lane(painter: QPainter, lane: LaneView, across: Across, height: float, *, ink: str) -> None:
    """Paint one lane: name and paragraph, badge, path, what is later."""
    px, scale = theme().px, across.scale
    left, wide = across.names
    upper = QRectF(left, px(2), wide, px(_TITLE))
    for words in title_lines(lane):
        paint_text(painter, upper, words, "table_strong", ink)
        upper.translate(0, px(_TITLE))
    paint_text(painter, upper.translated(0, -px(1)), lane.paragraph, "meta", "text-2")
    badge = QRectF(across.badge, (height - px(HEIGHT)) / 2, px(_BADGE), px(HEIGHT))
    paint_badge(painter, badge, lane.sign.word, lane.sign.tone, lane.sign.icon)
    _paint_ground(painter, scale, height)
    _paint_bar(painter, lane.bar, scale, height)
    lines = 2 if lane.end_note else 1
    end = QRectF(across.later, (height - lines * px(_TITLE)) / 2, px(_END), px(_TITLE))
    paint_text(painter, end, lane.end, "label", "text", MIDDLE_RIGHT)
    paint_text(painter, end.translated(0, px(17)), lane.end_note, "meta", "text-2", MIDDLE_RIGHT)


def _paint_ground(painter: QPainter, scale: PathScale, height: float) -> None:
    painter.setPen(QPen(theme().color("line"), 1))
    for x, _ in scale.ticks():
        painter.drawLine(QPointF(round(x) + 0.5, 0), QPointF(round(x) + 0.5, height))
    paint_today(painter, scale.x(scale.start), 0, height)


def _paint_bar(painter: QPainter, bar: LaneBar, scale: PathScale, height: float) -> None:
    px = theme().px
    top = round((height - px(_BAR)) / 2) + 0.5
    start, end = scale.x(scale.start), scale.right
    closes = min(scale.x(bar.closes + DAY), end) if bar.closes and bar.closes < scale.end else end
    opens = scale.x(bar.opens) if bar.opens and bar.opens > scale.start else start
    if bar.style == "open":
        opens = start - px(_BEFORE)
    elif bar.style in ("undated", "barred") or (bar.opens and bar.opens >= scale.end):
        opens = end
    whole = QRectF(start, top, end - start, px(_BAR) - 1)
    before = QRectF(start, top, opens - start, px(_BAR) - 1)
    after = QRectF(opens, top, max(closes - opens, 0), px(_BAR) - 1)
    if bar.style == "barred":
        _paint_barred(painter, whole)
    else:
        _paint_waiting(painter, before)
        _paint_open(painter, after)
    if closes < end:
        painter.fillRect(QRectF(closes - px(1), top - px(2), px(3), px(_BAR) + px(3)), theme().color("text"))
    elif after.width() > 0 or opens >= end:
        _paint_break(painter, end, top)
    if before.width() > 0 and bar.style == "waiting" and opens < end:
        paint_diamond(painter, QPointF(opens, top + px(_BAR) / 2), px(_DIAMOND))
    _paint_words(painter, bar, (after, before), start)


def _paint_waiting(painter: QPainter, place: QRectF) -> None:
    if place.width() <= 0:
        return
    painter.setPen(QPen(theme().color("warn"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(theme().color("surface"))
    painter.drawRoundedRect(place, theme().px(_RADIUS), theme().px(_RADIUS))


def _paint_open(painter: QPainter, place: QRectF) -> None:
    if place.width() <= 0:
        return
    painter.setPen(QPen(theme().color("ok"), 1))
    painter.setBrush(theme().color("ok-fill"))
    painter.drawRoundedRect(place, theme().px(_RADIUS), theme().px(_RADIUS))


def _paint_barred(painter: QPainter, place: QRectF) -> None:
    look, radius = theme(), theme().px(_RADIUS)
    painter.setPen(QPen(look.color("bad"), 1))
    painter.setBrush(look.color("bad-fill"))
    painter.drawRoundedRect(place, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hatch(look.color("bad")))
    painter.drawRoundedRect(place, radius, radius)


def _paint_break(painter: QPainter, x: float, top: float) -> None:
    """Paint the break after which nothing is to scale."""
    look, px = theme(), theme().px
    high, step = px(_BAR), px(3)
    points = [QPointF(x + (step if number % 2 else -step) / 1.5, top - px(3) + (high + px(6)) * number / 4)
              for number in range(5)]  # fmt: skip
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.color("surface"), px(4)))
    painter.drawPath(path)
    painter.setPen(QPen(look.color("line-strong"), 1))
    painter.drawPath(path)


def paint_diamond(painter: QPainter, middle: QPointF, half: float) -> None:
    """Paint the diamond of the first possible day."""
    path = QPainterPath(middle + QPointF(0, -half))
    for dx, dy in ((half, 0), (0, half), (-half, 0)):
        path.lineTo(middle + QPointF(dx, dy))
    path.closeSubpath()
    painter.setPen(QPen(theme().color("surface"), 1))
    painter.setBrush(theme().color("accent"))
    painter.drawPath(path)


def _paint_words(painter: QPainter, bar: LaneBar, places: Sequence[QRectF], left: float) -> None:
    """Paint the words into the first of ``places`` with room for them, right of ``left``: where today is."""
    px = theme().px
    use = "meta" if bar.style == "undated" else "label"
    tone = "bad" if bar.style == "barred" else "text"
    wide = width_of(bar.words, use)
    spots = [_inside(place, left) for place in places]
    spot = next((one for one in spots if one.width() >= wide), max(spots, key=lambda one: one.width()))
    if spot.width() < min(wide, px(40)):
        return
    if bar.style == "barred":
        behind = QRectF(spot.left() - px(2), spot.top(), min(wide, spot.width()) + px(5), spot.height() - 1)
        painter.fillRect(behind, theme().color("bad-fill"))
    paint_text(painter, spot, bar.words, use, tone, MIDDLE_LEFT)


def _inside(place: QRectF, left: float) -> QRectF:
    """Return where words stand inside a part of a bar, beside the diamond at its beginning."""
    px = theme().px
    beside = place.left() + px(_DIAMOND + 6 if place.left() > left else 6)
    first = max(beside, left + px(6))
    return QRectF(first, place.top() + 1, max(place.right() - px(8) - first, 0), place.height() - 1)
