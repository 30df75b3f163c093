"""A number over months: a line with gaps where nothing may be said, the chosen period tinted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kimdesk.pictures.bars import number
from kimdesk.pictures.drawing import (
    Chart,
    ChartBox,
    ChartDot,
    ChartPen,
    ChartSpot,
    ChartStroke,
    ChartWords,
    Mark,
)
from kimdesk.texts import dates

HEIGHT: Final = 150.0
_TOP, _FOOT, _NUMBERS = 14.0, 22.0, 30.0
_NICE: Final = (1, 2, 5)
_EVERY: Final = 4  # months of which the name stands below, at most


@dataclass(frozen=True, slots=True)
class LinePoint:
    """The number on a day; None where it is hidden, and ``hidden`` says so. ``chosen``: of the period."""

    day: date
    value: int | None
    hidden: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class LineAxis:
    """From where to where the axis goes, and how far its lines are apart."""

    start: int
    end: int
    step: int


def axis(points: Sequence[LinePoint]) -> LineAxis:
    """Return an axis of at most four steps in round numbers that holds all of ``points``."""
    shown = [each.value for each in points if each.value is not None] or [0, 1]
    low, high, step, size = min(shown), max(shown), 1, 0
    while (high - low // step * step) > 3 * step:
        size += 1
        step = _NICE[size % 3] * 10 ** (size // 3)
    start = low // step * step
    return LineAxis(start, max(start + step, -(-high // step) * step), step)


def line(points: Sequence[LinePoint], pen: ChartPen) -> Chart:
    """Return the chart of ``points``, by their days."""
    scale = axis(points)
    plot = _plot(points, scale, pen)
    marks = [*_band(points, plot, pen), *_grid(scale, plot, pen), *_names(points, plot, pen)]
    marks += _strokes(points, scale, plot, pen)
    half = plot.width / max(1, len(points) - 1) / 2
    spots = tuple(
        ChartSpot(each.day.isoformat(), _spoken(each), ChartBox(x - half, 0, 2 * half, pen.px(HEIGHT)))
        for each, x in ((each, _x(at, points, plot)) for at, each in enumerate(points))
    )
    return Chart(pen.width, pen.px(HEIGHT), tuple(marks), spots)


def _spoken(point: LinePoint) -> str:
    said = point.hidden if point.value is None else number(point.value)
    return f"{dates.full(point.day)}: {said}"


def _plot(points: Sequence[LinePoint], scale: LineAxis, pen: ChartPen) -> ChartBox:
    left = max(pen.px(_NUMBERS), pen.measure(number(scale.end), "table") + pen.px(8))
    last = next((each.value for each in reversed(points) if each.value is not None), 0)
    right = pen.measure(number(last), "strong") + pen.px(14)
    return ChartBox(left, pen.px(_TOP), pen.width - left - right, pen.px(HEIGHT - _TOP - _FOOT))


def _x(at: int, points: Sequence[LinePoint], plot: ChartBox) -> float:
    return plot.x + plot.width * at / max(1, len(points) - 1)


def _y(value: int, scale: LineAxis, plot: ChartBox) -> float:
    return plot.y + plot.height * (scale.end - value) / (scale.end - scale.start)


def _band(points: Sequence[LinePoint], plot: ChartBox, pen: ChartPen) -> Iterator[Mark]:
    chosen = [at for at, each in enumerate(points) if each.chosen]
    if chosen:
        left, right = (_x(at, points, plot) for at in (chosen[0], chosen[-1]))
        side = pen.px(12)
        yield ChartBox(left - side, 0, right - left + 2 * side, plot.y + plot.height, "tint", radius=4)


def _grid(scale: LineAxis, plot: ChartBox, pen: ChartPen) -> Iterator[Mark]:
    for value in range(scale.start, scale.end + 1, scale.step):
        y = _y(value, scale, plot)
        yield ChartStroke(((plot.x, y), (plot.x + plot.width, y)), "line")
        yield ChartWords(number(value), 0, y - pen.px(9), plot.x - pen.px(6), "table", "text-2", "right")


def _names(points: Sequence[LinePoint], plot: ChartBox, pen: ChartPen) -> Iterator[Mark]:
    wide = pen.px(36)
    every = max(1, -(-len(points) // _EVERY))
    for at in range(len(points) - 1, -1, -every):
        x = min(_x(at, points, plot) - wide / 2, pen.width - wide)
        y = plot.y + plot.height + pen.px(4)
        yield ChartWords(dates.short_month(points[at].day), x, y, wide, "table", "text-2", "middle")


def _strokes(points: Sequence[LinePoint], scale: LineAxis, plot: ChartBox, pen: ChartPen) -> Iterator[Mark]:
    """Yield a stroke for each stretch without a gap; a number between two gaps is a dot."""
    stretch: list[tuple[float, float]] = []
    for at, each in enumerate([*points, LinePoint(date.max, None)]):
        if each.value is not None:
            stretch.append((_x(at, points, plot), _y(each.value, scale, plot)))
            continue
        if len(stretch) == 1:
            yield ChartDot(*stretch[0], pen.px(2.5), "accent")
        elif stretch:
            yield ChartStroke(tuple(stretch), "accent", pen.px(2))
        stretch = []
    if points and (last := points[-1].value) is not None:
        x, y = _x(len(points) - 1, points, plot), _y(last, scale, plot)
        yield ChartDot(x, y, pen.px(4.5), "accent")
        left = x + pen.px(8)
        yield ChartWords(number(last), left, y - pen.px(10), pen.width - left, "strong")
