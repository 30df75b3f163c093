"""Spans of the law: which version holds on a day, when one ends or began, and what it grants to a person."""

from dataclasses import replace
from datetime import date

import pytest

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law import claims
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.law.periods import Length, Unit, month_end, month_start
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.law.spans import Span, SpanName, Spans
from kimdesk.domain.records import Person, RegimeSpell, ResidenceSpell
from tests.domain.case_files import file_of

OLD = Span(
    code="analog_benefits",
    length=Length(18, Unit.MONTHS),
    source="alt",
    valid_from=date(2019, 9, 1),
    valid_until=date(2024, 2, 26),
)
NEW = replace(
    OLD, length=Length(36, Unit.MONTHS), source="neu", valid_from=date(2024, 2, 27), valid_until=None
)
NEWEST = replace(NEW, length=Length(48, Unit.MONTHS), valid_from=date(2030, 1, 1))
CHILD = Span(code="child_title", length=Length(6, Unit.MONTHS), source="§ 81")
AGE = Span(code="full_age", length=Length(18, Unit.YEARS), source="§ 2")
YOUTH = Span(code="youth_ahead", length=Length(183, Unit.DAYS), source="§ 41")


@pytest.fixture
def spans() -> Spans:
    return Spans([OLD, CHILD, replace(NEW, valid_until=date(2029, 12, 31)), AGE, NEWEST, YOUTH])


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2019, 8, 31), 48),  # before all versions: the newest
        (date(2019, 9, 1), 18),
        (date(2024, 2, 26), 18),
        (date(2024, 2, 27), 36),
        (date(2029, 12, 31), 36),
        (date(2030, 1, 1), 48),
    ],
)
def test_the_version_of_the_day_on_which_it_began_holds(spans: Spans, day: date, months: int) -> None:
    assert spans.length(SpanName.ANALOG_BENEFITS, day) == Length(months, Unit.MONTHS)
    assert spans.span(SpanName.ANALOG_BENEFITS, day).length.months == months


def test_a_span_ends_and_began_as_the_law_counts(spans: Spans) -> None:
    assert spans.after(SpanName.CHILD_TITLE, date(2026, 8, 31)) == date(2027, 2, 28)
    assert spans.after(SpanName.FULL_AGE, date(9990, 1, 1)) == date.max
    assert spans.before(SpanName.YOUTH_AHEAD, date(2026, 12, 31)) == date(2026, 7, 1)
    assert spans.before(SpanName.CHILD_TITLE, date(2026, 8, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "first", "last"),
    [
        (date(2026, 12, 31), 0, date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), -1, date(2025, 12, 1), date(2026, 1, 31)),
        (date(2028, 2, 9), 12, date(2029, 2, 1), date(2028, 2, 29)),
        (date(2026, 7, 9), -18, date(2025, 1, 1), date(2026, 7, 31)),
    ],
)
def test_a_month_has_a_first_and_a_last_day(day: date, months: int, first: date, last: date) -> None:
    assert month_start(day, months) == first
    assert month_end(day) == last
    assert month_start(day) == day.replace(day=1)


FIRST = RegimeSpell(id="a", person_id="p", regime="asylblg_basic", starts_on=date(2024, 3, 1))
LATER = replace(FIRST, id="b", starts_on=date(2025, 6, 1))


@pytest.mark.parametrize(
    ("spell", "others", "day"),
    [
        (FIRST, [], date(2027, 3, 1)),
        (LATER, [FIRST], date(2027, 3, 1)),
        (LATER, [replace(FIRST, regime="asylblg_analog")], date(2027, 3, 1)),
        (LATER, [replace(FIRST, regime="sgb2")], date(2028, 6, 1)),
        (LATER, [replace(FIRST, person_id="q")], date(2028, 6, 1)),
        (LATER, [replace(FIRST, expected=True)], date(2028, 6, 1)),
        (LATER, [replace(FIRST, starts_on=None)], date(2028, 6, 1)),
        (replace(FIRST, starts_on=date(2024, 2, 1)), [], date(2025, 8, 1)),
        (replace(FIRST, expected=True), [LATER], None),
        (replace(FIRST, starts_on=None), [LATER], None),
        (replace(FIRST, regime="asylblg_analog"), [LATER], None),
        (replace(FIRST, regime="sgb2"), [LATER], None),
    ],
)
def test_analogous_benefits_are_counted_from_the_first_day_of_asylblg(
    spans: Spans, spell: RegimeSpell, others: list[RegimeSpell], day: date | None
) -> None:
    assert claims.analog_on(spell, file_of(*others, spell), spans) == day


CHILD_HERE = Person(id="p", birth_date=PartialDate(2026, 8, 31), birth_country="000", nationalities=("475",))
TITLE = ResidenceSpell(person_id="p", status="permit")


@pytest.mark.parametrize(
    ("person", "titles", "day"),
    [
        (CHILD_HERE, [], date(2027, 2, 28)),
        (CHILD_HERE, [replace(TITLE, person_id="q")], date(2027, 2, 28)),
        (CHILD_HERE, [TITLE], None),
        (replace(CHILD_HERE, birth_country="475"), [], None),
        (replace(CHILD_HERE, nationalities=("475", "000")), [], None),
        (replace(CHILD_HERE, birth_date=PartialDate(2026, 8)), [], None),
        (replace(CHILD_HERE, birth_date=None), [], None),
    ],
)
def test_a_child_born_here_without_a_title_needs_one(
    spans: Spans, person: Person, titles: list[ResidenceSpell], day: date | None
) -> None:
    assert claims.born_here_until(person, file_of(person, *titles), Law(spans)) == day


@pytest.mark.parametrize(
    ("birth", "first", "grown"),
    [
        (PartialDate(2008, 2, 29), date(2008, 2, 29), date(2026, 2, 28)),
        (PartialDate(2008, 3), date(2008, 3, 1), date(2026, 3, 1)),
        (PartialDate(2008), date(2008, 1, 1), date(2026, 1, 1)),
        (None, date.max, date.max),
    ],
)
def test_full_age_is_counted_from_the_first_day_a_birth_can_mean(
    spans: Spans, birth: PartialDate | None, first: date, grown: date
) -> None:
    assert (claims.born(birth), claims.full_age_on(birth, spans)) == (first, grown)


def test_facts_that_say_nothing_are_left_out() -> None:
    found = Facts.read({"delivery": None, "instruction": "", "posted_on": "", "dated_on": "2026-02-30"})
    assert (found, found.plain()) == (Facts(), {})
