"""What the cage says of the lines of a bundle: rows in the shapes of the registry, erasures, figures."""

from typing import Annotated, Literal

import msgspec

from kimdesk.sync.sealing.figures import FigureSection

Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Level = Literal["identified", "identified_shielded", "pseudonymised", "pseudonymised_shielded"]
"""The level a row is sent at; at a shielded one nothing in it can tell a place."""


class Rows(msgspec.Struct, frozen=True, array_like=True):
    """Rows of one kind at one level, by columns: a ``Sheet`` as ``reading`` takes it."""

    kind: str
    level: Level
    columns: msgspec.Raw


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
