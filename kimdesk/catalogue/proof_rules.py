"""Which kind of paper is the proof for what checklists ask, and when its end is said, as data."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.domain.needs.conditions import AnyOf, Fact, Group, Need, Somebody, Test
from kimdesk.domain.needs.proofs import ProofKind, ProofRules
from kimdesk.forms.shape import shaped

PATH = "rules/proofs.toml"
DRAWN = frozenset({"card", "decision", "certificate", "form"})
"""How a paper can look in a list, where nothing of it can be read."""


class _Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    serves: tuple[str, ...] = ()
    warn: int = 30
    one: bool = False
    drawn: str = "form"


class _Quiet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    asylum: tuple[str, ...] = ()  # asylum_decision
    paragraph: tuple[str, ...] = ()

    @property
    def meaning(self) -> Need:
        tests = (Test(Fact.ASYLUM, self.asylum), Test(Fact.PARAGRAPH, self.paragraph))
        return AnyOf(tuple(Somebody(Group.HOUSEHOLD, tests=(one,)) for one in tests if one.among))


class _Proofs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    source: str
    told: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    quiet: _Quiet | None = None
    quiet_kinds: tuple[str, ...] = ()
    kind: dict[str, _Kind]


def parse(table: Mapping[str, Any]) -> ProofRules:
    """Return what ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, _Proofs, PATH)
    wrong = [code for code, one in found.kind.items() if one.drawn not in DRAWN or one.warn < 0]
    for place in wrong:
        raise ContentError("E700", name=PATH, place=place)
    kinds = {
        code: ProofKind(code, one.serves, one.warn, one.one, one.drawn) for code, one in found.kind.items()
    }
    quiet = found.quiet.meaning if found.quiet else None
    return ProofRules(
        kinds, frozenset(found.told), frozenset(found.beyond), quiet, frozenset(found.quiet_kinds)
    )
