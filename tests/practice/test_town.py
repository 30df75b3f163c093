"""The practice town: the same for the same seed, whole and coherent, alive on the day it is made."""

import uuid
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.chain import in_order
from kimdesk.domain.dates import age_on
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Person, Record, RegimeSpell
from kimdesk.domain.regimes import gaps, overlaps
from kimdesk.domain.terms import (
    CaseStatus,
    ItemState,
    Lane,
    MeasureState,
    Phase,
    PhaseState,
    ReferralState,
    Role,
    SharingLevel,
)
from kimdesk.forms.facts import with_facts
from kimdesk.forms.records import RECORDS, answers_of
from kimdesk.forms.validate import problems
from kimdesk.practice.town import cases

TODAY = date(2026, 11, 24)
OTHER_DAYS = (date(2026, 1, 31), date(2028, 2, 29), date(2027, 7, 1))
KNOWN_NAMES = (
    "Amna Osman", "Olena Kowalenko", "Ibrahim Traoré", "Amira Haddad", "Dilan Şahin", "Selam Gebre",
    "Mohamad Al-Khatib", "Rojin Demir", "Bereket Tesfay", "Ana-Maria Popescu", "Thị Lan Nguyễn",
    "Zohra Rahimi", "Ömer Yılmaz",
)  # fmt: skip
PARENT_AGE = 15
FORMS = {record: name for name, record in RECORDS.items()}


@pytest.fixture(scope="module")
def town() -> tuple[CaseFile, ...]:
    return tuple(cases(100, 1, TODAY))


def parts(file: CaseFile) -> Iterator[Record]:
    yield file.case
    for field in fields(file):
        value = getattr(file, field.name)
        if isinstance(value, tuple):
            yield from value


def words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))


def test_the_same_seed_makes_the_same_town(town: tuple[CaseFile, ...]) -> None:
    assert tuple(cases(100, 1, TODAY)) == town


def test_a_longer_town_begins_like_a_shorter_one(town: tuple[CaseFile, ...]) -> None:
    assert tuple(cases(30, 1, TODAY)) == town[:30]


def test_another_seed_makes_another_town(town: tuple[CaseFile, ...]) -> None:
    other = tuple(cases(100, 2, TODAY))
    assert not {file.case.id for file in other} & {file.case.id for file in town}
    assert [file.client for file in other] != [file.client for file in town]


def test_every_record_has_an_identity_of_its_own(town: tuple[CaseFile, ...]) -> None:
    identities = [record.id for file in town for record in parts(file)]
    assert len(set(identities)) == len(identities)
    assert {uuid.UUID(each).version for each in identities} == {7}
    assert {uuid.UUID(each).variant for each in identities} == {uuid.RFC_4122}


def test_file_numbers_are_not_given_twice(town: tuple[CaseFile, ...]) -> None:
    assert len({file.case.file_number for file in town}) == len(town)
    assert town[0].case.file_number == "ESR-2026-017"


def test_the_cast_comes_first(town: tuple[CaseFile, ...]) -> None:
    named = [full_name(file.client) for file in town[: len(KNOWN_NAMES)] if file.client]
    assert named == list(KNOWN_NAMES)


@pytest.mark.parametrize("phase", Phase)
def test_each_phase_is_seen_open_completed_and_skipped(town: tuple[CaseFile, ...], phase: Phase) -> None:
    states = {entry.state for file in town for entry in file.phases if entry.phase is phase}
    assert states == set(PhaseState)


def test_everything_worth_practising_is_there(town: tuple[CaseFile, ...]) -> None:
    assert {file.case.phase for file in town} == set(Phase)
    assert {file.case.status for file in town} == set(CaseStatus)
    assert {each.state for file in town for each in file.referrals} == set(ReferralState)
    assert {each.state for file in town for each in file.measures} == set(MeasureState)
    assert {entry.state for file in town for each in file.referrals for entry in each.checklist} == set(
        ItemState
    )
    to_kreis = {each.level for file in town for each in file.consents if each.recipient == "ki"}
    assert to_kreis == set(SharingLevel)
    consents = [each for file in town for each in file.consents]
    assert any(each.withdrawn_on for each in consents)
    assert any(each.valid_until and each.valid_until < TODAY for each in consents)
    assert any(file.client is None for file in town)
    assert any(file.findings for file in town)


