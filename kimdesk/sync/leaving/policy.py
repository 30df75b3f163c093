"""The allow-list of what may leave the desk: ``resources/export/policy.toml``, read strictly.

What the file does not name stays on the desk. Four rules stand above the file and cannot be opened by it:
the AZR number never leaves, an address field is always marked as one (see ``scope``), a text leaves
pseudonymised only as a code of a code list, and of somebody whose address is protected a text leaves only as
a name or as such a code, and no code of a place or a service (docs/decisions/0039).
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Final, get_type_hints

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain import records
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS, type_of
from kimdesk.domain.records import Record
from kimdesk.domain.shielding import KEPT_BACK
from kimdesk.sync.leaving import code_values
from kimdesk.sync.leaving.allow_list import (
    PATH,
    TECHNICAL,
    FieldRule,
    Policy,
    PurposeRule,
    RecordRule,
    Treatment,
    read,
    shipped,
)

ADDRESS: Final = frozenset(("person", name) for name in KEPT_BACK)
"""What never leaves of a household with somebody whose address is protected."""
NEVER: Final = frozenset({"azr_number", "extra"})
NAMES: Final = frozenset(
    {"family_name", "given_names", "birth_name", "call_name", "german_name", "alias", "original_name"}
)
"""The texts that say who somebody is, and nothing of where."""
PLACES: Final = frozenset({"ags", "service"})
"""Vocabularies whose codes can tell where somebody lives."""


_TEXTS: Final = (
    "str",
    "LanguageSkill",
    "ChecklistEntry",
    "ReferralStep",
    "PlanStep",
    "DatedNote",
    "HandOver",
    "Translation",
    "Mapping",
)
"""Types of fields that hold what somebody typed, or codes that a municipality can add to."""


@cache
def policy() -> Policy:
    """Return the allow-list. Raises ContentError E700 when it is broken or opens what must stay closed."""
    return _judged(shipped())


def parse(table: Mapping[str, Any]) -> Policy:
    """Return the allow-list in ``table``. Raises ContentError E700; see ``policy``."""
    return _judged(read(table))


def _judged(found: Policy) -> Policy:
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
