"""A document takes nobody's protection away and changes nothing that another case holds; people decide."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from kimdesk.casework import cases, conflicts, disputes, people, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document, import_documents
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.kinds import RECORD_TYPES, kind_of
from kimdesk.domain.records import (
    MEMBERS,
    Case,
    CaseFile,
    Consent,
    LanguageSkill,
    Member,
    Person,
    ResidenceSpell,
)
from kimdesk.domain.shielding import MARKS
from kimdesk.domain.terms import Role
from tests.casework.test_exchange import full_case

DAY = date(2026, 3, 2)
OTHER = new_id()
AMNA = Person(
    family_name="Osman",
    given_names="Amna",
    birth_date=PartialDate(1992, 5, 3),
    nationalities=("277",),
    languages=(LanguageSkill("ara", "C2"),),
    street="Mühlenweg 3",
    postcode="49001",
    city="Auental",
    phone="0171 1",
    safe_contact="nur über das Frauenhaus",
    address_blocked=True,
    protected=True,
    extra={"shoe_size": 38},
)


@pytest.fixture
def shielded(desk: Desk) -> CaseFile:
    return cases.peek(desk, cases.open_new(desk, AMNA).id)


def elsewhere(person: Person, **said: Any) -> dict[str, Any]:
    """Return a document of another case that names the person too."""
    return {"id": OTHER, "persons": [{"id": person.id, "role": "other", **said}]}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("said", [False, None])
@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_no_document_lifts_a_protection(
    desk: Desk, shielded: CaseFile, mark: str, said: bool | None, where: str
) -> None:
    client = shielded.persons[0]
    given = elsewhere(client, **{mark: said})
    given["id"] = shielded.case.id if where == "here" else OTHER
    report = import_documents(desk, [given], source="fremd.json")
    assert (report.refused, report.conflicts) == ((), 1)
    assert records.get(desk, Person, client.id) == client
    [found] = conflicts.of_case(desk, shielded.case.id)
    assert (found.fields, found.lifts, found.source) == ((mark,), True, "fremd.json")
    assert (getattr(found.mine, mark), getattr(found.theirs, mark)) == (True, False)


def test_a_protection_is_lifted_by_hand_with_a_reason(desk: Desk, shielded: CaseFile) -> None:
    client = shielded.persons[0]
    free = replace(client, protected=False)
    with pytest.raises(CaseworkError, match="E862"):
        records.save(desk, free)
    with pytest.raises(CaseworkError, match="E862"):
        conflicts.save(desk, free, " ")
    assert records.get(desk, Person, client.id) == client
    assert conflicts.cases_of(desk, client.id) == (shielded.case.file_number,)
    conflicts.save(desk, free, "Der Beschluss ist abgelaufen.")
    assert not records.get(desk, Person, client.id).protected
    [kept] = conflicts.of_case(desk, shielded.case.id)
    assert (kept.reason, kept.decided_by, kept.source) == (
        "Der Beschluss ist abgelaufen.",
        desk.actor,
        conflicts.HAND,
    )


def test_deciding_for_the_end_of_a_protection_takes_a_reason_too(desk: Desk, shielded: CaseFile) -> None:
    client = shielded.persons[0]
    import_documents(desk, [elsewhere(client, protected=False)])
    [found] = conflicts.of_case(desk, shielded.case.id)
    with pytest.raises(CaseworkError, match="E862"):
        conflicts.decide(desk, found.id, take=True)
    assert records.get(desk, Person, client.id).protected
    assert conflicts.of_case(desk, shielded.case.id) == (found,)
    conflicts.decide(desk, found.id, take=True, reason="umgezogen")
    assert not records.get(desk, Person, client.id).protected
    with pytest.raises(CaseworkError, match="E863"):
        conflicts.decide(desk, found.id, take=False)


def test_a_document_may_protect_somebody(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    assert import_documents(desk, [elsewhere(client, protected=True)]).conflicts == 0
    assert records.get(desk, Person, client.id).protected


def test_nobody_is_put_in_the_place_of_a_protected_person(desk: Desk, shielded: CaseFile) -> None:
    member = shielded.members[0]
    spell = records.save(
        desk, ResidenceSpell(case_id=shielded.case.id, person_id=member.person_id, status="permit")
    )
    stranger = {"id": "stranger", "family_name": "Fremd", "role": "client"}
    for persons in (
        [{**stranger, "member_id": member.id}],
        [{**stranger, "role": "other", "residence": [{"id": spell.id}]}],
    ):
        report = import_documents(desk, [{"id": shielded.case.id, "persons": persons}])
        assert [error.code for _, error in report.refused] == ["E715"]
    assert records.get(desk, Member, member.id) == member
    assert records.get(desk, ResidenceSpell, spell.id) == spell
    assert cases.peek(desk, shielded.case.id).persons == shielded.persons


def _otherwise(value: Any) -> Any:
    return {bool: not value, str: f"{value}x"}.get(type(value))


@pytest.mark.parametrize("name", [each.name for each in fields(Person) if each.name not in ("id", "rev")])
def test_what_another_case_holds_is_never_changed_by_a_document(
    desk: Desk, shielded: CaseFile, name: str
) -> None:
    client = shielded.persons[0]
    special: dict[str, dict[str, Any]] = {
        "birth_date": {"birth_date": "1990"},
        "arrived_on": {"arrived_on": "2020"},
        "nationalities": {"nationalities": ["163"]},
        "languages": {"languages": [{"language": "ara", "level": "A1"}]},
        "extra": {"shoe_size": 40},
        "birth_country": {"birth_country": "163"},
        "sex": {"sex": "female"},
    }
    said = special.get(name, {name: _otherwise(getattr(client, name))})
    report = import_documents(desk, [elsewhere(client, **said)], source="fremd.json")
    assert report.refused == ()
    after = records.get(desk, Person, client.id)
    held = getattr(client, name)
    if held and name != "extra":
        assert after == client
        found = conflicts.of_case(desk, shielded.case.id)
        assert [name in each.fields for each in found] == [True]
        assert getattr(found[0].mine, name) == held != getattr(found[0].theirs, name)
    elif name == "extra":
        assert after == client
        assert [each.fields for each in conflicts.of_case(desk, shielded.case.id)] == [("extra",)]
    else:  # nobody knew it: it is added
        assert replace(after, rev=client.rev, **{name: held}) == client
        assert conflicts.of_case(desk, shielded.case.id) == ()


@pytest.mark.parametrize("kind", [each for each in RECORD_TYPES if each in MEMBERS], ids=kind_of)
def test_no_record_of_another_case_is_changed_by_a_document(desk: Desk, kind: Any) -> None:
    file = full_case(desk)
    taken = document(file)
    for person in taken["persons"]:
        person |= {"family_name": "Anders", "member_id": None, "residence": []}
    own = {"id": OTHER, "persons": taken["persons"]}
    foreign = [own, {**taken, "id": "third-case", "persons": []}]
    import_documents(desk, foreign)
    assert cases.peek(desk, file.case.id).of(kind) == file.of(kind)


def test_what_a_document_adds_and_what_contradicts_are_told_apart(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    client = records.save(desk, replace(client, street="Weg 1", city="Auental", nationalities=("277",)))
    report = import_documents(
        desk,
        [
            elsewhere(
                client,
                phone="0171 1",
                nationalities=["277", "163"],
                languages=["ara"],
                street="Gasse 2",
                given_names="",
            )
        ],
    )
    after = records.get(desk, Person, client.id)
    assert (after.phone, after.nationalities, after.given_names) == ("0171 1", ("277", "163"), "Amna")
    assert after.languages == (LanguageSkill("ara"),)
    assert (after.street, after.city) == ("Weg 1", "Auental")
    [found] = conflicts.of_case(desk, case.id)
    assert found.fields == ("street", "postcode", "city")
    assert report.fates[0].conflicts == 1
    conflicts.decide(desk, found.id, take=True)
    assert records.get(desk, Person, client.id).street == "Gasse 2"


def test_the_same_document_again_asks_nothing_new(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    other = elsewhere(client, given_names="Amira")
    assert [import_documents(desk, [other]).conflicts for _ in range(2)] == [1, 1]
    [found] = conflicts.of_case(desk, case.id)
    assert conflicts.of_case(desk, OTHER) == (found,)
    conflicts.decide(desk, found.id, take=False)
    assert import_documents(desk, [other]).conflicts == 0
    assert [each.decision for each in conflicts.of_case(desk, case.id)] == ["kept"]


def test_a_file_may_have_a_name_that_is_no_text(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    import_documents(desk, [elsewhere(client, given_names="Amira")], source="f\udce4lle.json")
    assert [each.source for each in conflicts.of_case(desk, case.id)] == ["f?lle.json"]


def test_a_conflict_ends_when_both_say_the_same(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    import_documents(desk, [elsewhere(client, given_names="Amira")])
    records.save(desk, replace(client, given_names="Amira"))
    assert conflicts.of_case(desk, case.id) == ()


def test_an_erased_case_leaves_no_second_version_behind(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    import_documents(desk, [elsewhere(client, given_names="Amirawort")])
    cases.erase(desk, OTHER)
    assert conflicts.of_case(desk, case.id) == ()
    import_documents(desk, [elsewhere(client, given_names="Amirawort")])
    cases.erase(desk, case.id)
    assert [each.mine.id for each in conflicts.of_case(desk, OTHER)] == [client.id]


def test_a_withdrawn_consent_stays_withdrawn(desk: Desk, case: Case) -> None:
    given = records.save(
        desk, Consent(case_id=case.id, recipient="ki", purpose="benefits", given_on=DAY, withdrawn_on=DAY)
    )
    for said in ({"withdrawn_on": None}, {"kinds": ["person"]}, {"recipient": "jobcenter"}):
        report = import_documents(desk, [{"id": case.id, "consents": [{"id": given.id, **said}]}])
        assert report.conflicts == 1
        assert records.get(desk, Consent, given.id) == given


def test_a_dispute_is_settled_by_hand_only(desk: Desk, case: Case) -> None:
    [client] = cases.peek(desk, case.id).persons
    mark = disputes.note(desk, case.id, "person", client.id, "given_names", "Amira")
    for said in ({"resolved_on": "2026-03-02", "outcome": "corrected"}, {"field_name": "phone"}):
        assert import_documents(desk, [{"id": case.id, "disputes": [{"id": mark.id, **said}]}]).conflicts == 1
        assert disputes.of_record(desk, client.id) == (mark,)


def test_merging_two_entries_keeps_the_protection_of_either(desk: Desk, shielded: CaseFile) -> None:
    from kimdesk.casework import people_merge

    other = cases.open_new(desk, Person(family_name="Osman", given_names="Amna"))
    [keep] = cases.peek(desk, other.id).persons
    merged = people_merge.merge(desk, keep, shielded.persons[0].id)
    assert (merged.person.protected, merged.person.address_blocked) == (True, True)
    people.add_person(desk, other.id, Person(family_name="Neu"), Role.CHILD)
