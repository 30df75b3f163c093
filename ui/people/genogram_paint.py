"""How a genogram is painted: signs, names, lines of couples and children. Places come from ``genogram``."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from ui.kit.rows import paint_text
from ui.people.genogram import Couple, Family, Genogram, Node, Thread
from ui.theme import theme

STEP, ROW = 124, 148  # pixels at 100 % from person to person, from generation to generation
_SIGN, _TOP, _LINE, _MARGIN = 44, 26, 16, 12  # the sign, the room above it, a line of the name, at the sides
_LANE = 7
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class GenogramSheet:
    """The picture in pixels: where each sign stands."""

    picture: Genogram

    @property
    def width(self) -> float:
        """Return how wide the picture is."""
        return (
            theme().px(STEP) * (max((one.x for one in self.picture.nodes), default=0) + 1) + 2 * self.margin
        )

    @property
    def height(self) -> float:
        """Return how high the picture is."""
        rows = max((one.row for one in self.picture.nodes), default=0)
        return theme().px(ROW) * rows + theme().px(_TOP + _SIGN + 2 * _LINE + 14)

    @property
    def margin(self) -> float:
        """Return the room at either side."""
        return theme().px(_MARGIN)

    def center(self, node: Node) -> QPointF:
        """Return the middle of a sign."""
        px = theme().px
        x = self.margin + px(STEP) * (node.x + 0.5)
        return QPointF(x, px(_TOP) + px(ROW) * node.row + px(_SIGN) / 2)

    def sign(self, node: Node) -> QRectF:
        """Return the square around a sign."""
        half = theme().px(_SIGN) / 2
        middle = self.center(node)
        return QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)

    def place(self, node: Node) -> QRectF:
        """Return sign and name together."""
        px = theme().px
        sign = self.sign(node)
        return QRectF(sign.center().x() - px(STEP) / 2 + px(3), sign.top() - px(4), px(STEP) - px(6),
                      sign.height() + px(2 * _LINE + 12))  # fmt: skip

    def at(self, point: QPointF) -> Node | None:
        """Return who stands at ``point``."""
        return next((one for one in self.picture.nodes if self.place(one).contains(point)), None)


def paint(painter: QPainter, sheet: GenogramSheet) -> None:
    """Paint the lines, then the signs over them."""
    for thread in sheet.picture.threads:
        _thread(painter, sheet, thread)
    for pair in sheet.picture.pairs:
        _pair(painter, sheet, pair)
    for family in sheet.picture.families:
        _family(painter, sheet, family)
    for node in sheet.picture.nodes:
        _node(painter, sheet, node)


def _ink(style: Qt.PenStyle = Qt.PenStyle.SolidLine, tone: str = "text-2", width: float = 1.5) -> QPen:
    return QPen(theme().color(tone), theme().px(width), style)


def _node(painter: QPainter, sheet: GenogramSheet, node: Node) -> None:
    look = theme()
    sign = sheet.sign(node)
    style = Qt.PenStyle.SolidLine if node.inside else Qt.PenStyle.DashLine
    painter.setPen(_ink(style, "accent" if node.client else "text", 3 if node.client else 1.5))
    painter.setBrush(look.color("tint" if node.client else "surface"))
    if node.shape == "circle":
        painter.drawEllipse(sign)
    elif node.shape == "square":
        painter.drawRect(sign)
    else:
        middle = sign.center()
        painter.drawPolygon(
            QPolygonF([QPointF(middle.x(), sign.top()), QPointF(sign.right(), middle.y()),
                       QPointF(middle.x(), sign.bottom()), QPointF(sign.left(), middle.y())])
        )  # fmt: skip
    paint_text(painter, sign, node.age, "table", "accent" if node.client else "text", _CENTER)
    _name(painter, sheet, node)


def _name(painter: QPainter, sheet: GenogramSheet, node: Node) -> None:
    look, place = theme(), sheet.place(node)
    use = "label" if node.client else "meta"
    top = sheet.sign(node).bottom() + look.px(4)
    for number, words in enumerate(node.words):
        metrics = QFontMetrics(look.font(use))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(place.width() - look.px(8)))
        wide = metrics.horizontalAdvance(shown) + look.px(4)
        line = QRectF(place.center().x() - wide / 2, top + number * look.px(_LINE), wide, look.px(_LINE))
        painter.fillRect(line, look.color("surface"))
        paint_text(painter, line, shown, use, "text", _CENTER)


def _pair(painter: QPainter, sheet: GenogramSheet, pair: Couple) -> None:
    left, right = sheet.picture.node(pair.left), sheet.picture.node(pair.right)
    if left is None or right is None:
        return
    style = Qt.PenStyle.DotLine if pair.kind == "parents" else Qt.PenStyle.SolidLine
    painter.setPen(_ink(style))
    start, end = sheet.center(left), sheet.center(right)
    if pair.direct:
        painter.drawLine(start, end)
    else:
        _arch(painter, sheet, left, right)
        start, end = start - _over(0.5), end - _over(0.5)
    if pair.kind == "separated":
        _slashes(painter, QPointF(start.x() + (end.x() - start.x()) * 0.5 - theme().px(14), start.y()))


def _over(share: float) -> QPointF:
    return QPointF(0, theme().px(_SIGN / 2) + theme().px(_TOP) * share)


def _arch(painter: QPainter, sheet: GenogramSheet, one: Node, other: Node) -> None:
    """Paint a line over the heads of those between."""
    start, end = sheet.center(one), sheet.center(other)
    top = min(start.y(), end.y()) - _over(0.5).y()
    painter.drawPolyline(QPolygonF([start, QPointF(start.x(), top), QPointF(end.x(), top), end]))


def _slashes(painter: QPainter, middle: QPointF) -> None:
    px = theme().px
    painter.setPen(_ink(width=1.75))
    for by in (-3, 3):
        painter.drawLine(middle + QPointF(px(by) - px(4), px(8)), middle + QPointF(px(by) + px(4), -px(8)))


def _family(painter: QPainter, sheet: GenogramSheet, family: Family) -> None:
    parents = [node for key in family.parents if (node := sheet.picture.node(key))]
    children = [node for key in family.children if (node := sheet.picture.node(key))]
    if not parents or not children:
        return
    px = theme().px
    painter.setPen(_ink())
    bar = min(sheet.sign(one).top() for one in children) - px(14) - px(_LANE) * family.lane
    tops = _hooks(sheet, parents)
    feet = [QPointF(sheet.center(one).x(), sheet.sign(one).top()) for one in children]
    for top in tops:
        painter.drawLine(top, QPointF(top.x(), bar))
    for foot in feet:
        painter.drawLine(foot, QPointF(foot.x(), bar))
    across = [point.x() for point in (*tops, *feet)]
    painter.drawLine(QPointF(min(across), bar), QPointF(max(across), bar))


def _hooks(sheet: GenogramSheet, parents: list[Node]) -> list[QPointF]:
    """Return where the line of the children hangs: in the middle of a couple, else below each parent."""
    pair = next(
        (one for one in sheet.picture.pairs if {one.left, one.right} == {node.key for node in parents}), None
    )
    if pair and pair.direct:
        return [(sheet.center(parents[0]) + sheet.center(parents[-1])) / 2]
    px = theme().px
    return [
        QPointF(sheet.center(one).x(), sheet.sign(one).bottom() + px(6) + px(_LINE) * len(one.words))
        for one in parents
    ]


def _thread(painter: QPainter, sheet: GenogramSheet, thread: Thread) -> None:
    one, other = sheet.picture.node(thread.one), sheet.picture.node(thread.other)
    if one is None or other is None:
        return
    painter.setPen(_ink(Qt.PenStyle.SolidLine if thread.kind == "sibling" else Qt.PenStyle.DotLine))
    if one.row == other.row:
        _arch(painter, sheet, one, other)
    else:
        painter.drawLine(sheet.center(one), sheet.center(other))
