"""One door: what a hand may not type comes in by no window, list or document."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kimdesk.casework import cases, changes, person_lists, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document, import_documents
from kimdesk.casework.people import add_person
from kimdesk.casework.person_lists import TableFile, rows_of
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Case, Person
from kimdesk.domain.terms import Role

NAMED = Person(family_name="Osman", given_names="Amna")
SOON = today() + timedelta(days=1)
TOMORROW = PartialDate(SOON.year, SOON.month, SOON.day)
REFUSED = [
    (Person(), "E750"),
    (Person(family_name="---", given_names=" . "), "E750"),
    (Person(family_name="12"), "E750"),
    (replace(NAMED, birth_date=TOMORROW), "E751"),
    (replace(NAMED, birth_date=PartialDate(1370, 5, 12)), "E752"),
    (replace(NAMED, arrived_on=PartialDate(1394, 5)), "E752"),
    (replace(NAMED, nationalities=("Syrien",)), "E753"),
    (replace(NAMED, street="x" * 501), "E753"),
]


def by_opening(desk: Desk, _: Case, person: Person) -> object:
    return cases.open_new(desk, person)


def by_joining(desk: Desk, case: Case, person: Person) -> object:
    return add_person(desk, case.id, person, Role.CHILD)


def by_saving(desk: Desk, _: Case, person: Person) -> object:
    return records.save(desk, person)


def by_changing(desk: Desk, _: Case, person: Person) -> object:
    return changes.save(desk, person)


WINDOWS = [by_opening, by_joining, by_saving, by_changing]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("person", "code"), REFUSED)
def test_no_window_stores_it(
    desk: Desk, case: Case, window: Callable[[Desk, Case, Person], object], person: Person, code: str
) -> None:
    before = cases.count(desk, cases.CaseQuery())
    with pytest.raises(ContentError, match=code):
        window(desk, case, person)
    assert cases.count(desk, cases.CaseQuery()) == before


@pytest.mark.parametrize(
    "member",
    [
        {"family_name": ""},
        {"family_name": "--", "given_names": "-"},
        {"family_name": "Osman", "birth_date": TOMORROW.iso()},
        {"family_name": "Osman", "birth_date": "1370-05-12"},
        {"family_name": "Osman", "sex": "f"},
    ],
)
def test_no_document_brings_it(desk: Desk, member: dict[str, Any]) -> None:
    good = {"persons": [{"family_name": "Haddad", "role": "client"}]}
    report = import_documents(desk, [{"persons": [{"role": "client", **member}]}, good])
    assert (report.created, [place for place, _ in report.refused]) == (1, [0])


def test_no_list_brings_a_row_of_dashes(desk: Desk) -> None:
    table = TableFile(("Nachname", "Vorname"), (("---", "---"), (".", ""), ("محمد", "")))
    rows = rows_of(desk.catalogue, table, ("family_name", "given_names"))
    outcomes = person_lists.take(desk, rows, {1, 2, 3}).outcomes
    assert [each.state for each in outcomes] == ["refused", "refused", "created"]


def test_what_is_stored_already_is_not_judged_again(desk: Desk, case: Case) -> None:
    """An entry of earlier days does not keep anybody from writing down a phone number."""
    with desk.writing() as writer:
        old = writer.put(Person(birth_date=PartialDate(1370), nationalities=("Syrien",)))
    saved = records.save(desk, replace(old, phone="0231 1"))
    assert saved.phone == "0231 1"
    with pytest.raises(ContentError, match="E752"):
        records.save(desk, replace(saved, birth_date=PartialDate(1371)))


def test_who_is_awaited_may_arrive_later(desk: Desk) -> None:
    made = cases.open_new(desk, replace(NAMED, arrived_on=TOMORROW))
    assert [each.arrived_on for each in cases.load(desk, made.id).persons] == [TOMORROW]


def test_an_own_case_comes_back_by_its_document(desk: Desk) -> None:
    made = cases.open_new(desk, NAMED)
    report = import_documents(desk, [document(cases.load(desk, made.id))])
    assert (report.updated, report.refused) == (1, ())


def test_one_file_number_is_one_case(desk: Desk) -> None:
    first, second = (cases.open_new(desk, NAMED) for _ in range(2))
    for save in (cases.save_case, records.save, changes.save):
        with pytest.raises(ContentError, match="E754"):
            save(desk, replace(second, file_number=first.file_number))
    told = import_documents(
        desk, [{"file_number": first.file_number}, {"file_number": "A-1"}, {"file_number": "A-1"}]
    )
    assert [(place, error.code) for place, error in told.refused] == [(0, "E754"), (2, "E754")]
    assert records.save(desk, replace(first, worker="B. Kaya")).file_number == first.file_number
