"""The records of case management: what is stored, shown, exported, in the same words everywhere.

Every record is frozen and carries ``id`` (UUIDv7 text), ``rev`` (0 before the first save, then rising)
and ``extra`` (members of a foreign document that KIMdesk does not know and keeps).
Plain ``str`` fields that hold codes name their code list (``resources/codelists/``) in a comment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.terms import (
    CaseStatus,
    ContactStatus,
    FollowUpKind,
    GoalState,
    ItemState,
    Lane,
    MeasureState,
    Phase,
    PhaseState,
    ReferralState,
    Role,
    SharingLevel,
)

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What all records share."""

    id: str = ""
    rev: int = 0
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRecord(Record):
    """A record that belongs to one case."""

    case_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case(Record):
    """One case; the Aktenzeichen is a label, never the identity."""

    file_number: str = ""
    ags: str = ""  # municipality of residence, 8 digits
    opened_on: date
    status: CaseStatus = CaseStatus.ACTIVE
    phase: Phase = Phase.ACCESS
    legal_basis: str = "consent"  # legal_basis
    worker: str = ""
    closed_on: date | None = None
    closing_reason: str = ""  # closing_reason
    retain_until: date | None = None


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A language (ISO 639-3), how well it is spoken, and whether an interpreter is needed."""

    language: str
    level: str = ""  # language_level
    interpreter: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Record):
    """A person, with names as in DSAusländer; shared by the cases of one household."""

    family_name: str = ""
    given_names: str = ""
    birth_name: str = ""
    call_name: str = ""
    german_name: str = ""  # the name under German law, where it differs (Art. 47 EGBGB, § 94 BVFG)
    alias: str = ""
    original_name: str = ""  # in the script of the passport
    single_name: bool = False
    birth_date: PartialDate | None = None
    birth_fictitious: bool = False
    birth_place: str = ""
    birth_country: str = ""  # nationality
    sex: str = ""  # sex
    nationalities: tuple[str, ...] = ()  # nationality, Destatis keys
    languages: tuple[LanguageSkill, ...] = ()
    street: str = ""
    postcode: str = ""
    city: str = ""
    arrived_on: PartialDate | None = None
    phone: str = ""
    email: str = ""
    safe_contact: str = ""
    address_blocked: bool = False  # Auskunftssperre, § 51 BMG
    protected: bool = False  # Gewaltschutz: the address is never printed or exported
    azr_number: str = ""  # never a key, never exported


@dataclass(frozen=True, kw_only=True, slots=True)
class Member(CaseRecord):
    """A person's place in a case and its household."""

    person_id: str
    role: Role = Role.CLIENT
    relation: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation(CaseRecord):
    """How two persons of a case stand to each other: ``person_id`` is the ``kind`` of ``other_id``."""

    person_id: str
    other_id: str
    kind: str = ""  # relation_kind
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent(CaseRecord):
    """A consent or release of confidentiality, one per recipient and purpose (§ 67b Abs. 2 SGB X)."""

    recipient: str = ""  # code of a service, or "ki" for the Kreis
    recipient_name: str = ""
    purpose: str = ""  # consent_purpose
    kinds: tuple[str, ...] = ()  # information_kind
    special_categories: tuple[str, ...] = ()  # special_category, Art. 9 DSGVO
    level: SharingLevel = SharingLevel.IDENTIFIED
    necessity: str = ""
    refusal_consequences: str = ""
    mutual: bool = False
    form: str = "written"  # consent_form
    given_on: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None
    language: str = ""  # language
    interpreter: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseEntry(CaseRecord):
    """One run of a phase: its state and the answers to its form, with the form's version."""

    phase: Phase
    round: int = 1
    state: PhaseState = PhaseState.OPEN
    form: str = ""
    version: int = 0
    answers: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    started_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseEvent(CaseRecord):
    """Why a phase was completed with gaps, skipped or reopened, and by whom."""

    phase: Phase
    event: str  # completed | skipped | reopened
    reason: str = ""
    actor: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(CaseRecord):
    """A goal in the client's words, with five attainment levels agreed beforehand (GAS)."""

    number: int = 0
    text: str = ""
    life_domain: str = ""  # life_domain
    smart: tuple[str, ...] = ()  # smart
    indicator: str = ""
    baseline: str = ""
    due_on: date | None = None
    priority: int = 2
    by_client: str = ""
    by_case_manager: str = ""
    by_others: str = ""
    gas_minus_2: str = ""
    gas_minus_1: str = ""
    gas_0: str = ""
    gas_plus_1: str = ""
    gas_plus_2: str = ""
    level: int | None = None  # −2 … +2, where the goal stands now
    level_reason: str = ""  # what was seen, or why it changed
    level_client: int | None = None  # at the evaluation, as the client sees it
    level_case_manager: int | None = None
    state: GoalState = GoalState.ACTIVE
    version: int = 1
    signed_on: date | None = None
    interpreter: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanStep:
    """A small step within a measure: what, by whom, until when."""

    text: str
    by: str = ""  # step_owner
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(CaseRecord):
    """A link of the plan; ``requires`` names the measures it waits for (the integration chain)."""

    goal_id: str = ""
    title: str = ""
    regime: str = ""  # legal_regime
    agency: str = ""
    agency_person: str = ""
    agency_file_number: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    follow_up_on: date | None = None
    requires: tuple[str, ...] = ()
    state: MeasureState = MeasureState.PLANNED
    fallback: str = ""
    gap: bool = False
    note: str = ""
    for_person: str = ""  # whose measure it is; the client's when empty
    steps: tuple[PlanStep, ...] = ()
    template: str = ""  # the chain template it came from, with the code of its link


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


