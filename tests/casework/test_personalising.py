"""An anonymous advice becomes a case with a name and a consent, and everything noted before stays."""

from datetime import date

import pytest

from kimdesk.casework import cases, people, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, Consent, Contact, Person

DAY = date(2026, 11, 24)
CONSENT = Consent(recipient="ki", purpose="reporting", kinds=("person",), given_on=DAY)


def test_the_name_and_the_consent_come_to_what_was_noted(desk: Desk) -> None:
    case = cases.open_new(desk, None)
    talk = records.save(desk, Contact(case_id=case.id, held_on=DAY, content="Arzt ohne Namen"))
    people.personalise(desk, case.id, Person(family_name="Osman"), CONSENT, DAY)
    file = cases.peek(desk, case.id)
    assert file.client
    assert (file.client.family_name, file.contacts) == ("Osman", (talk,))
    assert [(one.recipient, one.given_on) for one in file.consents] == [("ki", DAY)]
    assert [row.name for row in cases.find(desk, "osman")] == ["Osman"]


def test_somebody_known_is_not_entered_twice(desk: Desk, case: Case) -> None:
    known = cases.peek(desk, case.id).client
    assert known
    anonymous = cases.open_new(desk, None)
    people.personalise(desk, anonymous.id, known, CONSENT, DAY)
    assert cases.peek(desk, anonymous.id).client == known
    [match] = people.similar(desk, "Osman", "Amna")
    assert set(match.case_ids) == {case.id, anonymous.id}


def test_a_case_with_a_name_keeps_it(desk: Desk, case: Case) -> None:
    with pytest.raises(CaseworkError) as refused:
        people.personalise(desk, case.id, Person(family_name="Haddad"), CONSENT, DAY)
    assert refused.value.code == "E861"
    assert cases.peek(desk, case.id).consents == ()


@pytest.mark.parametrize("typed", ["Amna Osman", "Osman, Amna", "amna ossman", "Osman"])
def test_a_typed_name_finds_the_person(desk: Desk, case: Case, typed: str) -> None:
    cases.open_new(desk, Person(family_name="Tesfay", given_names="Bereket"))
    assert [match.person.family_name for match in people.named(desk, typed)] == ["Osman"]
