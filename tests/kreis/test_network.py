"""The network of all chains: ways and waiting counted by hand, and what of it may be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, product

import pytest
from sqlalchemy import delete

from kimdesk.casework.desk import Desk
from kimdesk.disclosure.values import CellFate, Shown
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.indicators.values import Period
from kimdesk.kreis.registry import RECORDS, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering import network
from kimdesk.kreis.steering.network import ChainNetwork, WaitVerdict
from kimdesk.kreis.steering.network_counting import Walk, WalkedCase
from kimdesk.kreis.steering.network_protecting import CountedWays
from tests.kreis.network_rows import PLACES, SUMMER, Rows, a_quarter
from tests.postgresql import Server
from tests.sync.exchange import make_desk

TODAY = date(2026, 11, 30)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
KITA = "service.childcare>service.integration_course"
CLASS = "service.orientation_course>service.integration_course"


def day(number: int) -> date:
    """Return the day so many days after the quarter began."""
    return SUMMER + timedelta(days=number)


@dataclass
class Place:
    """A Kreis on one of the databases."""

    kreis: Desk

    def draw(self, rows: Rows, ags: str = "", period: Period = QUARTER) -> ChainNetwork:
        rows.write(self.kreis)
        return network.draw(self.kreis, period, ags, today=TODAY)


@pytest.fixture(scope="module")
def kreis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_desk(tmp_path_factory.mktemp("network") / "kreis", "Kreis Auental", "kreis")
    yield made
    made.close()


@pytest.fixture
def vault(kreis: Desk) -> Iterator[Place]:
    yield Place(kreis)
    with transaction(open_registry(kreis)) as connection:
        for table in RECORDS.values():
            connection.execute(delete(table))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, vault: Place) -> Iterator[Place]:
    if request.param == "sqlite":
        yield vault
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database("network") as engine:
        vault.kreis.server = engine
        yield vault
        vault.kreis.server = None


def numbers(found: ChainNetwork) -> dict[str, tuple[int | None, int | None]]:
    return {one.way.key: (one.cases.number, one.days) for one in found.ways}


def test_ways_are_counted_as_by_hand(place: Place) -> None:
    found = place.draw(a_quarter(SUMMER))
    assert numbers(found) == {
        KITA: (14, 44),
        CLASS: (8, 20),
        "service.integration_course>state.course": (6, 40),
        "state.asylblg>service.jobcenter": (5, 19),
        "service.jobcenter>state.sgb2": (5, 9),
    }
    kita = found.way(KITA)
    assert kita
    assert (kita.agreed, kita.over, kita.verdict) == (28, 16, WaitVerdict.BOTTLENECK)
    assert (kita.who, kita.where, kita.days_before, kita.still) == ("mother", "3_to_5", None, None)
    assert kita.waits == ()
    assert found.station("service.childcare").cases == 17
    assert found.station("service.integration_course").cases == 24
    assert found.silent == ()


def test_who_waits_longer_than_agreed_counts_with_the_days_so_far(place: Place) -> None:
    rows = Rows()
    for number in range(10):
        case = rows.case()
        rows.referral(case, "childcare", day(-60), day(-50))
        rows.referral(
            case, "integration_course", day(-10 * number), PartialDate(2026, 11) if number == 9 else None
        )
    closed = rows.case()
    rows.rows["case"][-1]["closed_on"] = day(20)
    rows.referral(closed, "childcare", day(-60), day(-50))
    rows.referral(closed, "integration_course", day(-40))
    assert numbers(place.draw(rows))[KITA] == (10, 131)


def test_a_month_places_a_case_and_gives_no_days(place: Place) -> None:
    rows = Rows()
    for number in range(7):
        case = rows.case()
        rows.referral(case, "childcare", PartialDate(2026, 5), PartialDate(2026, 8))
        months = (PartialDate(2026, 7), PartialDate(2026, 8)) if number else (day(0), day(31))
        rows.referral(case, "integration_course", *months)
        rows.spell(case, "residence", "permit", PartialDate(2026))  # no quarter can be told
    assert numbers(place.draw(rows)) == {KITA: (7, None)}


def test_only_a_quarter_that_is_over_is_drawn(vault: Place) -> None:
    for first, last in ((QUARTER.first, date(2026, 8, 31)), (date(2026, 10, 1), date(2026, 12, 31))):
        with pytest.raises(ContentError) as told:
            network.draw(vault.kreis, Period(first, last), today=TODAY)
        assert told.value.code == "E775"
    assert network.quarters(TODAY, 2) == (QUARTER, Period(date(2026, 4, 1), date(2026, 6, 30)))
    assert network.is_empty(vault.kreis)
    assert network.draw(vault.kreis, QUARTER, today=TODAY).ways == ()


def spread(*numbers: int) -> Rows:
    """Return cases on one way, so many in each municipality."""
    rows = Rows()
    for ags, number in zip(PLACES, numbers, strict=False):
        for _ in range(number):
            case = rows.case(ags)
            rows.referral(case, "childcare", day(-60), day(-50))
            rows.referral(case, "integration_course", day(1), day(31))
    return rows


def told_of(numbers_there: tuple[int, ...]) -> tuple[int | None, ...]:
    """Return what the pictures of the municipalities tell of a way that so many cases went in each."""
    walk = {KITA: Walk(30)}
    cases = [WalkedCase(ags, frozenset(), (walk, {})) for ags, n in zip(PLACES, numbers_there, strict=True)
             for _ in range(n)]  # fmt: skip
    counted = CountedWays(cases, PLACES)
    told = [counted.told(KITA, ags) for ags in PLACES]
    assert not any(one.waits or one.who or one.where or one.still for one in told)
    assert {one.cases.fate for one in told} <= {CellFate.SHOWN, CellFate.COVERED}
    return tuple(one.cases.number for one in told)


@pytest.mark.parametrize("total", [5, 8, 12, 20, 31])
def test_no_municipality_can_be_reckoned_from_the_others(total: int) -> None:
    """Who has all pictures, knows the rule and tries every table that fits, learns of no small number."""
    tables = [each for each in product(range(total + 1), repeat=3) if sum(each) == total]
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
    for table in tables:
        told = told_of(table)
        assert all(shown is None or shown == true >= 5 for shown, true in zip(told, table, strict=True))
        alike.setdefault(told, []).append(table)
    for fits in alike.values():
        for at in range(3):
            values = {each[at] for each in fits}
            assert not values & set(range(5)) or values >= set(range(5))


def test_of_a_municipality_stations_have_no_number(vault: Place) -> None:
    found = vault.draw(spread(9, 9, 9), PLACES[0])
    assert numbers(found) == {KITA: (9, 30)}
    assert all(one.cases is None for one in found.stations)


def test_a_station_is_not_told_where_a_way_leaves_a_small_rest(vault: Place) -> None:
    rows = spread(12)
    for _ in range(3):
        rows.referral(rows.case(), "integration_course", day(1), day(31))
    found = vault.draw(rows)
    assert (found.ways[0].cases.number, found.station("service.integration_course").cases) == (12, None)


def test_below_five_nothing_is_told(vault: Place) -> None:
    [way] = vault.draw(spread(4)).ways
    assert way.cases == Shown(CellFate.SMALL, None)
    assert (way.days, way.waits, way.who) == (None, (), "")


def test_waits_are_told_in_classes_of_at_least_five(vault: Place) -> None:
    rows = Rows()
    for wait in chain(range(1, 4), range(20, 26), range(70, 82), [300, 301]):
        case = rows.case()
        rows.referral(case, "childcare", day(-900), day(-800))
        rows.referral(case, "integration_course", day(80 - wait), day(80))
    [way] = vault.draw(rows).ways
    assert [(one.upto, one.cases) for one in way.waits] == [(30, 9), (None, 14)]


def test_the_same_network_has_the_same_digest(vault: Place) -> None:
    first = vault.draw(spread(6, 6))
    assert first.digest == network.draw(vault.kreis, QUARTER, today=TODAY).digest
    rows = Rows(made=50)
    rows.referral(rows.case(), "childcare", day(-60), day(-50))
    rows.rows["referral"][0]["id"] = "another"
    rows.rows["member"][0]["id"] = rows.rows["person"][0]["id"] = "another"
    assert vault.draw(rows).digest == first.digest  # nothing that is told has changed
