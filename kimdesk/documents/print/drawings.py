"""Charts on paper: what ``kimdesk.pictures`` draws, with reportlab."""

from typing import Any, Final

from kimdesk.documents.print.lines import width_of
from kimdesk.documents.print.sheets import Sheets
from kimdesk.documents.print.structure import PaperPart
from kimdesk.documents.print.style import TextStyle, Weight
from kimdesk.pictures.drawing import (
    HEIGHTS,
    Chart,
    ChartBox,
    ChartDot,
    ChartPen,
    ChartStroke,
    ChartWords,
    Use,
)
from kimdesk.pictures.inks import ink

UNIT: Final = 0.72
"""Points for a pixel at 100 %."""
_SIZES: Final[dict[Use, float]] = {"meta": 12, "table": 13, "table_strong": 13, "strong": 14}
_HATCH: Final = 3.6
_BASE: Final = 0.28  # of the height of a line: from its foot to where the letters stand
_ELLIPSIS: Final = "…"


def paper_pen(width: float) -> ChartPen:
    """Return what lays a chart out ``width`` points wide."""
    return ChartPen(width, UNIT, lambda text, use: width_of(text, _style(use)))


def draw_on_paper(drawing: Chart, sheets: Sheets, part: PaperPart, x: float, y: float) -> None:
    """Draw a chart with its upper left corner at ``x``, ``y`` points from the lower left of the page.

    ``part`` is its figure; ``drawing.alt`` is what it says in words.
    """
    with sheets.drawing(part) as canvas:
        canvas.saveState()
        canvas.translate(x, y)
        for mark in drawing.marks:
            if isinstance(mark, ChartBox):
                _box(canvas, mark)
            elif isinstance(mark, ChartStroke):
                _stroke(canvas, mark)
            elif isinstance(mark, ChartDot):
                canvas.setFillColorRGB(*ink(mark.ink))
                canvas.circle(mark.x, -mark.y, mark.radius, stroke=0, fill=1)
        canvas.restoreState()
    for mark in drawing.marks:
        if isinstance(mark, ChartWords) and mark.text:
            _words(sheets, part, mark, x, y)


def _style(use: Use, color: str = "text") -> TextStyle:
    weight: Weight = "semibold" if use in ("table_strong", "strong") else "regular"
    return TextStyle(_SIZES[use] * UNIT, weight, ink=ink(color))


def _box(canvas: Any, box: ChartBox) -> None:
    if box.fill:
        canvas.setFillColorRGB(*ink(box.fill))
    if box.edge:
        canvas.setStrokeColorRGB(*ink(box.edge))
        canvas.setLineWidth(0.6)
        canvas.setDash([2, 1.5] if box.dashed else [])
    radius = min(box.radius * UNIT, box.width / 2, box.height / 2)
    place = (box.x, -box.y - box.height, box.width, box.height, radius)
    canvas.roundRect(*place, stroke=int(bool(box.edge)), fill=int(bool(box.fill)))
    canvas.setDash([])
    if box.hatched:
        _hatch(canvas, box, place)


def _hatch(canvas: Any, box: ChartBox, place: tuple[float, ...]) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.roundRect(*place)
    canvas.clipPath(path, stroke=0, fill=0)
    left = box.x - box.height
    while left < box.x + box.width:
        canvas.line(left, -box.y - box.height, left + box.height, -box.y)
        left += _HATCH
    canvas.restoreState()


def _stroke(canvas: Any, stroke: ChartStroke) -> None:
    canvas.setStrokeColorRGB(*ink(stroke.ink))
    canvas.setLineWidth(stroke.thick if stroke.thick > 1 else 0.5)
    path = canvas.beginPath()
    path.moveTo(stroke.points[0][0], -stroke.points[0][1])
    for across, down in stroke.points[1:]:
        path.lineTo(across, -down)
    canvas.drawPath(path, stroke=1, fill=0)


def _words(sheets: Sheets, part: PaperPart, words: ChartWords, x: float, y: float) -> None:
    style = _style(words.use, words.ink)
    text = _cut(words.text, words.width, style)
    room = words.width - width_of(text, style)
    left = words.x + {"left": 0.0, "middle": room / 2, "right": room}[words.side]
    height = HEIGHTS[words.use] * UNIT
    sheets.write(text, x + left, y - words.y - height * (1 - _BASE), style, part=part)


def _cut(text: str, width: float, style: TextStyle) -> str:
    if width_of(text, style) <= width + 0.5:
        return text
    while text and width_of(text + _ELLIPSIS, style) > width:
        text = text[:-1]
    return text + _ELLIPSIS
