"""The shape of the allow-list ``resources/export/policy.toml``, read strictly; ``policy`` judges it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal

import msgspec

import resources
from kimdesk.domain.errors import ContentError
from kimdesk.domain.terms import SharingLevel

PATH: Final = "export/policy.toml"
TECHNICAL: Final = "technical"
"""The group of identities and revisions: nothing that anybody has to be told of."""


class Treatment(StrEnum):
    """What happens to a value on its way out."""

    DROP = "drop"
    KEEP = "keep"
    YEAR = "year"
    MONTH = "month"
    AGE_BAND = "age_band"
    HMAC = "hmac"
    COUNT = "count"
    HOURS = "hours"
    CONTINENT = "continent"
    TO_CITY = "to_city"
    CHECKLIST = "checklist"
    CHECKLIST_STATES = "checklist_states"
    ANSWERS = "answers"


COARSENING: Final = frozenset(
    {Treatment.YEAR, Treatment.MONTH, Treatment.AGE_BAND, Treatment.COUNT, Treatment.HOURS,
     Treatment.CONTINENT, Treatment.TO_CITY}
)  # fmt: skip
"""Treatments that show in the preview as "wird vergröbert"."""

SILENT: Final = frozenset({Treatment.DROP, Treatment.TO_CITY})
"""Treatments that put nothing into the bundle."""

RENAMED: Final[Mapping[Treatment, str]] = {Treatment.AGE_BAND: "age_band"}
"""Members of a row that are not the field they come from."""


Show = Literal["values", "count", "records", "each"]
"""What a line of the preview shows: values, how many by kind, how many in all, or each record by itself."""


SHIELDED: Final = "_shielded"


def level_name(level: SharingLevel, *, shielded: bool) -> str:
    """Return how a bundle calls the level: ``identified``, ``identified_shielded`` …"""
    return level.value + SHIELDED * shielded


class FieldRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happens to one field; ``household``: of persons who are not the client, when identified.

    ``shielded``: whether it leaves, as the level says, of somebody whose address is protected.
    """

    identified: Treatment = Treatment.DROP
    household: Treatment = Treatment.DROP
    pseudonymised: Treatment = Treatment.DROP
    shielded: Literal["keep", "drop"] = "drop"
    group: str
    coarse_group: str = ""
    why: str = "minimisation"
    kind: str | None = None
    codes: str = ""
    address: bool = False

    def treatment(self, level: SharingLevel, *, household: bool) -> Treatment:
        """Return what happens at ``level``; nothing but "drop" for statistics."""
        if level is SharingLevel.STATISTICS:
            return Treatment.DROP
        if level is SharingLevel.PSEUDONYMISED:
            return self.pseudonymised
        return self.household if household else self.identified


class RecordRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of one record type.

    ``basis`` is the reason shown for what leaves, ``title`` the field that names a record in the preview.
    """

    kind: str
    basis: str = "consent"
    title: str = ""
    field: dict[str, FieldRule]


class AgeBand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Persons younger than ``below`` who fit no band before."""

    code: str
    below: int


class AnswerRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which answers of a form leave: paths ``section.field``, ``section.*.field`` for repeated sections."""

    kind: str
    identified: tuple[str, ...] = ()
    pseudonymised: tuple[str, ...] = ()
    special: dict[str, str] = {}

    def paths(self, level: SharingLevel) -> tuple[str, ...]:
        """Return the paths that leave at ``level``."""
        if level is SharingLevel.IDENTIFIED:
            return self.identified
        return self.pseudonymised if level is SharingLevel.PSEUDONYMISED else ()


class PurposeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a consent for one purpose lets out to the Kreis: of which kinds, in which groups of fields."""

    kinds: tuple[str, ...]
    groups: tuple[str, ...]


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole allow-list; ``group`` says of each line of the preview what it shows."""

    version: int
    reason: tuple[str, ...]
    erase_reason: tuple[str, ...]
    group: dict[str, Show]
    age_band: tuple[AgeBand, ...]
    special: dict[str, dict[str, str]]
    purpose: dict[str, PurposeRule]
    record: dict[str, RecordRule]
    answers: dict[str, AnswerRule] = {}


@cache
def shipped() -> Policy:
    """Return the allow-list as it came with the program. Raises ContentError E700 when it is none."""
    return read(resources.read_toml(PATH))


def read(table: Mapping[str, Any]) -> Policy:
    """Return the allow-list in ``table``. Raises ContentError E700 for another shape."""
    try:
        return msgspec.convert(table, Policy)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=PATH, place=str(error)) from error
