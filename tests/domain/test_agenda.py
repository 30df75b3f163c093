"""What is due in a case on a day, in which order, and the one next step among it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import due_in, next_date, open_dates
from kimdesk.domain.agenda.next_step import NextStep, next_step
from kimdesk.domain.records import (
    Case,
    CaseFile,
    Contact,
    FollowUp,
    Goal,
    PhaseEntry,
    Record,
    RecordRef,
    SettledDate,
)
from kimdesk.domain.terms import CaseStatus, FollowUpKind, Phase
from tests.domain.case_files import file_of

RULES = SHIPPED.rules.agenda
DAY = date(2026, 3, 2)
ACTIVE = Case(id="1", opened_on=date(2026, 1, 2), phase=Phase.INTAKE)
CLOSED = replace(ACTIVE, status=CaseStatus.CLOSED, closing_reason="handed_over")
GOAL = Goal(id="g", text="Wohnung", due_on=DAY)
PROMISED = FollowUp(id="f", case_id="1", kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=DAY)
VISIT = replace(PROMISED, id="v", kind=FollowUpKind.APPOINTMENT)
SILENT = Contact(id="k", held_on=DAY - timedelta(60))


def case(*records: Record, closed: bool = False) -> CaseFile:
    return file_of(*records, case=CLOSED if closed else ACTIVE)


@pytest.mark.parametrize(("days", "shown"), [(-2, False), (-1, True), (0, True), (2, True), (3, False)])
def test_it_is_time_for_a_date_from_its_first_to_its_last_day(days: int, shown: bool) -> None:
    due = Due("follow_up", DAY, "follow_up", "f", since=DAY - timedelta(1), until=DAY + timedelta(2))
    assert due.is_shown(DAY + timedelta(days)) is shown


def test_an_appointment_is_due_through_its_day_and_gone_the_next() -> None:
    assert [each.record_id for each in due_in(case(VISIT), RULES, DAY)] == ["v"]
    assert due_in(case(VISIT), RULES, DAY + timedelta(1)) == ()


def test_of_one_day_the_rule_that_stands_first_comes_first_then_by_record() -> None:
    goals = [replace(GOAL, id=name) for name in "ba"]
    found = due_in(case(*goals, VISIT, PROMISED), RULES, DAY)
    assert [each.record_id for each in found] == ["f", "v", "a", "b"]


def test_the_list_names_the_first_date_never_what_is_merely_worth_a_look() -> None:
    found = due_in(case(SILENT, replace(GOAL, due_on=DAY + timedelta(60))), RULES, DAY)
    assert [each.rule for each in found] == ["no_contact", "goal_due"]
    named = next_date(found)
    assert named
    assert named.rule == "goal_due"
    assert next_date(found[:1]) is None


def test_whoever_goes_on_with_a_closed_case_must_know_all_its_dates() -> None:
    lapsed = replace(VISIT, due_on=DAY - timedelta(1))
    file = case(SILENT, GOAL, PROMISED, lapsed, closed=True)
    assert [each.record_id for each in open_dates(file, RULES, DAY)] == ["f", "g"]


def test_a_closed_case_that_nobody_evaluated_is_not_handed_on() -> None:
    assert [each.record_id for each in due_in(case(GOAL, PROMISED, closed=True), RULES, DAY)] == ["f", "g"]


def test_a_date_of_a_closed_case_stands_until_it_is_said_what_became_of_it() -> None:
    gone = SettledDate("goal_due:g", DAY, "let_go", "Wohnung gefunden", DAY)
    file = case(GOAL, PROMISED, closed=True)
    settled = replace(file, case=replace(file.case, settled=(gone,)))
    assert [each.record_id for each in due_in(settled, RULES, DAY)] == ["f"]
    assert [each.record_id for each in open_dates(settled, RULES, DAY)] == ["f"]
    moved = replace(settled, goals=(replace(GOAL, due_on=DAY + timedelta(1)),))
    assert [each.record_id for each in due_in(moved, RULES, DAY)] == ["f", "g"]  # that day nobody let go
    reopened = replace(settled, case=replace(settled.case, status=CaseStatus.ACTIVE))
    assert len(due_in(reopened, RULES, DAY)) == 2


def test_a_long_silence_ends_with_the_case() -> None:
    assert due_in(case(SILENT, closed=True), RULES, DAY) == ()


LATER = replace(GOAL, due_on=DAY + timedelta(60))
HANDED_ON = PhaseEntry(
    phase=Phase.EVALUATION, answers={"handover": {"recipient": "MBE", "handed_over_on": "2026-03-01"}}
)
OF_DEADLINE = {
    "title": "Widerspruch",
    "reason": "",
    "time": "",
    "place": "",
    "interpreter": "",
    "language": "",
}
NEXT: dict[str, tuple[CaseFile, str, NextStep | None]] = {
    "what is pressing": (
        case(GOAL, LATER), "SMART", NextStep("goal_due", DAY, "goal", "g", {"title": "Wohnung"})
    ),
    "nothing yet, and the phase lacks something": (
        case(LATER), "SMART",
        NextStep("phase_gap", None, "phase", "intake", {"phase": "intake", "label": "SMART"}),
    ),
    "nothing at all": (
        case(), "", NextStep("phase_ready", None, "phase", "intake", {"phase": "intake"})
    ),
    "closed": (case(SILENT, closed=True), "SMART", None),
    "closed, and promised": (
        case(PROMISED, closed=True), "",
        NextStep("deadline", DAY, "follow_up", "f", OF_DEADLINE),
    ),
    "closed, and handed on": (case(PROMISED, HANDED_ON, closed=True), "", None),
}  # fmt: skip


@pytest.mark.parametrize("name", NEXT)
def test_the_next_step_is_a_date_else_what_the_phase_needs(name: str) -> None:
    file, label, expected = NEXT[name]
    found = next_step(file, DAY, RULES, {"label": label} if label else None)
    assert found == expected
    if found:
        assert found.ref == RecordRef(found.kind, found.record_id)


def test_a_phase_that_lacks_nothing_is_ready() -> None:
    step = next_step(case(), DAY, RULES)
    assert step
    assert step.rule == "phase_ready"
