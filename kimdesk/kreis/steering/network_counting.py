"""Which ways a case went in a period, and how long it waited there: docs/decisions/0082 says each rule.

Pure: rows of one case in, ways out. A day that came cut to its month is a stretch of days: it places a way in
a period when the whole month lies in it, and no days are reckoned with it.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from kimdesk.catalogue.network import SERVICE, ChainWay, NetworkPlan
from kimdesk.domain.terms import ReferralState, Role
from kimdesk.indicators.values import Period
from kimdesk.kreis.steering.network_reading import CASE, MEMBER, REFERRAL, WayRow

_LONG_AGO: Final = 0
_MONTH_LONG: Final = 31
_YEAR, _MONTH = len("2026"), len("2026-11")
_ACCEPTED: Final = (ReferralState.ACCEPTED, ReferralState.DONE)


class DayRange(NamedTuple):
    """The days between which something happened, as ordinals; one day when it is known."""

    first: int
    last: int

    @property
    def known(self) -> bool:
        """Return whether it is one day."""
        return self.first == self.last

    @property
    def certain(self) -> int:
        """Return by which day it counts as having happened: a month as its first day, a year as its last."""
        return self.first if self.last - self.first < _MONTH_LONG else self.last


class Visit(NamedTuple):
    """Somebody at a station: asked for it (services), reached it (None: refused or not yet), left it.

    ``answered``: yes or no; ``under_way``: without any answer until today.
    """

    asked: DayRange | None
    reached: DayRange | None
    left: DayRange | None
    answered: DayRange | None = None
    under_way: bool = False
    person: str = ""


class Walk(NamedTuple):
    """A case on a way: ``days`` it waited, None when not known; ``waits``: still when the period ended."""

    days: int | None
    waits: bool = False


class WalkedCase(NamedTuple):
    """What a case tells: its AGS, how its client lives, and its way by way.key in each period asked for."""

    ags: str
    traits: frozenset[str]
    walks: tuple[Mapping[str, Walk], ...]


def walked(events: Sequence[WayRow], plan: NetworkPlan, periods: Sequence[Period]) -> WalkedCase:
    """Return the ways the case with the rows ``events`` went in each of ``periods``."""
    visits = _visits(events, plan)
    closed = next((days(one.left) for one in events if one.kind == CASE), None)
    ways = [way for way in plan.ways if way.before in visits and way.after in visits]
    found = tuple(
        {way.key: walk for way in ways if (walk := _longest(_walks(way, visits, plan, period, closed)))}
        for period in periods
    )
    return WalkedCase(next((one.code for one in events if one.kind == CASE), ""), _traits(events), found)


@lru_cache(maxsize=20_000)
def days(text: str | None) -> DayRange | None:
    """Return the days a stored date stands for, None for none."""
    if not text:
        return None
    year = int(text[:_YEAR])
    if len(text) == _YEAR:
        return DayRange(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    month = int(text[_YEAR + 1 : _MONTH])
    if len(text) == _MONTH:
        last = monthrange(year, month)[1]
        return DayRange(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
    day = date.fromisoformat(text).toordinal()
    return DayRange(day, day)


def _visits(events: Sequence[WayRow], plan: NetworkPlan) -> dict[str, list[Visit]]:
    found: defaultdict[str, list[Visit]] = defaultdict(list)
    for one in events:
        if one.kind == REFERRAL:
            found[f"{SERVICE}.{one.code}"].append(_referred(one))
        elif state := plan.states.get(f"{one.kind}:{one.code}"):
            found[state].append(Visit(None, days(one.reached), days(one.left), person=one.person))
    return {key: visits if key.startswith(SERVICE) else _beginnings(visits) for key, visits in found.items()}


def _referred(one: WayRow) -> Visit:
    answered = days(one.reached)
    accepted = one.state in _ACCEPTED and not one.person
    under_way = answered is None and one.state == ReferralState.SENT
    return Visit(days(one.asked), answered if accepted else None, None, answered, under_way)


def _beginnings(visits: Iterable[Visit]) -> list[Visit]:
    """Return spells that are one behind the other as one: a title that is prolonged is not reached anew."""
    found: list[Visit] = []
    for one in sorted((each for each in visits if each.reached), key=_reached_order):
        before = next((each for each in reversed(found) if each.person == one.person), None)
        if before and one.reached and _joins(before, one.reached):
            found[found.index(before)] = before._replace(left=_later(before.left, one.left))
        else:
            found.append(one)
    return found


def _reached_order(visit: Visit) -> tuple[int, int]:
    return visit.reached or (_LONG_AGO, _LONG_AGO)


def _joins(before: Visit, begun: DayRange) -> bool:
    return before.left is None or before.left.last >= begun.first - 1


def _later(one: DayRange | None, other: DayRange | None) -> DayRange | None:
    return None if one is None or other is None else max(one, other, key=lambda each: each.last)


def _walks(
    way: ChainWay,
    visits: Mapping[str, list[Visit]],
    plan: NetworkPlan,
    period: Period,
    closed: DayRange | None,
) -> Iterator[Walk]:
    """Yield each time the case came to the end of ``way`` in ``period``, or waits there too long."""
    before = visits[way.before]
    for visit in visits[way.after]:
        if not way.after.startswith(SERVICE):
            walk = _to_state(visit, before, period)
        elif visit.reached and _inside(visit.reached, period):
            walk = _to_service(visit, before, visit.reached)
        else:
            walk = _still_waiting(visit, before, period, closed, plan.agreed(way))
        if walk:
            yield walk


def _to_service(visit: Visit, before: Iterable[Visit], end: DayRange) -> Walk | None:
    """From the day it was asked for until it said yes, if the case had come through the station before."""
    if visit.asked is None or not any(_came_before(one, visit.asked, end) for one in before):
        return None
    return Walk(_between(visit.asked, end))


def _still_waiting(
    visit: Visit, before: Iterable[Visit], period: Period, closed: DayRange | None, agreed: int | None
) -> Walk | None:
    """Who has no answer counts with the days so far, once they are more than was agreed; before, not yet."""
    last = period.last.toordinal()
    waits = visit.under_way or (visit.answered is not None and visit.answered.first > last)
    if not waits or visit.asked is None or not visit.asked.known or (closed and closed.first <= last):
        return None
    so_far = last - visit.asked.first
    today = DayRange(last, last)
    if agreed is None or so_far <= agreed or not any(_came_before(one, visit.asked, today) for one in before):
        return None
    return Walk(so_far, waits=True)


def _came_before(one: Visit, asked: DayRange, end: DayRange) -> bool:
    """A state is held when the next is asked for; a service has said yes before the next one does."""
    if one.reached is None:
        return False
    return one.reached.certain <= (asked.last if one.asked is None else end.last)


def _to_state(visit: Visit, before: Sequence[Visit], period: Period) -> Walk | None:
    begun = visit.reached
    if begun is None or not _inside(begun, period):
        return None
    asked = [one for one in before if one.reached and one.asked and _month_of(one.asked) <= begun.last]
    if asked:
        latest = max(asked, key=lambda one: one.asked or begun)
        return Walk(_between(latest.asked, begun))
    held = [one for one in before if one.asked is None and one.person == visit.person and one.reached]
    held = [one for one in held if one.reached and one.reached.first < begun.first]
    if not held:
        return None
    left = held[-1].left
    gap = _between(left, begun)
    return Walk(gap if gap is None else max(gap - 1, 0))


def _month_of(asked: DayRange) -> int:
    """Return the first of its month: benefits act back to it (§ 37 SGB II)."""
    return date.fromordinal(asked.first).replace(day=1).toordinal()


def _between(start: DayRange | None, end: DayRange) -> int | None:
    return max(end.first - start.first, 0) if start and start.known and end.known else None


def _inside(days_of: DayRange, period: Period) -> bool:
    return period.first.toordinal() <= days_of.first and days_of.last <= period.last.toordinal()


def _longest(walks: Iterable[Walk]) -> Walk | None:
    """Return the one that counts for the case: who waited longest."""
    return max(walks, key=lambda one: (one.days is not None, one.days or 0), default=None)


def _traits(events: Iterable[WayRow]) -> frozenset[str]:
    members = {
        (one.code, one.state if one.code == Role.CLIENT else "") for one in events if one.kind == MEMBER
    }
    sexes = {state for role, state in members if role == Role.CLIENT}
    family = {"family"} if (Role.CHILD, "") in members else set()
    mother = {"mother"} if family and "female" in sexes else set()
    return frozenset(sexes & {"female", "male"}) | family | mother
