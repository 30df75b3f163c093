"""What is asked of an indicator and what comes of it, as plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TOTAL = ""
"""In the place of a code: over all codes of this breakdown."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period, both days included. What is counted on a day is counted on its last day."""

    first: date
    last: date


class Says(StrEnum):
    """What the number of a cell says of the things counted there."""

    COUNT = "count"  # how many there are
    SHARE = "share"  # how many of ``of`` have the property
    MEDIAN_DAYS = "median_days"  # half of them took at most this many days


@dataclass(frozen=True, slots=True)
class Wish:
    """An indicator by its code, when, where (AGS; none: everywhere), and how it is broken down (codes)."""

    code: str
    span: Period
    municipalities: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedCell:
    """One cell: a code per breakdown (``TOTAL`` for all of them), how many were counted, how many
    of them have the property (``SHARE``), quartile, median, quartile in days (``MEDIAN_DAYS``).

    ``cases``: from how many cases the things counted come; a threshold protects cases, too.
    """

    codes: tuple[str, ...]
    number: int
    cases: int
    having: int | None = None
    days: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """An indicator as it was counted: every cell and total, its version, a digest by which it can be
    drawn again. Unprotected: only the room that protects figures may give it on.
    """

    wish: Wish
    version: int
    says: Says
    cells: tuple[CountedCell, ...]
    digest: str
