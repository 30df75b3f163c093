"""Referrals to services, with their checklists."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records.base import CaseRecord
from kimdesk.domain.terms import ItemState, ReferralState


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistEntry:
    """Where one item of a referral's checklist stands; ``item`` is its code in the catalogue."""

    item: str
    state: ItemState = ItemState.MISSING
    note: str = ""
    since: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral(CaseRecord):
    """A referral to a service, with the checklist of what it needs."""

    service: str  # code in resources/services/
    service_version: int = 1
    agency: str = ""
    agency_person: str = ""
    purpose: str = ""  # consent_purpose
    warm: bool = False
    state: ReferralState = ReferralState.PREPARED
    consent_id: str = ""
    override_reason: str = ""
    prepared_on: date | None = None
    sent_on: date | None = None
    answered_on: date | None = None
    answer_due_on: date | None = None
    reject_reason: str = ""
    result: str = ""
    note: str = ""
    checklist: tuple[ChecklistEntry, ...] = ()
