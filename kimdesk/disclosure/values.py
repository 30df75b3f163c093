"""Linked tables of counts, and what of them is given out, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kimdesk.disclosure.seal import SEAL, Seal
from kimdesk.domain.errors import DisclosureError

THRESHOLD: Final = 5
"""Counts below this are never given out."""

CellKey = tuple[str, ...]
"""What names a cell in all releases: the same key is the same count, so the period or the day is part of it.

For example ("active_cases", "2026-11-30", "05999001", "female").
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``parts``: a margin, a level of a hierarchy, or a table that shares cells."""

    total: CellKey
    parts: tuple[CellKey, ...]


@dataclass(frozen=True, slots=True)
class StockMove:
    """A stock on two days: ``now`` is ``before`` (given out earlier) and what entered less what left.

    Without ``entered`` and ``left`` nothing is known of the flows; both are there or neither.
    """

    now: CellKey
    before: CellKey
    entered: CellKey | None = None
    left: CellKey | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Counts and how they add up. Two tables that share a key share the cell.

    ``open_cells``: cells that may not be hidden (they stand elsewhere already). ``few``: counts
    that are hidden like small ones whatever they are, because they come from too few cases. What cannot be
    (a structural nought) stands in no sum.
    """

    counts: Mapping[CellKey, int]
    sums: tuple[Sum, ...]
    open_cells: frozenset[CellKey] = frozenset()
    few: frozenset[CellKey] = frozenset()
    steps: tuple[StockMove, ...] = ()


class CellFate(StrEnum):
    """What became of a cell. All but the first are hidden."""

    SHOWN = "shown"
    SMALL = "small"  # below the threshold, nought too
    COVERED = "covered"  # at least the threshold, hidden so that no small one can be reckoned
    HIDDEN = "hidden"  # small or not: here saying so would tell too much; in words the same as COVERED


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is given out: the number, None where it is hidden."""

    fate: CellFate
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A range of whole numbers of a cell, ``most`` None where it has no end."""

    key: CellKey
    least: int
    most: int | None

    def holds(self, other: "Bound") -> bool:
        """Return whether this range holds all of the other."""
        wide = self.most is None or (other.most is not None and other.most <= self.most)
        return wide and self.least <= other.least


@dataclass(frozen=True, slots=True)
class Proof:
    """Why what is hidden stays hidden. It names the small cells: it is kept, never given out.

    ``guards``: what nobody may be able to rule out of a cell; ``bounds``: the narrowest range in which an
    attacker can put each hidden cell, who knows all that was given out; ``against``: the digests of earlier
    releases the attacker was given as well; ``solver``: by what it was reckoned.
    """

    threshold: int
    guards: tuple[Bound, ...]
    bounds: tuple[Bound, ...]
    against: tuple[str, ...] = ()
    solver: str = ""


@dataclass(frozen=True, slots=True)
class ProtectedTables:
    """Tables as they may be given out, with their proof. ``protect`` and ``restored`` alone make them.

    ``digest`` is of all but the proof.
    """

    cells: Mapping[CellKey, Shown]
    sums: tuple[Sum, ...]
    steps: tuple[StockMove, ...]
    proof: Proof
    digest: str
    seal: Seal = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not SEAL:
            raise DisclosureError("E980")
