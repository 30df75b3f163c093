"""Boxes to tick, tinted grounds and signs of a sheet: lines alone, in words for who listens."""

from collections.abc import Callable
from typing import Any, Literal

from kimdesk.documents.client_sheet.looks import BAND, EDGE, GREEN, RED, TINT
from kimdesk.documents.print import PaperPart, Sheets

Mark = Callable[[Sheets, float], None]
SIDE = 13.0
_ROUND = 3.0


def tick_box(x: float, part: PaperPart | None, *, done: bool) -> Mark:
    """Return what draws a box whose left edge is at ``x``, beside the words of its row."""

    def draw(sheets: Sheets, y: float) -> None:
        with sheets.drawing(part) as canvas:
            _lines(canvas, 0.9, 0.15)
            canvas.roundRect(x, y - 2.5, SIDE, SIDE, _ROUND)
            if done:
                canvas.setLineWidth(1.4)
                _way(canvas, (x + 3, y + 4), (x + 5.6, y + 1.2), (x + 10.2, y + 6.8))

    return draw


def tone_sign(x: float, tone: Literal["missing", "there"]) -> Mark:
    """Return what draws the sign of a section around ``x``: an octagon or a circle."""

    def draw(sheets: Sheets, y: float) -> None:
        middle = y + 3.4
        with sheets.drawing() as canvas:
            canvas.saveState()
            canvas.setFillColorRGB(*(RED if tone == "missing" else GREEN))
            (_octagon if tone == "missing" else _circle)(canvas, x, middle)
            canvas.setStrokeGray(1)
            canvas.setLineWidth(1.2)
            if tone == "missing":
                canvas.line(x, middle + 2.6, x, middle - 0.4)
                canvas.line(x, middle - 2.2, x, middle - 2.8)
            else:
                _way(canvas, (x - 2.3, middle), (x - 0.6, middle - 1.8), (x + 2.5, middle + 1.8))
            canvas.restoreState()

    return draw


def ground(left: float, right: float, above: float, height: float, *, framed: bool) -> Mark:
    """Return what draws a tinted ground; ``above``: how far it begins above the foot of the first words."""

    def draw(sheets: Sheets, y: float) -> None:
        with sheets.drawing() as canvas:
            canvas.saveState()
            canvas.setFillColorRGB(*(TINT if framed else BAND))
            canvas.setStrokeColorRGB(*EDGE)
            canvas.setLineWidth(0.8)
            place = (left, y + above - height, right - left, height)
            if framed:
                canvas.roundRect(*place, 5, fill=1)
            else:
                canvas.rect(left, place[1] + 0.4, right - left, height - 0.8, stroke=0, fill=1)
            canvas.restoreState()

    return draw


def _lines(canvas: Any, width: float, gray: float) -> None:
    canvas.setLineWidth(width)
    canvas.setStrokeGray(gray)


def _way(canvas: Any, first: tuple[float, float], *others: tuple[float, float], fill: int = 0) -> None:
    path = canvas.beginPath()
    path.moveTo(*first)
    for each in others:
        path.lineTo(*each)
    canvas.drawPath(path, stroke=1 - fill, fill=fill)


def _octagon(canvas: Any, x: float, y: float) -> None:
    side, cut = 5.0, 2.1
    corners = ((cut, side), (side, cut), (side, -cut), (cut, -side))
    right = [(x + across, y + up) for across, up in corners]
    left = [(x - across, y - up) for across, up in corners]
    _way(canvas, *right, *left, fill=1)


def _circle(canvas: Any, x: float, y: float) -> None:
    canvas.circle(x, y, 5.0, stroke=0, fill=1)
