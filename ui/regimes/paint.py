"""How the parts of the timeline are painted."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kimdesk.pictures.scale import Scale
from kimdesk.texts import say
from ui.canvas.paint import hatch, mixed, paint_flag, paint_grid, paint_names, paint_today, width_of
from ui.kit.icons import paint_icon
from ui.kit.rows import MIDDLE_LEFT, MIDDLE_RIGHT, paint_text
from ui.regimes.coming import Coming
from ui.regimes.lines import HEAD, ROW, StrandBlock, StrandLine, Stretch
from ui.theme import theme

_BAR = 18
RADIUS = 4
_HALF = 11  # of a diamond


def paint(
    painter: QPainter,
    blocks: Sequence[StrandBlock],
    scale: Scale,
    coming: Sequence[Coming],
    width: int,
    today: date,
) -> None:
    """Paint grounds, months, markers, bars and today, in this order."""
    height = blocks[-1].top + blocks[-1].height if blocks else theme().px(HEAD)
    for number, block in enumerate(blocks):
        if number % 2 == 0:
            painter.fillRect(QRectF(0, block.top, width, block.height), theme().color("sunken"))
    paint_grid(painter, scale, theme().px(HEAD), height)
    paint_names(painter, scale, theme().px(HEAD))
    shown = [one for one in coming if scale.holds(one.day)]
    _paint_markers(painter, shown, scale, today, height)
    for block in blocks:
        _paint_block(painter, block, scale)
    _paint_today(painter, scale, today, height)
    for block in blocks:
        for line in block.lines:
            for stretch in line.stretches:
                _paint_words(painter, stretch, _place(stretch, line))


def place_of(stretch: Stretch, line: StrandLine) -> QRectF:
    """Return where a bar stands."""
    return _place(stretch, line)


def _place(stretch: Stretch, line: StrandLine) -> QRectF:
    px = theme().px
    wide = max(2.0, stretch.right - stretch.left - 1)
    return QRectF(stretch.left, line.top + (px(ROW) - px(_BAR)) / 2, wide, px(_BAR)).adjusted(
        0.5, 0.5, -0.5, -0.5
    )


def _paint_block(painter: QPainter, block: StrandBlock, scale: Scale) -> None:
    px = theme().px
    first = block.top + px(5)
    side = px(12)
    arrow = QRectF(px(6), first + px(4), side, side)
    paint_icon(painter, arrow, "caret-right" if block.folded else "caret-down", theme().color("text-2"))
    paint_text(painter, QRectF(px(22), first, px(84), px(20)), block.name, "table_strong")
    paint_text(painter, QRectF(px(22), first + px(20), px(84), px(18)), block.note, "meta", "text-2")
    for line in block.lines:
        name = QRectF(px(60), line.top, scale.left - px(70), px(ROW))
        paint_text(painter, name, line.name, "meta", "text-2", MIDDLE_RIGHT)
        for stretch in line.stretches:
            _paint_bar(painter, stretch, _place(stretch, line))


def _paint_bar(painter: QPainter, stretch: Stretch, place: QRectF) -> None:
    look, px = theme(), theme().px
    lane = look.color(stretch.color)
    dashed = stretch.style in ("expected", "awaited", "folded")
    painter.setPen(QPen(lane, 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.setBrush(Qt.BrushStyle.NoBrush if stretch.style == "overlap" else _fill(stretch))
    painter.drawRoundedRect(place, px(RADIUS), px(RADIUS))
    if stretch.style in ("gap", "overlap"):
        thin = hatch(lane)
        if stretch.style == "overlap":
            thin.setStyle(Qt.BrushStyle.FDiagPattern)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(thin)
        painter.drawRoundedRect(place, px(RADIUS), px(RADIUS))


def _fill(stretch: Stretch) -> QColor:
    look = theme()
    fills = {
        "gap": "bad-fill",
        "overlap": "warn-fill",
        "expected": "surface",
        "awaited": "surface",
        "folded": "surface",
    }
    if stretch.style in fills:
        return look.color(fills[stretch.style])
    return mixed(look.color(stretch.color), look.color("surface"), 0.12)


def _paint_words(painter: QPainter, stretch: Stretch, place: QRectF) -> None:
    px = theme().px
    if stretch.style == "overlap":
        _paint_overlap_word(painter, stretch, place)
        return
    gap = stretch.style == "gap"
    words = place.adjusted(px(3 if gap else 6), 0, -px(3), 0)
    use = "label" if gap else "meta"
    wide = width_of(stretch.text, use)
    if words.width() < min(wide, px(28)):
        return
    behind = QRectF(words.left() - 2, words.top() + 1, min(wide + 4, words.width()), words.height() - 2)
    painter.fillRect(behind, _fill(stretch))
    loud = stretch.color if gap or stretch.style == "folded" else "text"
    paint_text(painter, words, stretch.text, use, loud, MIDDLE_LEFT)


def _paint_overlap_word(painter: QPainter, stretch: Stretch, place: QRectF) -> None:
    """Paint the word at the right, where it leaves room for the name of the bar below."""
    px = theme().px
    wide = width_of(stretch.text, "label")
    if place.width() < wide + px(70):
        return
    words = QRectF(place.right() - wide - px(8), place.top(), wide + px(4), place.height())
    painter.fillRect(words.adjusted(-px(2), 1, 0, -1), _fill(stretch))
    paint_text(painter, words, stretch.text, "label", stretch.color, MIDDLE_LEFT)


def _paint_today(painter: QPainter, scale: Scale, today: date, height: float) -> None:
    """Paint today behind the words: a line from the pill to the foot, under the bars' texts."""
    if not scale.holds(today):
        return
    px, x, word = theme().px, scale.x(today), say("common.today")
    wide = width_of(word, "label") + px(12)
    paint_today(painter, x, px(HEAD - 42), height)
    paint_flag(painter, QRectF(x - wide, px(HEAD - 60), wide + 1, px(18)), word)


