"""The network of all chains as a picture: lanes, stations, ways between them. Plain values, no widgets.

Everything is in pixels at 100 %; whoever paints it larger, scales it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from kimdesk.catalogue.network import NetworkLane
from kimdesk.disclosure.values import CellFate
from kimdesk.kreis.steering.network import ChainNetwork, NetworkStation, NetworkWay, WaitVerdict
from kimdesk.pictures.network_routes import DrawnBox, Line, Router, Tracks
from kimdesk.texts import network as words

Needs = Callable[[str, str], float]
"""How wide words are in a use of type („meta“, „table_strong“), in pixels at 100 %."""

LEAST_WIDTH: Final = 808
LANE, STATION, PLATE = 92, 40, 20
_NAMES, _PITCH, _EDGE, _BETWEEN = 108, 74, 8, 112
_ACROSS: Final = {1: 148, 2: 150, 3: 164}
_NARROWEST: Final = 118
_PAD: Final = 14
_THIN, _THICK = 2.0, 5.5
_MANY: Final = 120  # cases from which a line is as thick as it gets
_LANES: Final = ("residence", "livelihood", "health", "language", "children", "work")


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane: its name, broken where it may be, and the words below it."""

    name: tuple[str, ...]
    below: str
    color: str
    box: DrawnBox
    shaded: bool


@dataclass(frozen=True, slots=True)
class DrawnStation:
    """A station: a pill for a state, else a rectangle; ``below`` are its cases in words."""

    key: str
    name: str
    below: str
    color: str
    pill: bool
    verdict: WaitVerdict
    box: DrawnBox


