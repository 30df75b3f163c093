"""Figures nobody can be found in: small cells hidden, and nothing learned by comparing two releases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.arrival import stay_band
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Member, Person, PhaseEntry
from kimdesk.domain.small_cells import suppress
from kimdesk.domain.terms import Phase, Role
from tests.sync.exchange import NOW, Exchange

cells = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 60))


@given(cells)
def test_no_number_below_five_is_shown(drawn: dict[str, int]) -> None:
    shown = suppress(drawn, {})
    assert shown.keys() == drawn.keys()
    assert all(number is None or number >= 5 for number in shown.values())


@given(cells)
def test_a_total_never_tells_a_hidden_number(drawn: dict[str, int]) -> None:
    hidden = [number for number in suppress(drawn, {}).values() if number is None]
    assert len(hidden) != 1 or len(drawn) == 1


@given(cells, cells)
def test_two_releases_never_differ_by_one_to_four(first: dict[str, int], second: dict[str, int]) -> None:
    before = suppress(first, {})
    after = suppress(second, before)
    for code in before.keys() & after.keys():
        earlier, later = before[code], after[code]
        assert earlier is None or later is None or earlier == later or abs(earlier - later) >= 5


def test_figures_are_drawn_once_a_month(exchange: Exchange) -> None:
    def released(days: int) -> object:
        path = exchange.export(now=NOW + timedelta(days=days)).path
        return exchange.opened(path)["statistics"][0]["release"]

    for number in range(6):
        exchange.case(f"Familie {number}", level=None)
    november = released(0)
    assert isinstance(november, dict)
    assert november["as_of"] == "2026-11-24"
    assert november["figures"]["case_status"] == {"active": 6, "closed": None}
    for number in range(6):
        exchange.case(f"Familie {number}", level=None)
    assert released(5) == november
    december = released(10)
    assert isinstance(december, dict)
    assert december["figures"]["case_status"] == {"active": 12, "closed": None}


@pytest.mark.parametrize("few", [0, 3])
def test_none_and_a_few_look_the_same(exchange: Exchange, few: int) -> None:
    """The phases add up to the active cases, which are told: a phase with none and one with three as well."""
    for number in range(9):
        exchange.case(f"Familie {number}", level=None)
    for number in range(few):
        case = exchange.case(f"Weitere {number}", level=None).case
        exchange.change(case, phase=Phase.EVALUATION)
    figures = exchange.opened(exchange.export().path)["statistics"][0]["release"]["figures"]
    assert figures["case_status"] == {"active": 9 + few, "closed": None}
    assert figures["phase"] == dict.fromkeys(Phase, None)
    assert figures["closing_reason"].keys() >= {"goals_reached", "other"}
    assert set(figures["closing_reason"].values()) == {None}


def test_the_household_is_counted_where_nobody_has_to_agree(exchange: Exchange) -> None:
    for number in range(6):
        case = exchange.case(f"Familie {number}", level=None).case
        for _ in range(2):
            child = exchange.put(Person(given_names="Kim"))
            exchange.put(Member(case_id=case.id, person_id=child.id, role=Role.CHILD))
    figures = exchange.opened(exchange.export().path)["statistics"][0]["release"]["figures"]
    assert figures["member_role"]["client"] == 6
    assert figures["member_role"]["child"] is None, "it covers those who are few"


def test_how_long_clients_are_here_and_who_has_no_other_access_is_counted(exchange: Exchange) -> None:
    """Nobody consented to anything: these are numbers, and what nobody noted is no „no“."""
    for number, arrived in enumerate([PartialDate(2024, 3, 1)] * 6 + [PartialDate(2019)] * 5 + [None] * 7):
        known = exchange.case(f"Familie {number}", level=None)
        exchange.put(replace(known.person, arrived_on=arrived))
        told = {"check": {"criteria": ["voluntary", *(["no_access_elsewhere"] if number < 8 else [])]}}
        exchange.put(PhaseEntry(case_id=known.case.id, phase=Phase.INTAKE, answers=told))
    figures = exchange.opened(exchange.export().path)["statistics"][0]["release"]["figures"]
    assert figures["client_stay"] == {"recent": 6, "longer": 5, "unknown": 7}
    assert figures["no_other_access"] == {"none": 8, "unsaid": 10}


@pytest.mark.parametrize(
    ("arrived", "day", "band"),
    [
        (PartialDate(2023, 11, 30), date(2026, 11, 30), "recent"),
        (PartialDate(2023, 11, 30), date(2026, 12, 1), "longer"),
        (PartialDate(2023), date(2026, 6, 1), "unknown"),
        (PartialDate(2024), date(2026, 6, 1), "recent"),
        (PartialDate(2022), date(2026, 6, 1), "longer"),
        (PartialDate(2027, 1, 1), date(2026, 6, 1), "unknown"),
        (None, date(2026, 6, 1), "unknown"),
    ],
)
def test_three_years_are_counted_to_the_day_and_a_vague_day_leaves_it_open(
    arrived: PartialDate | None, day: date, band: str
) -> None:
    assert stay_band(arrived, SHIPPED.rules.agenda.spans, day) == band
