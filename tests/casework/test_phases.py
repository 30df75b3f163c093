"""Phases are worked through in any order, with reasons; a gate names what is missing and never blocks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kimdesk.casework import cases, phases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError, ContentError, StoreError
from kimdesk.domain.records import Case, Goal, PhaseEntry
from kimdesk.domain.terms import GoalState, Phase, PhaseState
from tests.casework.answers import access_answers


def entry_of(desk: Desk, case: Case, phase: Phase = Phase.ACCESS) -> PhaseEntry:
    return phases.start(desk, case.id, phase)


def phase_of(desk: Desk, case: Case) -> Phase:
    return cases.peek(desk, case.id).case.phase


def test_a_gate_names_what_is_missing(desk: Desk, case: Case) -> None:
    gaps = phases.gate(desk, case.id, Phase.ACCESS)
    assert "contact.occasion" in {gap.path for gap in gaps}
    assert all(gap.label for gap in gaps)
    phases.save_answers(desk, entry_of(desk, case), access_answers())
    assert phases.gate(desk, case.id, Phase.ACCESS) == ()


def test_completing_a_full_phase_needs_no_reason_and_goes_on(desk: Desk, case: Case) -> None:
    phases.save_answers(desk, entry_of(desk, case), access_answers())
    done = phases.complete(desk, case.id, Phase.ACCESS)
    assert (done.state, done.finished_on) == (PhaseState.COMPLETED, today())
    assert phase_of(desk, case) is Phase.INTAKE
    file = cases.peek(desk, case.id)
    assert [event.event for event in file.events] == ["completed"]
    assert [entry.phase for entry in file.phases] == [Phase.ACCESS, Phase.INTAKE]


def test_completing_with_gaps_needs_a_reason_that_is_kept(desk: Desk, case: Case) -> None:
    with pytest.raises(CaseworkError, match="E851"):
        phases.complete(desk, case.id, Phase.ACCESS)
    assert phase_of(desk, case) is Phase.ACCESS
    phases.complete(desk, case.id, Phase.ACCESS, "Notfall, wird nachgetragen")
    event = cases.peek(desk, case.id).events[0]
    assert (event.phase, event.reason, event.actor) == (
        Phase.ACCESS,
        "Notfall, wird nachgetragen",
        "Miriam Kessler",
    )


@pytest.mark.parametrize("step", [phases.skip, phases.reopen])
def test_skipping_and_going_back_need_a_reason(
    desk: Desk, case: Case, step: Callable[..., PhaseEntry]
) -> None:
    before = cases.peek(desk, case.id)
    with pytest.raises(CaseworkError, match="E851"):
        step(desk, case.id, Phase.ASSESSMENT, "   ")
    assert cases.peek(desk, case.id) == before


def test_skipped_phases_are_stepped_over(desk: Desk, case: Case) -> None:
    phases.skip(desk, case.id, Phase.INTAKE, "liegt vom letzten Fall vor")
    assert phase_of(desk, case) is Phase.ASSESSMENT
    phases.complete(desk, case.id, Phase.ACCESS, "mündlich geklärt")
    assert phase_of(desk, case) is Phase.ASSESSMENT


def test_going_back_makes_a_new_round_and_keeps_the_old_one(desk: Desk, case: Case) -> None:
    phases.save_answers(desk, entry_of(desk, case), access_answers())
    first = phases.complete(desk, case.id, Phase.ACCESS)
    again = phases.reopen(desk, case.id, Phase.ACCESS, "neue Lage")
    assert (again.round, again.state, again.answers) == (2, PhaseState.OPEN, first.answers)
    assert phase_of(desk, case) is Phase.ACCESS
    changed = {**access_answers(), "outcome": {"result": "referral", "referred_to": "Schuldnerberatung"}}
    phases.save_answers(desk, again, changed)
    phases.complete(desk, case.id, Phase.ACCESS)
    assert phase_of(desk, case) is Phase.INTAKE
    rounds = [entry for entry in cases.peek(desk, case.id).phases if entry.phase is Phase.ACCESS]
    assert [(entry.round, entry.answers["outcome"]["result"]) for entry in rounds] == [
        (1, "intake"),
        (2, "referral"),
    ]


@pytest.mark.parametrize(
    ("section", "answer", "code"),
    [
        ("contact", {"held_on": "gestern"}, "E702"),
        ("contact", {"occasion": 5}, "E702"),
        ("contact", {"urgency": "sehr eilig"}, "E703"),
        ("outcome", {"attempts": -3}, "E704"),
        ("contact", {"shoe_size": 38}, "E705"),
    ],
)
def test_a_wrong_value_is_refused_and_a_gap_is_not(
    desk: Desk, case: Case, section: str, answer: dict[str, Any], code: str
) -> None:
    entry = entry_of(desk, case)
    with pytest.raises(ContentError, match=code):
        phases.save_answers(desk, entry, {section: answer})
    assert entry_of(desk, case) == entry
    assert phases.save_answers(desk, entry, {"contact": {"occasion": ""}}).rev == entry.rev + 1


def test_hidden_answers_do_not_count_once_a_phase_is_completed(desk: Desk, case: Case) -> None:
    answers = {**access_answers(), "outcome": {"result": "intake", "referred_to": "Schuldnerberatung"}}
    draft = phases.save_answers(desk, entry_of(desk, case), answers)
    assert draft.answers["outcome"]["referred_to"] == "Schuldnerberatung"
    done = phases.complete(desk, case.id, Phase.ACCESS)
    assert done.answers["outcome"] == {"result": "intake"}


def test_of_two_windows_on_a_phase_the_second_is_told(desk: Desk, case: Case) -> None:
    entry = entry_of(desk, case)
    phases.save_answers(desk, entry, {"contact": {"occasion": "eins"}})
    with pytest.raises(StoreError, match="E905"):
        phases.save_answers(desk, entry, {"contact": {"occasion": "zwei"}})


def test_a_goal_agreement_needs_a_goal(desk: Desk, case: Case) -> None:
    assert "goals.goals" in {gap.path for gap in phases.gate(desk, case.id, Phase.GOAL_AGREEMENT)}
    records.save(desk, Goal(case_id=case.id, text="Ich spreche selbst mit dem Kinderarzt."))
    assert "goals.goals" not in {gap.path for gap in phases.gate(desk, case.id, Phase.GOAL_AGREEMENT)}


def test_an_evaluation_needs_both_views_of_each_goal(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Wohnung", level_client=1))
    records.save(desk, Goal(case_id=case.id, text="verworfen", state=GoalState.DROPPED))
    assert phases.gate(desk, case.id, Phase.EVALUATION)[0].path == "goals.goals"
    records.save(desk, replace(goal, level_case_manager=0))
    assert "goals.goals" not in {gap.path for gap in phases.gate(desk, case.id, Phase.EVALUATION)}