@dataclass(frozen=True, slots=True)
class DrawnWay:
    """A way: its corners, the tip last, how thick it is, and its words on a plate."""

    key: str
    line: Line
    thick: float
    dashed: bool
    words: str
    plate: DrawnBox
    verdict: WaitVerdict


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The whole picture. ``aside``: keys of ways that found no place; the table has them."""

    width: float
    height: float
    lanes: tuple[DrawnLane, ...]
    stations: tuple[DrawnStation, ...]
    ways: tuple[DrawnWay, ...]
    aside: tuple[str, ...]

    def at(self, x: float, y: float) -> str:
        """Return the key of what stands at a place, "" for nothing: plates before stations before lines."""
        here = DrawnBox(x, y, x, y).grown(0.5)
        for one in (
            *((way.plate, way.key) for way in self.ways),
            *((each.box, each.key) for each in self.stations),
        ):
            if one[0].meets(here):
                return one[1]
        near = here.grown(4)
        lines = (
            (DrawnBox(*_room(one, other)), way.key) for way in self.ways for one, other in pairwise(way.line)
        )
        return next((key for box, key in lines if box.grown(0.5).meets(near)), "")

    def station(self, key: str) -> DrawnStation | None:
        """Return the station ``key``, None where it is not drawn."""
        return next((one for one in self.stations if one.key == key), None)

    def way(self, key: str) -> DrawnWay | None:
        """Return the way ``key``, None where it is not drawn."""
        return next((one for one in self.ways if one.key == key), None)


def picture(found: ChainNetwork, lane: str, needs: Needs, width: float = LEAST_WIDTH) -> NetworkPicture:
    """Return ``found`` as a picture; ``lane`` "" for all, else only ways that begin or end in that lane."""
    ways = shown(found, lane)
    keys = {key for one in ways for key in (one.way.before, one.way.after)}
    stations = [one for one in found.stations if one.station.key in keys]
    lanes, placed = _places(found.lanes, stations, needs, max(width, LEAST_WIDTH))
    height = lanes[-1].box.bottom if lanes else 0.0
    drawn = tuple(_station(one, placed[one.station.key]) for one in stations)
    room = DrawnBox(_NAMES - 4, 4, max(width, LEAST_WIDTH) - 3, height - 4)
    router = Router(room, placed.values(), (), _tracks(lanes, placed))
    led = {one.way.key: _led(one, placed, router, needs) for one in _in_order(ways, placed)}
    return NetworkPicture(
        max(width, LEAST_WIDTH),
        height,
        lanes,
        drawn,
        tuple(way for one in ways if (way := led[one.way.key])),
        tuple(key for key, way in led.items() if way is None),
    )


def shown(found: ChainNetwork, lane: str) -> tuple[NetworkWay, ...]:
    """Return the ways that begin or end in ``lane``; "" for all."""
    of = {one.station.key: one.station.lane for one in found.stations}
    return tuple(one for one in found.ways if lane in ("", of[one.way.before], of[one.way.after]))


def color(lane: str) -> str:
    """Return the colour token of a lane."""
    return f"lane-{lane}" if lane in _LANES else "text-2"


def _places(
    lanes: Sequence[NetworkLane], stations: Sequence[NetworkStation], needs: Needs, width: float
) -> tuple[tuple[DrawnLane, ...], dict[str, DrawnBox]]:
    """Return the lanes that have stations, and where each station stands: below each other in a column."""
    drawn: list[DrawnLane] = []
    placed: dict[str, DrawnBox] = {}
    top = 0.0
    for lane in lanes:
        here = [one for one in stations if one.station.lane == lane.code]
        if not here:
            continue
        here.sort(key=lambda one: one.station.column)
        columns = [list(each) for _, each in groupby(here, key=lambda one: one.station.column)]
        high = LANE + _PITCH * (max(map(len, columns)) - 1)
        for column in columns:
            first = top + (LANE - STATION) / 2
            for number, one in enumerate(column):
                left, right = _across(one, needs, width)
                y = first + _PITCH * number
                placed[one.station.key] = DrawnBox(left, y, right, y + STATION)
        box = DrawnBox(0, top, width, top + high)
        drawn.append(_lane(lane, box, needs, shaded=len(drawn) % 2 == 0))
        top += high
    return tuple(drawn), placed


def _across(one: NetworkStation, needs: Needs, width: float) -> tuple[float, float]:
    """Return from where to where a station reaches: the third column ends at the right, as wide as needed."""
    spare = (width - LEAST_WIDTH) / 2
    left = {1: float(_NAMES), 2: _NAMES + _ACROSS[1] + _BETWEEN + spare}.get(one.station.column)
    if left is not None:
        return left, left + _ACROSS[one.station.column]
    wide = max(needs(one.station.name, "table_strong"), needs(words.cases(one), "meta")) + 2 * _PAD + 4
    right = width - _EDGE
    return right - min(max(wide, _NARROWEST), _ACROSS[3]), right


def _lane(lane: NetworkLane, box: DrawnBox, needs: Needs, *, shaded: bool) -> DrawnLane:
    room, parts = _NAMES - 20, lane.name.split("\u00ad")
    whole = "".join(parts)
    broken = (whole,) if needs(whole, "table_strong") <= room else (f"{parts[0]}-", "".join(parts[1:]))
    return DrawnLane(broken if len(parts) > 1 else (whole,), lane.below, color(lane.code), box, shaded)


def _station(one: NetworkStation, box: DrawnBox) -> DrawnStation:
    here = one.station
    return DrawnStation(
        here.key, here.name, words.cases(one), color(here.lane), here.is_state, one.verdict, box
    )


def _tracks(lanes: Iterable[DrawnLane], placed: dict[str, DrawnBox]) -> Tracks:
    """Return where lines may run: between rows, and beside the columns, at the left of the third too."""
    tops = sorted({one.top for one in placed.values()})
    bottom = max((one.box.bottom for one in lanes), default=0.0)
    edges = [0.0, *(edge for top in tops for edge in (top, top + STATION)), bottom]
    rows = tuple((edges[at], edges[at + 1]) for at in range(0, len(edges), 2))
    lefts = {round(one.left): one.right for one in placed.values()}
    second = [(left, right) for left, right in lefts.items() if _NAMES + _ACROSS[1] < left]
    middle = min(second, default=(_NAMES + _ACROSS[1] + _BETWEEN, 0.0))[0]
    right = max((one.right for one in placed.values()), default=middle + _ACROSS[2])
    columns = (
        (_NAMES + _ACROSS[1] + 5.0, middle - 5.0),
        (middle + _ACROSS[2] + 5.0, right - _NARROWEST - 5.0),
    )
    return Tracks(rows, columns)


def _in_order(ways: Iterable[NetworkWay], placed: dict[str, DrawnBox]) -> list[NetworkWay]:
    """Return the ways as they get their place: short ones, which have one way only, then the weighty ones."""

    def order(one: NetworkWay) -> tuple[bool, bool, float, str]:
        start, end = placed[one.way.before], placed[one.way.after]
        far = abs(start.top - end.top) > LANE if start.left == end.left else start.top != end.top
        weighs = one.verdict is WaitVerdict.FINE
        return far, weighs, -(one.cases.number or 0), one.way.key

    return sorted(ways, key=order)


def _led(one: NetworkWay, placed: dict[str, DrawnBox], router: Router, needs: Needs) -> DrawnWay | None:
    told = words.on_the_way(one)
    size = needs(told, "meta") + 14, PLATE
    routed = router.lead(placed[one.way.before], placed[one.way.after], size)
    if routed is None:
        return None
    number = one.cases.number
    thick = _THIN + (_THICK - _THIN) * min(number or 0, _MANY) / _MANY
    hidden = one.cases.fate is not CellFate.SHOWN
    return DrawnWay(one.way.key, routed.line, thick, hidden, told, routed.plate, one.verdict)


def _room(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
