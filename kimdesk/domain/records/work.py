"""What comes up while working: talks, dates, findings, scans, disputed entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kimdesk.domain.records.base import EMPTY, CaseRecord
from kimdesk.domain.records.translations import Translation
from kimdesk.domain.terms import ContactStatus, FollowUpKind


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
    translations: tuple[Translation, ...] = ()  # of the next steps


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
    translations: tuple[Translation, ...] = ()  # of the title


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


@dataclass(frozen=True, slots=True)
class HandOver:
    """A copy of a paper, or the original, that went to an office or a person."""

    to: str  # as people call it
    service: str = ""  # code in resources/services/, "" for somebody else
    on: date | None = None
    original: bool = False
    receipt: bool = False  # they signed for it


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment(CaseRecord):
    """A paper, with or without its scan: whose it is, what it proves, where the original is, who got it.

    The bytes of the scan stand apart, in pieces; without one ``sha256`` is "". A paper is a person's, or of
    the whole household; while nobody said it is neither. ``item`` is the line of the checklist of ``about``
    that it is for, where such a line asks for what is no kind of paper of its own.
    """

    title: str = ""
    document: str = ""  # document_kind
    person_id: str = ""
    household: bool = False
    item: str = ""
    media_type: str = ""
    size: int = 0  # bytes
    sha256: str = ""  # hex digits
    look: str = ""  # hex digits; see ``casework.scans.likeness``
    added_on: date | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    applied_on: date | None = None  # asked for, and since when
    original_at: str = ""  # original_place
    original_with: str = ""  # with whom there: the translator
    original_since: date | None = None
    handed: tuple[HandOver, ...] = ()
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
