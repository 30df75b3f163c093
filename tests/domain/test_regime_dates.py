"""What lies ahead in titles, benefits, courses and for children: each alarm on its day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda import dues, regime_dates
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.regime_dates import of_changes
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.periods import months_later
from kimdesk.domain.records import (
    Case,
    CaseFile,
    ChecklistEntry,
    Contact,
    Person,
    Record,
    RegimeChange,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.regimes import gaps
from kimdesk.domain.terms import ItemState, Lane
from tests.domain.case_files import file_of

ENDED = date(2026, 10, 31)
RULES = SHIPPED.rules.agenda
LAW = RULES.law


def of_residence(papers: list[ResidenceSpell]) -> Iterator[Due]:
    return regime_dates.of_residence(file_of(*papers), LAW)


def of_regimes(spells: list[RegimeSpell]) -> Iterator[Due]:
    return regime_dates.of_regimes(file_of(*spells), LAW)


def of_household(*records: Record) -> list[tuple[str, date]]:
    return days(*regime_dates.of_household(file_of(*records), LAW))


def spell(regime: str, first: date, last: date | None = None, **facts: Any) -> RegimeSpell:
    known = {"id": regime, "person_id": "a", **facts}
    return RegimeSpell(regime=regime, starts_on=first, ends_on=last, **known)


def title(status: str, first: date, last: date | None = None, **facts: Any) -> ResidenceSpell:
    known = {"id": status, "person_id": "a", **facts}
    return ResidenceSpell(status=status, valid_from=first, valid_until=last, **known)


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
    assert days(*of_residence([title("permit", date(2024, 1, 1), ENDED, **facts)])) == [expected]


def test_an_expected_title_takes_no_alarm_away() -> None:
    awaited = title("settlement_permit", date(2026, 11, 1), expected=True)
    assert days(*of_residence([title("permit", date(2024, 1, 1), ENDED), awaited])) == [
        ("residence_title_ends", ENDED)
    ]


@pytest.mark.parametrize("before", ["none", "unknown", "asylum_permission", "toleration"])
def test_what_was_before_and_has_no_end_hides_no_alarm(before: str) -> None:
    """A paper long replaced, entered without its end, seemed to outlast the title: its end came untold."""
    papers = [title(before, date(2020, 1, 1)), title("permit", date(2024, 1, 1), ENDED)]
    assert days(*of_residence(papers)) == [("residence_title_ends", ENDED)]


def test_a_title_without_end_is_not_asked_after() -> None:
    papers = [title("permit", date(2020, 1, 1), ENDED), title("settlement_permit", date(2024, 1, 1))]
    assert days(*of_residence(papers)) == []


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


STAY = title("toleration", date(2024, 1, 1), date(2027, 3, 1), id="1")


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([STAY, title("toleration", date(2025, 1, 1), ENDED)], [date(2027, 3, 1)]),
        ([replace(STAY, valid_from=None)], [date(2027, 3, 1)]),
        ([replace(STAY, valid_from=None, valid_until=None)], []),
        ([STAY, replace(STAY, id="2", valid_from=None, valid_until=None)], []),
        ([replace(STAY, status="none")], []),
    ],
)
def test_of_several_papers_the_end_of_that_which_lasts_longest_counts(
    papers: list[ResidenceSpell], expected: list[date]
) -> None:
    assert [one.due_on for one in of_residence(papers)] == expected


@pytest.mark.parametrize(
    "other",
    [{"status": "permit"}, {"valid_until": date(2026, 11, 1)}, {"applied_on": date(2026, 1, 1)}],
)
def test_titles_of_a_household_that_end_in_another_way_are_told_beside_each_other(other: Any) -> None:
    hers = replace(title("blue_card", date(2024, 1, 1), ENDED), person_id="b", **other)
    assert len(days(*of_residence([title("blue_card", date(2024, 1, 1), ENDED), hers]))) == 2


def test_a_household_that_ends_alike_is_told_once() -> None:
    papers = [title("asylum_permission", date(2024, 1, 1), ENDED, person_id=one) for one in "abc"]
    assert days(*of_residence(papers)) == [("residence_paper_ends", ENDED)]


def test_the_duty_of_residence_ends_after_three_years() -> None:
    paper = title("permit", date(2024, 2, 29), residence_rule="NRW, Gemeinde Eschenried")
    assert days(*of_residence([paper])) == [("residence_rule_ends", date(2027, 2, 28))]
    for papers in ([replace(paper, valid_from=date(2025, 1, 1)), paper], [paper, replace(paper, id="2")]):
        assert days(*of_residence(papers)) == [("residence_rule_ends", date(2027, 2, 28))]
    unbound = [replace(paper, residence_rule=" "), replace(paper, status="toleration_60a")]
    unbound.append(replace(paper, valid_from=None))
    assert days(*of_residence(unbound)) == []


def test_36_months_are_counted_from_the_first_day_of_asylblg() -> None:
    first = spell("asylblg_basic", date(2024, 3, 1), date(2025, 2, 28), id="1")
    second = spell("asylblg_basic", date(2025, 3, 1), id="2")
    assert ("analog_reached", date(2027, 3, 1)) in days(*of_regimes([first, second]))
    ended = replace(second, ends_on=date(2027, 2, 28))
    changed = spell("asylblg_analog", date(2027, 3, 1), id="3")
    assert days(*of_regimes([first, ended, changed])) == []


def test_36_months_are_told_once_for_a_household_and_only_while_basic_benefits_last() -> None:
    first = spell("asylblg_basic", date(2024, 3, 1), id="1")
    assert days(*of_regimes([first, replace(first, id="2", person_id="b")])) == [
        ("analog_reached", date(2027, 3, 1))
    ]
    for last, told in ((date(2027, 2, 28), False), (date(2027, 3, 1), True)):
        found = [one.rule for one in of_regimes([replace(first, ends_on=last)])]
        assert ("analog_reached" in found) is told


SGB2 = spell("sgb2", date(2025, 1, 1), ENDED, id="1")
CARD = replace(SGB2, id="2", lane=Lane.HEALTH_INSURANCE, regime="public")


@pytest.mark.parametrize(
    ("spells", "told"),
    [
        ([SGB2, CARD], ["1"]),  # insurance follows its benefit
        ([CARD, SGB2], ["1"]),
        ([SGB2, replace(CARD, ends_on=date(2026, 11, 1))], ["1", "2"]),
        ([SGB2, replace(SGB2, id="3", person_id="b")], ["1"]),  # a household
        ([CARD, replace(CARD, id="3", person_id="b")], ["2"]),
        ([SGB2, spell("sgb12", date(2026, 12, 1))], []),  # a gap that something has filled
        ([SGB2, spell("sgb12", date(2026, 12, 1), expected=True)], ["1"]),
        ([replace(CARD, lane=Lane.WORK)], []),
    ],
)
def test_an_end_without_what_follows_is_told_once(spells: list[RegimeSpell], told: list[str]) -> None:
    assert [one.record_id for one in of_regimes(spells)] == told


@pytest.mark.parametrize(
    ("done", "state", "told"),
    [
        (None, ItemState.MISSING, True),
        (None, ItemState.PRESENT, False),
        (ENDED, ItemState.MISSING, False),
        (ENDED, ItemState.PRESENT, False),
    ],
)
def test_a_change_is_due_until_it_is_handed_over_or_nothing_is_missing(
    done: date | None, state: ItemState, told: bool
) -> None:
    items = (ChecklistEntry(item="id", state=state),)
    change = RegimeChange(person_id="a", changes_on=ENDED, checklist=items, done_on=done)
    assert days(*of_changes([change])) == ([("change_open", ENDED)] if told else [])


def test_a_course_and_a_school_that_end_ask_for_what_follows() -> None:
    course = spell("integration", date(2026, 1, 1), date(2026, 12, 18), lane=Lane.COURSE)
    school = spell("primary", date(2023, 8, 1), date(2027, 7, 31), lane=Lane.SCHOOL)
    assert days(*of_regimes([course, school])) == [
        ("course_ends", date(2026, 12, 18)),
        ("school_ends", date(2027, 7, 31)),
    ]
    more = spell("vocational", date(2027, 2, 1), lane=Lane.COURSE, expected=True)
    assert days(*of_regimes([course, more])) == []


CHILD = Person(id="a", given_names="Lina", birth_date=PartialDate(2021, 2, 3))


def test_a_child_born_here_needs_a_title_within_six_months() -> None:
    born = replace(CHILD, birth_date=PartialDate(2026, 8, 31), birth_country="000")
    assert of_household(born) == [("born_here", date(2027, 2, 28))]
    assert of_household(born, title("permit", date(2026, 9, 1))) == []
    assert of_household(replace(born, birth_country="475")) == []
    assert of_household(replace(born, birth_date=PartialDate(2026, 8))) == []


def test_months_end_where_the_month_ends() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert months_later(date(2026, 11, 30), 1) == date(2026, 12, 30)


def test_the_dates_of_a_household_are_dates_of_its_case() -> None:
    born = replace(CHILD, birth_date=PartialDate(2026, 8, 31), birth_country="000")
    file = CaseFile(case=Case(opened_on=ENDED), persons=(born,))
    assert days(*dues.of_file(file, RULES)) == [("born_here", date(2027, 2, 28))]


def test_who_was_born_here_and_is_grown_up_is_no_child_without_a_title() -> None:
    born = replace(CHILD, birth_date=PartialDate(2007, 3, 2), birth_country="000")
    file = CaseFile(case=Case(opened_on=ENDED), persons=(born,))
    assert days(*dues.due_in(file, RULES, date(2025, 3, 1))) == [("born_here", date(2007, 9, 2))]
    assert dues.due_in(file, RULES, date(2025, 3, 2)) == ()
