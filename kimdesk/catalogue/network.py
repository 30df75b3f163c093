"""The network of all chains: its lanes, its stations, and which ways lead from one to the next.

Stations and ways with a sentence of their own stand in ``resources/network/ways.toml``; a service that is
not named there has its place by its life domain, and ways that chain templates know come by themselves, also
those of a layer. What cases really went along is counted elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final

import msgspec

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.chains import ChainLink, ChainTemplate
from kimdesk.catalogue.known import Known
from kimdesk.domain.errors import ContentError
from kimdesk.domain.terms import Lane
from kimdesk.forms.shape import shaped

PATH: Final = "network/ways.toml"
SERVICE, STATE = "service", "state"
RESIDENCE: Final = "residence"
"""In ``of`` of a state: a residence status; else the lane of a spell."""
_LISTS: Final = {
    RESIDENCE: "residence_status",
    Lane.BENEFIT: "legal_regime",
    Lane.HEALTH_INSURANCE: "insurance",
    Lane.COURSE: "course",
    Lane.SCHOOL: "school",
    Lane.WORK: "work",
}
_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Column = Annotated[int, msgspec.Meta(ge=1, le=3)]


class NetworkLane(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lane: its name, the words below it, and the life domains whose services stand in it."""

    code: _Text
    name: _Text
    below: _Text
    domains: tuple[str, ...]


class _State(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: _Text
    name: _Text
    lane: str
    column: _Column
    of: tuple[str, ...]


class _Placed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: _Text
    name: _Text
    lane: str
    column: _Column


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    before: str
    after: str
    why: _Text
    grants: bool = False  # the state is what the service says yes to: its answer time holds for it


class NetworkSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as it stands."""

    source: _Text
    valid_from: date
    checked: bool
    lanes: tuple[NetworkLane, ...] = msgspec.field(name="lane")
    states: tuple[_State, ...] = msgspec.field(name="state")
    services: tuple[_Placed, ...] = msgspec.field(name="service")
    ways: tuple[_Told, ...] = msgspec.field(name="way")


@dataclass(frozen=True, slots=True)
class ChainStation:
    """A place: a service (``service.jobcenter``) or a state (``state.sgb2``), in column 1 to 3."""

    key: str
    name: str
    lane: str
    column: int

    @property
    def is_state(self) -> bool:
        """Return whether cases are in it, rather than ask there."""
        return self.key.startswith(f"{STATE}.")


@dataclass(frozen=True, slots=True)
class ChainWay:
    """From one station to the next; ``why`` is a sentence, else ``chain`` the title of the template.

    ``grants``: the state at its end is what the service before it says yes to.
    """

    before: str
    after: str
    why: str = ""
    chain: str = ""
    grants: bool = False

    @property
    def key(self) -> str:
        """Return its name."""
        return f"{self.before}>{self.after}"


class NetworkPlan:
    """Lanes, stations and ways of a catalogue on a day."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self._catalogue, self._on = catalogue, on
        self._sheet = parse(catalogue.stack.table(PATH), PATH, catalogue)
        self.lanes: Final = self._sheet.lanes
        self.states: Final = {of: f"{STATE}.{one.code}" for one in self._sheet.states for of in one.of}
        """The key of the state by what it is made of."""

    @cached_property
    def stations(self) -> dict[str, ChainStation]:
        """Return all stations by key, states first."""
        found = [
            ChainStation(f"{STATE}.{one.code}", one.name, one.lane, one.column) for one in self._sheet.states
        ]
        return {one.key: one for one in (*found, *self._services())}

    @cached_property
    def ways(self) -> tuple[ChainWay, ...]:
        """Return all ways, those with a sentence of their own first."""
        own = (ChainWay(one.before, one.after, one.why, grants=one.grants) for one in self._sheet.ways)
        told = {each.key: each for each in own}
        for template in self._catalogue.templates(self._on):
            for before, after in _pairs(template):
                way = ChainWay(f"{SERVICE}.{before}", f"{SERVICE}.{after}", chain=template.title)
                told.setdefault(way.key, way)
        return tuple(told.values())

    def agreed(self, way: ChainWay) -> int | None:
        """Return the days agreed for the service on the way that answers, None where none does."""
        asked = way.before if way.grants else way.after
        kind, _, code = asked.partition(".")
        return self._catalogue.service(code, on=self._on).answer_days if kind == SERVICE else None

    def station(self, key: str) -> ChainStation:
        """Return the station ``key``; a service no catalogue knows any more stands in the last lane."""
        return self.stations.get(key) or ChainStation(key, key.partition(".")[2], self.lanes[-1].code, 2)

    def _services(self) -> Iterator[ChainStation]:
        placed = {one.code: one for one in self._sheet.services}
        lanes = {domain: lane.code for lane in self.lanes for domain in lane.domains}
        for one in self._catalogue.services(self._on):
            key, found = f"{SERVICE}.{one.code}", placed.get(one.code)
            if found:
                yield ChainStation(key, found.name, found.lane, found.column)
            else:
                yield ChainStation(key, one.name, lanes.get(one.life_domain, self.lanes[-1].code), 2)


def parse(table: Mapping[str, Any], name: str, known: Known) -> NetworkSheet:
    """Return what the file says. Raises ContentError E700 when it is broken."""
    sheet = shaped(table, NetworkSheet, name)
    for complaint in _complaints(sheet, known):
        raise ContentError("E700", name=name, place=complaint)
    return sheet


def _complaints(sheet: NetworkSheet, known: Known) -> Iterator[str]:
    lanes = {one.code for one in sheet.lanes}
    keys = [f"{STATE}.{one.code}" for one in sheet.states] + [
        f"{SERVICE}.{one.code}" for one in sheet.services
    ]
    if len(set(keys)) != len(keys) or len(lanes) != len(sheet.lanes):
        yield "code"
    if not {one.lane for one in sheet.states} | {one.lane for one in sheet.services} <= lanes:
        yield "lane"
    domains = [each for one in sheet.lanes for each in one.domains]
    if len(set(domains)) != len(domains) or not all(one in known.code_list("life_domain") for one in domains):
        yield "domains"
    for placed in sheet.services:
        known.service(placed.code)
    yield from _state_complaints(sheet.states, known)
    for way in sheet.ways:
        if way.before == way.after or not {way.before, way.after} <= set(keys):
            yield f"way {way.before}, {way.after}"


def _state_complaints(states: Sequence[_State], known: Known) -> Iterator[str]:
    made = [each for one in states for each in one.of]
    if len(set(made)) != len(made):
        yield "of"
    for each in made:
        kind, _, code = each.partition(":")
        if kind not in _LISTS or code not in known.code_list(_LISTS[kind]):
            yield f"of {each}"


def _pairs(template: ChainTemplate) -> Iterator[tuple[str, str]]:
    """Yield which service waits for which, past links that are no service's."""
    links = {one.code: one for one in template.links}
    for link in template.links:
        for before in _before(link, links) if link.service else ():
            if before != link.service:
                yield before, link.service


def _before(link: ChainLink, links: Mapping[str, ChainLink]) -> Iterator[str]:
    for one in (links[code] for code in link.requires):
        if one.service:
            yield one.service
        else:
            yield from _before(one, links)
