"""Spells of one strand: where a gap is, where two overlap."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.records import RegimeSpell
from kimdesk.domain.regimes import current, gaps, overlaps
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


@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 30))), max_size=6))
def test_a_day_is_in_a_gap_exactly_when_it_is_uncovered(lengths: list[tuple[int, int | None]]) -> None:
    spells = [
        RegimeSpell(
            id=str(number),
            person_id="a",
            starts_on=START + timedelta(days=first),
            ends_on=None if length is None else START + timedelta(days=first + length),
        )
        for number, (first, length) in enumerate(lengths)
    ]
    begun = min((each.starts_on for each in spells if each.starts_on), default=None)
    found = gaps(spells)
    for number in range(100):
        day = START + timedelta(days=number)
        covered = any(
            each.starts_on and each.starts_on <= day <= (each.ends_on or date.max) for each in spells
        )
        uncovered = begun is not None and day > begun and not covered
        assert any(gap.starts_on <= day <= (gap.ends_on or date.max) for gap in found) == uncovered
