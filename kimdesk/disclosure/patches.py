"""Linked tables as fields: their cells as places, taken apart into what hangs together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p
from typing import Final

from kimdesk.disclosure.field import FAR, MoveField, Reach, Stand
from kimdesk.disclosure.past import ANYTHING, ENDLESS, Line, Past, Range
from kimdesk.disclosure.values import CellFate, CellKey, Linked, ProtectedTables

_LEVEL: Final = 12.0
"""What hiding a total costs more for each level below it."""
_AGAIN: Final = 0.2
"""What hiding costs of what was hidden before."""


@dataclass(frozen=True)
class Patch:
    """Cells that hang together, and the field they make: with words (SMALL, COVERED) or without."""

    keys: tuple[CellKey, ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]
    terrain: "Terrain"

    @cached_property
    def told(self) -> MoveField:
        """The field when it is said of each hidden cell whether it is small."""
        return MoveField(tuple(self.terrain.place(key, told=True) for key in self.keys), self.rows)

    @cached_property
    def mute(self) -> MoveField:
        """The field when it is not said."""
        return MoveField(tuple(self.terrain.place(key, told=False) for key in self.keys), self.rows)


class Terrain:
    """All that the tables and earlier releases say, as whoever hides needs it."""

    def __init__(self, linked: Linked, threshold: int, earlier: Sequence[ProtectedTables]) -> None:
        self.linked, self.threshold = linked, threshold
        self._past = Past(linked, threshold, earlier)

    def patches(self) -> tuple[Patch, ...]:
        """Return the cells and equations that hang together."""
        lines = self._past.lines
        return tuple(self._patch(keys, lines) for keys, lines in together(self._past.numbers, lines))

    def number(self, key: CellKey) -> int:
        """Return the number told of a shown cell: the last one until it has moved by the threshold."""
        count, last = self.linked.counts[key], self._past.last(key)
        if key in self.linked.open_cells or last is None or last.number is None:
            return count
        return last.number if abs(last.number - count) < self.threshold else count

    def place(self, key: CellKey, *, told: bool) -> Stand:
        """Return a cell as a place of the field."""
        count, said = self._past.numbers[key], self._past.told.get(key, ANYTHING)
        if key not in self.linked.counts:
            reach, guard = _reach(count, said), self._past.guards.get(key, (count, count))
            return Stand(key, shown=reach, hidden=reach, need=(count - guard[0], guard[1] - count))
        must, need = self._need(key, count)
        may = must or (key not in self.linked.open_cells and said[0] != said[1])
        return Stand(
            key, self._cost(key, count), self._shown(key, count, said),
            _reach(count, self._word(count, said, told)), need, must, may,
        )  # fmt: skip

    def _patch(self, keys: Sequence[CellKey], lines: Iterable[Line]) -> Patch:
        at = {key: place for place, key in enumerate(keys)}
        rows = tuple(tuple((at[key], times) for key, times in line) for line in lines)
        return Patch(tuple(keys), rows, self)

    def _need(self, key: CellKey, count: int) -> tuple[bool, Reach]:
        """Return whether a cell is hidden whatever is chosen, and how far it must be able to go."""
        small, last = self.threshold - 1, self._past.last(key)
        if key in self.linked.open_cells:
            return False, (0, 0)
        if count <= small:
            return True, (count, small - count)
        if key in self.linked.few:
            return True, (0, small)
        if last is not None and last.fate in (CellFate.SMALL, CellFate.HIDDEN) and count <= 2 * small:
            return True, (count - small, 0)
        number = self.number(key)
        if last is None or last.number is None:
            guard = self._past.guards.get(key, (count, count))
            return key in self._past.guards, (count - guard[0], guard[1] - count)
        return False, (max(0, count - number), max(0, number - count))

    def _shown(self, key: CellKey, count: int, said: Range) -> Reach:
        number, near = self.number(key), self.threshold - 1
        if number == count and (key, number) not in self._past.kept:
            return 0, 0
        return _reach(count, _both(said, (max(0, number - near), number + near)))

    def _word(self, count: int, said: Range, told: bool) -> Range:
        if not told:
            return said
        return _both(said, (0, self.threshold - 1) if count < self.threshold else (self.threshold, ENDLESS))

    def _cost(self, key: CellKey, count: int) -> float:
        last = self._past.last(key)
        again = _AGAIN if last is not None and last.number is None else 1.0
        return again * (1.0 + log1p(count) + _LEVEL * self._height.get(key, 0))

    @cached_property
    def _height(self) -> dict[CellKey, int]:
        """How many levels lie below each total."""
        parts: dict[CellKey, set[CellKey]] = {}
        for each in self.linked.sums:
            parts.setdefault(each.total, set()).update(each.parts)
        found: dict[CellKey, int] = {}

        def height(key: CellKey) -> int:
            if key not in found:
                found[key] = 0  # a circle of sums has no height
                found[key] = max((1 + height(part) for part in sorted(parts.get(key, ()))), default=0)
            return found[key]

        return {key: height(key) for key in parts}


def together(keys: Iterable[CellKey], lines: Iterable[Line]) -> Iterator[tuple[list[CellKey], list[Line]]]:
    """Yield cells that hang together by lines, with these, in their order."""
    group: dict[CellKey, list[CellKey]] = {key: [key] for key in keys}
    lines = list(lines)
    for line in lines:
        first = group[line[0][0]]
        for key, _ in line[1:]:
            if group[key] is not first:
                less, first = sorted((group[key], first), key=len)
                first += less
                group.update(dict.fromkeys(less, first))
    inside: dict[int, list[Line]] = {}
    for line in lines:
        inside.setdefault(id(group[line[0][0]]), []).append(line)
    for members in {id(each): each for each in group.values()}.values():
        yield members, inside.get(id(members), [])


def _both(one: Range, other: Range) -> Range:
    return max(one[0], other[0]), min(one[1], other[1])


def _reach(count: int, span: Range) -> Reach:
    return count - span[0], min(FAR, span[1] - count)
