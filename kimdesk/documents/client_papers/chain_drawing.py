"""How a piece of the chain is drawn on paper: lines and grounds, then words. Never colour alone."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

from kimdesk.documents.client_papers.chain_picture import LABEL, NAMES, WIDTH, ZOOM, ChainPiece
from kimdesk.documents.client_papers.words import SpokenWords
from kimdesk.documents.client_sheet import Both, PictureSpace
from kimdesk.documents.print import PaperPart, Sheets, TextStyle, width_of
from kimdesk.pictures import chain_arrows
from kimdesk.pictures.chain import HEAD, Arrow, Bar, ChainRow
from kimdesk.pictures.inks import Ink, ink, mixed

_HEAD: Final = HEAD * ZOOM
_LEGEND: Final = 30.0
_SMALL, _OWN = TextStyle(7.2, gray=0.3), TextStyle(6.8, gray=0.3)
_STRAND = TextStyle(8.2, "semibold")
_STATES: Final = ("done", "running", "planned", "blocked")
_RADIUS, _SIDE = 3.0, 6.5


def height(piece: ChainPiece) -> float:
    """Return how high the piece is with its months above and what the signs mean below, in points."""
    return _HEAD + piece.bottom - piece.top + _LEGEND


class ChainDrawing:
    """Draws one piece into a space of a page."""

    def __init__(self, piece: ChainPiece, words: SpokenWords, today: date) -> None:
        self._piece, self._words, self._today = piece, words, today

    def __call__(self, sheets: Sheets, part: PaperPart, space: PictureSpace) -> None:
        """Draw it, as part of a figure."""
        page = _Page(sheets, part, space.x, space.y + space.height - _HEAD + self._piece.top)
        bars = self._piece.bars
        with sheets.drawing(part) as canvas:
            canvas.saveState()
            for number, row in enumerate(self._piece.rows):
                page.row(canvas, row, shaded=number % 2 == 0)
            self._grid(canvas, page)
            for arrow in self._piece.picture.arrows:
                if self._piece.holds(arrow.before) and self._piece.holds(arrow.after):
                    page.arrow(canvas, arrow)
            for bar in bars:
                page.bar(canvas, bar)
            self._swatches(canvas, page)
            canvas.restoreState()
        self._names(page)
        for bar in bars:
            page.title(bar)
        self._legend(page)

    def _grid(self, canvas: Any, page: "_Page") -> None:
        canvas.setLineWidth(0.4)
        canvas.setStrokeColorRGB(*ink("line"))
        for x, _ in self._piece.picture.scale.ticks():
            page.line(canvas, (x, self._piece.top - 3), (x, self._piece.bottom))
        if self._piece.picture.scale.holds(self._today):
            canvas.setLineWidth(1.2)
            canvas.setStrokeColorRGB(*ink("accent"))
            x = self._piece.picture.scale.x(self._today)
            page.line(canvas, (x, self._piece.top - 3), (x, self._piece.bottom))

    def _names(self, page: "_Page") -> None:
        """Write the strands in both languages, the months, and the word of today above its line."""
        for row in self._piece.rows:
            key = row.color.removeprefix("lane-") if row.color.startswith("lane-") else "other"
            page.stacked(self._words.code("strand", key, row.name), 8, row.top + row.height / 2, NAMES - 14)
        scale = self._piece.picture.scale
        for x, name in scale.ticks():
            page.write(name, x + 2, self._piece.top - 5, _SMALL)
        if scale.holds(self._today):
            word = self._words.tell("today").german
            style = TextStyle(7.2, "semibold", ink=ink("accent"))
            page.write(word, scale.x(self._today) - width_of(word, style) / 2, self._piece.top - 16, style)

    def _swatches(self, canvas: Any, page: "_Page") -> None:
        for x, state in zip(_places(), _STATES, strict=True):
            page.ground(canvas, (x, self._piece.bottom + 9, 14, 9), state, ink("accent"))

    def _legend(self, page: "_Page") -> None:
        for x, state in zip(_places(), _STATES, strict=True):
            page.stacked(self._words.tell(f"state_{state}"), x + 18, self._piece.bottom + 13.5, 100, _SMALL)


def _places() -> Iterator[float]:
    return (NAMES + number * (WIDTH - NAMES) / len(_STATES) for number in range(len(_STATES)))


class _Page:
    """Draws at places of the picture: x to the right, y down from its top."""

    def __init__(self, sheets: Sheets, part: PaperPart, left: float, zero: float) -> None:
        self._sheets, self._part, self._left, self._zero = sheets, part, left, zero

    def write(self, text: str, x: float, y: float, style: TextStyle) -> None:
        """Write one line that stands on ``y``."""
        self._sheets.write(text, self._left + x, self._zero - y, style, part=self._part)

    def stacked(self, text: Both, x: float, middle: float, width: float, style: TextStyle = _STRAND) -> None:
        """Write German, and below it the other language, around ``middle``."""
        if not text.own or text.own == text.german:
            self.write(fitted(text.german, width, style), x, middle + style.size * 0.35, style)
            return
        self.write(fitted(text.german, width, style), x, middle - 1, style)
        self.write(fitted(text.own, width, _OWN), x, middle + 8, _OWN)

    def line(self, canvas: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a straight line."""
        canvas.line(self._left + start[0], self._zero - start[1], self._left + end[0], self._zero - end[1])

    def row(self, canvas: Any, row: ChainRow, *, shaded: bool) -> None:
        """Draw the ground of a strand and the mark at its left."""
        if shaded:
            canvas.setFillColorRGB(*ink("sunken"))
            canvas.rect(self._left, self._zero - row.top - row.height, WIDTH, row.height, stroke=0, fill=1)
        canvas.setFillColorRGB(*ink(row.color))
        canvas.rect(self._left, self._zero - row.top - row.height + 3, 2, row.height - 6, stroke=0, fill=1)

    def bar(self, canvas: Any, bar: Bar) -> None:
        """Draw a bar with its sign, and a white ground for words beside or on what is hatched."""
        place = (bar.left, bar.top, bar.right - bar.left, bar.height)
        self.ground(canvas, place, bar.style, ink(bar.color))
        wide = width_of(bar.title, LABEL)
        canvas.setFillColorRGB(1, 1, 1)
        if bar.style == "blocked" and bar.label == "inside":
            wide = min(wide + 16, bar.right - bar.left - 4)
            self._plate(canvas, bar.left + 2, bar.top + 2, wide, bar.height - 4)
        elif bar.label != "inside":
            left = bar.right + 2 if bar.label == "right" else bar.left - wide - 5
            self._plate(canvas, left, bar.top + 2, wide + 3, bar.height - 4)
        self._sign(canvas, bar)

    def ground(self, canvas: Any, place: tuple[float, float, float, float], style: str, lane: Ink) -> None:
        """Draw a bar without words: filled, tinted, dashed, or hatched."""
        left, top, wide, high = place
        box = (self._left + left, self._zero - top - high, wide, high)
        color = {"blocked": ink("bad"), "ended": ink("text-3")}.get(style, lane)
        fill = {"done": color, "running": mixed(lane, 0.12), "blocked": ink("bad-fill")}.get(style, (1, 1, 1))
        canvas.setLineWidth(0.8)
        canvas.setStrokeColorRGB(*color)
        canvas.setFillColorRGB(*fill)
        canvas.setDash([2, 2] if style in ("planned", "ended") else [])
        canvas.roundRect(*box, _RADIUS, stroke=1, fill=1)
        canvas.setDash([])
        if style == "blocked":
            _hatch(canvas, *box)

    def _plate(self, canvas: Any, left: float, top: float, wide: float, high: float) -> None:
        canvas.rect(self._left + left, self._zero - top - high, wide, high, stroke=0, fill=1)

    def title(self, bar: Bar) -> None:
        """Write the title of a bar inside or beside it, cut where there is no room."""
        inside = bar.label == "inside"
        color = (
            ink("bad")
            if bar.style == "blocked"
            else ink("surface" if inside and bar.style == "done" else "text")
        )
        style = TextStyle(LABEL.size, ink=color)
        y = bar.middle + LABEL.size * 0.35
        if not inside:
            left = bar.right + 3.5 if bar.label == "right" else bar.left - width_of(bar.title, style) - 3.5
            self.write(bar.title, left, y, style)
            return
        left = bar.left + (14 if bar.icon else 4)
        self.write(fitted(bar.title, bar.right - left - 2, style), left, y, style)

    def arrow(self, canvas: Any, arrow: Arrow) -> None:
        """Draw the way from what must be done first to what waits for it."""
        color = ink("bad" if arrow.late else "text-2")
        canvas.setStrokeColorRGB(*color)
        canvas.setFillColorRGB(*color)
        canvas.setLineWidth(1.4 if arrow.critical else 0.9)
        corners = chain_arrows.points(arrow, ZOOM)
        for start, end in pairwise(corners):
            self.line(canvas, start, end)
        (x0, y0), (x1, y1) = corners[-2:]
        long = max(abs(x1 - x0), abs(y1 - y0), 1.0)
        across, down = (x1 - x0) / long * 4.5, (y1 - y0) / long * 4.5
        self._filled(canvas, (x1, y1), (x1 - across + down / 2, y1 - down + across / 2),
                     (x1 - across - down / 2, y1 - down - across / 2))  # fmt: skip

    def _filled(self, canvas: Any, *corners: tuple[float, float]) -> None:
        path = canvas.beginPath()
        for number, (x, y) in enumerate(corners):
            (path.lineTo if number else path.moveTo)(self._left + x, self._zero - y)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    def _sign(self, canvas: Any, bar: Bar) -> None:
        """Draw what a state looks like: a tick, a triangle, a barred circle, a cross."""
        if not bar.icon or bar.right - bar.left < _SIDE + 6:
            return
        left = bar.left + 4 if bar.label == "inside" else (bar.left + bar.right - _SIDE) / 2
        color = (
            ink("surface") if bar.style == "done" else ink("bad") if bar.style == "blocked" else ink("text-2")
        )
        canvas.setStrokeColorRGB(*color)
        canvas.setFillColorRGB(*color)
        canvas.setLineWidth(1.1)
        _SIGNS[bar.icon](self, canvas, left, bar.middle)

    def tick(self, canvas: Any, x: float, y: float) -> None:
        """Draw a tick."""
        self.line(canvas, (x, y), (x + 2.4, y + 2.6))
        self.line(canvas, (x + 2.4, y + 2.6), (x + _SIDE, y - 2.8))

    def triangle(self, canvas: Any, x: float, y: float) -> None:
        """Draw a triangle: it runs."""
        self._filled(canvas, (x + 1, y - 3), (x + 1, y + 3), (x + _SIDE - 0.5, y))

    def glass(self, canvas: Any, x: float, y: float) -> None:
        """Draw an hourglass: somebody else is to decide."""
        self._filled(canvas, (x + 1, y - 3.2), (x + _SIDE - 1, y - 3.2), (x + _SIDE / 2, y + 0.4))
        self._filled(canvas, (x + 1, y + 3.2), (x + _SIDE - 1, y + 3.2), (x + _SIDE / 2, y - 0.4))

    def barred(self, canvas: Any, x: float, y: float) -> None:
        """Draw a barred circle."""
        canvas.circle(self._left + x + _SIDE / 2, self._zero - y, _SIDE / 2, stroke=1, fill=0)
        self.line(canvas, (x + 1, y - 2.3), (x + _SIDE - 1, y + 2.3))

    def cross(self, canvas: Any, x: float, y: float) -> None:
        """Draw a cross."""
        self.line(canvas, (x + 1, y - 2.3), (x + _SIDE - 1, y + 2.3))
        self.line(canvas, (x + 1, y + 2.3), (x + _SIDE - 1, y - 2.3))


_SIGNS: Final[dict[str, Callable[[_Page, Any, float, float], None]]] = {
    "check": _Page.tick, "play": _Page.triangle, "hourglass-medium": _Page.glass, "prohibit": _Page.barred,
    "x": _Page.cross,
}  # fmt: skip


def fitted(text: str, width: float, style: TextStyle) -> str:
    """Return ``text``, cut with „…“ where it is wider than ``width``."""
    if width_of(text, style) <= width:
        return text
    while text and width_of(f"{text}…", style) > width:
        text = text[:-1]
    return f"{text.rstrip()}…" if text.strip() else ""


def _hatch(canvas: Any, left: float, bottom: float, wide: float, high: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.roundRect(left, bottom, wide, high, _RADIUS)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(0.5)
    canvas.setStrokeColorRGB(*mixed(ink("bad"), 0.45))
    x = left - high
    while x < left + wide:
        canvas.line(x, bottom, x + high, bottom + high)
        x += 4
    canvas.restoreState()
