"""What was changed is taken back as a whole, and never over what somebody did since."""

from dataclasses import replace
from datetime import date

import pytest

from kimdesk.casework import cases, changes, plans, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError, ContentError, StoreError
from kimdesk.domain.records import Case, Goal, Measure, Member, Person, Record
from kimdesk.domain.terms import Role

DAY = date(2026, 11, 24)


def stored(desk: Desk, case: Case) -> dict[str, Record]:
    file = cases.peek(desk, case.id)
    return {each.id: replace(each, rev=0) for each in (*file.goals, *file.measures)}


def test_several_records_come_back_as_they_were(desk: Desk, case: Case) -> None:
    kept = records.save(desk, Goal(case_id=case.id, text="Arbeit"))
    gone = records.save(desk, Measure(case_id=case.id, title="Kurs", goal_id=kept.id))
    before = stored(desk, case)
    with changes.changing(desk) as step:
        step.put(replace(step.put(replace(kept, text="Arbeit im Hafen")), text="Arbeit in der Werft"))
        step.remove(gone)
        step.put(Measure(case_id=case.id, title="Praktikum"))
    after = stored(desk, case)
    assert len(step.change.parts) == 3
    back = changes.undo(desk, step.change)
    assert stored(desk, case) == before
    changes.undo(desk, back)
    assert {each.title for each in cases.peek(desk, case.id).measures} == {"Praktikum"}
    assert stored(desk, case)[kept.id] == after[kept.id]


def test_what_names_another_record_goes_before_it_and_comes_after_it(desk: Desk, case: Case) -> None:
    with changes.changing(desk) as step:
        person = step.put(Person(given_names="Farah"))
        step.put(Member(case_id=case.id, person_id=person.id, role=Role.CHILD))
    back = changes.undo(desk, step.change)
    assert person.id not in [each.id for each in cases.peek(desk, case.id).persons]
    changes.undo(desk, back)
    assert person.id in [each.id for each in cases.peek(desk, case.id).persons]


def test_saving_what_is_there_already_is_no_change(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Arbeit"))
    assert changes.save(desk, goal).parts == ()
    assert cases.peek(desk, case.id).goals == (goal,)


def test_one_record_is_saved_and_removed_as_a_change_that_comes_back(desk: Desk, case: Case) -> None:
    made = changes.save(desk, Goal(case_id=case.id, text="Arbeit"))
    [goal] = made.now(Goal)
    assert (goal.text, made.now(Measure)) == ("Arbeit", ())
    gone = changes.remove(desk, goal)
    assert (stored(desk, case), gone.now(Goal)) == ({}, ())
    changes.undo(desk, gone)
    assert stored(desk, case) == {goal.id: replace(goal, rev=0)}


def test_a_change_comes_in_by_the_door_of_the_desk(desk: Desk) -> None:
    with pytest.raises(ContentError) as refusal:
        changes.save(desk, Person(given_names="Amna", sex="nobody knows this code"))
    assert refusal.value.code == "E753"


def test_what_is_new_and_gone_within_one_step_leaves_nothing_to_take_back(desk: Desk, case: Case) -> None:
    with changes.changing(desk) as step:
        step.remove(step.put(Goal(case_id=case.id, text="Arbeit")))
    changes.undo(desk, step.change)
    assert stored(desk, case) == {}


@pytest.mark.parametrize("since", ["changed", "removed", "brought back"])
def test_nothing_at_all_is_taken_back_over_what_was_done_since(desk: Desk, case: Case, since: str) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Arbeit"))
    course = records.save(desk, Measure(case_id=case.id, title="Kurs"))
    with changes.changing(desk) as step:
        step.remove(goal)
        made = step.put(Measure(case_id=case.id, title="Praktikum"))
        step.put(replace(course, title="Sprachkurs"))
    if since == "changed":
        records.save(desk, replace(made, note="ab Montag"))
    elif since == "removed":
        records.remove(desk, made)
    else:
        records.save(desk, replace(goal, rev=0))
    before = stored(desk, case)
    with pytest.raises(StoreError) as refusal:
        changes.undo(desk, step.change)
    assert refusal.value.code == "E905"
    assert stored(desk, case) == before


def test_taking_a_cut_link_back_never_closes_a_circle(desk: Desk, case: Case) -> None:
    kita = records.save(desk, Measure(case_id=case.id, title="Kita-Platz"))
    course = records.save(desk, Measure(case_id=case.id, title="Kurs", requires=(kita.id,)))
    cut = plans.unlink(desk, course.id, kita.id)
    plans.link(desk, kita.id, course.id)
    with pytest.raises(CaseworkError) as refusal:
        changes.undo(desk, cut)
    assert refusal.value.code == "E854"
