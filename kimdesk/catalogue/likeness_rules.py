"""How names that may be the same are heard, and why somebody may be known already, as data.

The keys by which persons are found in a vault follow from it, so no layer replaces it.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.forms.shape import shaped

PATH = "rules/likeness.toml"


class Spelling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to put a foreign sound into Latin letters, and the one it is made to."""

    letters: str = msgspec.field(name="from")
    to: str


class Reasons(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a part of a person is alike; ``heard`` for parts that are heard."""

    same: str
    alike: str
    heard: str = ""


class LikenessRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/likeness.toml``; ``spellings`` are made in their order."""

    swapped: str
    former: str
    other_name: str
    particles: frozenset[str]
    spellings: tuple[Spelling, ...] = msgspec.field(name="spelling")
    family_name: Reasons
    given_names: Reasons
    birth_date: Reasons


def parse(table: Mapping[str, Any]) -> LikenessRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    return shaped(table, LikenessRules, PATH)
