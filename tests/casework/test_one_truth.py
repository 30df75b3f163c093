"""Whatever a case holds: list, Heute, plan, closing and hand-over protocol tell the same dates of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kimdesk.casework import cases, closing, derived, phases, settling, today
from kimdesk.casework.desk import Desk
from kimdesk.cli.case import due_entries
from kimdesk.documents import handover_protocol
from kimdesk.domain.agenda.dues import due_in, next_date, open_dates
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import (
    Achievement,
    Attachment,
    Case,
    ChecklistEntry,
    Consent,
    Contact,
    DatedNote,
    FollowUp,
    Goal,
    Measure,
    Member,
    Person,
    PhaseEntry,
    Record,
    Referral,
    RegimeChange,
    RegimeSpell,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import (
    ContactStatus,
    FollowUpKind,
    GoalState,
    ItemState,
    Lane,
    MeasureState,
    Phase,
    ReferralState,
    Role,
)
from tests.conftest import PASSPHRASE

NOW = calendar_day()
AHEAD = st.integers(-90, 90).map(lambda days: NOW + timedelta(days))
MAYBE = st.one_of(AHEAD, AHEAD, AHEAD, st.none())
SELDOM = st.one_of(st.none(), st.none(), st.none(), AHEAD)
GOAL_STATES = st.sampled_from([GoalState.ACTIVE, *GoalState])
TALKS = st.sampled_from([ContactStatus.HELD, *ContactStatus])
ITEM = st.builds(ChecklistEntry, item=st.just("id"), state=st.sampled_from(ItemState))
LANES = {
    Lane.BENEFIT: ("asylblg_basic", "asylblg_analog", "sgb2", "wohngeld", "sgb8"),
    Lane.COURSE: ("integration",),
    Lane.WORK: ("part_time", "apprenticeship", "seeking"),
}
PARAGRAPHS = ("", "§ 24", "§ 25 Abs. 1", "§ 25 Abs. 2", "§ 25 Abs. 5", "§ 104c")
BOOKINGS = ("", "needed", "booked", "came")
INTAKE = {"immediate_needs": ["deadline"], "immediate_steps": "Widerspruch"}


def spells() -> st.SearchStrategy[RegimeSpell]:
    of_lane = [
        st.builds(
            RegimeSpell,
            person_id=st.sampled_from(["client", "child"]),
            lane=st.just(lane),
            regime=st.sampled_from(codes),
            starts_on=MAYBE,
            ends_on=MAYBE,
            expected=st.booleans(),
        )
        for lane, codes in LANES.items()
    ]
    return st.one_of(of_lane)


KINDS: tuple[st.SearchStrategy[Any], ...] = (
    st.builds(Goal, text=st.just("Wohnung"), due_on=MAYBE, state=GOAL_STATES),
    st.builds(Measure, due_on=MAYBE, follow_up_on=MAYBE, state=st.sampled_from(MeasureState)),
    st.builds(FollowUp, title=st.just("Anruf"), due_on=AHEAD, done_on=SELDOM,
              kind=st.sampled_from(FollowUpKind), interpreter=st.sampled_from(BOOKINGS)),
    st.builds(Contact, held_on=AHEAD, follow_up_on=MAYBE, status=TALKS),
    st.builds(Consent, recipient=st.sampled_from(["mbe", "youth_office"]), given_on=AHEAD,
              valid_until=MAYBE, withdrawn_on=SELDOM),
    st.builds(Referral, service=st.just("mbe"), state=st.sampled_from(ReferralState), prepared_on=MAYBE,
              sent_on=MAYBE, answer_due_on=MAYBE, checklist=st.lists(ITEM, max_size=2).map(tuple)),
    st.builds(Attachment, title=st.sampled_from(["Pass", "Attest"]), valid_until=MAYBE),
    st.builds(RegimeChange, person_id=st.just("client"), changes_on=AHEAD,
              checklist=st.lists(ITEM, max_size=2).map(tuple)),
    st.builds(ResidenceSpell, person_id=st.sampled_from(["client", "child"]), valid_from=MAYBE,
              status=st.sampled_from(["permit", "toleration_60a", "asylum_permission"]), valid_until=MAYBE,
              applied_on=MAYBE, paragraph=st.sampled_from(PARAGRAPHS),
              certificate_on=MAYBE, residence_rule=st.sampled_from(["", "NRW"])),
    st.builds(Standing, person_id=st.just("client"), asylum_final_on=MAYBE,
              asylum_decision=st.sampled_from(["refugee", "subsidiary"]),
              absences=st.lists(st.builds(DatedNote, AHEAD, SELDOM), max_size=1).map(tuple)),
    st.builds(Achievement, person_id=st.just("client"), kind=st.just("training"), starts_on=MAYBE),
    spells(),
)  # fmt: skip
RECORDS = st.lists(st.sampled_from(KINDS), min_size=1, max_size=3).flatmap(
    lambda kinds: st.lists(st.one_of(kinds), min_size=1, max_size=6)
)
"""Records of few kinds at a time: of many kinds something overdue hides the rest."""
ENDINGS = st.sampled_from(["", "", "", "", "goals_reached", "handed_over"])
DAYS = st.integers(-60, 60).map(lambda days: NOW + timedelta(days))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, desk_template: Path) -> Iterator[Desk]:
    """One desk for all examples: each has a case of its own, removed after it."""
    folder = tmp_path_factory.mktemp("truth") / "desk"
    shutil.copytree(desk_template, folder)
    with Desk.unlock(folder, PASSPHRASE) as desk:
        yield desk


def case_with(desk: Desk, records: list[Record], deadline: date | None, born_in: str) -> Case:
    """Return a new case of a client and a child that holds ``records``."""
    case = cases.open_new(desk, Person(family_name="Osman", given_names="Amna"))
    client = cases.peek(desk, case.id).client
    assert client
    with desk.writing() as writer:
        child = writer.put(
            Person(family_name="Osman", birth_date=PartialDate(NOW.year - 1, 6, 1), birth_country=born_in)
        )
        writer.put(Member(case_id=case.id, person_id=child.id, role=Role.CHILD))
        people = {"client": client.id, "child": child.id}
        for each in records:
            known = {name: people[key] for name in ("person_id",) if (key := getattr(each, name, ""))}
            writer.put(replace(cast("Any", each), case_id=case.id, **known))
        if deadline:
            answers = {"request": {**INTAKE, "deadline_on": deadline.isoformat()}}
            writer.put(PhaseEntry(case_id=case.id, phase=Phase.INTAKE, answers=answers))
    return case


def close(desk: Desk, case: Case, ending: str) -> None:
    entry = phases.start(desk, case.id, Phase.EVALUATION)
    said = {"handover": {"recipient": "MBE", "handed_over_on": NOW.isoformat()}}
    phases.save_answers(desk, entry, said)
    closing.close(desk, case.id, ending)


BECOMES = ("", "", "let_go", "take_up")


def become(desk: Desk, case: Case, becomes: str) -> None:
    """Let go, or take up as a follow-up, the first date that follows from a record."""
    found = due_in(cases.peek(desk, case.id), desk.rules, NOW)
    first = next((each for each in found if each.is_derived and each.is_date), None)
    if first is None or not becomes:
        return
    if becomes == "let_go":
        settling.let_go(desk, case.id, [first.key], "nicht nötig", NOW)
    else:
        settling.take_up(desk, case.id, first.key, "Antrag", "", NOW)
    left = {each.key for each in due_in(cases.peek(desk, case.id), desk.rules, NOW)}
    assert first.key not in left


SILENT = Contact(held_on=NOW - timedelta(60))
LAPSED = Consent(recipient="mbe", given_on=NOW - timedelta(90), valid_until=NOW - timedelta(40))
LAPSING = ResidenceSpell(person_id="client", status="permit", valid_until=NOW + timedelta(5))
LATER, SOON = Measure(due_on=NOW + timedelta(16)), Goal(due_on=NOW + timedelta(18))


@example([SILENT], None, "", NOW, "475", "")
@example([LAPSED, LATER], None, "", NOW, "475", "")
@example([LATER, SOON], None, "", NOW, "475", "")
@example([LAPSING], None, "", NOW, "475", "take_up")
@example([LAPSING, LATER], None, "goals_reached", NOW, "475", "let_go")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RECORDS, SELDOM, ENDINGS, DAYS, st.sampled_from(["475", "475", "000"]), st.sampled_from(BECOMES))
def test_every_place_tells_the_same(
    shared: Desk,
    records: list[Record],
    deadline: date | None,
    ending: str,
    day: date,
    born_in: str,
    becomes: str,
) -> None:
    derived.sweep(shared, NOW)  # the list names the dates of the day on which is saved
    case = case_with(shared, records, deadline, born_in)
    become(shared, case, becomes)
    if ending:
        close(shared, case, ending)
    file = cases.peek(shared, case.id)
    told = due_in(file, shared.rules, day)
    dates = {(each.ref, each.due_on) for each in told if each.is_date}
    listed = [(each["rule"], each["due_on"], each["source"]) for each in due_entries(told, day)]
    assert listed == [(one.rule, one.due_on.isoformat(), f"{one.kind}:{one.record_id}") for one in told]

    [row] = cases.list_page(shared, cases.CaseQuery(status=""), today=day).rows
    first = next_date(told)
    assert row.next_due == (first.due_on if first else None)
    assert row.listed.next_rule == (first.rule if first else "")

    agenda = today.agenda(shared, day)
    tasks = (*agenda.overdue, *agenda.today, *agenda.expiring, *agenda.unanswered, *agenda.quiet)
    shown = [each for each in told if each.is_shown(day) and each.rule != "appointment"]
    assert sorted(repr(task.due) for task in tasks) == sorted(map(repr, shown))
    assert all(task.due.due_on < day for task in agenda.overdue)
    assert all(task.due.due_on == day for task in agenda.today)

    step = today.next_step(shared.catalogue, file, day)
    pressing = next((each for each in told if each.is_shown(day)), None)
    if pressing:
        assert step
        assert (step.ref, step.due_on) == (pressing.ref, pressing.due_on)
    elif step:
        assert step.due_on is None

    handed = open_dates(file, shared.rules, day)
    protocol = handover_protocol.due_for(shared, file, day)
    of_screening = [each for each in handed if each.kind == PERSPECTIVE]  # never on paper
    assert sorted(map(repr, protocol)) == sorted(repr(each) for each in handed if each not in of_screening)
    if not ending:
        assert {(each.ref, each.due_on) for each in handed} == dates

    points = closing.open_points(shared, case.id, day)
    named = {point.ref for point in points}
    assert {repr(point.due) for point in points if point.kind == "deadline"} <= set(map(repr, handed))
    assert {each.ref for each in handed if each.kind != "referral" and each.rule != "after_care"} <= named
    cases.erase(shared, case.id, "test")
