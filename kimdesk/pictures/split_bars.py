"""Bars of two parts: solid and hatched, both numbers written out, what is hidden in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kimdesk.pictures.bars import number
from kimdesk.pictures.drawing import Chart, ChartBox, ChartPen, ChartSpot, ChartWords, Mark

ROW: Final = 28.0
_BAR, _GAP, _HIDDEN, _NAMES = 14.0, 8.0, 55.0, 0.42


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One bar of two parts; a part is None where it is hidden, and ``hidden`` says how that is called."""

    key: str
    name: str
    plain: int | None
    marked: int | None
    hidden: str = ""


def split_bars(rows: Sequence[SplitRow], plain: str, marked: str, pen: ChartPen) -> Chart:
    """Return the chart of ``rows``; ``plain`` and ``marked`` are what the two parts are called."""
    names = min(pen.widest(tuple(row.name for row in rows), "table"), pen.width * _NAMES)
    left = names + pen.px(_GAP)
    ends = max((_end(row, pen) for row in rows), default=0.0)
    most = max([1, *((row.plain or 0) + (row.marked or 0) for row in rows)])
    step = (pen.width - left - ends - pen.px(_GAP + 2)) / most
    marks = [mark for at, row in enumerate(rows) for mark in _row(row, at * pen.px(ROW), left, step, pen)]
    spots = tuple(
        ChartSpot(row.key, spoken(row, plain, marked), ChartBox(0, at * pen.px(ROW), pen.width, pen.px(ROW)))
        for at, row in enumerate(rows)
    )
    return Chart(pen.width, len(rows) * pen.px(ROW), tuple(marks), spots)


def spoken(row: SplitRow, plain: str, marked: str) -> str:
    """Return a bar in words."""
    parts = ((row.plain, plain), (row.marked, marked))
    if row.plain is None and row.marked is None:
        return f"{row.name}: {row.hidden}"
    said = (f"{row.hidden if value is None else number(value)} {word}" for value, word in parts)
    return f"{row.name}: {', '.join(said)}"


def _end(row: SplitRow, pen: ChartPen) -> float:
    if row.plain is None and row.marked is None:
        return 0.0
    return sum(pen.measure(text, "table_strong") for text, _ in _numbers(row)) + pen.px(2)


def _numbers(row: SplitRow) -> tuple[tuple[str, str], tuple[str, str]]:
    plain = row.hidden if row.plain is None else number(row.plain)
    marked = row.hidden if row.marked is None else number(row.marked)
    return (plain, "text"), (f" + {marked}", "text-2" if row.marked is None else "bad")


def _row(row: SplitRow, top: float, left: float, step: float, pen: ChartPen) -> Iterator[Mark]:
    line, bar = top + pen.px((ROW - 18) / 2), top + pen.px((ROW - _BAR) / 2)
    yield ChartWords(row.name, 0, line, left - pen.px(4))
    if row.plain is None and row.marked is None:
        yield ChartBox(left, bar, pen.px(_HIDDEN), pen.px(_BAR), "sunken", "line-strong", dashed=True)
        after = left + pen.px(_HIDDEN + _GAP)
        yield ChartWords(row.hidden, after, line, pen.width - after, "meta", "text-2")
        return
    width = (row.plain or 0) * step
    if row.plain:
        yield ChartBox(left, bar, width, pen.px(_BAR), "accent")
    if row.marked:
        after = left + width + pen.px(2)
        yield ChartBox(after, bar, row.marked * step, pen.px(_BAR), "bad-fill", "bad", hatched=True)
    right = pen.width
    for text, ink in reversed(_numbers(row)):
        wide = pen.measure(text, "table_strong") + 1
        yield ChartWords(text, right - wide, line, wide, "table_strong", ink, "right")
        right -= wide
