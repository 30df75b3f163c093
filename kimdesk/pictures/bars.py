"""Bars from left to right: now solid, the period before as a tick, hidden as a dashed box and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kimdesk.pictures.drawing import Chart, ChartBox, ChartPen, ChartSpot, ChartStroke, ChartWords, Mark
from kimdesk.texts import say

ROW: Final = 23.0
_BAR, _TICK, _LIFT = 14.0, 20.0, 2.0
_GAP: Final = 8.0
_HIDDEN: Final = 75.0
_NAMES: Final = 0.42  # of the width, at most
_WORSE: Final = 3


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar. ``now`` is None where it is hidden, and ``hidden`` says so; ``before`` is None when unknown.

    ``unit`` follows the number in words ("Tage"); ``more_is_worse``: a rise of more than three is marked.
    """

    key: str
    name: str
    now: int | None
    before: int | None = None
    hidden: str = ""
    unit: str = ""
    more_is_worse: bool = False

    @property
    def change(self) -> int | None:
        """Return how much more it is than before, None when nothing can be compared."""
        return None if self.now is None or self.before is None else self.now - self.before


def bars(rows: Sequence[BarRow], pen: ChartPen) -> Chart:
    """Return the chart of ``rows``, in their order."""
    frame = _frame(rows, pen)
    marks: list[Mark] = []
    spots = []
    for number, row in enumerate(rows):
        top = number * pen.px(ROW)
        marks += _row(row, frame, top, pen)
        spots.append(ChartSpot(row.key, spoken(row), ChartBox(0, top, pen.width, pen.px(ROW))))
    return Chart(pen.width, len(rows) * pen.px(ROW), tuple(marks), tuple(spots))


def spoken(row: BarRow) -> str:
    """Return a bar in words."""
    if row.now is None:
        return f"{row.name}: {row.hidden}"
    said = f"{row.name}: {number(row.now)} {row.unit}".rstrip()
    change = row.change
    return said if change is None else f"{said}, {say('figures.before_it', before=number(row.before or 0))}"


def number(value: int) -> str:
    """Return a number with a point between thousands."""
    return f"{value:,}".replace(",", ".")


def signed(change: int | None) -> str:
    """Return a change as it stands at the right."""
    if change is None:
        return ""
    if not change:
        return say("figures.same")
    return f"{'+' if change > 0 else '−'}{number(abs(change))}"


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    most: int
    changes: float

    def x(self, value: int) -> float:
        return self.left + (self.right - self.left) * value / self.most


def _frame(rows: Sequence[BarRow], pen: ChartPen) -> _Frame:
    names = min(pen.widest(tuple(row.name for row in rows), "table"), pen.width * _NAMES)
    numbers = pen.widest(tuple(number(row.now) for row in rows if row.now is not None), "table_strong")
    changes = pen.widest(tuple(signed(row.change) for row in rows), "table")
    known = [each for row in rows for each in (row.now, row.before) if each is not None]
    room = numbers + changes + pen.px(_GAP) * (3 if changes else 2)
    return _Frame(names + pen.px(_GAP), pen.width - room, max([1, *known]), changes)


def _row(row: BarRow, frame: _Frame, top: float, pen: ChartPen) -> Iterator[Mark]:
    line = top + pen.px((ROW - 18) / 2)
    yield ChartWords(row.name, 0, line, frame.left - pen.px(4))
    bar = top + pen.px((ROW - _BAR) / 2)
    if row.now is None:
        width = min(pen.px(_HIDDEN), (pen.width - frame.left) * 0.3)
        yield ChartBox(frame.left, bar, width, pen.px(_BAR), "sunken", "line-strong", dashed=True)
        left = frame.left + width + pen.px(_GAP)
        yield ChartWords(row.hidden, left, line, pen.width - left, "meta", "text-2")
        return
    if row.now:
        yield ChartBox(frame.left, bar, max(frame.x(row.now) - frame.left, pen.px(2)), pen.px(_BAR), "accent")
    if row.before is not None:
        inside = frame.x(row.before) < frame.x(row.now) - pen.px(1)
        x = frame.x(row.before)
        tick = ((x, top + pen.px(_LIFT)), (x, top + pen.px(_LIFT + _TICK - 1)))
        yield ChartStroke(tick, "surface" if inside else "text-2", pen.px(2))
    end = pen.width - (frame.changes + pen.px(_GAP) if frame.changes else 0)
    yield ChartWords(number(row.now), frame.right, line, end - frame.right, "table_strong", side="right")
    if frame.changes:
        ink = "warn" if row.more_is_worse and (row.change or 0) > _WORSE else "text-2"
        yield ChartWords(signed(row.change), end, line, pen.width - end, "table", ink, "right")