@dataclass(frozen=True, kw_only=True, slots=True)
class RegimeSpell(CaseRecord):
    """A stretch of time in one legal regime, insurance, course, school or job."""

    person_id: str
    lane: Lane = Lane.BENEFIT
    regime: str = ""  # legal_regime, insurance, course, school, work
    starts_on: date | None = None
    ends_on: date | None = None
    expected: bool = False
    note: str = ""
    agency: str = ""
    agency_file_number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegimeChange(CaseRecord):
    """A change from one regime to the next for a person: what is handed over, and how far it is."""

    person_id: str
    from_regime: str = ""  # legal_regime
    to_regime: str = ""  # legal_regime
    changes_on: date
    checklist: tuple[ChecklistEntry, ...] = ()
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResidenceSpell(CaseRecord):
    """A residence status with its validity and side conditions."""

    person_id: str
    status: str = ""  # residence_status
    paragraph: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    employment: str = ""  # employment_permission
    residence_rule: str = ""
    expected: bool = False
    note: str = ""
    applied_on: date | None = None  # when the next title was applied for (§ 81 AufenthG)
    certificate_on: date | None = None  # when the Fiktionsbescheinigung was issued (§ 81 Abs. 5 AufenthG)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact(CaseRecord):
    """One conversation, visit, call or missed appointment."""

    held_on: date
    minutes: int | None = None
    form: str = "office"  # contact_form
    status: ContactStatus = ContactStatus.HELD
    participants: str = ""
    language: str = ""  # language
    interpreter: str = ""  # interpreter_use
    content: str = ""
    next_steps: str = ""
    follow_up_on: date | None = None
    interpreter_name: str = ""
    interpreter_minutes: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp(CaseRecord):
    """An appointment, a deadline or a Wiedervorlage."""

    kind: FollowUpKind = FollowUpKind.FOLLOW_UP
    title: str = ""
    reason: str = ""
    due_on: date
    time: str = ""  # HH:MM
    place: str = ""
    done_on: date | None = None
    rule: str = ""  # the deadline rule the date was derived by, "" for a date set by hand
    facts: Mapping[str, Any] = field(default_factory=lambda: EMPTY)  # what the rule was given
    about: str = ""  # the record it belongs to
    language: str = ""  # language
    interpreter: str = ""  # interpreter_booking


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(CaseRecord):
    """A structural finding: what a single case shows about the system, without naming anyone."""

    title: str = ""
    kind: str = ""  # finding_kind
    life_domain: str = ""  # life_domain
    agencies: str = ""
    transition: str = ""
    ags: str = ""
    frequency: int = 1
    effects: str = ""
    proposal: str = ""
    state: str = "noted"  # finding_state
    noted_on: date | None = None
    phase: str = ""  # phase it was noticed in
    about: str = ""  # the record it was noticed at; stays on the desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment(CaseRecord):
    """A scan or photo: what it proves and where the original is; its bytes stand apart, in pieces."""

    title: str = ""
    document: str = ""  # document_kind
    media_type: str = ""
    size: int = 0  # bytes
    sha256: str = ""  # hex digits
    added_on: date | None = None
    valid_until: date | None = None
    original_at: str = ""  # original_place
    handed_to: str = ""
    about: str = ""  # the record it belongs to
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute(CaseRecord):
    """The mark „bestritten“ at one field of a record (Art. 16 DSGVO, § 84 Abs. 2 SGB X)."""

    record_kind: str
    record_id: str
    field_name: str
    statement: str = ""  # what the person says instead
    noted_on: date | None = None
    resolved_on: date | None = None
    outcome: str = ""  # dispute_outcome


CASE_RECORDS: tuple[type[CaseRecord], ...] = (
    Member,
    Relation,
    Consent,
    PhaseEntry,
    PhaseEvent,
    Goal,
    Measure,
    Referral,
    RegimeSpell,
    RegimeChange,
    ResidenceSpell,
    Contact,
    FollowUp,
    Finding,
    Attachment,
    Dispute,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """A whole case as one value: the case, its people and everything recorded about it."""

    case: Case
    persons: tuple[Person, ...] = ()
    members: tuple[Member, ...] = ()
    consents: tuple[Consent, ...] = ()
    phases: tuple[PhaseEntry, ...] = ()
    events: tuple[PhaseEvent, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    referrals: tuple[Referral, ...] = ()
    regimes: tuple[RegimeSpell, ...] = ()
    residence: tuple[ResidenceSpell, ...] = ()
    contacts: tuple[Contact, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    findings: tuple[Finding, ...] = ()
    relations: tuple[Relation, ...] = ()
    regime_changes: tuple[RegimeChange, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def client(self) -> Person | None:
        """Return the person the case is about, or None while it is anonymous."""
        wanted = next((m.person_id for m in self.members if m.role is Role.CLIENT), None)
        return next((p for p in self.persons if p.id == wanted), None)
