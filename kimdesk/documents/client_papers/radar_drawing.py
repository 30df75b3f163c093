"""The net of the life domains on paper: now with dots, before dashed with squares, gaps where nothing is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from kimdesk.documents.client_sheet import Both, PictureSpace
from kimdesk.documents.print import PaperPart, Sheets, TextStyle, width_of
from kimdesk.pictures import radar
from kimdesk.pictures.inks import ink, mixed

HEIGHT: Final = 268.0
_RADIUS, _LEGEND, _MARK = 88.0, 34.0, 2.4
_NAME, _OWN, _SMALL = TextStyle(8), TextStyle(7.2, gray=0.3), TextStyle(7.2, gray=0.3)
_SIDE = 0.2  # a name this near to the middle stands above or below its spoke

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spoke:
    """One life domain; None where nothing is said of it."""

    name: Both
    now: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class RadarDrawing:
    """Draws the spokes; ``now``, ``before`` and ``missing`` say what dots, squares and dashes mean."""

    spokes: tuple[Spoke, ...]
    now: Both
    before: Both | None
    missing: Both

    def __call__(self, sheets: Sheets, part: PaperPart, space: PictureSpace) -> None:
        """Draw it, as part of a figure."""
        middle = (space.x + space.width / 2, space.y + _LEGEND + (space.height - _LEGEND) / 2)
        with sheets.drawing(part) as canvas:
            canvas.saveState()
            self._fill(canvas, middle)
            self._rings(canvas, middle)
            if self.before:
                self._shape(canvas, middle, [one.before for one in self.spokes], now=False)
            self._shape(canvas, middle, [one.now for one in self.spokes], now=True)
            for x, (_, mark) in zip(self._legend_places(space), self._legend(), strict=True):
                _mark(canvas, (x, space.y + 14), mark)
            canvas.restoreState()
        self._words(sheets, part, middle, space)

    def _at(self, middle: Point, number: int, value: float) -> Point:
        x, y = radar.place(number, len(self.spokes), value)
        return middle[0] + x * _RADIUS, middle[1] - y * _RADIUS

    def _fill(self, canvas: Any, middle: Point) -> None:
        values = [one.now for one in self.spokes]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            canvas.setFillColorRGB(*mixed(ink("accent"), 0.14))
            _polygon(canvas, [self._at(middle, number, value) for number, value in enumerate(known)], fill=1)

    def _rings(self, canvas: Any, middle: Point) -> None:
        canvas.setLineWidth(0.5)
        canvas.setStrokeColorRGB(*ink("line"))
        numbers = range(len(self.spokes))
        for ring in range(1, radar.BEST + 1):
            _polygon(canvas, [self._at(middle, number, ring) for number in numbers])
        for number in numbers:
            canvas.line(*middle, *self._at(middle, number, radar.BEST))

    def _shape(self, canvas: Any, middle: Point, values: Sequence[int | None], *, now: bool) -> None:
        """Draw lines between neighbours that are both known: nothing is made up for what is not."""
        color = ink("accent" if now else "text-2")
        canvas.setStrokeColorRGB(*color)
        canvas.setLineWidth(1.3 if now else 0.9)
        canvas.setDash([] if now else [3, 2])
        for (first, before), (second, after) in pairwise([*enumerate(values), (0, values[0])]):
            if before is not None and after is not None:
                canvas.line(*self._at(middle, first, before), *self._at(middle, second, after))
        canvas.setDash([])
        for number, value in enumerate(values):
            if value is not None:
                _mark(canvas, self._at(middle, number, value), "now" if now else "before")
            elif now:
                _mark(canvas, self._at(middle, number, radar.BEST), "missing")

    def _words(self, sheets: Sheets, part: PaperPart, middle: Point, space: PictureSpace) -> None:
        for number, spoke in enumerate(self.spokes):
            x, y = self._at(middle, number, radar.BEST + 0.42)
            side = (x - middle[0]) / _RADIUS
            lines = [(spoke.name.german, _NAME)]
            if spoke.name.own and spoke.name.own != spoke.name.german:
                lines.append((spoke.name.own, _OWN))
            lift = (len(lines) - 1) * 4.5 + (4 if abs(side) < _SIDE and y > middle[1] else 0)
            for row, (text, style) in enumerate(lines):
                wide = width_of(text, style)
                left = x - wide / 2 if abs(side) < _SIDE else x if side > 0 else x - wide
                sheets.write(text, left, y - 3 + lift - row * 9, style, part=part)
        for value in (0, radar.BEST):
            sheets.write(str(value), middle[0] + 3, self._at(middle, 0, value)[1] - 3, _SMALL, part=part)
        for x, (meaning, _) in zip(self._legend_places(space), self._legend(), strict=True):
            sheets.write(meaning.german, x + 8, space.y + 11.5, _SMALL, part=part)
            if meaning.own and meaning.own != meaning.german:
                sheets.write(meaning.own, x + 8, space.y + 2.5, _OWN, part=part)

    def _legend(self) -> Iterator[tuple[Both, str]]:
        yield self.now, "now"
        if self.before:
            yield self.before, "before"
        if any(one.now is None for one in self.spokes):
            yield self.missing, "missing"

    def _legend_places(self, space: PictureSpace) -> Iterator[float]:
        return (space.x + 60 + number * 140 for number, _ in enumerate(self._legend()))


def _mark(canvas: Any, place: Point, kind: str) -> None:
    """Draw the dot of now, the square of before, the dash of what is not known."""
    x, y = place
    canvas.setLineWidth(0.9)
    canvas.setStrokeColorRGB(*ink("accent" if kind == "now" else "text-2"))
    canvas.setFillColorRGB(*(ink("accent") if kind == "now" else (1, 1, 1)))
    if kind == "now":
        canvas.circle(x, y, _MARK, stroke=1, fill=1)
    elif kind == "before":
        canvas.rect(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK, stroke=1, fill=1)
    else:
        canvas.line(x - 3, y, x + 3, y)


def _polygon(canvas: Any, points: Sequence[Point], *, fill: int = 0) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=1 - fill, fill=fill)
