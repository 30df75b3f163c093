"""Spells of one strand: where a gap is, where two overlap."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kimdesk.domain.records import RegimeSpell
from kimdesk.domain.regimes import certain_gaps, current, gaps, overlaps
from kimdesk.domain.terms import Lane

START = date(2026, 1, 1)


def spell(regime: str, first: date | None, last: date | None = None, **facts: object) -> RegimeSpell:
    return RegimeSpell(id=regime, person_id="a", regime=regime, starts_on=first, ends_on=last, **facts)  # type: ignore[arg-type]


def test_a_change_without_gap_has_none() -> None:
    spells = [spell("sgb2", date(2026, 2, 1)), spell("asylblg_basic", START, date(2026, 1, 31))]
    assert gaps(spells) == ()
    assert overlaps(spells) == ()


def test_a_gap_between_two_spells_is_found() -> None:
    before, after = spell("asylblg_basic", START, date(2026, 1, 31)), spell("sgb2", date(2026, 3, 1))
    (gap,) = gaps([after, before])
    assert (gap.starts_on, gap.ends_on, gap.after) == (date(2026, 2, 1), date(2026, 2, 28), after)
    assert [gap.days_until(date(2026, 2, day)) for day in (1, 10)] == [1, 10]
    assert gap.days_until(date(2027, 1, 1)) == 28
    assert gap.days_until(date(2026, 1, 1)) == 0


def test_an_end_that_nothing_follows_is_an_open_gap() -> None:
    (gap,) = gaps([spell("sgb2", START, date(2026, 5, 31))])
    assert (gap.starts_on, gap.ends_on, gap.after) == (date(2026, 6, 1), None, None)


def test_being_without_benefit_fills_no_gap() -> None:
    spells = [spell("sgb2", START, date(2026, 1, 31)), spell("none", date(2026, 2, 1))]
    assert [gap.starts_on for gap in gaps(spells)] == [date(2026, 2, 1)]


def test_a_long_spell_covers_a_short_one_inside_it() -> None:
    assert gaps([spell("own_income", START), spell("wohngeld", START, date(2026, 2, 1))]) == ()


def test_persons_and_strands_are_kept_apart() -> None:
    spells = [
        spell("sgb2", START),
        RegimeSpell(person_id="b", regime="sgb12", starts_on=START, ends_on=date(2026, 1, 31)),
        spell("public", START, lane=Lane.HEALTH_INSURANCE),
    ]
    assert [gap.before.person_id for gap in gaps(spells)] == ["b"]
    assert overlaps(spells) == ()
    found = current(spells, "a", Lane.HEALTH_INSURANCE, date(2026, 5, 1))
    assert found
    assert found.regime == "public"
    assert current(spells, "b", Lane.BENEFIT, date(2026, 5, 1)) is None


def test_two_benefits_at_once_are_shown() -> None:
    (found,) = overlaps([spell("asylblg_basic", START, date(2026, 3, 31)), spell("sgb2", date(2026, 3, 1))])
    assert (found.starts_on, found.ends_on) == (date(2026, 3, 1), date(2026, 3, 31))


def test_a_spell_without_start_says_nothing() -> None:
    assert gaps([spell("sgb2", None, date(2026, 1, 31))]) == ()


def test_a_benefit_inside_a_long_one_overlaps_it_even_with_another_between() -> None:
    spells = [
        spell("own_income", START, date(2026, 12, 31)),
        spell("wohngeld", date(2026, 2, 1), date(2026, 2, 28)),
        spell("sgb2", date(2026, 6, 1), date(2026, 6, 30)),
    ]
    assert [(one.first.regime, one.second.regime) for one in overlaps(spells)] == [
        ("own_income", "wohngeld"),
        ("own_income", "sgb2"),
    ]


def test_an_expected_spell_never_closes_a_gap_but_says_until_when() -> None:
    awaited = spell("sgb2", date(2026, 3, 1), expected=True)
    (gap,) = certain_gaps([spell("asylblg_basic", START, date(2026, 1, 31)), awaited])
    assert (gap.ends_on, gap.planned, gap.foreseen_end) == (None, awaited, date(2026, 2, 28))


AWAITED = spell("sgb2", date(2026, 2, 9), expected=True)


@pytest.mark.parametrize(
    ("awaited", "fits"),
    [
        ([spell("sgb2", date(2026, 2, 28), expected=True)], "sgb2"),  # the last day of the gap
        ([spell("sgb2", date(2026, 3, 1), expected=True)], ""),
        ([spell("sgb2", START, date(2026, 2, 1), expected=True)], "sgb2"),  # the first
        ([spell("sgb2", START, date(2026, 1, 31), expected=True)], ""),
        ([spell("sgb2", None, expected=True)], ""),
        ([replace(AWAITED, lane=Lane.HEALTH_INSURANCE)], ""),
        ([replace(AWAITED, person_id="b")], ""),
        ([AWAITED, replace(AWAITED, regime="sgb12", starts_on=date(2026, 2, 8))], "sgb12"),  # the earliest
        ([AWAITED, replace(AWAITED, regime="sgb12", id="a")], "sgb12"),
    ],
)
def test_what_is_expected_within_a_gap_is_to_close_it(awaited: list[RegimeSpell], fits: str) -> None:
    before, after = spell("asylblg_basic", START, date(2026, 1, 31)), spell("own_income", date(2026, 3, 1))
    [gap] = certain_gaps([before, after, *awaited])
    assert (gap.planned.regime if gap.planned else "") == fits


@pytest.mark.parametrize(
    ("first", "last", "day", "runs"),
    [
        (START, None, START, True),
        (START, START, START, True),
        (START, date(2026, 1, 5), date(2026, 1, 6), False),
        (date(2026, 1, 2), None, START, False),
        (None, None, START, False),
    ],
)
def test_a_spell_runs_from_its_first_to_its_last_day(
    first: date | None, last: date | None, day: date, runs: bool
) -> None:
    one = spell("sgb2", first, last)
    assert current([one], "a", Lane.BENEFIT, day) == (one if runs else None)


def test_of_two_that_run_the_one_begun_last_counts() -> None:
    early, late = spell("own_income", START), spell("sgb2", date(2026, 2, 1))
    for both in ([early, late], [late, early]):
        assert current(both, "a", Lane.BENEFIT, date(2026, 3, 1)) == late


def test_child_benefit_is_no_living() -> None:
    spells = [spell("asylblg_basic", START, date(2026, 1, 31)), spell("kindergeld", START)]
    assert [gap.starts_on for gap in gaps(spells)] == [date(2026, 2, 1)]
    assert overlaps(spells) == ()


SPELLS = st.lists(
    st.tuples(
        st.sampled_from(("a", "b")),
        st.sampled_from((Lane.BENEFIT, Lane.HEALTH_INSURANCE)),
        st.sampled_from(("sgb2", "asylblg_basic", "none")),
        st.integers(0, 40),
        st.one_of(st.none(), st.integers(-3, 25)),
        st.booleans(),
    ),
    max_size=8,
)
DAYS = [START + timedelta(days=number) for number in range(80)]  # beyond it nothing begins or ends
LAST = DAYS[-1]


def made(drawn: list[tuple[str, Lane, str, int, int | None, bool]]) -> list[RegimeSpell]:
    return [
        RegimeSpell(
            id=str(number), person_id=person, lane=lane, regime=regime, expected=expected,
            starts_on=START + timedelta(days=first),
            ends_on=None if length is None else START + timedelta(days=first + length),
        )
        for number, (person, lane, regime, first, length, expected) in enumerate(drawn)
    ]  # fmt: skip


def runs(one: RegimeSpell, day: date) -> bool:
    """The obvious way to ask whether a spell covers a day: first and last day belong to it."""
    assert one.starts_on
    return one.regime != "none" and one.starts_on <= day <= (one.ends_on or date.max)


@given(SPELLS)
@example([("a", Lane.BENEFIT, "sgb2", 0, 20, False), ("a", Lane.BENEFIT, "sgb2", 5, 3, False)])  # nested
@example([("a", Lane.BENEFIT, "sgb2", 3, 3, False)] * 2)  # the same twice
@example(
    [("a", Lane.BENEFIT, "sgb2", 0, 4, False), ("a", Lane.BENEFIT, "sgb2", 5, 3, False)]
)  # day after day
@example([("a", Lane.BENEFIT, "sgb2", 0, 4, False), ("a", Lane.BENEFIT, "sgb2", 6, None, True)])  # expected
@example([("a", Lane.BENEFIT, "sgb2", 9, -3, False)])  # ends before it begins
def test_a_day_is_in_a_gap_exactly_when_no_spell_in_place_covers_it(
    drawn: list[tuple[str, Lane, str, int, int | None, bool]],
) -> None:
    spells = made(drawn)
    found = certain_gaps(spells)
    for person in ("a", "b"):
        for lane in (Lane.BENEFIT, Lane.HEALTH_INSURANCE):
            own = [one for one in spells if (one.person_id, one.lane, one.expected) == (person, lane, False)]
            covered = [any(runs(one, day) for one in own) for day in DAYS]
            mine = [gap for gap in found if (gap.before.person_id, gap.before.lane) == (person, lane)]
            for number, day in enumerate(DAYS):
                in_gap = any(gap.starts_on <= day <= (gap.ends_on or date.max) for gap in mine)
                assert in_gap == (any(covered[:number]) and not covered[number]), (person, lane, day)
            days = [gap.days_until(LAST) for gap in mine]
            first = covered.index(True) if True in covered else len(DAYS)
            assert sum(days) == covered[first:].count(False)


@given(SPELLS)
def test_two_spells_overlap_exactly_on_the_days_both_run(
    drawn: list[tuple[str, Lane, str, int, int | None, bool]],
) -> None:
    spells = made(drawn)
    found = {frozenset((one.first.id, one.second.id)): one for one in overlaps(spells)}
    for one, other in combinations(spells, 2):
        same = (one.person_id, one.lane) == (other.person_id, other.lane)
        both = [day for day in DAYS if same and runs(one, day) and runs(other, day)]
        overlap = found.get(frozenset((one.id, other.id)))
        if overlap is None:
            assert both == []
        else:
            assert (overlap.starts_on, min(overlap.ends_on or LAST, LAST)) == (both[0], both[-1])
            assert len(both) == (both[-1] - both[0]).days + 1
