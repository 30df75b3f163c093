"""Figures nobody can be found in: small cells hidden, and nothing learned by comparing two releases."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kimdesk.sync.statistics import suppress
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
    assert november == {
        "as_of": "2026-11-24",
        "figures": {
            "case_status": {"active": 6},
            "phase": {"access": 6},
            "closing_reason": {},
            "referral_service": {},
            "referral_state": {},
            "goal_state": {"active": 6},
            "finding_kind": {},
            "finding_life_domain": {},
        },
    }
    for number in range(6):
        exchange.case(f"Familie {number}", level=None)
    assert released(5) == november
    december = released(10)
    assert isinstance(december, dict)
    assert december["figures"]["case_status"] == {"active": 12}
