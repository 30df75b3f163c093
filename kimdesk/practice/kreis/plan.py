"""What the practice Kreis is made of, as ``resources/practice/kreis.toml`` tells it."""

from dataclasses import dataclass
from typing import Final, Literal

from kimdesk.domain.terms import SharingLevel
from kimdesk.practice.templates import TownTable

Special = Literal["", "silent", "gap", "copied", "twice", "changed", "foreign", "behind"]


class DeskPlan(TownTable, frozen=True):
    """A desk: how many of its cases the Kreis is told of, active and closed, and what is special about it."""

    place: str
    worker: str
    active: int
    closed: int
    special: Special = ""


class EditionPlan(TownTable, frozen=True):
    """An edition of the catalogue; ``answer_days``: what it says of the Jobcenter, None to say nothing."""

    days: int
    note: str
    answer_days: int | None = None


class FindingsPlan(TownTable, frozen=True):
    """What the Kreis made of the findings with one title: ``moves`` in order, all ``days`` ago."""

    title: str
    days: int
    moves: tuple[str, ...] = ()
    group: str = ""
    meets_in: int | None = None
    decision: str = ""
    answer: str = ""
    adopted: tuple[str, ...] = ()


class KreisPlan(TownTable, frozen=True):
    """The Kreis. ``rounds`` and ``silent_days``: days before its day; ``untold``: share of other cases."""

    user: str
    silent_days: int
    untold: float
    rounds: tuple[int, ...]
    level: dict[SharingLevel, int]
    edition: tuple[EditionPlan, ...]
    desk: tuple[DeskPlan, ...]
    finding: tuple[FindingsPlan, ...]


@dataclass(frozen=True, slots=True)
class PracticeExtent:
    """How much is made: desks of ``places`` (all when empty), a share of ``cases``, the last ``rounds``."""

    places: tuple[str, ...] = ()
    cases: float = 1.0
    rounds: int = 100

    def desks(self, plan: KreisPlan) -> tuple[DeskPlan, ...]:
        """Return the desks that are made."""
        return tuple(each for each in plan.desk if not self.places or each.place in self.places)


FULL: Final = PracticeExtent()
