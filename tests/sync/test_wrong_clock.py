"""A clock that was days ahead: once it is right again, what leaves is right again."""

from datetime import timedelta

from kimdesk import sync
from tests.sync.exchange import NOW, TODAY, Exchange

AHEAD, RIGHT = NOW + timedelta(9), NOW + timedelta(1)


def test_a_consent_that_seemed_to_have_run_out_stands_again(exchange: Exchange) -> None:
    exchange.case(valid_until=TODAY + timedelta(2))
    exchange.round()
    exchange.round(now=AHEAD)
    assert exchange.rows_held() == 0
    assert sync.status(exchange.desk, now=RIGHT).unsent > 0
    exchange.round(now=RIGHT)
    assert exchange.rows_held() == 5


def test_what_left_before_its_consent_began_is_erased(exchange: Exchange) -> None:
    exchange.case(given_on=TODAY + timedelta(5))
    exchange.round(now=AHEAD)
    assert exchange.rows_held() == 5
    assert sync.status(exchange.desk, now=RIGHT).unsent > 0
    exchange.round(now=RIGHT)
    assert exchange.rows_held() == 0
    exchange.round(now=AHEAD)
    assert exchange.rows_held() == 5


def test_a_case_that_was_never_sent_is_looked_at_as_well(exchange: Exchange) -> None:
    exchange.case(valid_until=TODAY + timedelta(2))
    exchange.round(now=AHEAD)
    assert exchange.rows_held() == 0
    exchange.round(now=RIGHT)
    assert exchange.rows_held() == 5
