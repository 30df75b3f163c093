"""Referrals to services, with their checklists."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records.base import CaseRecord
from kimdesk.domain.terms import ItemState, ReferralState, StepKind


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistEntry:
    """Where one item of a referral's checklist stands; ``item`` is its code in the catalogue.

    ``proven``: it stands so by the papers of the case, and nobody has set it by hand.
    """

    item: str
    state: ItemState = ItemState.MISSING
    note: str = ""
    since: date | None = None
    valid_until: date | None = None
    proven: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralStep:
    """One thing that happened to a referral, as it was noted: nothing changes it any more.

    ``by`` noted it at the desk, ``who`` at the office said it; ``due_on`` is until when something is waited
    for afterwards; ``papers`` are what went along: codes of the checklist, or titles.
    """

    id: str
    kind: StepKind
    on: date
    by: str = ""
    who: str = ""
    channel: str = ""  # answer_channel
    reason: str = ""  # reject_reason
    text: str = ""
    appointment_on: date | None = None
    appointment_at: str = ""  # HH:MM
    due_on: date | None = None
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral(CaseRecord):
    """A referral to a service, with the checklist of what it needs.

    ``course`` keeps what happened; state and days say what follows of it. ``remind_on``: when somebody asks
    again, or answers what the office asked; ``slip_code``: see ``kimdesk.domain.slip_codes``.
    """

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
    slip_code: str = ""
    remind_on: date | None = None
    course: tuple[ReferralStep, ...] = ()
