"""Working on the plan: each change is one transaction, can be taken back, and never makes a circle."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kimdesk.casework import cases, changes, plans, records
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.chain import in_order, is_blocked
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Case, Goal, Measure, PlanStep, Standing
from kimdesk.domain.terms import MeasureState

DAY = date(2026, 11, 24)


@pytest.fixture
def kita(desk: Desk, case: Case) -> Measure:
    """A place in a kindergarten until the end of July."""
    return records.save(
        desk, Measure(case_id=case.id, title="Kita-Platz", starts_on=DAY, due_on=date(2027, 7, 31))
    )


@pytest.fixture
def course(desk: Desk, case: Case, kita: Measure) -> Measure:
    """A course that waits for it."""
    steps = (PlanStep(text="Einstufung", due_on=DAY), PlanStep(text="Anmeldung", due_on=DAY, done_on=DAY))
    made = Measure(case_id=case.id, title="Integrationskurs", starts_on=date(2027, 8, 2), steps=steps)
    return records.save(desk, replace(made, requires=(kita.id,), follow_up_on=DAY))


def stored(desk: Desk, case: Case) -> dict[str, Measure]:
    return {each.title: replace(each, rev=0) for each in cases.peek(desk, case.id).measures}


def test_shifting_moves_every_open_date_and_comes_back(
    desk: Desk, case: Case, kita: Measure, course: Measure
) -> None:
    before = stored(desk, case)
    done = plans.move(desk, [kita.id, course.id], 7)
    now = stored(desk, case)
    assert now["Kita-Platz"].due_on == date(2027, 8, 7)
    assert now["Integrationskurs"].starts_on == date(2027, 8, 9)
    assert now["Integrationskurs"].follow_up_on == DAY + timedelta(days=7)
    assert [step.due_on for step in now["Integrationskurs"].steps] == [DAY + timedelta(days=7), DAY]
    changes.undo(desk, done)
    assert stored(desk, case) == before


def test_all_are_shifted_or_none(desk: Desk, case: Case, kita: Measure) -> None:
    before = stored(desk, case)
    with pytest.raises(StoreError):
        plans.move(desk, [kita.id, "nowhere"], 7)
    assert stored(desk, case) == before


def test_a_link_that_would_close_a_circle_is_refused(
    desk: Desk, case: Case, kita: Measure, course: Measure
) -> None:
    before = stored(desk, case)
    with pytest.raises(CaseworkError) as refusal:
        plans.link(desk, kita.id, course.id)
    assert refusal.value.code == "E854"
    assert stored(desk, case) == before
    assert plans.link(desk, course.id, kita.id).parts == ()


def test_a_link_is_drawn_and_cut_again(desk: Desk, case: Case, kita: Measure, course: Measure) -> None:
    cut = plans.unlink(desk, course.id, kita.id)
    assert stored(desk, case)["Integrationskurs"].requires == ()
    back = changes.undo(desk, cut)
    assert stored(desk, case)["Integrationskurs"].requires == (kita.id,)
    changes.undo(desk, back)
    assert stored(desk, case)["Integrationskurs"].requires == ()


def test_removing_a_measure_frees_what_waits_and_comes_back_whole(
    desk: Desk, case: Case, kita: Measure, course: Measure
) -> None:
    before = stored(desk, case)
    gone = plans.remove(desk, kita.id)
    assert list(stored(desk, case)) == ["Integrationskurs"]
    assert stored(desk, case)["Integrationskurs"].requires == ()
    changes.undo(desk, gone)
    assert stored(desk, case) == before


def test_nothing_is_taken_back_over_a_later_change(desk: Desk, kita: Measure) -> None:
    done = plans.place(desk, kita.id, DAY, DAY)
    (now,) = done.now(Measure)
    records.save(desk, replace(now, note="geändert"))
    with pytest.raises(StoreError) as refusal:
        changes.undo(desk, done)
    assert refusal.value.code == "E905"


def test_a_step_is_ticked_and_opened_again(desk: Desk, case: Case, course: Measure) -> None:
    plans.tick(desk, course.id, 0, done=True, on=DAY)
    assert stored(desk, case)["Integrationskurs"].steps[0].done_on == DAY
    plans.tick(desk, course.id, 0, done=False)
    assert stored(desk, case)["Integrationskurs"].steps[0].done_on is None
    with pytest.raises(StoreError):
        plans.tick(desk, course.id, 9, done=True)


def test_a_rating_keeps_what_it_was_seen_by(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Ich spreche selbst.", level=-2))
    rated = plans.rate(desk, goal.id, 0, " Gespräch mit der Praxis allein geführt ")
    (now,) = cases.peek(desk, case.id).goals
    assert (now.level, now.level_reason) == (0, "Gespräch mit der Praxis allein geführt")
    changes.undo(desk, rated)
    assert replace(cases.peek(desk, case.id).goals[0], rev=1) == goal


@pytest.mark.parametrize("code", [each.code for each in SHIPPED.templates(DAY)])
def test_a_template_becomes_a_chain_nothing_in_it_blocked(desk: Desk, case: Case, code: str) -> None:
    plans.apply_template(desk, case.id, code, DAY)
    made = cases.peek(desk, case.id).measures
    assert [each.title for each in made] == [link.title for link in SHIPPED.template(code).links]
    assert len(in_order(made)) == len(made)
    assert not [each.title for each in made if is_blocked(each, made)]
    assert min(each.starts_on for each in made if each.starts_on) == DAY
    ids = {each.id for each in made}
    assert all(ids.issuperset(each.requires) for each in made)


def test_a_template_never_doubles_what_is_there(desk: Desk, case: Case) -> None:
    own = records.save(desk, Measure(case_id=case.id, title="Prüfung B1 ablegen", starts_on=DAY))
    plans.apply_template(desk, case.id, "language_work", DAY)
    made = cases.peek(desk, case.id).measures
    assert len(made) == len(SHIPPED.template("language_work").links)
    internship = next(each for each in made if each.title.startswith("Praktikum"))
    assert own.id in internship.requires
    assert plans.apply_template(desk, case.id, "language_work", DAY).parts == ()
    found = plans.proposal(SHIPPED, SHIPPED.template("language_work"), cases.peek(desk, case.id), DAY)
    assert (found.new, len(found.present)) == ((), len(made))


def test_what_ended_badly_may_be_planned_anew(desk: Desk, case: Case) -> None:
    failed = Measure(case_id=case.id, title="Prüfung B1 ablegen", state=MeasureState.ABANDONED)
    records.save(desk, failed)
    plans.apply_template(desk, case.id, "language_work", DAY)
    assert len(cases.peek(desk, case.id).measures) == 1 + len(SHIPPED.template("language_work").links)


@pytest.mark.parametrize(
    ("final", "last"),
    [
        (DAY - timedelta(10), "by the law"),
        (DAY - timedelta(200), "by the chain"),  # the three months are over
        (None, "by the chain"),
    ],
)
def test_a_link_ends_by_the_law_where_the_case_holds_its_day(
    desk: Desk, case: Case, final: date | None, last: str
) -> None:
    client = cases.peek(desk, case.id).client
    assert client
    standing = Standing(
        case_id=case.id, person_id=client.id, asylum_decision="refugee", asylum_final_on=final
    )
    records.save(desk, standing)
    plans.apply_template(desk, case.id, "family_reunification", DAY)
    notice = next(each for each in cases.peek(desk, case.id).measures if "anzeigen" in each.title)
    by_law = desk.rules.law.last_day("family_reunion_3_months", final) if final else None
    assert notice.due_on == (by_law if last == "by the law" else DAY + timedelta(6))


def test_a_template_is_taken_back_as_a_whole(desk: Desk, case: Case, kita: Measure) -> None:
    before = stored(desk, case)
    done = plans.apply_template(desk, case.id, "school_entry", DAY)
    changes.undo(desk, done)
    assert stored(desk, case) == before
