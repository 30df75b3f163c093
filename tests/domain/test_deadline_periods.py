"""Counting periods, held against a slow and obvious reference that walks day by day."""

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kimdesk.catalogue.calendar import holiday_name
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.law import periods
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.law.periods import DAY, Length, Unit

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
LENGTHS = st.builds(Length, st.integers(1, 40), st.sampled_from([Unit.DAYS, Unit.WEEKS])) | st.builds(
    Length, st.integers(1, 40), st.just(Unit.MONTHS)
)
YEARS = st.builds(Length, st.integers(1, 4), st.just(Unit.YEARS))


def last_of(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def walk(day: date, step: timedelta, marks: int, is_mark: object) -> date:
    """Go day by day until the ``marks``-th day that is one."""
    while marks:
        day += step
        marks -= is_mark(day)  # type: ignore[operator]
    return day


def same_number(start: date) -> object:
    """Say of a day whether it ends a month counted from ``start``: same number, or the last where missing."""
    return lambda day: day.day == min(start.day, last_of(day))


def day_before_same_number(first: date) -> object:
    wanted = first.day - 1
    return lambda day: day.day == (min(wanted, last_of(day)) if wanted else last_of(day))


def months(length: Length) -> int:
    return length.count * (12 if length.unit is Unit.YEARS else 1)


def single_days(length: Length) -> int:
    return length.count * (7 if length.unit is Unit.WEEKS else 1)


def counted_in_months(length: Length) -> bool:
    return length.unit in (Unit.MONTHS, Unit.YEARS)


@given(DAYS, LENGTHS | YEARS)
def test_the_day_of_the_event_does_not_count(day: date, length: Length) -> None:
    if counted_in_months(length):
        slow = walk(day, DAY, months(length), same_number(day))
    else:
        slow = walk(day, DAY, single_days(length), lambda _: True)
    assert periods.after_event(day, length) == slow


@given(DAYS, LENGTHS | YEARS)
def test_a_first_day_counts(first: date, length: Length) -> None:
    if counted_in_months(length):
        slow = walk(first - DAY, DAY, months(length), day_before_same_number(first))
    else:
        slow = walk(first - DAY, DAY, single_days(length), lambda _: True)
    assert periods.from_day(first, length) == slow


@given(DAYS, LENGTHS | YEARS)
def test_counted_back_whole_days_lie_between(day: date, length: Length) -> None:
    if counted_in_months(length):
        slow = walk(day, -DAY, months(length), same_number(day))
    else:
        slow = walk(day, -DAY, single_days(length), lambda _: True)
    assert periods.before_event(day, length) == slow - DAY
    assert periods.before_end(day - DAY, length) == slow - DAY


@given(DAYS)
def test_nothing_added_ends_the_day_before(day: date) -> None:
    none = Length(0, Unit.DAYS)
    assert periods.from_day(day, none) == day - DAY
    assert periods.before_event(day, none) == day - DAY
    assert periods.before_end(day, none) == day


def free(day: date) -> bool:
    return day.weekday() >= 5 or bool(holiday_name(day))


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_next_working_day_is_the_first_that_is_free_of_nothing(day: date) -> None:
    later, before = periods.working_day(day, holiday_name), periods.working_day_before(day, holiday_name)
    assert not free(later)
    assert not free(before)
    assert all(free(day + DAY * n) for n in range((later - day).days))
    assert all(free(day - DAY * n) for n in range((day - before).days))
    assert (later - before).days <= 6


def test_a_day_says_why_it_is_free() -> None:
    assert periods.why_free(date(2026, 4, 3), holiday_name) == "Karfreitag"
    assert periods.why_free(date(2026, 4, 4), holiday_name) == "saturday"
    assert periods.why_free(date(2026, 10, 3), holiday_name) == "Tag der Deutschen Einheit"
    assert periods.why_free(date(2026, 4, 7), holiday_name) == ""


@given(st.dates(date(2025, 1, 1), date(2035, 12, 31)), st.booleans())
def test_an_objection_to_a_letter_is_counted_as_on_a_wall_calendar(posted: date, tax: bool) -> None:
    known = walk(posted, DAY, 4, lambda _: True)
    while tax and free(known):
        known += DAY
    due = walk(known, DAY, 1, same_number(known))
    while free(due):
        due += DAY
    rule = "objection_tax" if tax else "objection_social"
    assert SHIPPED.rules.deadlines.derive(rule, Facts(posted_on=posted, delivery="post")).due == due
