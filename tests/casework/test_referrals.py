"""Nothing is referred without a consent, or a reason; then it goes its way step by step."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kimdesk.casework import cases, consents, records, referrals, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Case, Consent, Referral
from kimdesk.domain.terms import ItemState, ReferralState

TODAY = today()
DAY = timedelta(days=1)


def give(desk: Desk, case: Case, **facts: Any) -> Consent:
    jobcenter = SHIPPED.service("jobcenter")
    usual: dict[str, Any] = {
        "recipient": "jobcenter",
        "purpose": "benefits",
        "kinds": jobcenter.information_kinds,
        "given_on": TODAY - DAY,
        "valid_until": TODAY + 30 * DAY,
    }
    return records.save(desk, Consent(case_id=case.id, **{**usual, **facts}))


def refer(desk: Desk, case: Case, **facts: Any) -> Referral:
    return referrals.prepare(
        desk, case.id, "jobcenter", **{"agency": "Jobcenter Auental", "purpose": "benefits", **facts}
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"recipient": "youth_office"},
        {"purpose": "housing"},
        {"given_on": None},
        {"given_on": TODAY + DAY},
        {"valid_until": TODAY - DAY},
        {"withdrawn_on": TODAY},
        {"kinds": ("person",)},
    ],
)
def test_a_consent_that_does_not_fit_is_none(desk: Desk, case: Case, facts: dict[str, Any]) -> None:
    give(desk, case, **facts)
    with pytest.raises(CaseworkError, match="E850"):
        refer(desk, case)
    assert cases.peek(desk, case.id).referrals == ()


def test_a_fitting_consent_is_named_in_the_referral(desk: Desk, case: Case) -> None:
    give(desk, case)
    longest = give(desk, case, valid_until=None)
    prepared = refer(desk, case, warm=True, override_reason="überflüssig")
    assert (prepared.consent_id, prepared.override_reason, prepared.warm) == (longest.id, "", True)


def test_the_checklist_is_that_of_the_service(desk: Desk, case: Case) -> None:
    give(desk, case)
    prepared, jobcenter = refer(desk, case), SHIPPED.service("jobcenter")
    assert [entry.item for entry in prepared.checklist] == [item.code for item in jobcenter.items]
    assert {entry.state for entry in prepared.checklist} == {ItemState.MISSING}
    assert prepared.service_version == jobcenter.version


def uncovered(desk: Desk, case: Case) -> list[str]:
    """Return what the trail tells of referrals without a consent, the earliest first."""
    found = [entry.action for entry in upkeep.history(desk, case.id) if entry.action.endswith("_uncovered")]
    return sorted(found)


def test_without_consent_a_reason_is_kept_and_noted(desk: Desk, case: Case) -> None:
    prepared = refer(desk, case, override_reason="Gefahr für das Kind")
    assert (prepared.consent_id, prepared.override_reason) == ("", "Gefahr für das Kind")
    assert uncovered(desk, case) == ["prepared_uncovered"]
    referrals.advance(desk, prepared, ReferralState.SENT)
    assert uncovered(desk, case) == ["prepared_uncovered", "sent_uncovered"]
    with pytest.raises(CaseworkError, match="E850"):
        refer(desk, case, override_reason="  ")


def test_a_document_is_ticked_off(desk: Desk, case: Case) -> None:
    prepared = refer(desk, case, override_reason="eilig")
    asked = referrals.set_item(desk, prepared, "bank_account", ItemState.REQUESTED, "Sparkasse")
    there = referrals.set_item(desk, asked, "bank_account", ItemState.PRESENT, valid_until=TODAY + DAY)
    entry = next(each for each in there.checklist if each.item == "bank_account")
    assert (entry.state, entry.note, entry.since, entry.valid_until) == (
        ItemState.PRESENT,
        "Sparkasse",
        TODAY,
        TODAY + DAY,
    )
    assert len(there.checklist) == len(prepared.checklist)
    with pytest.raises(StoreError, match="E905"):
        referrals.set_item(desk, prepared, "bank_account", ItemState.MISSING)


def test_a_referral_goes_its_way(desk: Desk, case: Case) -> None:
    give(desk, case)
    sent = referrals.advance(desk, refer(desk, case), ReferralState.SENT)
    assert (sent.sent_on, sent.answer_due_on) == (
        TODAY,
        TODAY + SHIPPED.service("jobcenter").answer_days * DAY,
    )
    accepted = referrals.advance(desk, sent, ReferralState.ACCEPTED, on=TODAY + DAY)
    assert accepted.answered_on == TODAY + DAY
    done = referrals.advance(desk, accepted, ReferralState.DONE, reason="Leistung bewilligt")
    assert done.result == "Leistung bewilligt"


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ([], ReferralState.ACCEPTED),
        ([], ReferralState.DONE),
        ([], ReferralState.PREPARED),
        ([ReferralState.SENT], ReferralState.PREPARED),
        ([ReferralState.SENT], ReferralState.DONE),
        ([ReferralState.SENT, ReferralState.REJECTED, ReferralState.DONE], ReferralState.SENT),
        ([ReferralState.WITHDRAWN], ReferralState.SENT),
    ],
)
def test_a_step_that_does_not_follow_is_refused(
    desk: Desk, case: Case, path: list[ReferralState], refused: ReferralState
) -> None:
    referral = refer(desk, case, override_reason="eilig")
    for state in path:
        referral = referrals.advance(desk, referral, state, reason="so war es")
    with pytest.raises(CaseworkError, match="E852"):
        referrals.advance(desk, referral, refused, reason="so war es")


def test_a_rejection_needs_its_reason(desk: Desk, case: Case) -> None:
    sent = referrals.advance(desk, refer(desk, case, override_reason="eilig"), ReferralState.SENT)
    with pytest.raises(CaseworkError, match="E851"):
        referrals.advance(desk, sent, ReferralState.REJECTED)
    rejected = referrals.advance(desk, sent, ReferralState.REJECTED, reason="not_responsible")
    assert rejected.reject_reason == "not_responsible"


def test_a_withdrawal_stops_a_referral_that_was_only_prepared(desk: Desk, case: Case) -> None:
    consent = give(desk, case)
    prepared = refer(desk, case)
    withdrawn = consents.withdraw(desk, consent)
    assert withdrawn.withdrawn_on == TODAY
    assert consents.standing([withdrawn]) == ()
    with pytest.raises(CaseworkError, match="E850"):
        referrals.advance(desk, prepared, ReferralState.SENT)
    sent = referrals.advance(desk, prepared, ReferralState.SENT, override_reason="Gefahr im Verzug")
    assert (sent.consent_id, sent.override_reason) == ("", "Gefahr im Verzug")
    with pytest.raises(StoreError, match="E905"):
        consents.withdraw(desk, replace(withdrawn, rev=1))
