"""Alarms of the perspective on Heute: stored like other dates, told to nobody outside, let go with reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kimdesk.casework import cases, records, settling, today
from kimdesk.casework.desk import Desk
from kimdesk.casework.perspective_steps import PerspectiveStep, is_let_go, let_go
from kimdesk.documents import handover_protocol
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, Person, ResidenceSpell
from kimdesk.texts import agenda, screening
from tests.ui.balde import balde

DAY = date(2026, 11, 30)


def enter(desk: Desk, born: date, *papers: tuple[str, date, date | None]) -> Case:
    birth = PartialDate(born.year, born.month, born.day)
    case = cases.open_new(
        desk, Person(family_name="Osman", given_names="Ali", birth_date=birth), opened_on=DAY
    )
    client = cases.peek(desk, case.id).client
    assert client is not None
    for status, first, last in papers:
        spell = ResidenceSpell(case_id=case.id, person_id=client.id, status=status, valid_from=first,
                               valid_until=last)  # fmt: skip
        records.save(desk, spell)
    return case


@pytest.fixture
def youth(desk: Desk) -> Case:
    """P3 of SCREENING.md: twelve months of Duldung are full just before the 27th birthday."""
    return enter(
        desk,
        date(2000, 2, 20),
        ("asylum_permission", date(2021, 6, 1), date(2026, 1, 11)),
        ("toleration_60a", date(2026, 1, 12), date(2027, 6, 30)),
    )


def told(desk: Desk, case: Case, day: date) -> list[Due]:
    found = due_in(cases.peek(desk, case.id), desk.rules, day)
    return [each for each in found if each.kind == PERSPECTIVE and each.is_shown(day)]


def test_heute_tells_that_a_window_closes_and_what_becomes_possible(desk: Desk, youth: Case) -> None:
    agenda = today.agenda(desk, DAY)
    closing = [task for task in agenda.expiring if task.due.rule == "perspective_closes"]
    assert [(task.case_id, task.due.due_on, task.due.facts["right"]) for task in closing] == [
        (youth.id, date(2027, 2, 19), "25a")
    ]
    opening = [task for task in agenda.prospects if task.due.facts["right"] == "25a"]
    assert [task.due.due_on for task in opening] == [date(2027, 1, 12)]


@pytest.mark.parametrize("days", [-200, -1, 0, 21, 60, 81])
def test_what_is_stored_is_what_the_case_tells_on_any_day(desk: Desk, youth: Case, days: int) -> None:
    day = DAY + timedelta(days=days)
    agenda = today.agenda(desk, day)
    stored = [task.due for group in (agenda.overdue, agenda.today, agenda.expiring, agenda.prospects)
              for task in group if task.due.kind == PERSPECTIVE]  # fmt: skip
    assert sorted(each.key for each in stored) == sorted(each.key for each in told(desk, youth, day))


def test_a_window_that_has_closed_is_told_no_more(desk: Desk, youth: Case) -> None:
    last, after = date(2027, 2, 19), date(2027, 2, 20)
    assert "perspective_closes" in {each.rule for each in told(desk, youth, last)}
    assert "perspective_closes" not in {each.rule for each in told(desk, youth, after)}


def test_a_window_that_was_let_go_is_told_again_on_its_next_day(desk: Desk, youth: Case) -> None:
    (first,) = [each for each in told(desk, youth, DAY) if each.rule == "perspective_closes"]
    settling.let_go(desk, youth.id, [first.key], "Der Anwalt stellt den Antrag", DAY)
    assert all(each.rule != "perspective_closes" for each in told(desk, youth, DAY))
    (again,) = [each for each in told(desk, youth, date(2026, 12, 21)) if each.rule == "perspective_closes"]
    assert again.due_on == first.due_on


def test_a_step_let_go_takes_the_alarm_of_its_lane_from_heute(desk: Desk, youth: Case) -> None:
    client = cases.peek(desk, youth.id).client
    assert client is not None
    step = PerspectiveStep((client.id,), "25a", "apply")
    let_go(desk, youth.id, step, "Wird nicht gewünscht", DAY)
    assert is_let_go(cases.peek(desk, youth.id), step)
    assert not is_let_go(cases.peek(desk, youth.id), replace(step, day=DAY))
    agenda = today.agenda(desk, DAY)
    assert not [
        task for task in (*agenda.expiring, *agenda.prospects) if task.due.facts.get("right") == "25a"
    ]


def test_the_protocol_of_a_hand_over_knows_nothing_of_it(desk: Desk, youth: Case) -> None:
    file = cases.peek(desk, youth.id)
    assert any(each.kind == PERSPECTIVE for each in due_in(file, desk.rules, DAY))
    assert all(each.kind != PERSPECTIVE for each in handover_protocol.due_for(desk, file, DAY))


def test_a_date_of_its_own_takes_neither_rule_nor_light_along(desk: Desk, youth: Case) -> None:
    for each in told(desk, youth, DAY):
        kept, words = agenda.kept(desk.catalogue, each), agenda.words(desk.catalogue, each)
        assert "§" in words.reason
        assert "§" not in kept.title + kept.reason
        assert screening.rule(each.facts["right"]) not in kept.title + kept.reason


def test_a_household_whose_days_are_alike_is_told_once(desk: Desk) -> None:
    case = balde(desk)
    opening = [each for each in told(desk, case, DAY) if each.facts["right"] == "25b"]
    assert [(each.rule, each.due_on) for each in opening] == [("perspective_possible", date(2027, 1, 9))]


def test_who_has_no_paper_is_told_nothing(desk: Desk) -> None:
    case = enter(desk, date(2000, 2, 20))
    assert told(desk, case, DAY) == []
