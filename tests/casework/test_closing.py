"""Closing a case names what is open, derives how long it is kept, and can be undone with a reason."""

from dataclasses import replace
from datetime import date

import pytest

from kimdesk.casework import cases, closing, phases, records, today
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.phases import latest
from kimdesk.domain.records import Case, FollowUp, Goal, Measure, Referral
from kimdesk.domain.terms import CaseStatus, MeasureState, Phase, ReferralState
from kimdesk.store.changes import acknowledge, head
from tests.casework.seen import seen

DAY = date(2028, 2, 29)


def test_what_is_open_is_named(desk: Desk, case: Case) -> None:
    records.save(desk, Referral(case_id=case.id, service="mbe", agency="MBE", state=ReferralState.SENT))
    records.save(desk, Referral(case_id=case.id, service="mbe", agency="Alt", state=ReferralState.DONE))
    records.save(desk, FollowUp(case_id=case.id, title="Widerspruch", due_on=DAY))
    records.save(desk, Measure(case_id=case.id, title="Kurs", state=MeasureState.RUNNING))
    records.save(desk, Goal(case_id=case.id, text="B1"))
    found = closing.open_points(desk, case.id)
    assert [(each.kind, each.words) for each in found] == [
        ("referral", "MBE"),
        ("deadline", ""),
        ("measure", "Kurs"),
        ("goals", "1"),
    ]
    assert [seen(each.due).title for each in found if each.due] == ["Widerspruch"]


def test_a_change_the_kreis_has_not_confirmed_is_open(desk: Desk, case: Case) -> None:
    with desk.writing() as writer:
        acknowledge(writer, head(writer))
    assert closing.open_points(desk, case.id) == ()
    cases.save_case(desk, replace(cases.peek(desk, case.id).case, file_number="ESC-2026-999"))
    (found,) = closing.open_points(desk, case.id)
    assert (found.kind, found.ref) == ("receipt", None)


def test_a_case_is_kept_three_years_from_its_end_unless_a_reason_says_otherwise(
    desk: Desk, case: Case
) -> None:
    assert closing.retention(desk.rules.spans, DAY).until == date(2031, 2, 28)
    with pytest.raises(CaseworkError) as refused:
        closing.close(desk, case.id, "moved", on=DAY, until=date(2030, 1, 1))
    assert refused.value.code == "E851"
    closed = closing.close(
        desk, case.id, "moved", on=DAY, until=date(2030, 1, 1), why="So legt es die DSB fest."
    )
    assert (closed.status, closed.retain_until) == (CaseStatus.CLOSED, date(2030, 1, 1))
    entry = latest(cases.peek(desk, case.id).phases, Phase.EVALUATION)
    assert entry is not None
    assert entry.answers["closing"] == {"reason": "moved", "closed_on": "2028-02-29"}
    assert entry.answers["retention"] == {"delete_on": "2030-01-01", "why": "So legt es die DSB fest."}
    kept = closing.keep_until(desk, case.id, date(2032, 1, 1), "Ein Verfahren läuft noch.")
    assert kept.retain_until == date(2032, 1, 1)


def test_a_contact_afterwards_is_planned_once(desk: Desk, case: Case) -> None:
    entry = phases.start(desk, case.id, Phase.EVALUATION)
    phases.save_answers(desk, entry, {"after_care": {"wanted": True, "planned_on": "2028-06-01"}})
    closing.close(desk, case.id, "goals_reached", on=DAY)
    cases.reopen(desk, case.id, "Es fehlt doch etwas.")
    closing.close(desk, case.id, "goals_reached", on=DAY)
    (planned,) = cases.peek(desk, case.id).follow_ups
    assert (planned.title, planned.due_on) == ("Nachkontakt", date(2028, 6, 1))
    [task] = today.agenda(desk, date(2028, 6, 1)).today
    assert task.case_id == planned.case_id, "a closed case is not forgotten"
    assert seen(task)[:2] == (
        "Nachkontakt",
        "weil ein Kontakt nach dem Abschluss für den 01.06.2028 vereinbart ist",
    )
    records.save(desk, replace(planned, done_on=date(2028, 6, 1)))
    assert today.agenda(desk, date(2028, 6, 1)).today == ()


def test_a_reopened_case_is_kept_without_an_end(desk: Desk, case: Case) -> None:
    closing.close(desk, case.id, "moved", on=DAY)
    assert cases.reopen(desk, case.id, "Sie ist zurückgezogen.").retain_until is None
    assert cases.peek(desk, case.id).events[-1].reason == "Sie ist zurückgezogen."
