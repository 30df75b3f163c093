"""The field on which cells are hidden: how far each count could be from its true number, shown and hidden.

Looked at from the counts outward: a *move* changes counts so that all sums still hold. A guarded cell is
safe when moves take it as far as its guard asks. (The auditor looks from outside, at ranges, and shares none
of this.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kimdesk.disclosure.values import CellKey

FAR: Final = 10_000
"""Farther than any guard asks for."""

Reach = tuple[int, int]
"""How far down and how far up."""

_STILL: Final[Reach] = (0, 0)


@dataclass(frozen=True, slots=True)
class Stand:
    """A cell: its key, what hiding it costs, its reach as it is shown (or was given out earlier) and hidden,
    how far it must be able to go, and whether it is hidden or shown whatever is chosen.
    """

    key: CellKey
    cost: float = 0.0
    shown: Reach = _STILL
    hidden: Reach = _STILL
    need: Reach = _STILL
    must: bool = False
    may: bool = False


@dataclass(frozen=True)
class MoveField:
    """Places that hang together, and equations over them: places with their coefficients."""

    places: tuple[Stand, ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]

    @cached_property
    def must(self) -> frozenset[int]:
        """The places hidden whatever is chosen."""
        return frozenset(at for at, place in enumerate(self.places) if place.must)

    @cached_property
    def needs(self) -> tuple[tuple[int, int, int], ...]:
        """Stand, direction (-1 or 1) and distance of everything a guard asks for; the farthest first."""
        found = [
            (at, sign, place.need[sign > 0])
            for at, place in enumerate(self.places)
            for sign in (-1, 1)
            if place.need[sign > 0] > 0
        ]
        return tuple(sorted(found, key=lambda each: (-each[2], each)))

    @cached_property
    def needs_of(self) -> dict[int, tuple[tuple[int, int, int], ...]]:
        """The needs of each place that has some, in their order."""
        found: dict[int, tuple[tuple[int, int, int], ...]] = {}
        for need in self.needs:
            found[need[0]] = (*found.get(need[0], ()), need)
        return found

    @cached_property
    def rows_of(self) -> dict[int, list[tuple[tuple[int, int], ...]]]:
        """The equations in which each place stands, in their order."""
        found: dict[int, list[tuple[tuple[int, int], ...]]] = {}
        for row in self.rows:
            for at in dict.fromkeys(at for at, _ in row):
                found.setdefault(at, []).append(row)
        return found

    def cost(self, hidden: Iterable[int]) -> float:
        """Return what it costs to hide these places."""
        return sum(self.places[at].cost for at in sorted(hidden))
