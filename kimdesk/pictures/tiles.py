"""The municipalities as tiles: four steps of colour, the number in each, what is hidden dashed with words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kimdesk.pictures.bars import number
from kimdesk.pictures.drawing import Chart, ChartBox, ChartPen, ChartSpot, ChartWords, Mark

HEIGHT: Final = 37.0
_GAP: Final = 4.0
STEPS: Final = (
    ("tint", "text"),
    ("tint-line", "text"),
    ("mid", "on-mid"),
    ("accent", "on-accent"),
)
"""Colours from the lowest numbers to the highest: of the tile, of the words in it."""
_WIDE: Final = 86.0
_FEW: Final = 16


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality; ``number`` is None where it is hidden, and ``hidden`` says so."""

    key: str
    name: str
    number: int | None
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class TileStep:
    """A step of colour: from ``least`` to ``most`` (None: no end), and its colour."""

    least: int
    most: int | None
    fill: str

    @property
    def words(self) -> str:
        """Return its range."""
        return f"≥ {number(self.least)}" if self.most is None else f"{number(self.least)}–{number(self.most)}"


def steps(tiles: Sequence[Tile]) -> tuple[TileStep, ...]:
    """Return the steps that part the numbers shown into quarters, the highest first; none without numbers."""
    shown = sorted(each.number for each in tiles if each.number is not None)
    if not shown:
        return ()
    starts = sorted({shown[len(shown) * quarter // 4] for quarter in range(4)})
    ends = [*(each - 1 for each in starts[1:]), None]
    fills = [fill for fill, _ in STEPS[-len(starts) :]]
    return tuple(TileStep(*each) for each in zip(starts, ends, fills, strict=True))[::-1]


def tiles(places: Sequence[Tile], pen: ChartPen) -> Chart:
    """Return the picture of ``places``, in their order: four in a row, six from 17 on, fewer where narrow."""
    fits = max(1, int((pen.width + pen.px(_GAP)) // pen.px(_WIDE + _GAP)))
    per_row = min(fits, 4 if len(places) <= _FEW else 6)
    width = (pen.width - (per_row - 1) * pen.px(_GAP)) / per_row
    colors = steps(places)
    marks: list[Mark] = []
    spots = []
    for at, place in enumerate(places):
        row, column = divmod(at, per_row)
        x, y = column * (width + pen.px(_GAP)), row * pen.px(HEIGHT + _GAP)
        marks += _tile(place, colors, ChartBox(x, y, width, pen.px(HEIGHT)), pen)
        said = place.hidden if place.number is None else number(place.number)
        spots.append(ChartSpot(place.key, f"{place.name}: {said}", ChartBox(x, y, width, pen.px(HEIGHT))))
    rows = -(-len(places) // per_row)
    height = max(0.0, rows * pen.px(HEIGHT + _GAP) - pen.px(_GAP))
    return Chart(pen.width, height, tuple(marks), tuple(spots))


def _tile(place: Tile, colors: Sequence[TileStep], box: ChartBox, pen: ChartPen) -> Iterator[Mark]:
    fill, ink, value = "sunken", "text-2", place.hidden
    if place.number is not None:
        shown = place.number
        fill = next(each.fill for each in colors if each.least <= shown)
        ink, value = dict(STEPS)[fill], number(shown)
    hidden = place.number is None
    edge = "line-strong" if hidden else ""
    yield ChartBox(box.x, box.y, box.width, box.height, fill, edge, dashed=hidden, radius=5)
    left, room = box.x + pen.px(7), box.width - pen.px(10)
    yield ChartWords(place.name, left, box.y + pen.px(2), room, "meta", ink)
    yield ChartWords(value, left, box.y + pen.px(18), room, "table" if hidden else "table_strong", ink)
