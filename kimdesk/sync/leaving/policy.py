"""The allow-list of what may leave the desk: ``resources/export/policy.toml``, read strictly.

What the file does not name stays on the desk. Four rules stand above the file and cannot be opened by it:
the AZR number never leaves, an address field is always marked as one (see ``scope``), a text leaves
pseudonymised only as a code of a code list, and of somebody whose address is protected a text leaves only as
a name or as such a code, and no code of a place or a service (docs/decisions/0039).
"""

from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, get_type_hints

import msgspec

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain import records
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS, type_of
from kimdesk.domain.records import Record
from kimdesk.domain.shielding import KEPT_BACK
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync.leaving import code_values

PATH: Final = "export/policy.toml"
ADDRESS: Final = frozenset(("person", name) for name in KEPT_BACK)
"""What never leaves of a household with somebody whose address is protected."""
NEVER: Final = frozenset({"azr_number", "extra"})
TECHNICAL: Final = "technical"
"""The group of identities and revisions: nothing that anybody has to be told of."""
NAMES: Final = frozenset(
    {"family_name", "given_names", "birth_name", "call_name", "german_name", "alias", "original_name"}
)
"""The texts that say who somebody is, and nothing of where."""
PLACES: Final = frozenset({"ags", "service"})
"""Vocabularies whose codes can tell where somebody lives."""


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


_TEXTS: Final = ("str", "LanguageSkill", "ChecklistEntry", "PlanStep", "Mapping")
"""Types of fields that hold what somebody typed, or codes that a municipality can add to."""


@cache
def policy() -> Policy:
    """Return the allow-list. Raises ContentError E700 when it is broken or opens what must stay closed."""
    return parse(resources.read_toml(PATH))


def parse(table: dict[str, Any]) -> Policy:
    """Return the allow-list in ``table``. Raises ContentError E700; see ``policy``."""
    try:
        found = msgspec.convert(table, Policy)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=PATH, place=str(error)) from error
    for complaint in _complaints(found):
        raise ContentError("E700", name=PATH, place=complaint)
    return found


def _complaints(found: Policy) -> Iterator[str]:
    yield from (f"record.{name}" for name in sorted(found.record.keys() ^ KINDS.keys()))
    yield from (f"reason.{rule.basis}" for rule in found.record.values() if rule.basis not in found.reason)
    yield from (f"purpose.{name}" for name, rule in found.purpose.items() if not _is_known(found, name, rule))
    for kind, rule in found.record.items():
        if kind in KINDS:
            yield from _field_complaints(found, kind, rule, type_of(kind))


def _is_known(found: Policy, purpose: str, rule: PurposeRule) -> bool:
    """Return whether a consent can name the purpose and its kinds, and the preview its groups."""
    kinds = (code_values.label(SHIPPED, "information_kind", kind) for kind in rule.kinds)
    asked = code_values.label(SHIPPED, "consent_purpose", purpose)
    return bool(asked) and all(kinds) and found.group.keys() >= set(rule.groups)


def _field_complaints(found: Policy, kind: str, rule: RecordRule, record: type[Record]) -> Iterator[str]:
    hints = get_type_hints(record, vars(records))
    known = {field.name for field in fields(record)}
    for name, field in rule.field.items():
        place = f"record.{kind}.{name}"
        opened = {field.identified, field.household, field.pseudonymised} - {Treatment.DROP}
        groups = {field.group, field.coarse_group or field.group}
        if name not in known or not groups <= found.group.keys() or field.why not in found.reason:
            yield place
        elif opened and name in NEVER:
            yield f"{place}: never"
        elif field.address is not ((kind, name) in ADDRESS):
            yield f"{place}: address"
        elif field.codes and not code_values.exists(SHIPPED, field.codes):
            yield f"{place}: codes"
        elif field.pseudonymised is Treatment.KEEP and "str" in str(hints[name]) and not field.codes:
            yield f"{place}: text"
        elif field.shielded == "keep" and _tells_a_place(name, field, str(hints[name])):
            yield f"{place}: place"


def _tells_a_place(name: str, field: FieldRule, hint: str) -> bool:
    """Return whether the values of a field may say where somebody lives: a text that is no code, a place."""
    if field.address or field.codes in PLACES:
        return True
    closed = field.codes or name in NAMES or field.group == TECHNICAL or field.identified is Treatment.ANSWERS
    return not closed and any(each in hint for each in _TEXTS)
