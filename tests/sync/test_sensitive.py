"""Data of special categories passes to another desk only as far as a consent to that passage names it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kimdesk.casework import attachments, cases, parcel, phases, records, referrals
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.custody import PassageWay
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    CaseFile,
    Consent,
    Dispute,
    Finding,
    FollowUp,
    Goal,
    Measure,
    Member,
    Person,
    PhaseEntry,
    Standing,
)
from kimdesk.domain.terms import Phase, Role, SharingLevel
from kimdesk.sync.passing import moves, sensitive
from kimdesk.sync.passing.common import Courier
from tests.scan_samples import jpeg
from tests.sync.colleagues_kit import Colleagues

CANARY = "Epikrise"
"""Stands in everything about health, and nowhere else."""
ALL = 10


def ill_case(desk: Desk) -> str:
    """Return a case with something about health wherever a case can hold it, and something else beside it."""
    case_id = cases.open_new(desk, Person(family_name="Osman", given_names="Amna")).id
    with desk.writing() as writer:
        goal = writer.put(Goal(case_id=case_id, text=CANARY, life_domain="health"))
        home = writer.put(Goal(case_id=case_id, text="Wohnung", life_domain="housing"))
        therapy = writer.put(Measure(case_id=case_id, goal_id=goal.id, title=CANARY))
        writer.put(Measure(case_id=case_id, goal_id=home.id, title="Antrag", requires=(therapy.id,)))
        writer.put(FollowUp(case_id=case_id, due_on=dates.today(), title=CANARY, about=therapy.id))
        writer.put(Finding(case_id=case_id, title=CANARY, life_domain="health"))
        writer.put(
            Dispute(
                case_id=case_id, record_kind="goal", record_id=goal.id, field_name="text", statement=CANARY
            )
        )
        told: dict[str, Any] = {"given_on": dates.today(), "kinds": ("person",), "case_id": case_id}
        writer.put(Consent(recipient="psychosocial_centre", purpose="counselling", necessity=CANARY, **told))
        writer.put(Consent(recipient="jobcenter", purpose="benefits", **told))
    attachments.attach(desk, case_id, jpeg(), title=CANARY, document="medical_certificate")
    attachments.attach(desk, case_id, jpeg(31, 17), title="Vertrag", document="lease")
    entry = phases.start(desk, case_id, Phase.ASSESSMENT)
    domains = {"health": {"situation": CANARY, "scale": 1}, "housing": {"situation": "zu klein", "scale": 2}}
    phases.save_answers(desk, entry, {"domains": domains, "conclusion": {"summary": CANARY}})
    for service, note in (("psychosocial_centre", CANARY), ("jobcenter", "eilig")):
        made = referrals.prepare(
            desk, case_id, service, agency="Auental", purpose="benefits", override_reason="eilig"
        )
        records.save(desk, replace(records.get(desk, type(made), made.id), note=note))
    return case_id


def assessed(file: CaseFile) -> PhaseEntry:
    return next(each for each in file.phases if each.phase is Phase.ASSESSMENT)


def words(file: CaseFile) -> str:
    return repr(file)


def consent(case_id: str, purpose: str = "handover", **values: Any) -> Consent:
    every = ("goals", "plan", "referrals", "documents", "assessment", "follow_ups", "findings", "intake")
    said: dict[str, Any] = {
        "recipient": "ki", "kinds": every, "special_categories": ("health",), "given_on": dates.today(),
        "level": SharingLevel.IDENTIFIED,
    }  # fmt: skip
    return Consent(case_id=case_id, purpose=purpose, **(said | values))


@pytest.mark.parametrize("basis", ["consent", "public_task"])
def test_nothing_about_health_passes_on_any_basis_alone(between: Colleagues, basis: str) -> None:
    case_id = ill_case(between.desk)
    stays = sensitive.staying(between.desk, case_id, PassageWay.MOVE, dates.today())
    assert stays == {
        "consent": 1, "goal": 1, "measure": 1, "referral": 1, "follow_up": 1, "finding": 1, "attachment": 1,
        "dispute": 1, "answer": 3,
    }  # fmt: skip
    between.take(between.accept(between.offer(case_id, basis=basis)))
    there, here = between.file(between.other, case_id), between.file(between.desk, case_id)
    assert CANARY not in words(there)
    assert (len(there.goals), len(there.measures), len(there.attachments)) == (1, 1, 1)
    assert assessed(there).answers["domains"]["housing"]["situation"] == "zu klein"
    assert words(here).count(CANARY) == ALL, "the desk that gave keeps it as long as it keeps the case"


def test_a_consent_to_this_passage_lets_it_go(between: Colleagues) -> None:
    case_id = ill_case(between.desk)
    records.save(between.desk, consent(case_id))
    assert sensitive.staying(between.desk, case_id, PassageWay.MOVE, dates.today()) == {}
    between.handed_over(case_id)
    assert words(between.file(between.other, case_id)).count(CANARY) == ALL


@pytest.mark.parametrize(
    "given",
    [
        {"purpose": "cover"},
        {"purpose": "reporting"},
        {"recipient": "jobcenter"},
        {"special_categories": ()},
        {"kinds": ("person",)},
        {"level": SharingLevel.PSEUDONYMISED},
        {"withdrawn_on": dates.today()},
        {"valid_until": dates.today() - timedelta(days=1)},
        {"given_on": None},
    ],
    ids=["cover", "reporting", "recipient", "category", "kind", "level", "withdrawn", "over", "not-given"],
)
def test_any_other_consent_lets_nothing_go(between: Colleagues, given: dict[str, Any]) -> None:
    case_id = ill_case(between.desk)
    with between.desk.writing() as writer:
        writer.put(consent(case_id, **given))
    file = between.file(between.desk, case_id)
    found = sensitive.sift(between.desk.catalogue, file, PassageWay.MOVE, dates.today()).file
    assert CANARY not in words(replace(found, consents=()))


def test_a_grown_up_says_it_for_themselves_and_the_client_for_a_child(between: Colleagues) -> None:
    desk = between.desk
    case_id = cases.open_new(desk, Person(family_name="Osman", given_names="Amna")).id
    with desk.writing() as writer:
        for name, role, born in (
            ("Karim", Role.PARTNER, 1990),
            ("Lina", Role.CHILD, 2020),
            ("Sami", Role.CHILD, 1999),
        ):
            person = writer.put(Person(family_name="Osman", given_names=name, birth_date=PartialDate(born)))
            writer.put(Member(case_id=case_id, person_id=person.id, role=role))
            goal = writer.put(Goal(case_id=case_id, text="gesund", life_domain="health"))
            writer.put(Measure(case_id=case_id, goal_id=goal.id, title=name, for_person=person.id))
        writer.put(consent(case_id))
    file = between.file(desk, case_id)

    def passing() -> set[str]:
        now = between.file(desk, case_id)
        found = sensitive.sift(desk.catalogue, now, PassageWay.MOVE, dates.today()).file
        return {each.title for each in found.measures}

    assert passing() == {"Lina"}
    karim = next(each for each in file.persons if each.given_names == "Karim")
    records.save(desk, consent(case_id, person_id=karim.id))
    assert passing() == {"Lina", "Karim"}


def test_what_stayed_is_still_there_when_the_case_comes_back(between: Colleagues) -> None:
    case_id = ill_case(between.desk)
    between.handed_over(case_id)
    there = between.file(between.other, case_id)
    between.save(between.other, there.goals[0], text="andere Wohnung")
    entry = assessed(there)
    domains = {**entry.answers["domains"], "housing": {"situation": "gekündigt", "scale": 0}}
    phases.save_answers(between.other, entry, {**entry.answers, "domains": domains})
    offer = between.offer(case_id, by=between.other)
    between.take(between.accept(offer, at=between.desk), at=between.other)
    here = between.file(between.desk, case_id)
    assert words(here).count(CANARY) == ALL
    assert "andere Wohnung" in words(here)
    answers = assessed(here).answers["domains"]
    assert (answers["housing"]["situation"], answers["health"]["situation"]) == ("gekündigt", CANARY)


def test_what_stayed_is_still_there_when_a_cover_comes_back(between: Colleagues) -> None:
    case_id = ill_case(between.desk)
    between.take(between.lend(case_id, dates.today() + timedelta(days=7)), at=between.other)
    there = between.file(between.other, case_id)
    assert CANARY not in words(there)
    between.save(between.other, there.goals[0], text="andere Wohnung")
    between.take(between.back(case_id))
    here = between.file(between.desk, case_id)
    assert words(here).count(CANARY) == ALL
    assert "andere Wohnung" in words(here)
    assert len(here.measures) == 2
    assert any(each.requires for each in here.measures), "the order of the plan is as it was here"


def test_a_consent_given_after_the_offer_brings_the_rest(between: Colleagues) -> None:
    case_id = ill_case(between.desk)
    offer = between.offer(case_id)
    records.save(between.desk, consent(case_id))
    between.take(between.accept(offer))
    assert CANARY not in words(between.file(between.other, case_id))
    addition = between.path("nachtrag")
    moves.add(between.desk, case_id, addition)
    between.take(addition, at=between.other)
    assert words(between.file(between.other, case_id)).count(CANARY) == ALL


def test_a_form_nobody_knows_here_keeps_its_answers(between: Colleagues) -> None:
    case_id = ill_case(between.desk)
    file = between.file(between.desk, case_id)
    strange = replace(assessed(file), version=99)
    found = sensitive.sift(
        between.desk.catalogue, replace(file, phases=(strange,)), PassageWay.MOVE, dates.today()
    )
    assert found.file.phases[0].answers == {}


def test_the_file_itself_holds_nothing_of_it(between: Colleagues) -> None:
    """Sealed or not: what is signed for, the document, was made without it."""
    case_id = ill_case(between.desk)
    courier = Courier.of(between.desk)
    with between.desk.reading() as reader:
        data = parcel.for_another_desk(reader, case_id, addresses=True, sift=courier.sifting(PassageWay.MOVE))
    assert CANARY.encode() not in data


def standing_case(desk: Desk) -> str:
    """Return a case that says where the client stands, also what only a consent lets pass."""
    case_id = cases.open_new(desk, Person(family_name="Osman", given_names="Amna")).id
    [client] = cases.peek(desk, case_id).persons
    said: dict[str, Any] = {"unable": "yes", "unable_letter_on": dates.today(), "needs_legal_advice": True}
    standing = records.save(desk, Standing(case_id=case_id, person_id=client.id, pension_months=40, **said))
    disputed: dict[str, Any] = {"record_kind": "standing", "record_id": standing.id}
    for name in ("unable", "pension_months"):
        records.save(desk, Dispute(case_id=case_id, field_name=name, statement=name, **disputed))
    return case_id


def test_single_fields_stay_and_their_record_passes_without_them(between: Colleagues) -> None:
    case_id = standing_case(between.desk)
    stays = sensitive.staying(between.desk, case_id, PassageWay.MOVE, dates.today())
    assert stays == {"answer": 3, "dispute": 1}
    between.take(between.accept(between.offer(case_id)))
    [there] = between.file(between.other, case_id).standings
    assert (there.pension_months, there.unable, there.unable_letter_on) == (40, "", None)
    assert not there.needs_legal_advice
    assert [each.statement for each in between.file(between.other, case_id).disputes] == ["pension_months"]
    assert between.file(between.desk, case_id).standings[0].unable == "yes"


def test_a_consent_for_health_lets_no_other_category_go(between: Colleagues) -> None:
    case_id = standing_case(between.desk)
    records.save(between.desk, consent(case_id, kinds=("residence",)))
    between.handed_over(case_id)
    [there] = between.file(between.other, case_id).standings
    assert (there.unable, there.needs_legal_advice) == ("yes", False)


def test_fields_that_stayed_are_still_there_when_a_cover_comes_back(between: Colleagues) -> None:
    case_id = standing_case(between.desk)
    between.take(between.lend(case_id, dates.today() + timedelta(days=7)), at=between.other)
    [there] = between.file(between.other, case_id).standings
    between.save(between.other, there, pension_months=41)
    between.take(between.back(case_id))
    [here] = between.file(between.desk, case_id).standings
    assert (here.pension_months, here.unable, here.needs_legal_advice) == (41, "yes", True)
