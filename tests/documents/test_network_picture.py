"""The picture of the network: no line goes through words, no words stand on others, whatever is drawn."""

from datetime import date
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.network import NetworkPlan
from kimdesk.disclosure.values import CellFate, Shown
from kimdesk.indicators.values import Period
from kimdesk.kreis.steering.network import ChainNetwork, NetworkStation, NetworkWay
from kimdesk.pictures.network import NetworkPicture, picture

PLAN = NetworkPlan(SHIPPED, date(2026, 9, 30))
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


def drawn(cases: dict[str, int], width: float) -> NetworkPicture:
    """Return the picture of ways with so many cases each."""
    ways = []
    for way in PLAN.ways:
        number = cases.get(way.key, 0)
        if number:
            shown = Shown(CellFate.SHOWN, number) if number >= 5 else Shown(CellFate.SMALL, None)
            ways.append(NetworkWay(way=way, cases=shown, days=number if number >= 5 else None))
    keys = {key for one in ways for key in (one.way.before, one.way.after)}
    lanes = [one.code for one in PLAN.lanes]
    here = sorted(
        (PLAN.station(key) for key in keys), key=lambda one: (lanes.index(one.lane), one.column, one.key)
    )
    stations = tuple(NetworkStation(station=one, cases=1234) for one in here)
    found = ChainNetwork(period=QUARTER, ags="", lanes=PLAN.lanes, stations=stations, ways=tuple(ways))
    return picture(found, "", lambda words, _: len(words) * 6.4, width)


def crosses(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@settings(max_examples=5, deadline=None)
@given(
    st.dictionaries(st.sampled_from([way.key for way in PLAN.ways]), st.integers(1, 900), min_size=1),
    st.floats(820, 1700),
)
def test_nothing_stands_on_words(cases: dict[str, int], width: float) -> None:
    found = drawn(cases, width)
    assert {one.key for one in found.ways} | set(found.aside) == set(cases)
    words = [(one.key, tuple(one.box)) for one in found.stations] + [
        (one.key, tuple(one.plate)) for one in found.ways
    ]
    assert not [pair for pair in combinations(words, 2) if crosses(pair[0][1], pair[1][1])]
    for way in found.ways:
        for (x1, y1), (x2, y2) in pairwise(way.line):
            line = (min(x1, x2) - 0.1, min(y1, y2) - 0.1, max(x1, x2) + 0.1, max(y1, y2) + 0.1)
            inner = [(key, (b[0] + 1, b[1] + 1, b[2] - 1, b[3] - 1)) for key, b in words if key != way.key]
            assert not [key for key, box in inner if crosses(line, box)]
