"""Moves on a field as one linear program: each place has a way down and a way up."""

from collections.abc import Iterable, Sequence
from operator import sub
from typing import Any, Final

from kimdesk.disclosure.field import MoveField, Reach
from kimdesk.disclosure.solver import solver

Need = tuple[int, int, int]
"""Stand, direction (-1 or 1), distance."""

_NEAR: Final = 1e-6


class Moves:
    """What can move on a field, some places hidden; with ``others`` all that may be hidden can, at a cost."""

    def __init__(self, field: MoveField, hidden: Iterable[int], *, others: bool = False) -> None:
        self._field, self._hidden, self._others = field, set(hidden), others
        self._program = self._built()
        self._reach: list[Reach] = []
        for at in range(len(field.places)):
            self._reach.append(_STILL)
            self._allow(at)

    def hide(self, places: Iterable[int]) -> None:
        """Let these places move, for nothing."""
        self._set(self._hidden | set(places))

    def show(self, places: Iterable[int]) -> None:
        """Let these places move no farther than a shown one."""
        self._set(self._hidden - set(places))

    def find(self, need: Need) -> dict[int, float] | None:
        """Return the cheapest move that takes a place that far: how far each goes; None if there is none."""
        at, sign, far = need
        if self._reach[at][sign > 0] < far:
            return None
        self._bounds(at, (far, 0) if sign < 0 else (0, far), least=True)
        values = self._run()
        self._bounds(at, self._reach[at])
        if values is None:
            return None
        moved = enumerate(map(sub, values[1::2], values[::2]))
        return {each: distance for each, distance in moved if distance > _NEAR or distance < -_NEAR}

    def farthest(self, need: Need) -> tuple[dict[int, float], Sequence[float]]:
        """Return the move that takes a place as far as needed, or as far as it can go, and what each way is
        worth to it (places down and up by turns). Only without ``others``.
        """
        at, sign, far = need
        self._bounds(at, (min(far, self._reach[at][0]), 0) if sign < 0 else (0, min(far, self._reach[at][1])))
        way = 2 * at + (sign > 0)
        self._program.changeColCost(way, -1.0)
        values = self._run() or [0.0] * (2 * len(self._field.places))
        worth = [max(0.0, -each) for each in self._program.getSolution().col_dual]
        self._program.changeColCost(way, 0.0)
        self._bounds(at, self._reach[at])
        return dict(enumerate(map(sub, values[1::2], values[::2]))), worth

    def _built(self) -> Any:
        program = solver(presolve="off")
        for _ in range(2 * len(self._field.places)):
            program.addVar(0.0, 0.0)
        for row in self._field.rows:
            at = [2 * place + side for place, _ in row for side in (0, 1)]
            times = [float(each) for _, factor in row for each in (-factor, factor)]
            program.addRow(0.0, 0.0, len(at), at, times)
        return program

    def _set(self, hidden: set[int]) -> None:
        changed = self._hidden ^ hidden
        self._hidden = hidden
        for at in sorted(changed):
            self._allow(at)

    def _allow(self, at: int) -> None:
        place, is_hidden = self._field.places[at], at in self._hidden
        self._reach[at] = place.hidden if is_hidden or (self._others and place.may) else place.shown
        self._bounds(at, self._reach[at])
        if self._others:
            cost = place.cost if place.may and not is_hidden else 0.0
            for side in (0, 1):
                self._program.changeColCost(2 * at + side, cost)

    def _bounds(self, at: int, reach: Reach, *, least: bool = False) -> None:
        for side in (0, 1):
            self._program.changeColBounds(
                2 * at + side, float(reach[side]) if least else 0.0, float(reach[side])
            )

    def _run(self) -> Sequence[float] | None:
        self._program.run()
        found = self._program.getModelStatus().name == "kOptimal"
        return self._program.getSolution().col_value if found else None


_STILL: Final[Reach] = (0, 0)
