"""Which dates follow from consents, referrals, plan, talks, appointments and papers, and which do not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda import case_dates, paper_dates
from kimdesk.domain.agenda.due import Due, Urgency
from kimdesk.domain.agenda.dues import due_in, of_file
from kimdesk.domain.law.periods import Length, Unit
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import (
    Attachment,
    Case,
    CaseFile,
    ChecklistEntry,
    Consent,
    Contact,
    FollowUp,
    Goal,
    Measure,
    PhaseEntry,
    Referral,
)
from kimdesk.domain.terms import (
    CaseStatus,
    ContactStatus,
    FollowUpKind,
    GoalState,
    ItemState,
    MeasureState,
    Phase,
    ReferralState,
)

RULES = SHIPPED.rules.agenda
SPANS = RULES.spans
DAY = date(2026, 3, 2)


def told(found: Iterator[Due]) -> list[tuple[str, date]]:
    return [(each.rule, each.due_on) for each in found]


def test_silence_is_long_after_six_weeks() -> None:
    assert SPANS.length(SpanName.SILENCE, DAY) == Length(6, Unit.WEEKS)
    assert told(case_dates.of_contacts([Contact(held_on=DAY)], SPANS)) == [("no_contact", date(2026, 4, 13))]


@pytest.mark.parametrize("status", [ContactStatus.NO_SHOW, ContactStatus.CANCELLED])
def test_only_a_talk_that_took_place_breaks_the_silence(status: ContactStatus) -> None:
    held, missed = Contact(id="a", held_on=DAY), Contact(id="b", held_on=DAY + timedelta(9), status=status)
    assert [each.record_id for each in case_dates.of_contacts([held, missed], SPANS)] == ["a"]
    assert told(case_dates.of_contacts([missed], SPANS)) == []


def test_what_was_agreed_stands_until_a_talk_on_its_day_or_later() -> None:
    agreed = Contact(id="a", held_on=DAY - timedelta(9), follow_up_on=DAY)
    talk = ("contact_follow_up", DAY)
    assert talk in told(case_dates.of_contacts([agreed, Contact(id="b", held_on=DAY - timedelta(2))], SPANS))
    assert talk not in told(case_dates.of_contacts([agreed, Contact(id="b", held_on=DAY)], SPANS))


def test_what_follows_from_a_talk_that_failed_says_so() -> None:
    missed = Contact(held_on=DAY, follow_up_on=DAY + timedelta(7), status=ContactStatus.NO_SHOW)
    assert told(case_dates.of_contacts([missed], SPANS)) == [("missed_follow_up", DAY + timedelta(7))]


def test_the_last_talk_says_what_was_agreed() -> None:
    talks = [Contact(id="b", held_on=DAY), Contact(id="a", held_on=DAY - timedelta(9), follow_up_on=DAY)]
    assert told(case_dates.of_contacts(talks, SPANS)) == [("no_contact", date(2026, 4, 13))]
    agreed = replace(talks[0], follow_up_on=DAY + timedelta(7))
    assert ("contact_follow_up", DAY + timedelta(7)) in told(case_dates.of_contacts([agreed], SPANS))


@pytest.mark.parametrize("state", MeasureState)
def test_a_measure_is_due_until_it_has_ended(state: MeasureState) -> None:
    measure = Measure(state=state, due_on=DAY, follow_up_on=DAY)
    ended = state in (MeasureState.DONE, MeasureState.REJECTED, MeasureState.ABANDONED)
    due = [] if ended else [("measure_due", DAY), ("measure_follow_up", DAY)]
    assert told(case_dates.of_measures([measure])) == due
    assert told(case_dates.of_measures([measure, Measure(due_on=DAY)])) == [*due, ("measure_due", DAY)]


@pytest.mark.parametrize("state", GoalState)
def test_only_an_active_goal_is_due(state: GoalState) -> None:
    due = [("goal_due", DAY)] if state is GoalState.ACTIVE else []
    assert told(case_dates.of_goals([Goal(state=state, due_on=DAY)])) == due


def test_a_consent_that_was_withdrawn_or_never_given_is_not_renewed() -> None:
    given = Consent(recipient="mbe", given_on=DAY, valid_until=DAY + timedelta(30))
    assert told(case_dates.of_consents([given])) == [("consent_ends", DAY + timedelta(30))]
    assert told(case_dates.of_consents([replace(given, withdrawn_on=DAY)])) == []
    assert told(case_dates.of_consents([replace(given, given_on=None)])) == []


def test_the_consent_that_lasts_longest_stands_for_the_others_of_its_kind() -> None:
    short = Consent(id="a", recipient="mbe", purpose="x", given_on=DAY, valid_until=DAY + timedelta(30))
    long = replace(short, id="b", valid_until=DAY + timedelta(90))
    other = replace(short, id="c", purpose="y")
    assert [each.record_id for each in case_dates.of_consents([short, long, other])] == ["b", "c"]
    for_ever = replace(short, id="d", valid_until=None)
    assert told(case_dates.of_consents([short, for_ever])) == []
    withdrawn = replace(long, withdrawn_on=DAY)
    assert [each.record_id for each in case_dates.of_consents([short, withdrawn])] == ["a"]


def test_of_two_consents_that_end_alike_the_first_stands_for_both() -> None:
    one = Consent(id="a", recipient="mbe", given_on=DAY, valid_until=DAY)
    assert [each.record_id for each in case_dates.of_consents([one, replace(one, id="b")])] == ["a"]


@pytest.mark.parametrize(
    ("state", "rule", "days"),
    [
        (ItemState.MISSING, "documents_missing", 14),
        (ItemState.REQUESTED, "referral_ready", 3),
        (ItemState.PRESENT, "referral_ready", 3),
        (ItemState.NOT_NEEDED, "referral_ready", 3),
    ],
)
def test_only_a_paper_that_is_missing_keeps_a_referral(state: ItemState, rule: str, days: int) -> None:
    referral = Referral(service="mbe", prepared_on=DAY, checklist=(ChecklistEntry(item="id", state=state),))
    assert told(case_dates.of_referrals([referral], SPANS)) == [(rule, DAY + timedelta(days))]


@pytest.mark.parametrize("state", sorted(set(ReferralState) - {ReferralState.PREPARED}))
def test_an_answer_is_awaited_to_what_was_sent(state: ReferralState) -> None:
    referral = Referral(service="mbe", state=state, prepared_on=DAY, sent_on=DAY, answer_due_on=DAY)
    due = [("referral_unanswered", DAY)] if state is ReferralState.SENT else []
    assert told(case_dates.of_referrals([referral], SPANS)) == due


APPOINTMENT = FollowUp(kind=FollowUpKind.APPOINTMENT, due_on=DAY, title="Jobcenter")


@pytest.mark.parametrize(
    ("booking", "done", "expected"),
    [
        ("needed", False, ["appointment", "interpreter_needed"]),
        ("requested", False, ["appointment", "interpreter_needed"]),
        ("cancelled", False, ["appointment", "interpreter_needed"]),
        ("booked", False, ["appointment", "interpreter_came"]),
        ("came", False, ["appointment"]),
        ("no_show", False, ["appointment"]),
        ("not_needed", False, ["appointment"]),
        ("", False, ["appointment"]),
        ("needed", True, []),
        ("cancelled", True, []),
        ("booked", True, ["interpreter_came"]),
    ],
)
def test_an_interpreter_is_booked_before_and_noted_after(
    booking: str, done: bool, expected: list[str]
) -> None:
    one = replace(APPOINTMENT, interpreter=booking, done_on=DAY if done else None)
    assert [each.rule for each in case_dates.of_follow_ups([one])] == expected


@pytest.mark.parametrize("kind", [FollowUpKind.DEADLINE, FollowUpKind.FOLLOW_UP])
def test_only_an_appointment_needs_an_interpreter(kind: FollowUpKind) -> None:
    one = replace(APPOINTMENT, kind=kind, interpreter="needed")
    assert [each.rule for each in case_dates.of_follow_ups([one])] == [str(kind)]


def test_the_contact_after_the_case_is_about_the_case_itself() -> None:
    named = FollowUp(case_id="1", title="Nachkontakt", due_on=DAY)
    assert [each.rule for each in case_dates.of_follow_ups([named])] == ["follow_up"]
    about = replace(named, title="Wie geht es?", about="1")
    assert [each.rule for each in case_dates.of_follow_ups([about])] == ["after_care"]


def test_a_newer_paper_stands_for_the_older_one_of_the_same_kind_and_title() -> None:
    old = Attachment(id="a", document="passport", title="Pass Amna", valid_until=DAY)
    new = replace(old, id="b", title="pass amna", valid_until=DAY + timedelta(900))
    assert [each.record_id for each in of_papers(old, new)] == ["b"]
    assert [each.record_id for each in of_papers(new, old)] == ["b"]
    hers = replace(old, id="c", title="Pass Lina")
    card = replace(old, id="d", document="health_card")
    assert {each.record_id for each in of_papers(old, hers, card)} == {"a", "c", "d"}
    assert told(of_papers(old, replace(new, valid_until=None))) == []


def of_papers(*papers: Attachment) -> Iterator[Due]:
    """Return the ends of papers of a case that holds nothing else."""
    return paper_dates.of_papers(file(attachments=papers), RULES.proofs, DAY)


def file(**parts: Any) -> CaseFile:
    return CaseFile(case=parts.pop("case", Case(id="1", opened_on=DAY)), **parts)


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"immediate_needs": ["deadline"], "deadline_on": "2026-03-09"}, [date(2026, 3, 9)]),
        ({"immediate_needs": ["money"], "deadline_on": "2026-03-09"}, []),
        ({"immediate_needs": ["deadline"], "deadline_on": None}, []),
        ({"immediate_needs": ["deadline"], "deadline_on": "bald"}, []),
        ({}, []),
    ],
)
def test_the_deadline_of_the_first_talk_counts_while_it_is_named(answers: Any, due: list[date]) -> None:
    entry = PhaseEntry(id="p", phase=Phase.INTAKE, answers={"request": answers})
    assert [each.due_on for each in case_dates.of_phases(file(phases=(entry,)))] == due
    later = PhaseEntry(id="q", phase=Phase.INTAKE, round=2)
    assert list(case_dates.of_phases(file(phases=(entry, later)))) == [], "the newest round counts"


DEADLINE = FollowUp(kind=FollowUpKind.DEADLINE, due_on=date(2026, 3, 9))


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ((DEADLINE,), False),
        ((replace(DEADLINE, done_on=DAY),), False),
        ((replace(DEADLINE, kind=FollowUpKind.APPOINTMENT),), True),
        ((replace(DEADLINE, due_on=DAY),), True),
    ],
)
def test_only_a_deadline_of_its_day_stands_for_that_of_the_first_talk(
    dates: tuple[FollowUp, ...], told: bool
) -> None:
    needs = {"immediate_needs": ["deadline"], "deadline_on": "2026-03-09"}
    entry = PhaseEntry(phase=Phase.INTAKE, answers={"request": needs})
    found = [each.facts for each in case_dates.of_phases(file(phases=(entry,), follow_ups=dates))]
    assert found == ([{"title": ""}] if told else [])


def test_how_pressing_a_date_is_follows_from_its_window() -> None:
    [due] = of_file(file(goals=(Goal(due_on=DAY),)), RULES)
    assert (due.since, due.until) == (DAY - timedelta(21), date.max)
    states = {
        -22: Urgency.LATER,
        -21: Urgency.SOON,
        -1: Urgency.SOON,
        0: Urgency.TODAY,
        1: Urgency.OVERDUE,
    }
    assert {days: due.state(DAY + timedelta(days)) for days in states} == states


def test_what_it_is_time_for_comes_first_then_the_dates_to_come() -> None:
    goals = tuple(Goal(id=f"{days}", due_on=DAY + timedelta(days)) for days in (40, 10))
    early = Measure(id="m", due_on=DAY + timedelta(16))
    silent = Contact(id="c", held_on=DAY - timedelta(60))
    lapsed = Consent(id="x", given_on=DAY, valid_until=DAY - timedelta(31))
    found = due_in(file(goals=goals, measures=(early,), contacts=(silent,), consents=(lapsed,)), RULES, DAY)
    assert [each.record_id for each in found] == ["10", "c", "m", "40"]


@pytest.mark.parametrize(
    ("reason", "handover", "rules"),
    [
        ("goals_reached", {}, {"deadline", "after_care", "goal_due"}),
        ("handed_over", {}, {"deadline", "after_care", "goal_due"}),
        ("handed_over", {"recipient": "MBE"}, {"deadline", "after_care", "goal_due"}),
        ("handed_over", {"recipient": "MBE", "handed_over_on": "2026-03-02"}, {"after_care"}),
        (
            "goals_reached",
            {"recipient": "MBE", "handed_over_on": "2026-03-02"},
            {"deadline", "after_care", "goal_due"},
        ),
    ],
)
def test_the_dates_of_a_case_outlive_it_until_somebody_takes_it_over(
    reason: str, handover: dict[str, str], rules: set[str]
) -> None:
    follow_ups = (
        FollowUp(case_id="1", kind=FollowUpKind.DEADLINE, due_on=DAY),
        FollowUp(case_id="1", due_on=DAY, about="1"),
    )
    entry = PhaseEntry(phase=Phase.EVALUATION, answers={"handover": handover})
    case = Case(id="1", opened_on=DAY, status=CaseStatus.CLOSED, closing_reason=reason)
    closed = file(case=case, follow_ups=follow_ups, phases=(entry,), goals=(Goal(due_on=DAY),))
    assert {each.rule for each in due_in(closed, RULES, DAY)} == rules
