"""Dates are understood the way people write them in a hurry."""

from datetime import date

import pytest

from ui.forms.dates import read_date, read_partial

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("1.3.27", date(2027, 3, 1)),
        ("30.11.", date(2026, 11, 30)),
        ("30.11", date(2026, 11, 30)),
        ("15.1.", date(2027, 1, 15)),  # the nearest 15 January
        ("301126", date(2026, 11, 30)),
        ("30112026", date(2026, 11, 30)),
        ("2026-11-30", date(2026, 11, 30)),
        ("30-11-2026", date(2026, 11, 30)),
        (" heute ", TODAY),
        ("Morgen", date(2026, 11, 25)),
        ("gestern", date(2026, 11, 23)),
        ("+14", date(2026, 12, 8)),
        ("+2w", date(2026, 12, 8)),
        ("+3m", date(2027, 2, 24)),
        ("−7", date(2026, 11, 17)),
        ("1.1.90", date(1990, 1, 1)),
        ("010190", date(1990, 1, 1)),
        ("31.12.35", date(2035, 12, 31)),
        ("31.12.46", date(2046, 12, 31)),
        ("1.1.47", date(1947, 1, 1)),
    ],
)
def test_a_day_is_understood(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


def test_a_month_later_ends_on_the_last_day_of_a_short_month() -> None:
    assert read_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


def test_a_leap_day_without_a_year_is_found_in_the_leap_year() -> None:
    assert read_date("29.2.", date(2027, 6, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize("typed", ["", "31.02.2026", "bald", "99", "12.13.2026", "30.2.", "+x"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1987", "1987"),
        ("03.1987", "1987-03"),
        ("3/1987", "1987-03"),
        ("1.3.1987", "1987-03-01"),
        ("1.3.87", "1987-03-01"),
        ("1.3.12", "2012-03-01"),
        ("1.1.26", "2026-01-01"),
        ("1.1.27", "1927-01-01"),
        ("1.1.30", "1930-01-01"),
        ("01031987", "1987-03-01"),
    ],
)
def test_a_birth_date_may_be_known_to_the_year_or_the_month(typed: str, stored: str) -> None:
    assert read_partial(typed, TODAY).iso() == stored


@pytest.mark.parametrize("typed", ["", "31.02.1987", "März 1987", "13.1987"])
def test_what_is_no_birth_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_partial(typed, TODAY)
