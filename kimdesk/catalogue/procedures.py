"""By which law an office works, as data: what letters to it may name. The law decides it: no layer does."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped

PATH: Final = "rules/procedures.toml"
_LAWS: Final = ("inspection", "forwarding", "advance_by")


class ProcedureGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Services for which the same holds: paragraphs as they are written, "" where there is nothing.

    ``inspection`` of files, only of personal data where ``by_gdpr``; ``forwarding`` of applications by a
    municipality, where ``by_knowledge`` it is need that counts and no application; ``advance_by``: payment
    in advance.
    """

    code: str
    services: tuple[str, ...]
    source: str
    checked: bool = False
    inspection: str = ""
    forwarding: str = ""
    advance_by: str = ""
    by_gdpr: bool = False
    by_knowledge: bool = False


class RemedyName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an appeal is called that a letter can file, by the rules of its deadline."""

    name: str
    rules: tuple[str, ...]
    source: str
    checked: bool = False


class Procedures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/procedures.toml``.

    ``on_health``: codes of papers that no letter names; ``private``: services that no letter home names.
    """

    state: date
    on_health: frozenset[str]
    private: frozenset[str]
    group: tuple[ProcedureGroup, ...]
    remedy: tuple[RemedyName, ...]

    def laws(self, service: str) -> dict[str, str]:
        """Return what holds for ``service``: the paragraphs by their names, nothing for what does not."""
        own = [one for one in self.group if service in one.services]
        return {law: said for law in _LAWS for one in own if (said := getattr(one, law))}

    def truths(self, service: str) -> Iterator[str]:
        """Yield by which of the exceptions ``service`` works."""
        for one in self.group:
            if service in one.services:
                yield from (name for name in ("by_gdpr", "by_knowledge") if getattr(one, name))

    def remedy_of(self, rule: str) -> str:
        """Return what the appeal by the deadline ``rule`` is called, "" when no letter can file it."""
        return next((one.name for one in self.remedy if rule in one.rules), "")


def parse(table: Mapping[str, Any], rules: Collection[str]) -> Procedures:
    """Return what ``table`` describes; ``rules`` are the deadlines there are.

    Raises ContentError E700 when it is broken, names others, or says two things of one service.
    """
    found = shaped(table, Procedures, PATH)
    named = {each for one in found.remedy for each in one.rules} - set(rules)
    for law in _LAWS:
        told = [each for one in found.group if getattr(one, law) for each in one.services]
        named |= {each for each in told if told.count(each) > 1}
    if named:
        raise ContentError("E700", name=PATH, place=min(named))
    return found