def _paint_markers(
    painter: QPainter, shown: Sequence[Coming], scale: Scale, today: date, height: float
) -> None:
    half = theme().px(_HALF)
    first = scale.x(today) + half + 2 if scale.holds(today) else scale.left
    days = [scale.x(one.day) for one in shown]
    for one, day, x in zip(shown, days, apart(days, 2 * half + 1, first, scale.x(scale.end)), strict=True):
        _paint_marker(painter, day, x, one, height)


def apart(places: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """Return ascending ``places`` moved so that each is ``gap`` from the next, from ``first`` to ``last``."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap if found else first))
    for back in range(len(found)):
        found[-1 - back] = min(found[-1 - back], last - back * gap)
    return found


def _paint_marker(painter: QPainter, day: float, x: float, one: Coming, height: float) -> None:
    """Paint the diamond at ``x`` and its line at the day: they part where diamonds would overlap."""
    px = theme().px
    ink = theme().color("bad" if one.pressing else "warn")
    middle, knee = QPointF(x, px(HEAD - 51)), QPointF(day, px(HEAD - 36))
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
    painter.drawPolyline(QPolygonF([middle, knee, QPointF(day, height)]))
    paint_diamond(painter, middle, one)


def paint_diamond(painter: QPainter, middle: QPointF, one: Coming) -> None:
    """Paint the numbered diamond of a date; the list shows the same one."""
    look = theme()
    half = look.px(_HALF)
    corners = [(0, -half), (half, 0), (0, half), (-half, 0)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("bad" if one.pressing else "warn"))
    painter.drawPolygon(QPolygonF([middle + QPointF(dx, dy) for dx, dy in corners]))
    place = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
    paint_text(painter, place, str(one.number), "label", "on-accent", Qt.AlignmentFlag.AlignCenter)
