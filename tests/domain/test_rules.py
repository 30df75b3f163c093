"""Pure rules: phases that follow each other, the chain of measures, a referral's way, consents, dates."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain import consent, phases
from kimdesk.domain.agenda.rules import TimeWindow
from kimdesk.domain.chain import in_order, is_blocked, makes_circle, waits_for
from kimdesk.domain.law.periods import month_end
from kimdesk.domain.naming import full_name, list_name
from kimdesk.domain.records import Consent, Goal, Measure, Person, PhaseEntry
from kimdesk.domain.referral_steps import STEPS, may_become
from kimdesk.domain.terms import GoalState, MeasureState, Phase, PhaseState, ReferralState
from tests.domain.case_files import file_of

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("ended", "now", "then"),
    [
        ((), Phase.ACCESS, Phase.INTAKE),
        ((Phase.INTAKE,), Phase.ACCESS, Phase.ASSESSMENT),
        ((), Phase.ASSESSMENT, Phase.GOAL_AGREEMENT),
        ((Phase.ACCESS,), Phase.EVALUATION, Phase.INTAKE),
        (tuple(Phase), Phase.ASSESSMENT, Phase.EVALUATION),
        (tuple(each for each in Phase if each is not Phase.ASSESSMENT), Phase.ASSESSMENT, Phase.EVALUATION),
        (tuple(Phase)[3:], Phase.ASSESSMENT, Phase.ACCESS),
        (tuple(Phase)[2:], Phase.INTAKE, Phase.ACCESS),
    ],
)
def test_a_case_goes_on_to_the_next_open_phase(ended: tuple[Phase, ...], now: Phase, then: Phase) -> None:
    entries = [PhaseEntry(phase=phase, state=PhaseState.SKIPPED) for phase in ended]
    assert phases.following(entries, now) is then


def test_the_newest_round_of_a_phase_counts() -> None:
    old = PhaseEntry(id="a", phase=Phase.INTAKE, state=PhaseState.COMPLETED)
    new = PhaseEntry(id="b", phase=Phase.INTAKE, round=2)
    assert phases.latest([new, old], Phase.INTAKE) == new
    assert phases.standing([new, old])[Phase.INTAKE] is PhaseState.OPEN
    assert phases.standing([])[Phase.ACCESS] is None
    again = PhaseEntry(id="c", phase=Phase.INTAKE, round=2)
    assert phases.latest([again, new, old], Phase.INTAKE) == again


def test_a_goal_is_rated_by_both_or_counts_as_unrated() -> None:
    both = Goal(level_client=0, level_case_manager=-2)
    by_one = [replace(both, level_client=None), replace(both, level_case_manager=None)]
    goals = (both, *by_one, Goal(), Goal(state=GoalState.DROPPED), Goal(state=GoalState.REACHED))
    assert phases.unrated_goals(file_of(*goals)) == 4


def measure(name: str, *requires: str, state: MeasureState = MeasureState.PLANNED) -> Measure:
    return Measure(id=name, title=name, requires=requires, state=state)


def test_a_measure_waits_for_what_is_not_done() -> None:
    kita = measure("kita", state=MeasureState.APPLIED)
    done = measure("antrag", state=MeasureState.DONE)
    course = measure("kurs", "kita", "antrag")
    assert waits_for(course, [kita, done, course]) == (kita,)
    assert not is_blocked(course, [kita, done])
    refused = measure("kita", state=MeasureState.REJECTED)
    assert is_blocked(course, [refused, done])
    assert not is_blocked(measure("kurs", "kita", state=MeasureState.DONE), [refused])


def test_measures_stand_after_what_they_wait_for() -> None:
    chain = [measure("c", "b"), measure("b", "a", "anderswo"), measure("a")]
    assert [each.id for each in in_order(chain)] == ["a", "b", "c"]
    assert makes_circle(measure("a", "c"), chain)
    assert makes_circle(measure("a", "a"), chain)
    assert not makes_circle(measure("a"), chain)


@given(st.sampled_from(ReferralState), st.sampled_from(ReferralState))
def test_a_referral_never_goes_back(now: ReferralState, then: ReferralState) -> None:
    def reachable(state: ReferralState) -> set[ReferralState]:
        return {state}.union(*(reachable(each) for each in STEPS[state]))

    if may_become(now, then):
        assert now not in reachable(then)


def test_a_withdrawn_consent_ends_with_the_day_before() -> None:
    given_consent = Consent(
        recipient="ki",
        purpose="reporting",
        given_on=DAY,
        valid_until=date(2026, 6, 30),
        withdrawn_on=date(2026, 5, 1),
    )
    standing = [consent.is_standing(given_consent, date(2026, month, 30)) for month in (3, 4, 5)]
    assert standing == [True, True, False]
    assert consent.fitting([given_consent], "ki", "reporting", DAY) == given_consent
    assert consent.fitting([given_consent], "ki", "reporting", DAY, {"health"}) is None


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        (TimeWindow(lead=2), [False, True, True, True]),
        (TimeWindow(lead=0, linger=1), [False, False, True, False]),
        (TimeWindow(lead=1, linger=2), [False, False, True, True]),  # through its last day
    ],
)
def test_a_step_is_shown_from_its_lead_until_it_lapses(window: TimeWindow, shown: list[bool]) -> None:
    due = date(2026, 3, 10)
    assert [window.shows(due, date(2026, 3, day)) for day in (7, 8, 10, 12)] == shown


def test_at_the_edges_of_the_calendar_a_step_is_shown_from_its_first_to_its_last_day() -> None:
    window = TimeWindow(lead=30, linger=30)
    assert window.first(date(1, 1, 30)) == window.first(date(1, 1, 31)) == date.min
    assert window.first(date(1, 2, 1)) == date(1, 1, 2)
    assert window.last(date(9999, 12, 1)) == window.last(date(9999, 12, 2)) == date.max
    assert window.last(date(9999, 11, 30)) == date(9999, 12, 30)
    assert TimeWindow(lead=0).last(DAY) == date.max


def test_an_application_counts_for_the_month_it_is_made_in() -> None:
    assert month_end(date(2028, 2, 1)) == date(2028, 2, 29)
    assert month_end(date(2026, 12, 31)) == date(2026, 12, 31)


def test_names_are_said_and_listed() -> None:
    person = Person(family_name="Osman", given_names="Amna")
    assert (full_name(person), list_name(person)) == ("Amna Osman", "Osman, Amna")
    assert full_name(Person(family_name="Suharto", single_name=True)) == "Suharto"
