"""Old backups go; of last week, last month and last year there is one left, when there was one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kimdesk.vault.rotation import kept

MOMENTS = st.sets(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda each: each.replace(tzinfo=UTC)),  # noqa: DTZ001
    max_size=60,
)
START = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_year_of_daily_backups_leaves_seven_days_four_weeks_twelve_months() -> None:
    days = [START - timedelta(days=number) for number in range(400)]
    left = sorted(kept(days), reverse=True)
    assert left[:7] == days[:7]
    assert len(left) <= 7 + 4 + 12
    assert {(each.year, each.month) for each in left} == {
        *((2026, month) for month in range(1, 12)),
        (2025, 12),
    }


def test_after_a_long_holiday_nothing_is_lost() -> None:
    days = [START - timedelta(days=number) for number in range(7)]
    later = START + timedelta(days=60)
    assert kept([*days, later]) >= {*days[:6], later}


@given(MOMENTS)
def test_the_newest_stays_and_never_more_than_needed(moments: set[datetime]) -> None:
    left = kept(moments)
    assert left <= moments
    assert len(left) <= 7 + 4 + 12
    assert not moments or max(moments) in left


@given(MOMENTS)
def test_removing_again_removes_nothing(moments: set[datetime]) -> None:
    assert kept(kept(moments)) == kept(moments)


@given(MOMENTS)
def test_each_of_the_last_seven_days_with_a_backup_keeps_its_newest(moments: set[datetime]) -> None:
    days = sorted({each.date() for each in moments}, reverse=True)[:7]
    newest = {max(each for each in moments if each.date() == day) for day in days}
    assert newest <= kept(moments)


@given(MOMENTS, st.datetimes(datetime(2028, 1, 1), datetime(2028, 12, 31)))  # noqa: DTZ001
def test_what_went_does_not_come_to_be_missed_by_the_next_backup(
    moments: set[datetime], following: datetime
) -> None:
    next_one = following.replace(tzinfo=UTC)
    assert kept(kept(moments) | {next_one}) == kept(moments | {next_one})