def test_people_are_as_different_as_papers_show_them(town: tuple[CaseFile, ...]) -> None:
    people = [person for file in town for person in file.persons]
    assert any(person.birth_fictitious for person in people)
    assert any(person.birth_date and not person.birth_date.day for person in people)
    assert any(len(person.nationalities) > 1 for person in people)
    assert any(person.single_name and not person.given_names for person in people)
    assert any(person.protected and not person.street and person.safe_contact for person in people)
    scripts = "".join(person.original_name for person in people)
    assert {"؀" < letter < "ۿ" for letter in scripts} == {True, False}
    assert any("Ѐ" < letter < "ӿ" for letter in scripts)
    assert any("ሀ" < letter < "፿" for letter in scripts)
    assert len({person.nationalities for person in people}) > 10


def test_regimes_change_with_and_without_a_gap(town: tuple[CaseFile, ...]) -> None:
    changed = [file for file in town if len({each.regime for each in _benefits(file)}) > 1]
    with_gap = [file for file in changed if gaps(_benefits(file))]
    assert with_gap
    assert len(with_gap) < len(changed)
    assert [file for file in town if overlaps(_benefits(file))] == []
    assert gaps(_benefits(town[0]))[0].starts_on == date(2026, 11, 1)


def _benefits(file: CaseFile) -> list[RegimeSpell]:
    return [each for each in file.regimes if each.lane is Lane.BENEFIT]


def test_families_make_sense(town: tuple[CaseFile, ...]) -> None:
    for file in town:
        roles = {member.person_id: member.role for member in file.members}
        assert set(roles) == {person.id for person in file.persons}
        by_role = {role: [each for each in file.persons if roles[each.id] is role] for role in Role}
        grown = by_role[Role.CLIENT] + by_role[Role.PARTNER]
        for child in by_role[Role.CHILD]:
            assert all(_age(parent) - _age(child) >= PARENT_AGE for parent in grown), file.case.file_number
        for parent in by_role[Role.PARENT]:
            assert _age(parent) - _age(by_role[Role.CLIENT][0]) >= PARENT_AGE


def _age(person: Person) -> int:
    assert person.birth_date
    return age_on(person.birth_date, TODAY)


@pytest.mark.parametrize("day", OTHER_DAYS)
def test_time_runs_forward_on_any_day(day: date) -> None:
    for file in cases(60, 3, day):
        _spells_follow_each_other(file)
        for entry in file.phases:
            assert file.case.opened_on <= (entry.started_on or day) <= (entry.finished_on or day) <= day
        for referral in file.referrals:
            steps = [referral.prepared_on, referral.sent_on, referral.answered_on]
            known = [step for step in steps if step]
            assert known == sorted(known)
            assert known[-1] <= day
        assert all(file.case.opened_on <= contact.held_on <= day for contact in file.contacts)
        assert all(goal.due_on and goal.due_on > day for goal in file.goals if file.case.closed_on is None)


def _spells_follow_each_other(file: CaseFile) -> None:
    for spell in file.residence:
        assert spell.valid_from
        assert spell.valid_until is None or spell.valid_from <= spell.valid_until
    residence = sorted(file.residence, key=lambda each: (each.person_id, each.valid_from))
    for _, own in groupby(residence, key=lambda each: each.person_id):
        for one, other in pairwise(own):
            assert one.valid_until
            assert other.valid_from == one.valid_until + timedelta(days=1)
    for regime in file.regimes:
        assert regime.starts_on
        assert regime.ends_on is None or regime.starts_on <= regime.ends_on


