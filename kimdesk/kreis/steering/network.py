"""The network of all chains of a Kreis: where cases go along, and where they wait (docs/decisions/0082).

What is given out here may be seen by anybody: small numbers are hidden, and none can be reckoned from others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.network import ChainStation, ChainWay, NetworkLane, NetworkPlan
from kimdesk.disclosure.values import CellFate, Shown
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import ContentError
from kimdesk.indicators.values import Period
from kimdesk.kreis.registry import RECORDS, desk_table, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering import network_counting, network_protecting, network_reading
from kimdesk.kreis.steering.network_protecting import WaitClass

VERSION: Final = 1
"""Of what is counted and how; it stands on paper."""
EVERYWHERE: Final = ""
_MONTHS: Final = 3
_QUARTERS: Final = 8
_LONG: Final = 0.9  # of the agreed time: long, but within


class WaitVerdict(StrEnum):
    """What the waiting on a way comes to."""

    FINE = "fine"
    WATCH = "watch"  # long but within what was agreed; or longer, and nobody waits behind it
    BOTTLENECK = "bottleneck"  # longer than agreed, and others wait behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkWay:
    """A way and what may be told of it.

    ``cases``: who went it or waits there too long; ``days``: the median of their waiting, None when too few
    have days that are known; ``agreed``: the days the catalogue gives the service; ``days_before``: the
    median of the period before; ``still``: how many of the cases wait still. ``waits``, ``who``
    (``mother``, ``female``, ``male``, ``family`` or ""), ``where`` (a band) only for the whole Kreis.
    """

    way: ChainWay
    cases: Shown
    days: int | None = None
    agreed: int | None = None
    days_before: int | None = None
    still: int | None = None
    waits: tuple[WaitClass, ...] = ()
    who: str = ""
    where: str = ""
    verdict: WaitVerdict = WaitVerdict.FINE

    @property
    def over(self) -> int | None:
        """Return how many days longer than agreed, None when one of both is not known."""
        return None if self.days is None or self.agreed is None else self.days - self.agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStation:
    """A station; ``cases`` were there on some day of the period, None where it is not told."""

    station: ChainStation
    cases: int | None = None
    verdict: WaitVerdict = WaitVerdict.FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainNetwork:
    """The picture of a period: ``ags`` "" for the Kreis. Stations and ways that somebody used.

    ``silent``: names of desks that have sent nothing since the period ended; what they have is missing.
    """

    period: Period
    ags: str
    lanes: tuple[NetworkLane, ...]
    stations: tuple[NetworkStation, ...]
    ways: tuple[NetworkWay, ...]
    municipalities: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    digest: str = ""

    def station(self, key: str) -> NetworkStation:
        """Return the station ``key``. Raises KeyError when nobody was there."""
        return {one.station.key: one for one in self.stations}[key]

    def way(self, key: str) -> NetworkWay | None:
        """Return the way ``key``, None when nobody went it."""
        return next((one for one in self.ways if one.way.key == key), None)

    @property
    def bottlenecks(self) -> tuple[NetworkWay, ...]:
        """Return the ways that wait too long, then those to be watched; the longest over first."""
        found = [one for one in self.ways if one.verdict is not WaitVerdict.FINE]
        found.sort(key=lambda one: (one.verdict is WaitVerdict.WATCH, -(one.over or 0), one.way.key))
        return tuple(found)

    def behind(self, service: str) -> tuple[NetworkWay, ...]:
        """Return the ways that lead on from ``service``, the one most cases go first."""
        found = [one for one in self.ways if one.way.before == service and one.cases.number]
        return tuple(sorted(found, key=lambda one: -(one.cases.number or 0)))


def quarters(day: date, count: int = _QUARTERS) -> tuple[Period, ...]:
    """Return the quarters that are over on ``day``, the last one first; one under way is not given out."""
    found, last = [], date(day.year, (day.month - 1) // _MONTHS * _MONTHS + 1, 1) - timedelta(days=1)
    for _ in range(count):
        first = date(last.year, last.month - _MONTHS + 1, 1)
        found.append(Period(first, last))
        last = first - timedelta(days=1)
    return tuple(found)


def draw(desk: Desk, period: Period, ags: str = EVERYWHERE, *, today: date | None = None) -> ChainNetwork:
    """Return the network of ``period``, a quarter that is over, for the Kreis or one municipality.

    Raises ContentError E775 for another period: from two that overlap a small number could be reckoned;
    BundleError and StoreError as ``open_registry``.
    """
    before = Period(quarters(period.first, 1)[0].first, period.first - timedelta(days=1))
    if period != quarters(period.last + timedelta(days=1), 1)[0] or period.last >= (today or calendar_day()):
        raise ContentError("E775")
    plan = NetworkPlan(desk.catalogue, period.last)
    with transaction(open_registry(desk)) as connection:
        counted = network_protecting.CountedWays(
            tuple(
                network_counting.walked(events, plan, (period, before))
                for _, events in network_reading.cases(connection, (period, before))
            ),
            network_reading.municipalities(connection),
        )
        standing = {} if ags else network_reading.standing(connection, period, plan.states)
        silent = _silent(connection, period)
    ways = tuple(_way(counted, plan, way, ags) for way in plan.ways if counted.on(way.key, ags))
    return _judged(plan, period, ags, ways, standing, counted.municipalities, silent)


def is_empty(desk: Desk) -> bool:
    """Return whether the registry holds nothing a network could be drawn of."""
    with transaction(open_registry(desk)) as connection:
        kinds = ("referral", "regime_spell", "residence_spell")
        rows = (connection.execute(select(RECORDS[kind].c.id).limit(1)).first() for kind in kinds)
        return not any(rows)


def _silent(connection: Connection, period: Period) -> tuple[str, ...]:
    heard = func.substr(desk_table.c.heard_at, 1, len("2026-11-30"))
    wanted = select(desk_table.c.name).where(
        heard <= period.last.isoformat(), desk_table.c.revoked_from.is_(None)
    )
    return tuple(sorted(row.name for row in connection.execute(wanted)))


def _way(counted: network_protecting.CountedWays, plan: NetworkPlan, way: ChainWay, ags: str) -> NetworkWay:
    told = counted.told(way.key, ags)
    return NetworkWay(
        way=way, cases=told.cases, days=told.days, agreed=plan.agreed(way), days_before=told.days_before,
        still=told.still, waits=told.waits, who=told.who, where=told.where,
    )  # fmt: skip


def _judged(
    plan: NetworkPlan, period: Period, ags: str, ways: Sequence[NetworkWay], standing: Mapping[str, int],
    municipalities: tuple[str, ...], silent: tuple[str, ...],
) -> ChainNetwork:  # fmt: skip
    waited_for = {one.way.before for one in ways if one.cases.fate is CellFate.SHOWN}
    judged = tuple(_with_verdict(one, waited_for) for one in ways)
    marks = _marks(judged)
    told = network_protecting.stations(standing, [(one.way.after, one.cases.number) for one in judged])
    used = {key for one in judged for key in (one.way.before, one.way.after)}
    stations = tuple(
        NetworkStation(
            station=plan.station(key), cases=told.get(key), verdict=marks.get(key, WaitVerdict.FINE)
        )
        for key in _ordered(plan, used | {key for key, number in told.items() if number})
    )
    found = ChainNetwork(
        period=period, ags=ags, lanes=plan.lanes, stations=stations, ways=judged,
        municipalities=municipalities, silent=silent,
    )  # fmt: skip
    return _sealed(found)


def _ordered(plan: NetworkPlan, used: Iterable[str]) -> list[str]:
    lanes = {one.code: number for number, one in enumerate(plan.lanes)}
    places = {key: number for number, key in enumerate(plan.stations)}

    def order(key: str) -> tuple[int, int, int]:
        one = plan.station(key)
        return lanes[one.lane], one.column, places.get(key, len(places))

    return sorted(used, key=order)


def _with_verdict(one: NetworkWay, waited_for: set[str]) -> NetworkWay:
    verdict = WaitVerdict.FINE
    if one.days is not None and one.agreed is not None and one.days >= one.agreed * _LONG:
        blocks = one.days > one.agreed and asked_service(one.way) in waited_for
        verdict = WaitVerdict.BOTTLENECK if blocks else WaitVerdict.WATCH
    return replace(one, verdict=verdict)


def asked_service(way: ChainWay) -> str:
    """Return the key of the service whose answer is waited for on ``way``, "" for none."""
    return next((key for key in (way.after, way.before) if key.startswith("service.")), "")


def _marks(ways: Iterable[NetworkWay]) -> dict[str, WaitVerdict]:
    """Return by service the worst verdict of the ways on which it is waited for."""
    found: dict[str, WaitVerdict] = {}
    for one in ways:
        key = asked_service(one.way)
        if one.verdict is WaitVerdict.BOTTLENECK or (one.verdict is WaitVerdict.WATCH and key not in found):
            found[key] = one.verdict
    return found


def _sealed(found: ChainNetwork) -> ChainNetwork:
    """Return ``found`` with the digest of all it gives out."""
    told = {name: getattr(found, name) for name in found.__slots__ if name not in ("digest", "lanes")}
    digest = sha256(msgspec.json.encode([VERSION, told], order="sorted")).hexdigest()
    return replace(found, digest=digest)
