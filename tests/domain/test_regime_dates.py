"""What lies ahead in titles, benefits, courses and for children: each alarm on its day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda import dues
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.regime_dates import of_household, of_regimes, of_residence
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.periods import months_later
from kimdesk.domain.records import Case, CaseFile, Contact, Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import gaps
from kimdesk.domain.terms import Lane

ENDED = date(2026, 10, 31)
RULES = SHIPPED.rules.agenda
SPANS = RULES.spans


def spell(regime: str, first: date, last: date | None = None, **facts: Any) -> RegimeSpell:
    known = {"id": regime, "person_id": "a", **facts}
    return RegimeSpell(regime=regime, starts_on=first, ends_on=last, **known)


def title(status: str, first: date, last: date | None = None, **facts: Any) -> ResidenceSpell:
    return ResidenceSpell(
        id=status, status=status, valid_from=first, valid_until=last, **{"person_id": "a", **facts}
    )


def days(*found: Due) -> list[tuple[str, date]]:
    return [(one.rule, one.due_on) for one in found]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("residence_title_ends", ENDED)),
        ({"applied_on": date(2026, 11, 1)}, ("residence_title_ends", ENDED)),
        ({"applied_on": date(2026, 10, 1)}, ("certificate_missing", ENDED)),
        (
            {"applied_on": date(2026, 10, 1), "certificate_on": date(2026, 11, 2)},
            ("title_awaited", date(2027, 5, 1)),
        ),
    ],
)
def test_a_title_is_extended_certified_and_asked_after(facts: dict[str, date], expected: Any) -> None:
    assert days(*of_residence([title("permit", date(2024, 1, 1), ENDED, **facts)], SPANS)) == [expected]


def test_an_expected_title_takes_no_alarm_away() -> None:
    awaited = title("settlement_permit", date(2026, 11, 1), expected=True)
    assert days(*of_residence([title("permit", date(2024, 1, 1), ENDED), awaited], SPANS)) == [
        ("residence_title_ends", ENDED)
    ]


@pytest.mark.parametrize("before", ["none", "unknown", "asylum_permission", "toleration"])
def test_what_was_before_and_has_no_end_hides_no_alarm(before: str) -> None:
    """A paper long replaced, entered without its end, seemed to outlast the title: its end came untold."""
    papers = [title(before, date(2020, 1, 1)), title("permit", date(2024, 1, 1), ENDED)]
    assert days(*of_residence(papers, SPANS)) == [("residence_title_ends", ENDED)]


def test_a_title_without_end_is_not_asked_after() -> None:
    papers = [title("permit", date(2020, 1, 1), ENDED), title("settlement_permit", date(2024, 1, 1))]
    assert days(*of_residence(papers, SPANS)) == []


def test_the_last_day_of_the_calendar_means_for_ever() -> None:
    """31.12.9999 is what offices enter for „unbefristet“: the case could not be saved any more."""
    last = date.max
    spells = [spell("sgb2", date(2025, 1, 1), last), spell("sgb12", date(2026, 1, 1))]
    spells += [spell("asylblg_basic", date(9998, 1, 1), last, lane=lane, person_id="b") for lane in Lane]
    papers = [
        title("permit", date(9998, 1, 1), last, residence_rule="NRW"),
        title("toleration", last, last, applied_on=date(2026, 1, 1), certificate_on=last, person_id="b"),
    ]
    file = CaseFile(
        case=Case(opened_on=ENDED),
        persons=(Person(id="a"), Person(id="b")),
        regimes=tuple(spells),
        residence=tuple(papers),
        contacts=(Contact(case_id="1", held_on=last),),
    )
    assert all(one.due_on <= last for one in dues.of_file(file, RULES))
    assert gaps(spells[:2]) == ()


def test_a_household_that_ends_alike_is_told_once() -> None:
    papers = [title("asylum_permission", date(2024, 1, 1), ENDED, person_id=one) for one in "abc"]
    assert days(*of_residence(papers, SPANS)) == [("residence_paper_ends", ENDED)]


def test_the_duty_of_residence_ends_after_three_years() -> None:
    paper = title("permit", date(2024, 2, 29), residence_rule="NRW, Gemeinde Eschenried")
    assert days(*of_residence([paper], SPANS)) == [("residence_rule_ends", date(2027, 2, 28))]


def test_36_months_are_counted_from_the_first_day_of_asylblg() -> None:
    first = spell("asylblg_basic", date(2024, 3, 1), date(2025, 2, 28), id="1")
    second = spell("asylblg_basic", date(2025, 3, 1), id="2")
    assert ("analog_reached", date(2027, 3, 1)) in days(*of_regimes([first, second], SPANS))
    ended = replace(second, ends_on=date(2027, 2, 28))
    changed = spell("asylblg_analog", date(2027, 3, 1), id="3")
    assert days(*of_regimes([first, ended, changed], SPANS)) == []


def test_a_course_and_a_school_that_end_ask_for_what_follows() -> None:
    course = spell("integration", date(2026, 1, 1), date(2026, 12, 18), lane=Lane.COURSE)
    school = spell("primary", date(2023, 8, 1), date(2027, 7, 31), lane=Lane.SCHOOL)
    assert days(*of_regimes([course, school], SPANS)) == [
        ("course_ends", date(2026, 12, 18)),
        ("school_ends", date(2027, 7, 31)),
    ]
    more = spell("vocational", date(2027, 2, 1), lane=Lane.COURSE, expected=True)
    assert days(*of_regimes([course, more], SPANS)) == []


CHILD = Person(id="a", given_names="Lina", birth_date=PartialDate(2021, 2, 3))


def test_child_benefit_reaches_six_months_back() -> None:
    left = [spell("asylblg_basic", date(2024, 3, 1), ENDED)]
    assert days(*of_household([CHILD], [], left, SPANS)) == [("child_benefit", date(2027, 5, 31))]
    assert days(*of_household([CHILD], [], [*left, spell("kindergeld", date(2026, 11, 1))], SPANS)) == []
    assert days(*of_household([CHILD], [], [spell("asylblg_basic", date(2024, 3, 1))], SPANS)) == []
    grown_up = replace(CHILD, birth_date=PartialDate(2008, 11, 1))
    assert days(*of_household([grown_up], [], left, SPANS)) == []


def test_a_child_born_here_needs_a_title_within_six_months() -> None:
    born = replace(CHILD, birth_date=PartialDate(2026, 8, 31), birth_country="000")
    assert days(*of_household([born], [], [], SPANS)) == [("born_here", date(2027, 2, 28))]
    assert days(*of_household([born], [title("permit", date(2026, 9, 1))], [], SPANS)) == []
    assert days(*of_household([replace(born, birth_country="475")], [], [], SPANS)) == []
    assert days(*of_household([replace(born, birth_date=PartialDate(2026, 8))], [], [], SPANS)) == []


def test_months_end_where_the_month_ends() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert months_later(date(2026, 11, 30), 1) == date(2026, 12, 30)


def test_the_dates_of_a_household_are_dates_of_its_case() -> None:
    born = replace(CHILD, birth_date=PartialDate(2026, 8, 31), birth_country="000")
    file = CaseFile(case=Case(opened_on=ENDED), persons=(born,))
    assert days(*dues.of_file(file, RULES)) == [("born_here", date(2027, 2, 28))]
