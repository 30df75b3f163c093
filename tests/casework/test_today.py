"""The day shows what is due and why; the next step of a case says the rule behind it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.casework import cases, closing, derived, people, phases, records, today
from kimdesk.casework.desk import Desk
from kimdesk.casework.settling import Settling
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda import (
    case_dates,
    dues,
    fact_dates,
    paper_dates,
    passage_dates,
    perspective_dates,
    regime_dates,
)
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import (
    Case,
    ChecklistEntry,
    Consent,
    Contact,
    FollowUp,
    Goal,
    Measure,
    Person,
    RecordRef,
    Referral,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import FollowUpKind, ItemState, MeasureState, Phase, ReferralState, Role
from tests.casework.answers import access_answers
from tests.casework.seen import Seen, row_title, seen

DAY = date(2026, 11, 24)
NBSP = "\u00a0"


def days(number: int) -> timedelta:
    return timedelta(days=number)


def client_of(desk: Desk, case: Case) -> Person:
    client = cases.peek(desk, case.id).client
    assert client
    return client


def step_of(desk: Desk, case: Case, day: date = DAY) -> Seen:
    step = today.next_step(SHIPPED, cases.peek(desk, case.id), day)
    assert step
    return seen(step)


def spell(desk: Desk, case: Case, **facts: Any) -> Any:
    return records.save(desk, RegimeSpell(case_id=case.id, person_id=client_of(desk, case).id, **facts))


def title(desk: Desk, case: Case, **facts: Any) -> Any:
    return records.save(desk, ResidenceSpell(case_id=case.id, person_id=client_of(desk, case).id, **facts))


def test_the_end_of_asylblg_asks_for_the_application_of_the_same_month(desk: Desk, case: Case) -> None:
    spell(desk, case, regime="asylblg_basic", starts_on=date(2024, 3, 1), ends_on=date(2026, 10, 31))
    step = step_of(desk, case)
    assert step.title == "SGB-II-Antrag fristwahrend stellen"
    assert step.due == date(2026, 11, 30)
    assert "nach dem 31.10.2026" in step.reason
    assert f"auf den 01.11.2026 zurückwirkt (§{NBSP}37 SGB{NBSP}II)" in step.reason
    spell(desk, case, regime="sgb2", starts_on=date(2026, 11, 1))
    assert step_of(desk, case).action == "open_phase"


def test_a_title_is_to_be_extended_before_it_ends(desk: Desk, case: Case) -> None:
    old = title(desk, case, status="permit", valid_until=DAY + days(20))
    step = step_of(desk, case)
    assert f"§{NBSP}81 Abs.{NBSP}4 AufenthG" in step.reason
    assert step.ref == RecordRef("residence_spell", old.id)
    title(desk, case, status="permit", valid_from=DAY + days(20), valid_until=DAY + days(700))
    assert step_of(desk, case).action == "open_phase"


def test_a_toleration_is_extended_without_that_rule(desk: Desk, case: Case) -> None:
    title(desk, case, status="toleration_60a", valid_until=DAY + days(20))
    step = step_of(desk, case)
    assert step.title == f"Verlängern lassen: Duldung (§{NBSP}60a AufenthG)"
    assert "81" not in step.reason


def test_a_consent_is_renewed_before_it_ends(desk: Desk, case: Case) -> None:
    facts: dict[str, Any] = {
        "case_id": case.id,
        "recipient": "youth_office",
        "purpose": "family",
        "given_on": DAY,
    }
    ending = records.save(desk, Consent(**facts, valid_until=DAY + days(10)))
    assert step_of(desk, case).title == "Einwilligung erneuern: Jugendamt"
    records.save(desk, Consent(**facts, valid_until=DAY + days(300)))
    assert step_of(desk, case).action == "open_phase"
    records.remove(desk, ending)


def test_an_unanswered_referral_is_asked_after(desk: Desk, case: Case) -> None:
    referral = Referral(case_id=case.id, service="recognition", agency="", state=ReferralState.SENT)
    sent = replace(referral, sent_on=DAY - days(30), answer_due_on=DAY - days(9))
    records.save(desk, sent)
    step = step_of(desk, case)
    assert step.title.startswith("Nachfassen: ")
    assert "25.10.2026" in step.reason


def test_a_missing_document_is_named(desk: Desk, case: Case) -> None:
    checklist = (
        ChecklistEntry(item="main_application", state=ItemState.PRESENT),
        ChecklistEntry(item="health_insurance"),
    )
    prepared = Referral(
        case_id=case.id, service="jobcenter", service_version=2, prepared_on=DAY, checklist=checklist
    )
    saved = records.save(desk, prepared)
    step = step_of(desk, case)
    assert step.title == "Unterlage besorgen: Mitgliedschaft in einer Krankenkasse"
    assert "Jobcenter" in step.reason
    records.save(desk, replace(saved, checklist=checklist[:1]))
    assert step_of(desk, case).title == "Verweis absenden: Jobcenter"


def test_the_earliest_date_comes_first_and_a_done_one_is_gone(desk: Desk, case: Case) -> None:
    due: dict[str, Any] = {"case_id": case.id, "kind": FollowUpKind.DEADLINE}
    late = records.save(
        desk, FollowUp(**due, due_on=DAY + days(3), title="Widerspruch absenden", reason="weil …")
    )
    measure = records.save(desk, Measure(case_id=case.id, title="Antrag abgeben", due_on=DAY + days(1)))
    assert step_of(desk, case).title == "Antrag abgeben"
    records.save(desk, replace(measure, state=MeasureState.DONE))
    step = step_of(desk, case)
    assert (step.title, step.reason) == ("Widerspruch absenden", "weil …")
    records.save(desk, replace(late, done_on=DAY))
    assert step_of(desk, case).action == "open_phase"


def test_without_a_date_the_phase_says_what_is_missing(desk: Desk, case: Case) -> None:
    step = step_of(desk, case)
    assert (step.due, step.ref) == (None, RecordRef("phase", "access"))
    assert step.title == "Datum des ersten Kontakts eintragen"
    assert "Aktive Zugangsgestaltung" in step.reason
    phases.save_answers(desk, phases.start(desk, case.id, Phase.ACCESS), access_answers())
    assert step_of(desk, case).title == "Phase abschließen: Aktive Zugangsgestaltung"


def test_long_silence_is_noticed_after_what_has_a_date(desk: Desk, case: Case) -> None:
    records.save(desk, Contact(case_id=case.id, held_on=DAY - days(50), minutes=15))
    assert step_of(desk, case).title == "Kontakt aufnehmen"
    records.save(desk, FollowUp(case_id=case.id, due_on=DAY, title="Anruf"))
    assert step_of(desk, case).title == "Anruf"
    agenda = today.agenda(desk, DAY)
    assert [task.case_id for task in agenda.quiet] == [case.id]
    records.save(desk, Contact(case_id=case.id, held_on=DAY, minutes=15))
    assert today.agenda(desk, DAY).quiet == ()


def test_a_closed_case_whose_dates_are_settled_needs_nothing(desk: Desk, case: Case) -> None:
    records.save(desk, Goal(case_id=case.id, text="Wohnung", due_on=DAY))
    records.save(desk, Contact(case_id=case.id, held_on=DAY - days(90), minutes=15))
    title(desk, case, status="permit", valid_until=DAY + days(20))
    settled = Settling("let_go", "umgezogen, weiß Bescheid")
    closing.close(desk, case.id, "moved", on=DAY, dates=settled)
    assert today.next_step(SHIPPED, cases.peek(desk, case.id), DAY) is None
    agenda = today.agenda(desk, DAY)
    assert agenda == today.Agenda((), (), (), (), ())


def test_what_was_promised_outlives_the_case(desk: Desk, case: Case) -> None:
    """Closing hid open deadlines: „Nichts ist fällig“ stood there while an objection was running."""
    due: dict[str, Any] = {"case_id": case.id, "kind": FollowUpKind.DEADLINE}
    promised = records.save(desk, FollowUp(**due, due_on=DAY, title="Widerspruch"))
    closing.close(desk, case.id, "goals_reached")
    assert [seen(task).title for task in today.agenda(desk, DAY).today] == ["Widerspruch"]
    assert step_of(desk, case).title == "Widerspruch"
    [row] = cases.list_page(desk, cases.CaseQuery(status="closed")).rows
    assert (row.next_due, row_title(row)) == (DAY, "Widerspruch")
    records.save(desk, replace(promised, done_on=DAY))
    assert today.agenda(desk, DAY).today == ()


def test_who_took_the_case_over_goes_on_with_its_dates(desk: Desk, case: Case) -> None:
    records.save(desk, FollowUp(case_id=case.id, due_on=DAY, title="Widerspruch"))
    said = {"recipient": "MBE Eschenried", "handed_over_on": "2026-11-20"}
    closing.close(desk, case.id, "handed_over")
    entry = phases.start(desk, case.id, Phase.EVALUATION)
    assert today.agenda(desk, DAY).today != (), "nobody is named yet"
    phases.save_answers(desk, entry, {"closing": {"reason": "handed_over"}, "handover": said})
    assert today.agenda(desk, DAY).today == ()
    cases.reopen(desk, case.id, "Es geht hier weiter.")
    assert [seen(task).title for task in today.agenda(desk, DAY).today] == ["Widerspruch"]


def test_a_deadline_named_at_the_first_talk_is_due(desk: Desk, case: Case) -> None:
    """„Sofortbedarf: Frist endet am …“ stood in the form alone, in no list of what is due."""
    entry = phases.start(desk, case.id, Phase.INTAKE)
    needs: dict[str, Any] = {"immediate_needs": ["deadline"], "immediate_steps": "Widerspruch"}
    needs["deadline_on"] = DAY.isoformat()
    entry = phases.save_answers(desk, entry, {"request": needs})
    [task] = today.agenda(desk, DAY).today
    assert seen(task).title == "Frist aus der Erstberatung: Widerspruch"
    assert task.due.ref == RecordRef("phase", "intake")
    assert step_of(desk, case).due == DAY
    assert cases.list_page(desk, cases.CaseQuery()).rows[0].next_due == DAY
    kept = FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, due_on=DAY, title="Widerspruch", done_on=DAY)
    records.save(desk, kept)
    assert today.agenda(desk, DAY).today == (), "a deadline that is kept stands for it"
    phases.save_answers(desk, entry, {"request": {**needs, "immediate_needs": ["money"]}})
    records.remove(desk, cases.peek(desk, case.id).follow_ups[0])
    assert today.agenda(desk, DAY).today == ()


def test_the_day_is_grouped_by_when_things_are_due(desk: Desk, case: Case) -> None:
    for number, name in ((-4, "Überfällig"), (0, "Heute"), (5, "Bald"), (60, "Fern")):
        records.save(desk, FollowUp(case_id=case.id, due_on=DAY + days(number), title=name))
    records.save(desk, Goal(case_id=case.id, text="Wohnung", due_on=DAY + days(9)))
    sent = Referral(case_id=case.id, service="recognition", state=ReferralState.SENT)
    records.save(desk, replace(sent, answer_due_on=DAY, sent_on=DAY - days(21)))
    agenda = today.agenda(desk, DAY)
    groups = (agenda.overdue, agenda.today, agenda.expiring, agenda.unanswered)
    assert [[seen(task).title for task in group] for group in groups] == [
        ["Überfällig"],
        ["Heute"],
        ["Bald", "Ziel ansehen: Wohnung"],
        ["Nachfassen: Anerkennungsstelle"],
    ]
    first = agenda.overdue[0]
    assert (first.name, first.due.due_on, first.due.ref.kind) == (
        "Amna Osman",
        DAY - days(4),
        "follow_up",
    )
    assert SHIPPED.rules.steps[first.due.rule].icon


def test_appointments_stand_apart_in_the_order_of_the_day(desk: Desk, case: Case) -> None:
    for time, place in (("15:30", "Telefon"), ("09:00", "Rathaus"), ("", "irgendwann")):
        appointment = FollowUp(case_id=case.id, kind=FollowUpKind.APPOINTMENT, due_on=DAY, title="Gespräch")
        records.save(desk, replace(appointment, time=time, place=place))
    agenda = today.agenda(desk, DAY)
    assert [each.place for each in agenda.appointments] == ["Rathaus", "Telefon", "irgendwann"]
    assert agenda.appointments[0].name == "Amna Osman"
    assert agenda.today == ()
    assert today.agenda(desk, DAY + days(1)).appointments == ()


def test_an_anonymous_case_is_named_by_its_number(desk: Desk) -> None:
    case = cases.open_new(desk, None)
    records.save(desk, FollowUp(case_id=case.id, due_on=DAY, title="Anruf"))
    assert today.agenda(desk, DAY).today[0].name == case.file_number


def test_the_day_and_the_next_step_follow_from_the_same_dates(desk: Desk, case: Case) -> None:
    spell(desk, case, regime="asylblg_basic", starts_on=date(2024, 3, 1), ends_on=date(2026, 10, 31))
    title(desk, case, status="permit", valid_until=DAY + days(20))
    records.save(desk, Measure(case_id=case.id, title="Antrag", due_on=DAY, follow_up_on=DAY + days(2)))
    records.save(desk, Contact(case_id=case.id, held_on=DAY - days(50), minutes=15, follow_up_on=DAY))
    file, agenda = cases.peek(desk, case.id), today.agenda(desk, DAY)
    listed = [*agenda.overdue, *agenda.today, *agenda.expiring, *agenda.unanswered, *agenda.quiet]
    expected = {(each.record_id, each.due_on) for each in dues.of_file(file, desk.rules)}
    assert {(task.due.record_id, task.due.due_on) for task in listed} == expected
    assert step_of(desk, case).title == seen(agenda.today[0]).title


def test_every_rule_has_words_and_every_date_a_rule() -> None:
    import ast
    import inspect

    trees = [
        ast.parse(inspect.getsource(each))
        for each in (case_dates, fact_dates, paper_dates, passage_dates, perspective_dates, regime_dates)
    ]
    constants = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    used = constants & set(SHIPPED.rules.steps)
    assert used | {"phase_gap", "phase_ready"} == set(SHIPPED.rules.steps)


@pytest.mark.parametrize("code", sorted(SHIPPED.rules.steps))
def test_a_rule_reads_as_a_sentence(code: str) -> None:
    rule = SHIPPED.rules.steps[code]
    assert rule.reason.startswith("weil ")
    assert rule.source
    assert rule.icon


def test_the_list_lets_go_of_dates_that_the_day_no_longer_shows(desk: Desk, case: Case) -> None:
    now = calendar_day()
    past = FollowUp(case_id=case.id, kind=FollowUpKind.APPOINTMENT, title="Jobcenter", due_on=now)
    later = FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=now + days(5))
    for each in (past, later):
        records.save(desk, each)

    def listed(day: date) -> cases.CaseRow:
        [row] = cases.list_page(desk, cases.CaseQuery(), today=day).rows
        return row

    before = listed(now)
    assert row_title(before) == "Jobcenter"
    assert derived.sweep(desk, now) == 0
    assert derived.sweep(desk, now + days(1)) == 1
    after = listed(now + days(1))
    assert row_title(after) == "Widerspruch"
    assert (after.updated, after.listed.changed) == (before.updated, before.listed.changed)
    assert derived.sweep(desk, now + days(1)) == 0


def test_an_overdue_deadline_stays_until_it_is_done(desk: Desk, case: Case) -> None:
    records.save(
        desk,
        FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title="Antrag", due_on=DAY - days(90)),
    )
    assert derived.sweep(desk, DAY) == 0
    assert [seen(task).title for task in today.agenda(desk, DAY).overdue] == ["Antrag"]


def test_a_date_that_lapsed_does_not_come_back_with_the_next_save(desk: Desk, case: Case) -> None:
    """The list named a Kindergeld date of years ago again after each save of the household."""
    child = Person(family_name="Osman", given_names="Lina", birth_date=PartialDate(2015, 2, 3))
    people.add_person(desk, case.id, child, Role.CHILD)
    spell(desk, case, regime="asylblg_basic", starts_on=date(2022, 3, 1), ends_on=date(2024, 3, 31))
    spell(desk, case, regime="sgb2", starts_on=date(2024, 4, 1))
    records.save(desk, Goal(case_id=case.id, text="Wohnung", due_on=calendar_day() + days(400)))
    [row] = cases.list_page(desk, cases.CaseQuery()).rows
    assert row_title(row) == "Ziel ansehen: Wohnung"
