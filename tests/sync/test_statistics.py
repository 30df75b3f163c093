"""Figures nobody can be found in: small cells hidden, and nothing learned by comparing two releases."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.records import Member, Person
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
