"""How each kind of relation reads from the other side, how it is said, and what looks odd, as data."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped

PATH = "rules/relations.toml"
_OTHER = "other"


class RelationKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind: ``up`` is by how many generations the first person stands above the other."""

    inverse: str
    up: int
    said: str  # {one}, {other}


class Hints(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Gentle questions about what may be a slip."""

    same_age: str
    younger: str
    circle: str
    parents: str
    blood: str


class RelationRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/relations.toml``; ``role``: what a role says about a person and the client."""

    kind: dict[str, RelationKind]
    role: dict[str, str]  # role -> relation_kind
    hint: Hints

    def inverse(self, kind: str) -> str:
        """Return what the other person is to the first; a kind that is not known is its own inverse."""
        found = self.kind.get(kind)
        return found.inverse if found else kind

    def up(self, kind: str) -> int:
        """Return by how many generations the first person stands above the other."""
        found = self.kind.get(kind)
        return found.up if found else 0

    def said(self, kind: str) -> str:
        """Return the German sentence for a kind, with places for the names ``one`` and ``other``."""
        return (self.kind.get(kind) or self.kind[_OTHER]).said


def parse(table: Mapping[str, Any]) -> RelationRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, RelationRules, PATH)
    if _OTHER not in found.kind or any(one.inverse not in found.kind for one in found.kind.values()):
        raise ContentError("E700", name=PATH, place="kind")
    return found
