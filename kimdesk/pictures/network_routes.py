"""How ways are led through the picture of the network: right angles, never through words. Plain values.

A way that finds no place without crossing a word gets none; whoever draws says so. Lines may cross lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from typing import Final, NamedTuple

Spot = tuple[float, float]
Line = tuple[Spot, ...]

_AIR: Final = 4.0  # between a line and what it passes
_BESIDE: Final = 6.0  # between lines that run the same way
_TIP: Final = 12.0  # of an arrow, free of its plate
_PATIENCE: Final = 9_000  # so many straight lines are tried for one way
_MEETS: Final = 8.0  # lines may run together so far, where they meet a station


class DrawnBox(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Spot:
        """Return its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> "DrawnBox":
        """Return it, ``by`` larger on each side."""
        return DrawnBox(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "DrawnBox") -> bool:
        """Return whether both share room; edges that touch do not."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, other: "DrawnBox") -> bool:
        """Return whether it lies in ``other``."""
        return (
            other.left <= self.left
            and other.top <= self.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


class Routed(NamedTuple):
    """A way that has its place: its corners, the tip last, and where its words stand."""

    line: Line
    plate: DrawnBox


def span(one: Spot, other: Spot) -> DrawnBox:
    """Return the room of a straight line between two corners."""
    return DrawnBox(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )


@dataclass(frozen=True, slots=True)
class Tracks:
    """Where lines may run: ``rows`` are the free stretches between rows, ``columns`` those beside columns."""

    rows: tuple[tuple[float, float], ...]
    columns: tuple[tuple[float, float], ...]


class Router:
    """Leads one way after the other; what was led first keeps its place."""

    def __init__(
        self, room: DrawnBox, stations: Iterable[DrawnBox], words: Iterable[DrawnBox], tracks: Tracks
    ) -> None:
        self._room, self._tracks = room, tracks
        self._stations = list(stations)
        self._words = list(words)
        self._lines: list[DrawnBox] = []
        self._patience = 0

    def lead(self, start: DrawnBox, end: DrawnBox, size: tuple[float, float]) -> Routed | None:
        """Return a place for a way from ``start`` to ``end`` whose words take ``size``, None without one."""
        self._patience = _PATIENCE
        for line in self._candidates(start, end):
            plate = self._plate(line, size)
            if plate:
                self._words.append(plate)
                self._lines += [span(one, other) for one, other in pairwise(line)]
                return Routed(line, plate)
        return None

    def _candidates(self, start: DrawnBox, end: DrawnBox) -> Iterator[Line]:
        """Yield ways that are free: straight ones, those with one turn to and fro, those by a corridor."""
        yield from self._straight(start, end)
        yield from self._beside(start, end)
        yield from self._corner(start, end)
        yield from (tuple(reversed(line)) for line in self._corner(end, start))
        yield from self._around(start, end)

    def _straight(self, start: DrawnBox, end: DrawnBox) -> Iterator[Line]:
        if start.right < end.left:
            for y in _between(max(start.top, end.top) + 8, min(start.bottom, end.bottom) - 8):
                yield from self._if_free(((start.right, y), (end.left, y)))
        if start.left < end.right and end.left < start.right:
            down = start.bottom < end.top
            ends = (start.bottom, end.top) if down else (start.top, end.bottom)
            for x in _between(max(start.left, end.left) + 16, min(start.right, end.right) - 16):
                yield from self._if_free(((x, ends[0]), (x, ends[1])))

    def _beside(self, start: DrawnBox, end: DrawnBox) -> Iterator[Line]:
        """Out at one side, along a column, in at a side."""
        for out_right, in_left in ((True, True), (True, False), (False, True), (False, False)):
            x1, x2 = start.right if out_right else start.left, end.left if in_left else end.right
            for x in self._columns(min(x1, x2), max(x1, x2)):
                if (x > x1) != out_right or (x < x2) != in_left:
                    continue
                for y1, y2 in product(_sides(start), _sides(end)):
                    yield from self._if_free(((x1, y1), (x, y1), (x, y2), (x2, y2)))

    def _corner(self, start: DrawnBox, end: DrawnBox) -> Iterator[Line]:
        """Out at a side, along a column, along a row, in above or below."""
        down = start.top < end.top
        last = end.top if down else end.bottom
        for out in (start.right, start.left):
            for x, y1 in product(self._columns(out, end.left), _sides(start)):
                if (x > out) == (out == start.right) and self._free((out, y1), (x, y1)):
                    yield from self._home((out, y1), y1, x, end, last, in_down=down)

    def _around(self, start: DrawnBox, end: DrawnBox) -> Iterator[Line]:
        """Out above or below, along a row, along a column, along a row, in above or below."""
        for out_down, in_down in ((True, True), (False, False), (True, False), (False, True)):
            first, last = start.bottom if out_down else start.top, end.top if in_down else end.bottom
            for x1, y1 in product(_sides(start, upright=False), self._rows(first, below=out_down)):
                if not self._free((x1, first), (x1, y1)):
                    continue
                for x in self._columns(start.left, end.right):
                    if self._free((x1, y1), (x, y1)):
                        yield from self._home((x1, first), y1, x, end, last, in_down=in_down)

    def _home(
        self, begin: Spot, y1: float, x: float, end: DrawnBox, last: float, *, in_down: bool
    ) -> Iterator[Line]:
        for y2 in self._rows(last, below=not in_down):
            if not self._free((x, y1), (x, y2)):
                continue
            for x2 in _sides(end, upright=False):
                yield from self._if_free(
                    _joined((begin, (begin[0], y1), (x, y1), (x, y2), (x2, y2), (x2, last)))
                )

    def _if_free(self, line: Line) -> Iterator[Line]:
        if all(self._free(one, other) for one, other in pairwise(line)):
            yield line

    def _free(self, one: Spot, other: Spot) -> bool:
        """Return whether a straight line passes no station, no words, and runs beside no other line."""
        self._patience -= 1
        if self._patience < 0:
            return False
        room = span(one, other)
        near = room.grown(_AIR)
        if not room.inside(self._room) or any(near.meets(each) for each in self._words):
            return False
        if any(self._passes(room, each) for each in self._stations):
            return False
        return not any(_runs_along(room, each) for each in self._lines)

    def _passes(self, room: DrawnBox, station: DrawnBox) -> bool:
        """Return whether a line goes through a station or along its edge; it may begin or end there."""
        if room.meets(station.grown(-0.5)):
            return True
        close = station.grown(_AIR)
        along = min(room.right, close.right) - max(room.left, close.left)
        down = min(room.bottom, close.bottom) - max(room.top, close.top)
        return along >= 0 and down >= 0 and max(along, down) > _AIR + 0.1

    def _columns(self, left: float, right: float) -> list[float]:
        """Return where lines may run down, those between both ends first."""
        every = [x for low, high in self._tracks.columns for x in _steps(low, high)]
        middle = (min(left, right) + max(left, right)) / 2
        return sorted(every, key=lambda x: (not min(left, right) <= x <= max(left, right), abs(x - middle)))

    def _rows(self, edge: float, *, below: bool) -> list[float]:
        """Return where lines may run across in the stretch that begins at ``edge``."""
        for low, high in self._tracks.rows:
            if abs((low if below else high) - edge) < 1:
                return list(_between(low + 9, high - 9))
        return []

    def _plate(self, line: Line, size: tuple[float, float]) -> DrawnBox | None:
        """Return where the words of a way may stand: on it, beside nothing else."""
        wide, high = size
        parts = list(pairwise(line))
        parts.sort(key=lambda part: -abs(part[0][0] - part[1][0]) - abs(part[0][1] - part[1][1]))
        last = (line[-2], line[-1])
        for part in parts:
            for x, y in _stands(part, size, tip=part == last):
                plate = DrawnBox(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
                if self._stands_free(plate):
                    return plate
        return None

    def _stands_free(self, plate: DrawnBox) -> bool:
        near = plate.grown(2)
        others = chain(self._stations, self._words, (line.grown(0.5) for line in self._lines))
        return plate.inside(self._room) and not any(near.meets(each) for each in others)


def _joined(line: Line) -> Line:
    """Return ``line`` without corners that stand twice."""
    return tuple(spot for at, spot in enumerate(line) if at == 0 or spot != line[at - 1])


def _runs_along(one: DrawnBox, other: DrawnBox) -> bool:
    """Return whether two lines run the same way too near to each other to be told apart."""
    flat, lies = one.bottom - one.top < 1, other.bottom - other.top < 1
    if flat != lies:
        return False
    along = (
        (one.left, one.right, other.left, other.right)
        if flat
        else (one.top, one.bottom, other.top, other.bottom)
    )
    apart = abs(one.top - other.top) if flat else abs(one.left - other.left)
    return apart < _BESIDE and min(along[1], along[3]) - max(along[0], along[2]) > _MEETS


def _stands(part: tuple[Spot, Spot], size: tuple[float, float], *, tip: bool) -> Iterator[Spot]:
    """Yield where words could stand on a straight line, from its middle outwards, off the tip."""
    (x1, y1), (x2, y2) = part
    flat = abs(y1 - y2) < 1
    long, need = (abs(x1 - x2), size[0]) if flat else (abs(y1 - y2), size[1])
    if long < need + (_TIP + 2 if tip else 2):
        return
    shift = _TIP / 2 / long if tip else 0.0
    for share in (0.5 - shift, 0.35, 0.65 - shift, 0.25, 0.75 - shift, 0.15, 0.85 - shift):
        low, high = share * long - need / 2, long - (share * long + need / 2)
        if low >= 0 and high >= (_TIP if tip else 0):
            yield x1 + (x2 - x1) * share, y1 + (y2 - y1) * share


def _sides(box: DrawnBox, *, upright: bool = True) -> Iterator[float]:
    """Yield where a line can leave a station, from the middle outwards."""
    low, high = (box.top, box.bottom) if upright else (box.left, box.right)
    yield from _between(low + 8, high - 8, 9.0 if upright else 22.0)


def _between(low: float, high: float, step: float = 9.0) -> Iterator[float]:
    """Yield places between both, from the middle outwards."""
    middle, far = (low + high) / 2, 0.0
    if low > high:
        return
    yield middle
    while (far := far + step) <= (high - low) / 2:
        yield middle - far
        yield middle + far


def _steps(low: float, high: float) -> Sequence[float]:
    return [low + 7 * number for number in range(int((high - low) // 7) + 1)]
