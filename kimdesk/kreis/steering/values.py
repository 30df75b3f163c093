"""Bundled findings as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kimdesk.catalogue.finding_rules import Band

NOTED: Final = "noted"
"""The state of a finding that is in no bundle."""
BUNDLED: Final = "bundled"
DISMISSED: Final = "dismissed"
GOOD_PRACTICE: Final = "good_practice"
"""The kind of a finding that shows what works."""
TITLE: Final = 200
"""Characters of a title, and of the name of a working group."""
SUMMARY: Final = 2000
"""Characters of a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterWording:
    """What a person says of a bundle. ``regimes``: from and to, or none; ``chain_steps``: template:link."""

    title: str
    summary: str = ""
    kind: str = ""
    life_domain: str = ""
    agencies: str = ""
    services: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    chain_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDealing:
    """Who deals with a bundle, when they meet, what was decided, what the desks are told."""

    group: str = ""
    meets_on: date | None = None
    decision: str = ""
    answer: str = ""


_NOWHERE: Final = Band(0, 0)


@dataclass(frozen=True, slots=True)
class ClusterReach:
    """How far the findings of a bundle reach, as they are now.

    ``times``: how often it was met; ``desks`` that reported it, ``told`` of them that have the answer;
    ``municipalities`` only as a band; ``first_on``: when the first of them came, or None.
    """

    findings: int = 0
    times: int = 0
    desks: int = 0
    told: int = 0
    municipalities: Band = _NOWHERE
    first_on: date | None = None
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCluster:
    """A bundle of findings. ``rev`` rises with each change; saves name the one they are based on.

    ``released``: what the desks are told may go as it stands; ``since``: the day it came to its state;
    ``adopted``: municipalities (AGS) that take a good practice over.
    """

    id: str
    rev: int
    state: str
    since: date
    wording: ClusterWording
    dealing: ClusterDealing
    released: bool
    changed_at: datetime
    changed_by: str
    reach: ClusterReach = ClusterReach()
    adopted: tuple[str, ...] = ()

    @property
    def good_practice(self) -> bool:
        """Return whether it shows what works."""
        return self.wording.kind == GOOD_PRACTICE


@dataclass(frozen=True, slots=True)
class ClusterStep:
    """What was done with a bundle: ``step`` is a code, ``state`` the state it had afterwards."""

    step: str
    state: str
    at: datetime
    by: str
