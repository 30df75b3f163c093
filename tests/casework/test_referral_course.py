"""No sequence of events loses an answer or lets a referral go without consent; nor do two laptops."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimdesk.casework import cases, consents, referral_list, referrals
from kimdesk.casework import referral_course as course
from kimdesk.casework.desk import Desk
from kimdesk.casework.referral_course import StepFacts
from kimdesk.casework.referral_list import ReferralGroup, ReferralQuery
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain import slip_codes
from kimdesk.domain.consent import is_standing
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.records import Case, Consent, Referral, ReferralStep
from kimdesk.domain.referral_steps import ReferralStanding, is_answer, may_take, standing, taken
from kimdesk.domain.terms import FollowUpKind, ItemState, ReferralState, StepKind
from kimdesk.domain.three_way import Conflicts, Version, merge, settled
from tests.casework.test_referrals import give, refer

TODAY = today()
DAY = timedelta(days=1)
HEARD = (StepKind.RECEIPT, StepKind.QUERY, StepKind.ACCEPTED, StepKind.REJECTED)
WORDS = StepFacts(text="so war es", reason="not_responsible")

EVENTS = st.lists(
    st.sampled_from(["give", "withdraw", "reason", *StepKind]).flatmap(
        lambda what: st.tuples(st.just(what), st.integers(0, 3))
    ),
    min_size=1,
    max_size=9,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(EVENTS)
def test_no_sequence_of_events_loses_an_answer_or_skips_consent(
    desk: Desk, case: Case, events: list[tuple[str, int]]
) -> None:
    referral, consent, heard = refer(desk, case, override_reason="eilig"), None, list[str]()
    referral = replace(referral, override_reason="")
    with desk.writing() as writer:
        referral = writer.put(referral)
    for what, _ in events:
        before = referral
        if what == "give":
            consent = consent or give(desk, case)
        elif what == "withdraw":
            if consent and not consent.withdrawn_on:
                consent = consents.withdraw(desk, consent)
        else:
            why = "Gefahr" if what == "reason" else ""
            kind = StepKind.SENT if what == "reason" else StepKind(what)
            referral = attempt(desk, referral, kind, why)
        if referral is not before and referral.state is not ReferralState.PREPARED:
            heard += [each.id for each in referral.course if each.kind in HEARD and each.id not in heard]
        assert_sound(desk, before, referral, consent, heard)
    if consent and not consent.withdrawn_on:
        consents.withdraw(desk, consent)


def attempt(desk: Desk, referral: Referral, kind: StepKind, why: str) -> Referral:
    try:
        if kind in HEARD:
            return course.answer(desk, referral, kind, WORDS, why)
        return course.take(desk, referral, kind, WORDS, why)
    except CaseworkError as error:
        refused = error.code
    expected = {"E850"} if kind in HEARD else {"E850", "E852"}
    assert refused in expected  # what the office says is refused only where nothing may go there
    return referral


def assert_sound(
    desk: Desk, before: Referral, now: Referral, consent: Consent | None, heard: list[str]
) -> None:
    kept = [each.id for each in now.course]
    assert [each.id for each in before.course] == kept[: len(before.course)], "a step is gone"
    assert set(heard) <= set(kept)
    if before.state is ReferralState.PREPARED and now.state not in (
        ReferralState.PREPARED,
        ReferralState.WITHDRAWN,
    ):
        covered = consent is not None and is_standing(consent, TODAY) and now.consent_id == consent.id
        assert covered or now.override_reason, "it went without consent and without a reason"
    if now.state in (ReferralState.ACCEPTED, ReferralState.REJECTED):
        answers = [each for each in now.course if is_answer(each)]
        assert str(answers[-1].kind) == str(now.state)
        assert now.answered_on == answers[-1].on


STEPS = st.lists(st.sampled_from(list(StepKind)), max_size=4)


@settings(max_examples=100, deadline=None, database=None)
@given(STEPS, STEPS, STEPS, st.sampled_from([Version.MINE, Version.THEIRS, Version.BASE]))
def test_two_laptops_that_note_what_they_hear_lose_no_step(
    common: list[StepKind], mine: list[StepKind], theirs: list[StepKind], choice: Version
) -> None:
    start = Referral(id="r", service="jobcenter", state=ReferralState.PREPARED)
    base = noted(noted(start, [StepKind.SENT]), common)
    one, other = noted(base, mine), noted(base, theirs)
    joined = merge(base, one, other)
    if isinstance(joined, Conflicts):
        assert not any(each.path.startswith("course") for each in joined.found)
        joined = settled(base, one, other, lambda _: choice)
    assert joined is not None
    assert {each.id for each in joined.course} == {each.id for each in (*one.course, *other.course)}


def noted(referral: Referral, kinds: list[StepKind]) -> Referral:
    for kind in kinds:
        if may_take(referral, kind):
            referral = taken(referral, ReferralStep(id=new_id(), kind=kind, on=TODAY))
    return referral


def test_an_answer_to_what_nobody_noted_as_sent_sends_it_first(desk: Desk, case: Case) -> None:
    prepared = refer(desk, case, override_reason="eilig")
    with desk.writing() as writer:
        prepared = writer.put(replace(prepared, override_reason=""))
    with pytest.raises(CaseworkError, match="E850"):
        course.answer(desk, prepared, StepKind.ACCEPTED, StepFacts())
    consent = give(desk, case)
    accepted = course.answer(desk, prepared, StepKind.ACCEPTED, StepFacts(channel="slip"))
    assert [each.kind for each in accepted.course] == [StepKind.SENT, StepKind.ACCEPTED]
    assert (accepted.sent_on, accepted.answered_on, accepted.consent_id) == (TODAY, TODAY, consent.id)


def test_what_went_along_is_kept_as_it_was(desk: Desk, case: Case) -> None:
    give(desk, case)
    there = referrals.set_item(desk, refer(desk, case), "bank_account", ItemState.PRESENT)
    sent = course.take(desk, there, StepKind.SENT, StepFacts())
    later = referrals.set_item(desk, sent, "bank_account", ItemState.MISSING)
    assert later.course[0].papers == ("bank_account",)
    chosen = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts(papers=("identity", "Vertrag")))
    assert chosen.course[0].papers == ("identity", "Vertrag")


def test_a_question_is_ours_to_answer_and_then_theirs_again(desk: Desk, case: Case) -> None:
    give(desk, case, given_on=TODAY - 90 * DAY)
    sent = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts(on=TODAY - 30 * DAY))
    assert standing(sent, TODAY) is ReferralStanding.UNANSWERED
    asked = course.take(desk, sent, StepKind.QUERY, StepFacts(text="Wie hoch?", who="Frau Althoff"))
    assert standing(asked, TODAY) is ReferralStanding.QUERY
    assert asked.remind_on == TODAY + 7 * DAY
    [due] = [each for each in dues_of(desk, case) if each.kind == "referral"]
    assert (due.rule, due.due_on) == ("referral_query", TODAY + 7 * DAY)
    replied = course.take(desk, asked, StepKind.REPLIED, StepFacts(text="640 Euro"))
    assert standing(replied, TODAY) is ReferralStanding.SENT
    assert replied.answer_due_on == TODAY + SHIPPED.service("jobcenter").answer_days * DAY


def dues_of(desk: Desk, case: Case) -> list[Any]:
    from kimdesk.domain.agenda.dues import of_file

    return list(of_file(cases.peek(desk, case.id), desk.rules))


def test_a_call_is_a_talk_of_the_case_and_moves_the_reminder(desk: Desk, case: Case) -> None:
    give(desk, case, given_on=TODAY - 90 * DAY)
    sent = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts(on=TODAY - 30 * DAY))
    chased, talk = course.chase(desk, sent, StepFacts(who="Frau Brandt", text="Sie ruft zurück."))
    assert (chased.remind_on, chased.state) == (TODAY + 7 * DAY, ReferralState.SENT)
    assert (talk.form, talk.content, talk.held_on) == ("agency", "Sie ruft zurück.", TODAY)
    found = referral_list.page(desk, ReferralQuery(), TODAY, 0, 10)
    assert [each.group for each in found.rows] == [ReferralGroup.UNANSWERED]
    assert found.first is None  # nobody calls the same office twice in a day
    assert referral_list.page(desk, ReferralQuery(), TODAY + 7 * DAY, 0, 10).first


def test_an_appointment_the_office_gives_is_one_of_the_case(desk: Desk, case: Case) -> None:
    give(desk, case)
    said = StepFacts(channel="slip", appointment_on=TODAY + 2 * DAY, appointment_at="14:00")
    accepted = course.answer(desk, refer(desk, case), StepKind.ACCEPTED, said)
    [term] = cases.peek(desk, case.id).follow_ups
    assert (term.kind, term.due_on, term.time) == (FollowUpKind.APPOINTMENT, TODAY + 2 * DAY, "14:00")
    assert term.about == accepted.id


def test_what_is_usual_at_an_office_counts_from_five_answers_on(desk: Desk, case: Case) -> None:
    give(desk, case, given_on=TODAY - 90 * DAY)
    agreed = SHIPPED.service("jobcenter").answer_days
    for number, took in enumerate([3, 40, 4, 5, 4]):
        sent = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts(on=TODAY - 60 * DAY))
        assert sent.answer_due_on == TODAY + (agreed - 60) * DAY, number
        course.take(desk, sent, StepKind.ACCEPTED, StepFacts(on=TODAY + (took - 60) * DAY))
    sent = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts())
    assert sent.answer_due_on == TODAY + 4 * DAY
    elsewhere = course.take(
        desk, refer(desk, case, agency="Jobcenter Brinkhorst"), StepKind.SENT, StepFacts()
    )
    assert elsewhere.answer_due_on == TODAY + agreed * DAY


def test_a_slip_is_found_however_its_code_is_typed(desk: Desk, case: Case) -> None:
    give(desk, case)
    prepared, other = refer(desk, case), refer(desk, case)
    assert prepared.slip_code != other.slip_code
    shown = slip_codes.shown(prepared.slip_code)
    for typed in (shown, shown.lower(), shown.replace("-", "ß"), f" {prepared.slip_code}\n"):
        assert [each.id for each in referrals.find_slip(desk, typed)] == [prepared.id]
    with pytest.raises(CaseworkError, match="E848"):
        referrals.find_slip(desk, shown[:-1])
    with pytest.raises(CaseworkError, match="E849"):
        referrals.find_slip(desk, slip_codes.of("nobody"))


def test_a_referral_from_before_gets_its_code_when_it_is_asked_for(desk: Desk, case: Case) -> None:
    with desk.writing() as writer:
        old = writer.put(Referral(case_id=case.id, service="jobcenter"))
    coded = referrals.with_code(desk, old.id)
    assert slip_codes.read(coded.slip_code) == coded.slip_code
    assert referrals.with_code(desk, old.id) == coded


def test_an_answer_before_the_referral_went_is_refused(desk: Desk, case: Case) -> None:
    give(desk, case)
    sent = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts())
    with pytest.raises(CaseworkError, match="E847"):
        course.take(desk, sent, StepKind.ACCEPTED, StepFacts(on=TODAY - DAY))


def test_a_late_answer_is_kept_though_the_referral_was_withdrawn(desk: Desk, case: Case) -> None:
    give(desk, case)
    sent = course.take(desk, refer(desk, case), StepKind.SENT, StepFacts())
    gone = course.take(desk, sent, StepKind.WITHDRAWN, StepFacts(text="umgezogen"))
    late = course.answer(desk, gone, StepKind.ACCEPTED, StepFacts(text="Platz ab Mai"))
    assert late.state is ReferralState.WITHDRAWN
    assert late.course[-1].text == "Platz ab Mai"
