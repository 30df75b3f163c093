"""What the cage says of the lines of a bundle: rows in the shapes of the registry, erasures, figures."""

from typing import Annotated, ClassVar, Literal

import msgspec

from kimdesk.sync.leaving.policy import SHIELDED
from kimdesk.sync.leaving.statistics import FigureSection
from kimdesk.sync.sealing.wire import Rising

Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Level = Literal["identified", "identified_shielded", "pseudonymised", "pseudonymised_shielded"]
"""The level a row is sent at; at a shielded one nothing in it can tell a place."""


class Incoming(msgspec.Struct, frozen=True, array_like=True):
    """A record as it came: the bundle since which its terms hold, the digest of what was sent, its columns.

    The columns hold what is stored. Which they are depends on kind and level: see ``shapes``.
    """

    of_kind: ClassVar[str]
    shared: ClassVar[Level]
    scope: Rising
    digest: Annotated[str, msgspec.Meta(min_length=64, max_length=64)]
    id: Identity
    rev: Rising

    @property
    def case(self) -> str:
        """Return the case it belongs to, "" for a person."""
        return self.id if self.of_kind == "case" else getattr(self, "case_id", None) or ""

    @property
    def shielded(self) -> bool:
        """Return whether nothing in it can tell a place."""
        return self.shared.endswith(SHIELDED)

    @property
    def municipality(self) -> str:
        """Return the municipality (AGS) it names, or ""."""
        return getattr(self, "ags", None) or ""


class Rows(msgspec.Struct, frozen=True, array_like=True):
    """Rows of one kind at one level: a list of ``Incoming`` of that shape."""

    kind: str
    level: Level
    rows: msgspec.Raw


class Named(msgspec.Struct, frozen=True, array_like=True):
    """A record whose content a desk may not send, as far as it can be named."""

    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    id: Identity
    case_id: Annotated[str, msgspec.Meta(max_length=200)]


class Records(msgspec.Struct, frozen=True, tag=True):
    """Some lines of the section of records."""

    groups: list[Rows]
    unread: list[Named]


class EraseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record to be erased."""

    kind: str
    id: Identity
    reason: str


class Erasures(msgspec.Struct, frozen=True, tag=True):
    """Some lines of the section of erasures."""

    lines: list[EraseLine]


class Figures(msgspec.Struct, frozen=True, tag=True):
    """A line of the section of statistics."""

    section: FigureSection


Said = Records | Erasures | Figures
