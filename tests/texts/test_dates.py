"""Days and moments read as in the offices of NRW, and never break in the middle."""

from datetime import UTC, date, datetime

import pytest

from kimdesk.domain.dates import PartialDate
from kimdesk.texts import Speech, dates, numbers

TODAY = date(2026, 11, 24)


def test_a_day_is_short_within_the_year() -> None:
    assert dates.short(date(2026, 11, 30), TODAY) == "Mo.,\u00a030.11."
    assert dates.short(date(2027, 1, 4), TODAY) == "04.01.2027"
    assert dates.short(None, TODAY) == dates.full(None) == "–"


def test_a_day_is_spelled_with_the_names_of_the_language() -> None:
    assert dates.spelled(TODAY) == "Dienstag, 24.\u00a0November 2026"
    assert dates.short_month(date(2026, 3, 1)) == "Mär"
    assert dates.spelled(TODAY, Speech("en")) == "Tuesday, 24\u00a0November 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (24, "heute"),
        (25, "morgen"),
        (23, "seit gestern"),
        (27, "in 3 Tagen"),
        (12, "seit 12 Tagen"),
    ],
)
def test_how_far_away_a_day_is(day: int, words: str) -> None:
    assert dates.distance(date(2026, 11, day), TODAY) == words


def test_a_moment_is_told_in_local_time() -> None:
    at = datetime(2026, 11, 24, 10, 24, 7, tzinfo=UTC)
    local = at.astimezone()
    assert dates.moment(at) == f"24.11.2026, {local:%H:%M} Uhr"
    assert dates.second(at) == f"24.11.2026, {local:%H:%M}:07"
    assert dates.lately(at, TODAY) == f"heute,\u00a0{local:%H:%M}"
    assert dates.lately(at, date(2026, 11, 25)) == f"gestern,\u00a0{local:%H:%M}"
    assert dates.lately(at, date(2026, 11, 30)) == "Di.,\u00a024.11."


def test_a_date_is_told_as_far_as_it_is_known() -> None:
    assert [dates.partial(PartialDate.parse(text)) for text in ("1984", "1984-05", "1984-05-09")] == [
        "1984",
        "05.1984",
        "09.05.1984",
    ]
    assert dates.of_iso("im Mai") == "im Mai"


def test_numbers_have_the_comma_of_the_language() -> None:
    assert numbers.size(14_200_000) == "14,2\u00a0MB"
    assert numbers.size(999) == "999\u00a0Bytes"
    assert numbers.decimal(1234.5) == "1.234,5"
    assert numbers.decimal(1234.5, speech=Speech("en")) == "1,234.5"
    assert numbers.percent(1.25) == "125\u00a0%"