def test_chains_have_no_circle_and_lead_to_goals(town: tuple[CaseFile, ...]) -> None:
    for file in town:
        in_order(file.measures)
        goals, measures = {goal.id for goal in file.goals}, {measure.id: measure for measure in file.measures}
        persons, consents = {person.id for person in file.persons}, {consent.id for consent in file.consents}
        for measure in file.measures:
            assert measure.goal_id in goals
            assert measure.requires == tuple(one for one in measure.requires if one in measures)
            if measure.state is MeasureState.DONE:
                assert all(measures[one].state is MeasureState.DONE for one in measure.requires)
        assert all(goal.gas_0 and goal.gas_minus_2 and goal.gas_plus_2 for goal in file.goals)
        assert all(each.consent_id in {"", *consents} for each in file.referrals)
        assert all(each.consent_id or each.override_reason for each in file.referrals if each.sent_on)
        assert {each.person_id for each in file.regimes} <= persons
        assert {each.person_id for each in file.residence} <= persons
        assert all(record.case_id == file.case.id for record in file.contacts)
    assert any(
        any(measure.requires for measure in file.measures if measure.state is MeasureState.PLANNED)
        for file in town
    )


def test_what_is_said_fits_the_forms(town: tuple[CaseFile, ...]) -> None:
    found = [
        (entry.phase, problem.path, problem.code)
        for file in town
        for entry in file.phases
        for form in [SHIPPED.phase_form(entry.phase, entry.version)]
        for problem in problems(
            form,
            with_facts(form, entry.answers, file.client),
            counts=_counts(file),
            complete=entry.state is PhaseState.COMPLETED,
        )
    ]
    assert found == []


def _counts(file: CaseFile) -> dict[str, int]:
    counted: dict[str, int] = {}
    for record in parts(file):
        name = FORMS.get(type(record), "")
        counted[name] = counted.get(name, 0) + 1
    return counted


def test_records_fit_their_forms_and_code_lists(town: tuple[CaseFile, ...]) -> None:
    found = [
        (name, problem.path, problem.code)
        for file in town
        for record in parts(file)
        if (name := FORMS.get(type(record)))
        for problem in problems(
            SHIPPED.record_form(name), answers_of(SHIPPED.record_form(name), record), complete=True
        )
    ]
    assert found == []


def test_every_code_stands_in_its_list(town: tuple[CaseFile, ...]) -> None:
    known = {entry.code for entry in SHIPPED.services(TODAY)}
    for file in town:
        assert file.case.closing_reason in (
            "",
            *(each.code for each in SHIPPED.code_list("closing_reason").codes),
        )
        assert all(each.service in known for each in file.referrals)
        assert all(each.recipient in known | {"ki"} for each in file.consents)
        purposes = {each.purpose for each in file.consents} | {each.purpose for each in file.referrals}
        assert all(purpose in SHIPPED.code_list("consent_purpose") for purpose in purposes)
        assert all(each.event in ("completed", "skipped", "reopened") for each in file.events)
        for referral in file.referrals:
            items = [item.code for item in SHIPPED.service(referral.service, referral.service_version).items]
            assert [entry.item for entry in referral.checklist] == items


def test_an_anonymous_case_names_nobody(town: tuple[CaseFile, ...]) -> None:
    for file in town:
        if file.client is None:
            about = (*file.persons, *file.members, *file.consents, *file.residence, *file.regimes)
            assert about == ()
            assert all(entry.phase is Phase.ACCESS for entry in file.phases)


def test_the_texts_have_no_gaps_left(town: tuple[CaseFile, ...]) -> None:
    said = [text for file in town for text in words(file)]
    of_templates = {text for file in town for each in file.measures if each.template for text in words(each)}
    gaps_left = [text for text in said if "{" in text or "*in" in text or "None" in text]
    assert [text for text in gaps_left if text not in of_templates] == []
    assert [text for text in said if "§ " in text or "SGB I" in text or " –" in text] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_day_it_is_made_is_alive_and_not_flooded(seed: int) -> None:
    town = list(cases(60, seed, TODAY))
    dates = [each for file in town for each in file.follow_ups if each.done_on is None]
    assert any(each.due_on < TODAY for each in dates)
    assert any(each.due_on == TODAY for each in dates)
    assert sum(each.due_on < TODAY for each in dates) < 12
    titles = {each.title for each in dates}
    assert "Jobcenter anrufen, Aufschub erbitten" in titles


def test_the_places_do_not_exist() -> None:
    places = resources.read_toml("practice/places.toml")["municipality"]
    assert all(place["ags"].startswith("05999") and place["postcode"].startswith("059") for place in places)
