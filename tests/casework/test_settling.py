"""The open dates of a closed case: visible until done, handed over by name, or let go with a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kimdesk.casework import case_list, cases, changes, closing, deadlines, records, settling, today
from kimdesk.casework.desk import Desk
from kimdesk.casework.settling import HANDED_OVER, LET_GO, Settling
from kimdesk.documents import handover_protocol
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, FollowUp, Goal, Measure, ResidenceSpell
from kimdesk.domain.terms import FollowUpKind

NOW = calendar_day()
HANDED = Settling(HANDED_OVER, "Frau Weber, Jobcenter")
GONE = Settling(LET_GO, "Wohnung ist gefunden")


@pytest.fixture
def dated(desk: Desk, case: Case) -> Case:
    """A case with a deadline, a measure and a goal."""
    for record in (
        FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=NOW),
        Measure(case_id=case.id, title="Antrag", due_on=NOW + timedelta(2)),
        Goal(case_id=case.id, text="Wohnung", due_on=NOW + timedelta(3)),
    ):
        records.save(desk, record)
    return case


def keys(desk: Desk, case: Case) -> list[str]:
    """Return which dates of the case stand, as the day, the list, the closing and the paper have them."""
    file = cases.peek(desk, case.id)
    found = [each.rule for each in settling.standing_dates(file, desk.rules, NOW)]
    agenda = today.agenda(desk, NOW)
    told = [each.due.rule for each in (*agenda.overdue, *agenda.today, *agenda.expiring)]
    assert sorted(told) == sorted(found)
    assert sorted(each.rule for each in handover_protocol.due_for(desk, file, NOW)) == sorted(found)
    [row] = case_list.named(desk, [case.id])
    assert (row.next_step.rule if row.next_step else None) == (found[0] if found else None)
    return found


def test_closing_hides_no_date(desk: Desk, dated: Case) -> None:
    closing.close(desk, dated.id, "goals_reached")
    assert keys(desk, dated) == ["deadline", "measure_due", "goal_due"]


def test_a_date_ends_when_it_is_done_handed_over_or_let_go(desk: Desk, dated: Case) -> None:
    closing.close(desk, dated.id, "goals_reached")
    [follow_up] = cases.peek(desk, dated.id).follow_ups
    records.save(desk, replace(follow_up, done_on=NOW))
    assert keys(desk, dated) == ["measure_due", "goal_due"]
    [measure], [goal] = cases.peek(desk, dated.id).measures, cases.peek(desk, dated.id).goals
    settling.settle(desk, dated.id, [f"measure_due:{measure.id}"], HANDED)
    assert keys(desk, dated) == ["goal_due"]
    change = settling.settle(desk, dated.id, [f"goal_due:{goal.id}"], GONE)
    assert keys(desk, dated) == []
    said = {one.key: (one.outcome, one.said) for one in cases.peek(desk, dated.id).case.settled}
    assert said == {
        f"measure_due:{measure.id}": (HANDED_OVER, "Frau Weber, Jobcenter"),
        f"goal_due:{goal.id}": (LET_GO, "Wohnung ist gefunden"),
    }
    changes.undo(desk, change)
    assert keys(desk, dated) == ["goal_due"]


def test_nothing_is_let_go_without_a_reason_or_handed_to_nobody(desk: Desk, dated: Case) -> None:
    for how in (HANDED_OVER, LET_GO):
        with pytest.raises(CaseworkError, match="E851"):
            closing.close(desk, dated.id, "goals_reached", dates=Settling(how, " "))
    closing.close(desk, dated.id, "goals_reached")
    assert len(keys(desk, dated)) == 3


def test_all_of_them_at_the_closing(desk: Desk, dated: Case) -> None:
    closing.close(desk, dated.id, "mainstream", dates=HANDED)
    assert keys(desk, dated) == []
    assert {one.said for one in cases.peek(desk, dated.id).case.settled} == {HANDED.said}


def test_a_date_that_moves_and_a_case_that_is_opened_again_bring_them_back(desk: Desk, dated: Case) -> None:
    closing.close(desk, dated.id, "mainstream", dates=HANDED)
    [goal] = cases.peek(desk, dated.id).goals
    records.save(desk, replace(goal, due_on=date.fromordinal(NOW.toordinal() + 5)))
    assert keys(desk, dated) == ["goal_due"]
    cases.reopen(desk, dated.id, "kam wieder")
    assert keys(desk, dated) == ["deadline", "measure_due", "goal_due"]


@pytest.fixture
def titled(desk: Desk, case: Case) -> ResidenceSpell:
    """A title of the client that ends soon."""
    client = cases.peek(desk, case.id).client
    assert client
    until = NOW + timedelta(20)
    paper = ResidenceSpell(case_id=case.id, person_id=client.id, status="permit", valid_until=until)
    return records.save(desk, paper)


def test_a_date_taken_up_comes_back_with_its_follow_up_gone(
    desk: Desk, case: Case, titled: ResidenceSpell
) -> None:
    key = f"residence_title_ends:{titled.id}"
    change = settling.take_up(desk, case.id, key, "Verlängern", "weil er endet", NOW)
    [kept] = cases.peek(desk, case.id).follow_ups
    assert keys(desk, case) == ["deadline"]
    found = deadlines.compute(desk.catalogue.rules.deadlines, kept.rule, deadlines.facts_of(kept), NOW)
    assert found.due == titled.valid_until  # the dialog derives the same day from what was kept
    kept = deadlines.keep(desk, case.id, found, reason="weil", title="Antrag", follow_up=kept)
    assert keys(desk, case) == ["deadline"]  # another title of the follow-up leaves it that
    records.save(desk, replace(kept, done_on=NOW))
    assert keys(desk, case) == []
    records.remove(desk, cases.peek(desk, case.id).follow_ups[0])
    assert keys(desk, case) == ["residence_title_ends"]
    assert change.parts


def test_what_was_let_go_stays_so_when_the_case_is_closed_and_opened_again(
    desk: Desk, case: Case, titled: ResidenceSpell
) -> None:
    key = f"residence_title_ends:{titled.id}"
    with pytest.raises(CaseworkError, match="E851"):
        settling.let_go(desk, case.id, [key], " ", NOW)
    change = settling.let_go(desk, case.id, [key], "zieht weg", NOW)
    assert keys(desk, case) == []
    closing.close(desk, case.id, "goals_reached")
    assert keys(desk, case) == []
    cases.reopen(desk, case.id, "kam wieder")
    assert keys(desk, case) == []
    settling.bring_back(desk, case.id, key)
    assert keys(desk, case) == ["residence_title_ends"]
    assert change.parts
