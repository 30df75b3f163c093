"""Services a client can be referred to, each with its checklist, by version and date.

A file in ``resources/services/`` is one version of one service; older versions stay beside the current
one (``jobcenter@1.toml``), because a checklist is shown with the version it was made from.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import msgspec

import resources
from kimdesk.domain.errors import ContentError

_BASE = "services/base.toml"


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a checklist. ``condition`` (German) reads well after „weil:“ and „wenn:“."""

    code: str
    label: str
    condition: str = ""
    per_person: bool = False  # one for each person of the household
    months: int = 0  # how many months back it must reach
    note: str = ""
    checked: bool = True

    @property
    def mandatory(self) -> bool:
        """Return whether the document is always needed („Pflicht“) and not only under a condition."""
        return not self.condition


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service in one of its versions, valid from ``valid_from`` to ``valid_until``."""

    code: str
    version: int
    name: str
    offer: str  # what it is asked for, in a few words
    regime: str = ""  # legal_regime
    responsible: str  # see ``responsible_label``
    source: str
    valid_from: date
    valid_until: date | None = None
    checked: bool = False  # False: nobody has compared it with its source yet („ungeprüft“)
    purposes: tuple[str, ...]  # consent_purpose, the usual one first
    information_kinds: tuple[str, ...]  # information_kind
    answer_days: int
    icon: str  # Phosphor
    hint: str = ""
    safe_contact_only: bool = False  # never write or call home; only over the person's safe contact
    items: tuple[Item, ...]

    def item(self, code: str) -> Item | None:
        """Return the checklist item ``code``, or None."""
        return next((item for item in self.items if item.code == code), None)

    def offered(self, on: date) -> bool:
        """Return whether this version is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)

    @property
    def responsible_label(self) -> str:
        """Return who is responsible here, in German („Kreis“)."""
        return _base().responsible[self.responsible]


class _Base(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all services share: their order, who can be responsible, and the base set of documents."""

    order: tuple[str, ...]
    responsible: dict[str, str]
    item: tuple[Item, ...]


class _Sheet(Service, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service as it stands in its file: own items after those it takes from the base set."""

    include: tuple[str, ...] = ()
    items: tuple[Item, ...] = msgspec.field(name="item", default=())


@cache
def _base() -> _Base:
    return msgspec.convert(resources.read_toml(_BASE), _Base)


def parse(table: dict[str, Any], name: str) -> Service:
    """Return the service that ``table`` describes. Raises ContentError E700 when it is broken."""
    try:
        sheet = msgspec.convert(table, _Sheet)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=name, place=str(error)) from error
    for complaint in _complaints(sheet, name):
        raise ContentError("E700", name=name, place=complaint)
    shared = {item.code: item for item in _base().item}
    facts = {field: getattr(sheet, field) for field in Service.__struct_fields__ if field != "items"}
    return Service(**facts, items=(*(shared[code] for code in sheet.include), *sheet.items))


def _complaints(sheet: _Sheet, name: str) -> Iterator[str]:
    shared = {item.code for item in _base().item}
    codes = [*sheet.include, *(item.code for item in sheet.items)]
    if sheet.code != name.partition("@")[0]:
        yield "code"
    if sheet.responsible not in _base().responsible:
        yield "responsible"
    if not shared.issuperset(sheet.include):
        yield "include"
    if not codes or len(set(codes)) != len(codes):
        yield "item"
    if sheet.answer_days < 1 or not sheet.purposes:
        yield "answer_days, purposes"


@cache
def _all() -> dict[tuple[str, int], Service]:
    found: dict[tuple[str, int], Service] = {}
    for path in resources.names("services"):
        if path != _BASE:
            name = path.removeprefix("services/").removesuffix(".toml")
            read = parse(resources.read_toml(path), name)
            found[read.code, read.version] = read
    return found


@cache
def _versions() -> dict[str, tuple[Service, ...]]:
    found: dict[str, tuple[Service, ...]] = {}
    for _, entry in sorted(_all().items()):
        found[entry.code] = (*found.get(entry.code, ()), entry)
    return found


def services(on: date | None = None) -> tuple[Service, ...]:
    """Return the services in force on the day ``on`` (today when None), in the order they are shown.

    Raises ContentError E700 when a file of the catalogue is broken.
    """
    day = on or date.today()  # noqa: DTZ011 - the worker's calendar day
    place = {code: index for index, code in enumerate(_base().order)}
    valid = (entry for entry in _all().values() if entry.offered(day))
    return tuple(sorted(valid, key=lambda entry: (place.get(entry.code, len(place)), entry.name)))


def service(code: str, version: int | None = None, *, on: date | None = None) -> Service:
    """Return the service ``code`` in ``version``; by default that of the day ``on``, else the newest.

    Raises ContentError E700 when there is none.
    """
    if version is not None and (exact := _all().get((code, version))):
        return exact
    versions = _versions().get(code, ())
    if version is not None or not versions:
        raise ContentError("E700", name=f"services/{code}", place="version" if versions else "code")
    day = on or date.today()  # noqa: DTZ011 - the worker's calendar day
    return next((entry for entry in versions if entry.offered(day)), versions[-1])
