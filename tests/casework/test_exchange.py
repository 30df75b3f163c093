"""Cases go out as neutral documents and come back the same; what does not fit is refused as a whole."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from jsonschema import Draft202012Validator

import resources
from kimdesk.casework import cases, disputes, exchange, people, phases, records, referrals
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document, import_documents
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.identity import new_id
from kimdesk.domain.records import (
    Case,
    CaseFile,
    Consent,
    Contact,
    Dispute,
    Finding,
    FollowUp,
    Goal,
    LanguageSkill,
    Measure,
    Person,
    PhaseEvent,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import Phase, Role
from kimdesk.store.changes import head
from tests.casework.answers import access_answers

DAY = date(2026, 3, 2)
SCHEMA = json.loads(resources.read_text("schema/case.schema.json"))


def full_case(desk: Desk) -> CaseFile:
    """Return a stored case with something of everything in it."""
    client = Person(
        family_name="Osman",
        given_names="Amna",
        original_name="آمنة",
        birth_date=PartialDate(1992, 5),
        nationalities=("277",),
        languages=(LanguageSkill("ara", "C2"), LanguageSkill("deu", "A1", interpreter=True)),
        arrived_on=PartialDate(2024, 3),
        street="Mühlenweg 3",
        extra={"shoe_size": 38},
    )
    case = cases.open_new(desk, client, opened_on=DAY)
    people.add_person(desk, case.id, Person(family_name="Osman", given_names="Lina"), Role.CHILD, "Tochter")
    phases.save_answers(desk, phases.start(desk, case.id, Phase.ACCESS), access_answers())
    phases.skip(desk, case.id, Phase.INTAKE, "liegt vor")
    who = cases.peek(desk, case.id).members[0].person_id
    goal = records.save(desk, Goal(case_id=case.id, text="Wohnung", life_domain="housing", level=-1))
    first = records.save(desk, Measure(case_id=case.id, goal_id=goal.id, title="Antrag", due_on=DAY))
    for record in (
        Measure(case_id=case.id, title="Bescheid", requires=(first.id,), gap=True),
        Consent(case_id=case.id, recipient="jobcenter", purpose="benefits", given_on=DAY, kinds=("person",)),
        RegimeSpell(case_id=case.id, person_id=who, regime="asylblg_basic", starts_on=DAY),
        ResidenceSpell(case_id=case.id, person_id=who, status="permit", paragraph="25 (2)", valid_until=DAY),
        Contact(case_id=case.id, held_on=DAY, minutes=50, content="Gespräch – „gut“"),
        FollowUp(case_id=case.id, due_on=DAY, title="Anruf", time="09:30"),
        Finding(case_id=case.id, title="Kein Kurs am Vormittag", kind="service_gap"),
    ):
        records.save(desk, record)
    prepared = referrals.prepare(
        desk, case.id, "jobcenter", agency="Auental", purpose="benefits", override_reason="eilig"
    )
    assert prepared.checklist
    return cases.peek(desk, case.id)


def same(one: CaseFile, other: CaseFile) -> bool:
    """Return whether two files say the same, whatever their revisions."""
    return document(one) == document(other)


@pytest.fixture
def file(desk: Desk) -> CaseFile:
    return full_case(desk)


@pytest.fixture
def other_desk(desk_template: Path, tmp_path: Path, passphrase: str) -> Any:
    import shutil

    shutil.copytree(desk_template, tmp_path / "other")
    with Desk.unlock(tmp_path / "other", passphrase) as other:
        yield other


def test_a_document_fits_its_schema(file: CaseFile) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    written = document(file)
    jsonschema.validate(written, SCHEMA, cls=Draft202012Validator)
    assert json.loads(json.dumps(written)) == written


def test_every_member_that_is_written_is_described(file: CaseFile) -> None:
    written, definitions = document(file), SCHEMA["$defs"]
    assert written.keys() <= SCHEMA["properties"].keys()
    assert written["persons"][1].keys() <= definitions["person"]["properties"].keys()
    assert written["measures"][0].keys() <= definitions["measure"]["properties"].keys()
    assert written["persons"][0]["residence"][0].keys() <= definitions["residence_spell"]["properties"].keys()


def test_every_field_of_a_record_is_written_but_what_must_stay(file: CaseFile) -> None:
    written = document(file)
    own = {field.name for field in fields(Person)} - {"rev", "extra", "azr_number"}
    assert own <= written["persons"][0].keys()
    assert {field.name for field in fields(Goal)} - {"rev", "extra", "case_id"} <= written["goals"][0].keys()


def test_a_case_comes_to_another_desk_as_it_was(file: CaseFile, other_desk: Desk) -> None:
    written = json.loads(json.dumps(document(file)))
    report = import_documents(other_desk, [written])
    assert (report.created, report.updated, report.refused) == (1, 0, ())
    there = cases.load(other_desk, file.case.id)
    assert same(there, file)
    assert [row.name for row in cases.list_page(other_desk, CaseQuery()).rows] == ["Osman, Amna"]


def test_the_same_document_again_changes_nothing(desk: Desk, file: CaseFile) -> None:
    written = document(file)
    with desk.reading() as reader:
        before = head(reader)
    for _ in range(3):
        assert import_documents(desk, [written]).updated == 1
    with desk.reading() as reader:
        assert head(reader) == before
    assert cases.peek(desk, file.case.id) == file


def test_records_without_identities_are_not_doubled(desk: Desk) -> None:
    bare = {
        "id": new_id(),
        "persons": [{"role": "client", "family_name": "Osman", "residence": [{"status": "permit"}]}],
        "goals": [{"text": "Wohnung"}],
        "contacts": [{"held_on": "2026-03-02"}],
    }
    assert import_documents(desk, [bare, bare]).created == 1
    assert import_documents(desk, [bare]).updated == 1
    found = cases.peek(desk, str(bare["id"]))
    counts = (found.persons, found.members, found.residence, found.goals, found.contacts)
    assert [len(each) for each in counts] == [1, 1, 1, 1, 1]


def test_unknown_members_come_back_at_their_place(desk: Desk, file: CaseFile, other_desk: Desk) -> None:
    foreign = json.loads(json.dumps(document(file)))
    added = {"x_system": {"id": 7, "tags": ["ä", None, 1.5, True]}}
    places = [
        foreign,
        foreign["persons"][0],
        foreign["persons"][0]["residence"][0],
        foreign["persons"][0]["languages"][0],
        foreign["phases"][0],
        foreign["phases"][0]["answers"],
        foreign["goals"][0],
        foreign["measures"][1],
        foreign["referrals"][0],
        foreign["referrals"][0]["checklist"][2],
        foreign["contacts"][0],
        foreign["findings"][0],
    ]
    for place in places:
        place.update(added)
    assert import_documents(other_desk, [foreign]).refused == ()
    assert document(cases.peek(other_desk, file.case.id)) == foreign
    jsonschema.validate(foreign, SCHEMA, cls=Draft202012Validator)


def test_a_missing_member_leaves_what_is_stored_and_null_clears_it(desk: Desk, file: CaseFile) -> None:
    lina = file.persons[1]
    change = {
        "id": file.case.id,
        "persons": [{"id": lina.id, "role": "child", "given_names": "Lina Maria"}],
        "measures": [{"id": file.measures[0].id, "due_on": None}],
    }
    assert import_documents(desk, [change]).updated == 1
    after = cases.peek(desk, file.case.id)
    assert after.persons[1] == replace(lina, given_names="Lina Maria", rev=2)
    assert after.measures[0] == replace(file.measures[0], due_on=None, rev=2)
    assert after.goals == file.goals
    assert len(after.members) == 2


def test_protected_addresses_and_azr_numbers_stay_here(desk: Desk, file: CaseFile) -> None:
    client = replace(file.persons[0], protected=True, azr_number="AZR-4711")
    records.save(desk, client)
    written = document(cases.peek(desk, file.case.id))
    text = json.dumps(written, ensure_ascii=False)
    assert "AZR-4711" not in text
    assert "Mühlenweg" not in text
    import_documents(desk, [written])
    kept = records.get(desk, Person, client.id)
    assert (kept.azr_number, kept.street) == ("AZR-4711", "Mühlenweg 3")


def test_what_is_said_of_a_protected_address_stays_here_too(desk: Desk, file: CaseFile) -> None:
    client = records.save(desk, replace(file.persons[0], protected=True))
    address = disputes.note(desk, file.case.id, "person", client.id, "street", "Dort ist der Hof 7.")
    name = disputes.note(desk, file.case.id, "person", client.id, "given_names", "Man schreibt es anders.")
    written = document(cases.peek(desk, file.case.id))
    assert "Hof 7" not in json.dumps(written)
    assert "Man schreibt es anders." in json.dumps(written)
    import_documents(desk, [written])
    kept = [records.get(desk, Dispute, each.id).statement for each in (address, name)]
    assert kept == ["Dort ist der Hof 7.", "Man schreibt es anders."]


def test_a_record_of_another_case_is_not_taken_over(desk: Desk, file: CaseFile) -> None:
    thief = {"goals": [{"id": file.goals[0].id, "text": "meins"}]}
    assert import_documents(desk, [thief]).refused[0][1].code == "E715"
    assert cases.peek(desk, file.case.id) == file


def test_an_import_tells_how_far_it_is(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    documents = [{"persons": [{"family_name": f"Nummer {number}"}]} for number in range(120)]
    exchange.import_documents(desk, documents, progress=lambda done, total: told.append((done, total)))
    assert told == [(50, 120), (100, 120), (120, 120)]
    assert cases.count(desk, CaseQuery()) == 120


def test_moments_come_back_in_utc(desk: Desk, case: Case) -> None:
    given = {
        "id": case.id,
        "events": [{"phase": "access", "event": "skipped", "at": "2026-03-02T10:00:00+01:00", "reason": "–"}],
    }
    import_documents(desk, [given])
    event: PhaseEvent = cases.peek(desk, case.id).events[0]
    assert event.at == datetime(2026, 3, 2, 9, tzinfo=UTC)
