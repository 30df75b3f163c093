"""Linked tables of counts, and what of them is given out, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CellKey = tuple[str, ...]
"""What names a cell in all tables of a release, for example ("active_cases", "05999001", "female")."""


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``parts``: a margin, a level of a hierarchy, or a table that shares cells."""

    total: CellKey
    parts: tuple[CellKey, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Counts and how they add up. Two tables that share a key share the cell.

    ``open_cells``: cells that may not be hidden (they stand elsewhere already). ``few``: cells that count
    as small whatever their number, because it comes from too few cases.
    """

    counts: Mapping[CellKey, int]
    sums: tuple[Sum, ...]
    open_cells: frozenset[CellKey] = frozenset()
    few: frozenset[CellKey] = frozenset()


class CellFate(StrEnum):
    """What became of a cell."""

    SHOWN = "shown"
    SMALL = "small"  # below the threshold, nought too
    COVERED = "covered"  # hidden so that no small one can be reckoned


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is given out: the number, None where it is hidden."""

    fate: CellFate
    number: int | None


@dataclass(frozen=True, slots=True)
class Bound:
    """The narrowest range in which an attacker can put a hidden cell, who knows all that was given out."""

    key: CellKey
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Why what is hidden stays hidden: threshold, each hidden cell with its bound, by whom it was checked.

    ``against``: digests of earlier releases that the attacker was given as well.
    """

    threshold: int
    bounds: tuple[Bound, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectedTables:
    """Tables as they may be given out, with their proof."""

    cells: Mapping[CellKey, Shown]
    proof: Proof
    digest: str = field(default="")
