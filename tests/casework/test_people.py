"""Somebody who is known already is noticed before she is entered a second time."""

from dataclasses import replace

import pytest

from kimdesk.casework import cases, people
from kimdesk.casework.desk import Desk
from kimdesk.domain import naming
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, Person
from kimdesk.domain.terms import Role

BORN = PartialDate(1992, 5, 3)


FAMILY, FAMILY_ALIKE = "gleicher Familienname", "ähnlicher Familienname"
GIVEN, GIVEN_ALIKE = "gleiche Vornamen", "ähnliche Vornamen"
DATE, DATE_FITS = "gleiches Geburtsdatum", "Geburtsdatum passt"
HEARD = "Vornamen klingen gleich"
SWAPPED = "Vor- und Familienname vertauscht"


@pytest.mark.parametrize(
    ("family", "given", "born", "why"),
    [
        ("Osman", "Amna", BORN, (FAMILY, GIVEN, DATE)),
        ("Osmann", "Amna", BORN, (FAMILY_ALIKE, GIVEN, DATE)),
        ("OSMAN", "Amna Maria", None, (FAMILY, GIVEN_ALIKE)),
        ("Osman", "Amnah", PartialDate(1992), (FAMILY, GIVEN_ALIKE, DATE_FITS)),
        ("Amna", "Osman", BORN, (SWAPPED, FAMILY, GIVEN, DATE)),
        ("Osman", "Amna", PartialDate(1992, 3, 5), (FAMILY, GIVEN, DATE_FITS)),
        ("Asman", "Amna", BORN, (FAMILY_ALIKE, GIVEN, DATE)),
        ("Ossman", "", None, (FAMILY_ALIKE,)),
    ],
)
def test_somebody_known_is_found_with_the_reasons(
    desk: Desk, case: Case, family: str, given: str, born: PartialDate | None, why: tuple[str, ...]
) -> None:
    cases.open_new(
        desk, Person(family_name="Tesfay", given_names="Bereket", birth_date=PartialDate(1985, 1, 1))
    )
    found = people.similar(desk, family, given, born)
    assert [match.case_ids for match in found] == [(case.id,)]
    assert found[0].why == why
    assert 0.6 <= found[0].score <= 1


@pytest.mark.parametrize(
    ("family", "given", "born"),
    [
        ("Haddad", "Amira", BORN),
        ("Osman", "Tarig", PartialDate(1986, 2, 7)),
        ("Kowalenko", "Olena", None),
        ("", "", None),
    ],
)
def test_somebody_else_is_not_found(
    desk: Desk, case: Case, family: str, given: str, born: PartialDate | None
) -> None:
    assert people.similar(desk, family, given, born) == ()


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Mohammed", "Muhamad"),
        ("Mohammed", "Mohamad"),
        ("Muhammad", "Mohamed"),
        ("Yussuf", "Joseph"),
        ("Youssef", "Jusuf"),
        ("Khaled", "Chalid"),
        ("Haled", "Khalid"),
        ("Dschamal", "Jamaal"),
        ("Oleksandr", "Alexander"),
        ("Achmed", "Ahmad"),
        ("Хаджар", "Chadschar"),
    ],
)
def test_another_spelling_of_a_foreign_name_is_found(desk: Desk, written: str, asked: str) -> None:
    known = Person(family_name="Al-Rashid", given_names=written, birth_date=PartialDate(1990, 1, 1))
    cases.open_new(desk, replace(known, birth_fictitious=True))
    [found] = people.similar(desk, "Rashid", asked, PartialDate(1990, 7, 14))
    assert found.why[0] == FAMILY_ALIKE
    assert found.why[1] in (HEARD, GIVEN_ALIKE)
    assert found.why[2] == DATE_FITS
    [by_sound] = people.similar(desk, "", asked, PartialDate(1990))
    assert by_sound.person.id == found.person.id


def test_the_most_alike_come_first(desk: Desk) -> None:
    for given, born in (("Mona", None), ("Amna", BORN), ("Amna", PartialDate(1992)), ("Anna", BORN)):
        cases.open_new(desk, Person(family_name="Osman", given_names=given, birth_date=born))
    found = people.similar(desk, "Osman", "Amna", BORN, limit=3)
    assert [(match.person.given_names, match.person.birth_date) for match in found] == [
        ("Amna", BORN),
        ("Amna", PartialDate(1992)),
        ("Anna", BORN),
    ]


