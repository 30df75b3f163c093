"""Checklists of a change between regimes: what is handed over, who brings it, until when.

A file in ``resources/regime_changes/`` is one list; ``general.toml`` serves the changes no other names. What
a list said before stands beside it (``general@1.toml``): a change keeps the version in force on its day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from kimdesk.catalogue.known import Known
from kimdesk.catalogue.paper_conditions import Paper, demand_small_papers, paper_complaints, proven
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.law.periods import month_end
from kimdesk.forms.shape import shaped

GENERAL = "general"


class ChangeItem(Paper, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to hand over; ``due`` says until when, ``rule`` by which rule a deadline is worked out."""

    by: str  # change_owner
    due: Literal["", "change", "month_end"] = ""
    rule: str = ""  # a code of ``catalogue.deadline_rules``
    source: str

    def due_on(self, changes_on: date) -> date | None:
        """Return its last day for a change on ``changes_on``, None when it has none."""
        if self.due == "change":
            return changes_on
        return month_end(changes_on) if self.due == "month_end" else None


class ChangeList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a change from one of ``from_regimes`` to one of ``to_regimes`` needs."""

    code: str
    title: str
    from_regimes: tuple[str, ...]  # legal_regime
    to_regimes: tuple[str, ...]
    old_body: str
    new_body: str
    service: str = ""  # whom to refer to
    source: str
    valid_from: date
    valid_until: date | None = None
    checked: bool = False
    items: tuple[ChangeItem, ...] = msgspec.field(name="item")

    def item(self, code: str) -> ChangeItem | None:
        """Return the item ``code``, or None."""
        return next((one for one in self.items if one.code == code), None)

    def offered(self, on: date) -> bool:
        """Return whether the list is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)


def parse(table: Mapping[str, Any], name: str, known: Known) -> ChangeList:
    """Return the list that ``table`` describes. Raises ContentError E700 when it is broken."""
    demand_small_papers(table, name)
    found = shaped(table, ChangeList, name)
    for complaint in _complaints(found, name, known):
        raise ContentError("E700", name=name, place=complaint)
    rules = known.rules.proofs
    items = tuple(one if one.code in rules.beyond else proven(one, rules) for one in found.items)
    return msgspec.structs.replace(found, items=items)


def fitting(lists: Sequence[ChangeList], from_regime: str, to_regime: str, on: date) -> ChangeList:
    """Return which of ``lists`` a change between the two needs on the day ``on``, else the general one."""
    found = [one for one in lists if from_regime in one.from_regimes and to_regime in one.to_regimes]
    wanted = found or [one for one in lists if one.code == GENERAL]
    in_force = [one for one in wanted if one.offered(on)]
    return (in_force or wanted)[-1]


def _complaints(found: ChangeList, name: str, known: Known) -> Iterator[str]:
    regimes, owners = known.code_list("legal_regime"), known.code_list("change_owner")
    codes = [one.code for one in found.items]
    if found.code != name.partition("@")[0] or not codes or len(set(codes)) != len(codes):
        yield "code, item"
    if any(one not in regimes for one in (*found.from_regimes, *found.to_regimes)):
        yield "from_regimes, to_regimes"
    if any(one.by not in owners or not one.source.strip() for one in found.items):
        yield "by, source"
    yield from paper_complaints(found.items, known)
    if not any(one.mandatory for one in found.items):
        yield "item: nothing mandatory"
    if found.service:
        known.service(found.service)
    for one in found.items:
        yield from _rule_complaints(one, known)


def _rule_complaints(item: ChangeItem, known: Known) -> Iterator[str]:
    try:
        if item.rule:
            known.rules.deadlines.rule(item.rule)
    except (CaseworkError, ContentError):
        yield f"{item.code}: rule"
