"""Dates known to the year, the month or the day: how they are read, written, what they can mean, how old."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain import dates
from kimdesk.domain.dates import PartialDate, age_on, full_year

PARTIAL = (
    st.builds(PartialDate, st.integers(1, 9999))
    | st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
    | st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))
)


@pytest.mark.parametrize(
    ("text", "iso", "first", "last"),
    [
        ("1990", "1990", date(1990, 1, 1), date(1990, 12, 31)),
        ("02.1992", "1992-02", date(1992, 2, 1), date(1992, 2, 29)),
        ("2.1993", "1993-02", date(1993, 2, 1), date(1993, 2, 28)),
        ("1990-11", "1990-11", date(1990, 11, 1), date(1990, 11, 30)),
        ("3.5.1990", "1990-05-03", date(1990, 5, 3), date(1990, 5, 3)),
        ("03.05.1990", "1990-05-03", date(1990, 5, 3), date(1990, 5, 3)),
        (" 1990-05-03\n", "1990-05-03", date(1990, 5, 3), date(1990, 5, 3)),
        ("0990", "0990", date(990, 1, 1), date(990, 12, 31)),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(text: str, iso: str, first: date, last: date) -> None:
    found = PartialDate.parse(text)
    assert (found.iso(), found.earliest(), found.latest()) == (iso, first, last)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "^not a date$"),
        ("90", "^not a date$"),
        ("1.1.90", "^not a date$"),
        ("1990-5-3", "^not a date$"),
        ("1990-05-03T00:00", "^not a date$"),
        ("gestern", "^not a date$"),
        ("31.02.1990", "day"),
        ("1990-13", "month"),
        ("0000", "year"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PartialDate.parse(text)


def test_a_day_without_its_month_is_no_date() -> None:
    with pytest.raises(ValueError, match="a day needs a month"):
        PartialDate(1990, 0, 3)


@given(PARTIAL)
def test_a_date_is_read_again_as_it_was_written(one: PartialDate) -> None:
    assert PartialDate.parse(one.iso()) == one
    assert one.earliest() <= one.latest()


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (PartialDate(2008, 3, 2), date(2026, 3, 1), 17),
        (PartialDate(2008, 3, 2), date(2026, 3, 2), 18),
        (PartialDate(2008, 3, 2), date(2026, 4, 1), 18),
        (PartialDate(2008, 2, 29), date(2026, 2, 28), 17),
        (PartialDate(2008, 2, 29), date(2026, 3, 1), 18),
        (PartialDate(2008, 3), date(2026, 3, 30), 17),
        (PartialDate(2008, 3), date(2026, 3, 31), 18),
        (PartialDate(2008), date(2026, 12, 30), 17),
        (PartialDate(2008), date(2026, 12, 31), 18),
    ],
)
def test_nobody_is_called_older_than_is_certain(birth: PartialDate, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_this_moment_is_told_in_utc_to_the_second() -> None:
    before, found = datetime.now(UTC), dates.now()
    assert found.utcoffset() == timedelta(0)
    assert found.microsecond == 0
    assert before - timedelta(seconds=1) < found <= datetime.now(UTC)


def test_today_is_the_day_on_the_calendar_of_the_office() -> None:
    before, found = datetime.now().astimezone().date(), dates.today()
    assert before <= found <= datetime.now().astimezone().date()


@pytest.mark.parametrize(
    ("digits", "latest", "year"),
    [
        ("90", 2026, 1990),
        ("26", 2026, 2026),
        ("27", 2026, 1927),
        ("00", 2026, 2000),
        ("5", 2026, 2005),
        ("99", 2000, 1999),
        ("99", 1999, 1999),
        ("1990", 2026, 1990),
        ("199", 2026, 199),
        ("2090", 2026, 2090),
    ],
)
def test_two_digits_mean_the_last_such_year(digits: str, latest: int, year: int) -> None:
    assert full_year(digits, latest) == year