def test_a_person_may_belong_to_two_cases(desk: Desk, case: Case) -> None:
    client = cases.peek(desk, case.id).client
    assert client
    other = cases.open_new(desk, Person(family_name="Osman", given_names="Tarig"))
    people.add_person(desk, other.id, client, Role.PARTNER, "Ehefrau")
    assert set(people.similar(desk, "Osman", "Amna", BORN)[0].case_ids) == {case.id, other.id}
    assert len(cases.peek(desk, other.id).persons) == 2


OTHER, FORMER = "unter einem anderen Namen bekannt", "hieß früher so"


@pytest.mark.parametrize(
    ("family", "given", "why"),
    [
        ("Haddad", "Rania", (FORMER, FAMILY, GIVEN)),
        ("Osman", "Rosi", (FAMILY, GIVEN)),
        ("Schmidt", "Rania", (OTHER, FAMILY, GIVEN)),
        ("Omar", "Umm", (OTHER, FAMILY, GIVEN)),
        ("حدّاد", "رانيا", (OTHER, FAMILY, GIVEN)),
        ("", "Osman", (SWAPPED, GIVEN)),
    ],
)
def test_former_and_other_names_are_known_too(
    desk: Desk, family: str, given: str, why: tuple[str, ...]
) -> None:
    known = Person(
        family_name="Osman",
        given_names="Rania",
        birth_name="Haddad",
        call_name="Rosi",
        german_name="Rania Schmidt",
        alias="Umm Omar",
        original_name="رانيا حداد",
    )
    case = cases.open_new(desk, known)
    [found] = people.similar(desk, family, given)
    assert (found.case_ids, found.why) == ((case.id,), why)


def test_a_single_name_is_found_in_the_other_field(desk: Desk) -> None:
    case = cases.open_new(desk, Person(family_name="Amanullah", single_name=True, birth_date=BORN))
    [found] = people.similar(desk, "", "Amanullah", BORN)
    assert found.case_ids == (case.id,)


@pytest.mark.parametrize(
    ("stored", "asked", "why"),
    [
        ("Müller", "Mueller", FAMILY),
        ("Müller", "Muller", FAMILY_ALIKE),
        ("موسى", "موسي", FAMILY),
        ("حسن", "هسن", FAMILY_ALIKE),
        ("Хаджар", "Khadzhar", FAMILY_ALIKE),
    ],
)
def test_only_one_name_is_called_the_same(desk: Desk, stored: str, asked: str, why: str) -> None:
    cases.open_new(desk, Person(family_name=stored, given_names="Amna", birth_date=BORN))
    [found] = people.similar(desk, asked, "Amna", BORN)
    assert found.why[0] == why


@pytest.mark.parametrize(
    ("given", "born", "twin"),
    [
        ("Hussein", BORN, True),
        ("Hassana", BORN, True),
        ("Hassan", BORN, False),
        ("Hassan Ali", BORN, False),
        ("", BORN, False),
        ("Hussein", PartialDate(1992), False),
        ("Hussein", None, False),
    ],
)
def test_a_twin_is_told_apart(desk: Desk, given: str, born: PartialDate | None, twin: bool) -> None:
    cases.open_new(desk, Person(family_name="Osman", given_names="Hassan", birth_date=BORN))
    [found] = people.similar(desk, "Osman", given, born)
    assert found.twin is twin


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Amna Osman", "Amna", "Osman"),
        ("Osman, Amna", "Amna", "Osman"),
        ("Sami al Hassan", "Sami", "al Hassan"),
        ("Anna Maria von der Heide", "Anna Maria", "von der Heide"),
        ("al Hassan", "", "al Hassan"),
        ("Abu Omar", "", "Abu Omar"),
        ("Osman", "", "Osman"),
        ("", "", ""),
    ],
)
def test_a_whole_name_comes_apart_before_its_particle(
    desk: Desk, typed: str, given: str, family: str
) -> None:
    assert naming.apart(typed, desk.catalogue.rules.likeness.particles) == (given, family)
