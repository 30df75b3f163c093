"""What a case of the town knows beside its plan: kin, small steps, deadlines, papers, interpreters."""

from datetime import date

import pytest

from kimdesk.casework.deadlines import compute, facts_of
from kimdesk.casework.relations import hints
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.achieved import is_proven
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import CaseFile, FollowUp, PlanStep, Record
from kimdesk.domain.terms import MeasureState, Phase, Role
from kimdesk.practice.town import cases

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def town() -> tuple[CaseFile, ...]:
    return tuple(cases(240, 1, TODAY))


def steps_of(town: tuple[CaseFile, ...]) -> list[PlanStep]:
    return [step for file in town for measure in file.measures for step in measure.steps]


def test_everybody_in_a_household_is_related_to_somebody(town: tuple[CaseFile, ...]) -> None:
    for file in town:
        people = {member.person_id for member in file.members}
        related = {each for one in file.relations for each in (one.person_id, one.other_id)}
        assert related <= people
        assert len(people) < 2 or related == people
        assert hints(SHIPPED, file) == ()
    kinds = {one.kind for file in town for one in file.relations}
    assert {"partner", "separated", "parent", "grandparent", "sibling", "guardian"} <= kinds
    assert all(kind in SHIPPED.code_list("relation_kind") for kind in kinds)
    assert any(one.note.startswith("Kind aus einer früheren") for file in town for one in file.relations)


def test_a_minor_alone_has_a_guardian(town: tuple[CaseFile, ...]) -> None:
    guarded = [file for file in town if any(one.kind == "guardian" for one in file.relations)]
    assert all([one.role for one in file.members] == [Role.CLIENT, Role.OTHER] for file in guarded)


def test_small_steps_are_ticked_as_far_as_their_measure_has_come(town: tuple[CaseFile, ...]) -> None:
    assert {bool(step.done_on) for step in steps_of(town)} == {True, False}
    assert all(step.by in SHIPPED.code_list("step_owner") for step in steps_of(town))
    assert all(step.done_on <= TODAY for step in steps_of(town) if step.done_on)
    for file in town:
        for measure in file.measures:
            if measure.state is MeasureState.DONE:
                assert all(step.done_on for step in measure.steps)


def test_measures_of_children_name_the_child(town: tuple[CaseFile, ...]) -> None:
    for file in town:
        children = {one.person_id for one in file.members if one.role is Role.CHILD}
        assert {one.for_person for one in file.measures} <= {"", *children}
    assert any(one.for_person for one in town[0].measures)


def test_some_plans_were_begun_from_a_template(town: tuple[CaseFile, ...]) -> None:
    assert sum(any(one.template for one in file.measures) for file in town) > 1


def derived(town: tuple[CaseFile, ...]) -> list[FollowUp]:
    return [one for file in town for one in file.follow_ups if one.rule]


def test_deadlines_are_those_their_rule_gives(town: tuple[CaseFile, ...]) -> None:
    assert {"objection_social", "child_benefit"} <= {one.rule for one in derived(town)}
    assert all(
        compute(SHIPPED.rules.deadlines, one.rule, facts_of(one), TODAY).due == one.due_on
        for one in derived(town)
    )
    objections = [one for one in derived(town) if one.rule == "objection_social"]
    assert {one.due_on < TODAY for one in objections if not one.done_on} == {True, False}


def test_the_papers_of_some_families_are_late(town: tuple[CaseFile, ...]) -> None:
    applied = [one for file in town for one in file.residence if one.applied_on]
    assert all(one.valid_until and one.applied_on <= one.valid_until for one in applied if one.applied_on)
    missing = [one for one in applied if one.valid_until and one.valid_until < TODAY]
    assert any(one.certificate_on is None for one in missing)
    assert any(one.certificate_on for one in missing)


def test_a_change_of_regime_is_half_done(town: tuple[CaseFile, ...]) -> None:
    change = town[0].regime_changes[0]
    assert (change.from_regime, change.to_regime, change.done_on) == ("asylblg_basic", "sgb2", None)
    assert len({entry.state for entry in change.checklist}) > 1


def test_interpreters_are_booked_and_some_do_not_come(town: tuple[CaseFile, ...]) -> None:
    states = {one.interpreter for file in town for one in file.follow_ups}
    assert {"requested", "booked", "came", "no_show", "not_needed"} <= states
    contacts = [one for file in town for one in file.contacts]
    assert any(one.interpreter_name and one.interpreter_minutes for one in contacts)
    assert any(one.interpreter == "no_show" for one in contacts)


def test_a_third_of_the_older_cases_was_assessed_twice(town: tuple[CaseFile, ...]) -> None:
    older = [file for file in town if file.case.phase in (Phase.COORDINATION, Phase.EVALUATION)]
    twice = [file for file in older if sum(one.phase is Phase.ASSESSMENT for one in file.phases) > 1]
    assert len(twice) * 4 > len(older)


def test_disputes_and_findings_lead_to_what_they_are_about(town: tuple[CaseFile, ...]) -> None:
    assert any(file.disputes for file in town)
    for file in town:
        known: set[Record | str] = {one.id for one in (*file.persons, *file.measures)}
        assert {one.record_id for one in file.disputes} <= known
        assert {one.about for one in file.findings if one.about} <= known
        assert all(one.phase in SHIPPED.code_list("phase") for one in file.findings)


def test_somebody_was_entered_twice(town: tuple[CaseFile, ...]) -> None:
    twice = [file for file in town if any("doppelt" in one.relation for one in file.members)]
    assert twice
    again = twice[0].persons[-1]
    assert any(one.birth_date == again.birth_date for one in twice[0].persons[:-1])


def test_people_achieve_things_with_and_without_a_proof(town: tuple[CaseFile, ...]) -> None:
    made = [one for file in town for one in file.achievements]
    assert {is_proven(one) for one in made} == {True, False}
    kinds = {"german_certificate", "civic_test", "school", "training", "job", "voluntary_work", "mso_role"}
    assert kinds <= {one.kind for one in made}
    for file in town:
        inside = {each.id for each in file.persons}
        standing = [one.person_id for one in file.standings]
        assert {*standing, *(one.person_id for one in file.achievements)} <= inside
        assert len(set(standing)) == len(standing)


def test_one_family_has_the_ways_to_stay_of_the_worked_persons() -> None:
    file = next(
        each
        for each in cases(16, 1, date(2026, 11, 30))
        if each.client and each.client.family_name == "Baldé"
    )
    mamadou, _, _, _, ousmane = file.persons
    first = {one.person_id: one for one in reversed(file.residence)}
    assert (first[mamadou.id].valid_from, mamadou.arrived_on) == (date(2023, 1, 9), PartialDate(2023, 1, 9))
    assert (first[ousmane.id].valid_from, ousmane.birth_date) == (date(2022, 9, 5), PartialDate(2008, 5, 14))
    training = next(one for one in file.achievements if one.kind == "training")
    assert (training.person_id, training.starts_on) == (ousmane.id, date(2027, 8, 1))
