"""The narrowest range of each unknown whole number, all others within their ranges and their equations kept.

By linear programming; where its answer is no whole table, in whole numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from math import ceil, floor, inf
from operator import mul, sub
from typing import Any, Final

from kimdesk.disclosure.solver import solver
from kimdesk.disclosure.values import Bound, CellKey
from kimdesk.domain.errors import DisclosureError

Span = tuple[int, int | None]
"""Least and most of a number, None where it has no end."""

Row = tuple[tuple[CellKey, int], ...]
"""An equation: numbers times coefficients add up to nought."""

Equation = tuple[Row, int]
"""The unknown numbers of an equation, and what they add up to."""

_NEAR: Final = 1e-6
_PRIMAL: Final = 4
"""The simplex that goes on from where it stood when only the aim has changed."""
_PATIENCE: Final = 10.0
"""Seconds for one whole number; what takes longer counts as far as it was seen."""


class Reckoner:
    """Equations over unknown numbers, taken apart into what hangs together.

    Raises:
        DisclosureError: what was given out contradicts itself (E983).
    """

    def __init__(self, spans: Mapping[CellKey, Span], rows: Iterable[Row]) -> None:
        self._spans = spans
        self._parts = [
            _Part({key: spans[key] for key in keys}, rows)
            for keys, rows in apart((plain(row, spans) for row in rows), _open(spans))
        ]

    def bounds(self, wanted: Collection[CellKey]) -> tuple[Bound, ...]:
        """Return the range of every number that is not known; exact for those ``wanted``, for the others
        by linear programming alone.
        """
        found = {key: self._spans[key] for key in wanted}
        for part in self._parts:
            found |= part.ranges(wanted)
        return tuple(Bound(key, *span) for key, span in found.items())

    def is_possible(self) -> bool:
        """Return whether there are such numbers at all."""
        return all(part.is_possible() for part in self._parts)


def apart(rows: Iterable[Equation], keys: Iterable[CellKey]) -> list[tuple[list[CellKey], list[Equation]]]:
    """Return what hangs together by equations: its numbers and its equations, in their order."""
    leader = {key: key for key in keys}

    def find(key: CellKey) -> CellKey:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    kept = [row for row in rows if row[0]]
    for row, _ in kept:
        for key, _ in row[1:]:
            leader[find(key)] = find(row[0][0])
    groups: dict[CellKey, tuple[list[CellKey], list[Equation]]] = {}
    for key in leader:
        groups.setdefault(find(key), ([], []))[0].append(key)
    for each in kept:
        groups[find(each[0][0][0])][1].append(each)
    return list(groups.values())


def _open(spans: Mapping[CellKey, Span]) -> list[CellKey]:
    return [key for key, (least, most) in spans.items() if least != most]


def plain(row: Row, spans: Mapping[CellKey, Span]) -> Equation:
    """Return what is left of an equation when all that is known stands on its right side."""
    left: list[tuple[CellKey, int]] = []
    right = 0
    for key, times in row:
        least, most = spans[key]
        if least == most:
            right -= times * least
        else:
            left.append((key, times))
    return tuple(left), right


class _Part:
    """Numbers that hang together: one linear program, looked at from each of them."""

    def __init__(self, spans: Mapping[CellKey, Span], rows: Sequence[Equation]) -> None:
        self._spans, self._rows = spans, rows
        self._place = {key: place for place, key in enumerate(spans)}
        self._lines = [
            ([self._place[key] for key, _ in row], [times for _, times in row], right) for row, right in rows
        ]
        self._seen: dict[CellKey, tuple[int, int]] = {}
        self._lp = _program(spans, rows, self._place, whole=False)

    @cached_property
    def _mip(self) -> Any:
        return _program(self._spans, self._rows, self._place, whole=True)

    def is_possible(self) -> bool:
        self._mip.run()
        return _status(self._mip) == "kOptimal"

    def ranges(self, wanted: Collection[CellKey]) -> dict[CellKey, Span]:
        if not self._rows:
            return dict(self._spans)
        return {
            key: (self._end(key, -1, key in wanted) or 0, self._end(key, 1, key in wanted))
            for key in self._spans
        }

    def _end(self, key: CellKey, sign: int, exactly: bool) -> int | None:
        """Return the least (``sign`` -1) or greatest (1) value; None: there is no greatest."""
        known = self._spans[key][sign > 0]
        if known is not None and key in self._seen and self._seen[key][sign > 0] == known:
            return known
        value, is_whole = self._solve(self._lp, key, sign)
        if value is not None and exactly and not is_whole and not self._stretched(key, _inward(value, sign)):
            value, is_whole = self._solve(self._mip, key, sign)
            if not is_whole:  # it took too long: what was seen is sure
                return self._seen[key][sign > 0] if key in self._seen else known
        return None if value is None else _inward(value, sign)

    def _stretched(self, key: CellKey, end: int) -> bool:
        """Return whether a whole table is met where one number is at its end, others drawn to theirs."""
        at, low, high = self._place[key], *self._spans[key]
        self._lp.changeColBounds(at, float(end), float(end))
        met = any(self._drawn(sign) for sign in (1, -1))
        self._lp.changeColBounds(at, float(low), _upper(high))
        return met

    def _drawn(self, sign: int) -> bool:
        """Draw every number that was not yet seen at its end there; return whether it makes a whole table."""
        pulls = [
            0.0 if span[sign > 0] in (None, self._seen.get(key, (None, None))[sign > 0]) else float(-sign)
            for key, span in self._spans.items()
        ]
        places = list(range(len(pulls)))
        self._lp.changeColsCost(len(pulls), places, pulls)
        self._lp.run()
        found = _status(self._lp) == "kOptimal" and self._witness(self._lp.getSolution().col_value)
        self._lp.changeColsCost(len(pulls), places, [0.0] * len(pulls))
        return found

    def _solve(self, program: Any, key: CellKey, sign: int) -> tuple[float | None, bool]:
        """Return the end in one direction, None if there is none, and whether a whole table reaches it."""
        program.changeColCost(self._place[key], float(-sign))
        program.run()
        status, values = _status(program), program.getSolution().col_value
        program.changeColCost(self._place[key], 0.0)
        if status in ("kUnbounded", "kUnboundedOrInfeasible"):
            return None, True
        if status not in ("kOptimal", "kTimeLimit"):
            raise DisclosureError("E983")
        return (values[self._place[key]], self._witness(values)) if values else (0.0, False)

    def _witness(self, values: Sequence[float]) -> bool:
        """Remember what a whole table shows to be possible; return whether it is one."""
        table = list(map(round, values))
        if max(map(abs, map(sub, table, values))) > _NEAR:
            return False
        number = table.__getitem__
        if any(sum(map(mul, times, map(number, places))) != right for places, times, right in self._lines):
            return False
        for key, value in zip(self._spans, table, strict=True):
            least, most = self._seen.get(key, (value, value))
            if not least <= value <= most or key not in self._seen:
                self._seen[key] = min(least, value), max(most, value)
        return True


def _inward(value: float, sign: int) -> int:
    return floor(value + _NEAR) if sign > 0 else ceil(value - _NEAR)


def _upper(most: int | None) -> float:
    return inf if most is None else float(most)


def _status(program: Any) -> str:
    return str(program.getModelStatus().name)


def _program(
    spans: Mapping[CellKey, Span], rows: Sequence[Equation], place: Mapping[CellKey, int], *, whole: bool
) -> Any:
    import highspy

    program = solver(time_limit=_PATIENCE) if whole else solver(presolve="off", simplex_strategy=_PRIMAL)
    for least, most in spans.values():
        program.addVar(float(least), _upper(most))
    for row, right in rows:
        places, times = [place[key] for key, _ in row], [float(times) for _, times in row]
        program.addRow(float(right), float(right), len(row), places, times)
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * len(spans)
        program.changeColsIntegrality(len(spans), list(range(len(spans))), kinds)
    return program
