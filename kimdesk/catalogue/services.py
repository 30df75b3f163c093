"""Services a client can be referred to, each with its checklist, by version and date.

A file in ``resources/services/`` is one version of one service; older versions stay beside the current
one (``jobcenter@1.toml``), because a checklist is shown with the version it was made from.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from kimdesk.catalogue.known import Known, Lists
from kimdesk.catalogue.paper_conditions import Paper, demand_small_papers, paper_complaints, proven
from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped

BASE = "services/base.toml"
_LISTED = {
    "regime": "legal_regime",
    "life_domain": "life_domain",
    "purposes": "consent_purpose",
    "information_kinds": "information_kind",
}


class Item(Paper, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a checklist."""

    months: int = 0  # how many months back it must reach
    note: str = ""
    checked: bool = True


class _Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    version: int
    name: str
    offer: str  # what it is asked for, in a few words
    regime: str = ""  # legal_regime
    responsible: str  # a key of ``Base.responsible``
    life_domain: str = ""  # life_domain under which it is offered
    also: tuple[str, ...] = ()  # everyday words by which it is found („Kindergarten“)
    source: str
    valid_from: date
    valid_until: date | None = None
    checked: bool = False  # False: nobody has compared it with its source yet („ungeprüft“)
    purposes: tuple[str, ...]  # consent_purpose, the usual one first
    information_kinds: tuple[str, ...]  # information_kind
    answer_days: int
    icon: str  # Phosphor
    hint: str = ""
    contact: str = ""
    hours: str = ""  # when it is open, in words
    safe_contact_only: bool = False  # never write or call home; only over the person's safe contact


class Service(_Facts, frozen=True, kw_only=True):
    """A service in one of its versions, valid from ``valid_from`` to ``valid_until``."""

    responsible_label: str  # who is responsible here, in German („Kreis“)
    items: tuple[Item, ...]

    @property
    def tells_of_health(self) -> bool:
        """Return whether what it offers says something of somebody's health; an insurance does not."""
        kinds = self.information_kinds
        return "health" in kinds or (self.life_domain == "health" and "regimes" not in kinds)

    def item(self, code: str) -> Item | None:
        """Return the checklist item ``code``, or None."""
        return next((item for item in self.items if item.code == code), None)

    def offered(self, on: date) -> bool:
        """Return whether this version is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)


class Base(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all services share: their order, who can be responsible, and the base set of documents."""

    order: tuple[str, ...]
    responsible: dict[str, str]
    item: tuple[Item, ...]


class _Sheet(_Facts, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service as it stands in its file: own items after those it takes from the base set."""

    include: tuple[str, ...] = ()
    items: tuple[Item, ...] = msgspec.field(name="item", default=())


def base(table: Mapping[str, Any]) -> Base:
    """Return what all services share. Raises ContentError E700 when it is broken."""
    return shaped(table, Base, BASE)


def parse(table: Mapping[str, Any], name: str, shared: Base, known: Known) -> Service:
    """Return the service that ``table`` describes. Raises ContentError E700 when it is broken."""
    demand_small_papers(table, name)
    sheet = shaped(table, _Sheet, name)
    for complaint in _complaints(sheet, name, shared, known):
        raise ContentError("E700", name=name, place=complaint)
    items = {item.code: item for item in shared.item}
    facts = {field: getattr(sheet, field) for field in _Facts.__struct_fields__}
    return Service(
        **facts,
        responsible_label=shared.responsible[sheet.responsible],
        items=tuple(
            proven(item, known.rules.proofs)
            for item in (*(items[code] for code in sheet.include), *sheet.items)
        ),
    )


def _complaints(sheet: _Sheet, name: str, shared: Base, known: Lists) -> Iterator[str]:
    papers = [*sheet.include, *(item.code for item in sheet.items)]
    if sheet.code != name.partition("@")[0]:
        yield "code"
    if sheet.responsible not in shared.responsible:
        yield "responsible"
    if not {item.code for item in shared.item}.issuperset(sheet.include):
        yield "include"
    if not papers or len(set(papers)) != len(papers):
        yield "item"
    yield from paper_complaints(sheet.items, known)
    if sheet.answer_days < 1 or not sheet.purposes:
        yield "answer_days, purposes"
    for member, listed in _LISTED.items():
        given = getattr(sheet, member)
        codes = given if isinstance(given, tuple) else (given,) * bool(given)
        if not all(one in known.code_list(listed) for one in codes):
            yield member
