"""Every kind of record, described once; what is the same for all of them follows from this table.

Tables, a whole case as one value, forms, search, links, merging of persons, the neutral case document, the
history and the tabs read it. Apart from it stand what may leave the desk (``resources/export/policy.toml``,
default deny) and the words (``resources/rules/records.toml``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kimdesk.domain import records
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Case, CaseRecord, Person, Record, RecordRef

SERVICE: Final = "service"
"""The catalogue of services, where a code is said by the name of the service."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that is said by its label: in a code list, or in the catalogue of services (``SERVICE``)."""

    codes: str
    code: str


Name = str | date | Coded
"""How people call a record, as far as it says so itself: in words, by a day, by a code."""


@dataclass(frozen=True, slots=True)
class Link:
    """A field with the identity, or the identities, of other records; ``to`` is None for any kind.

    A ``loose`` link may be empty, or lead to what is not there any more.
    """

    field: str
    to: type[Record] | None = None
    loose: bool = False


def _nameless(_: Any) -> tuple[Name, ...]:
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of record.

    ``name`` is how changes, audit trail, forms and bundles call it; ``section`` the member of the neutral
    case document that lists its records, "" when it has no list of its own there; ``searched`` the fields
    with free text; ``named`` tells how people call a record, in parts; ``reason`` is the field that says
    why; ``place`` the tab of the case that shows it; ``form`` whether it is edited with a form of its own;
    ``together`` groups of fields that only mean something together.
    """

    name: str
    type: type[Record]
    section: str = ""
    place: str = "plan"
    searched: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    named: Callable[[Any], tuple[Name, ...]] = _nameless
    reason: str = ""
    form: bool = True
    together: tuple[tuple[str, ...], ...] = ()


_PERSON = Link("person_id", Person)
_ABOUT = Link("about", loose=True)

_ALL: Final = (
    Kind(name="case", type=Case, together=(("status", "closed_on", "closing_reason"),)),
    Kind(
        name="person",
        type=Person,
        place="people",
        searched=(
            "birth_place", "street", "postcode", "city", "phone", "email", "safe_contact", "contact_caution",
            "interpreter_wish", "azr_number",
        ),
        named=lambda one: (full_name(one),),
        together=(("birth_date", "birth_fictitious"), ("street", "postcode", "city")),
    ),
    Kind(name="member", type=records.Member, place="people", searched=("relation",), links=(_PERSON,)),
    Kind(
        name="phase_entry",
        type=records.PhaseEntry,
        section="phases",
        place="form",
        searched=("answers",),
        named=lambda one: (Coded("phase", one.phase),),
        form=False,
    ),
    Kind(
        name="phase_event",
        type=records.PhaseEvent,
        section="events",
        place="history",
        searched=("reason",),
        named=lambda one: (Coded("phase", one.phase), Coded("phase_step", one.event)),
        reason="reason",
        form=False,
    ),
    Kind(
        name="consent",
        type=records.Consent,
        section="consents",
        place="consents",
        searched=("recipient_name", "necessity", "refusal_consequences", "interpreter"),
        links=(Link("person_id", Person, loose=True),),
        named=lambda one: (one.recipient_name or Coded(SERVICE, one.recipient),),
        together=((
            "person_id", "recipient", "recipient_name", "purpose", "kinds", "special_categories", "level",
            "mutual", "form", "given_on", "valid_until",
        ),),
    ),
    Kind(
        name="goal",
        type=records.Goal,
        section="goals",
        searched=(
            "text", "indicator", "baseline", "by_client", "by_case_manager", "by_others", "gas_minus_2",
            "gas_minus_1", "gas_0", "gas_plus_1", "gas_plus_2", "level_reason", "interpreter", "translations",
        ),
        named=lambda one: (one.text,),
        together=(("level", "level_reason"),),
    ),
    Kind(
        name="measure",
        type=records.Measure,
        section="measures",
        searched=(
            "title", "agency", "agency_person", "agency_file_number", "fallback", "note", "steps",
            "translations",
        ),
        links=(
            Link("goal_id", records.Goal),
            Link("requires", records.Measure),
            Link("for_person", Person, loose=True),
        ),
        named=lambda one: (one.title,),
        together=(("agency", "agency_person", "agency_file_number"),),
    ),
    Kind(
        name="referral",
        type=records.Referral,
        section="referrals",
        place="referrals",
        searched=(
            "agency", "agency_person", "override_reason", "result", "note", "checklist", "course",
        ),
        links=(Link("consent_id", records.Consent),),
        named=lambda one: (one.agency or Coded(SERVICE, one.service),),
        together=(
            ("service", "service_version"),
            ("agency", "agency_person"),
            ("state", "sent_on", "answered_on", "reject_reason"),
        ),
    ),
    Kind(
        name="regime_spell",
        type=records.RegimeSpell,
        section="regimes",
        place="regimes",
        searched=("note", "agency", "agency_file_number"),
        links=(_PERSON,),
        named=lambda one: (Coded("lane", one.lane),),
        together=(("lane", "regime"), ("agency", "agency_file_number")),
    ),
    Kind(
        name="relation",
        type=records.Relation,
        section="relations",
        place="people",
        searched=("note",),
        links=(_PERSON, Link("other_id", Person)),
    ),
    Kind(
        name="regime_change",
        type=records.RegimeChange,
        section="regime_changes",
        place="regimes",
        searched=("note", "checklist"),
        links=(_PERSON,),
        form=False,
        together=(("from_regime", "to_regime", "changes_on"),),
    ),
    Kind(
        name="residence_spell",
        type=records.ResidenceSpell,
        place="regimes",
        searched=("paragraph", "residence_rule", "note"),
        links=(_PERSON,),
        named=lambda one: (Coded("residence_status", one.status),),
        together=(("status", "paragraph"),),
    ),
    Kind(
        name="achievement",
        type=records.Achievement,
        section="achievements",
        place="people",
        searched=("title", "organisation", "note"),
        links=(_PERSON, Link("attachment_id", records.Attachment, loose=True)),
        named=lambda one: (one.title or Coded("achievement_kind", one.kind),),
        together=(("kind", "level"),),
    ),
    Kind(
        name="standing",
        type=records.Standing,
        section="standings",
        place="people",
        searched=("identity_steps", "absences", "note"),
        links=(_PERSON,),
        together=(
            ("asylum_decided_on", "asylum_decision"),
            ("identity_clarified_on", "identity_paper"),
            ("pension_months", "pension_as_of"),
            ("income_share", "income_as_of"),
        ),
    ),
    Kind(
        name="contact",
        type=records.Contact,
        section="contacts",
        place="contacts",
        searched=("participants", "content", "next_steps", "interpreter_name", "translations"),
        named=lambda one: (one.held_on,),
    ),
    Kind(
        name="follow_up",
        type=records.FollowUp,
        section="follow_ups",
        searched=("title", "reason", "place", "translations"),
        links=(_ABOUT,),
        named=lambda one: (one.title,),
        together=(("due_on", "rule", "facts"),),
    ),
    Kind(
        name="finding",
        type=records.Finding,
        section="findings",
        searched=("title", "agencies", "transition", "effects", "proposal"),
        links=(_ABOUT,),
        named=lambda one: (one.title,),
    ),
    Kind(
        name="attachment",
        type=records.Attachment,
        place="attachments",
        searched=("title", "original_with", "handed", "note"),
        links=(Link("person_id", Person, loose=True), _ABOUT),
        named=lambda one: (one.title,),
        together=(
            ("media_type", "size", "sha256", "look"),
            ("person_id", "household"),
            ("original_at", "original_with", "original_since"),
        ),
    ),
    Kind(
        name="paper_issue",
        type=records.PaperIssue,
        section="paper_issues",
        place="contacts",
        searched=("title", "handed_to"),
        links=(_ABOUT, Link("attachment_id", records.Attachment, loose=True)),
        named=lambda one: (one.title, Coded("paper_way", one.how)),
        form=False,
        together=(("paper", "title", "version", "language"), ("how", "handed_to")),
    ),
    Kind(
        name="dispute",
        type=records.Dispute,
        section="disputes",
        place="history",
        searched=("statement",),
        links=(Link("record_id", loose=True),),
        reason="statement",
        form=False,
        together=(("record_kind", "record_id", "field_name"), ("resolved_on", "outcome")),
    ),
)  # fmt: skip

PARTS: Final[Mapping[type, str]] = {
    records.LanguageSkill: "language",
    records.ChecklistEntry: "item",
    records.ReferralStep: "id",
    records.PlanStep: "text",
    records.SettledDate: "key",
    records.DatedNote: "starts_on",
    records.Translation: "language",
    records.HandOver: "to",
}
"""The small values that records hold lists of, with the field by which each is known again."""

KINDS: Final[Mapping[str, Kind]] = {each.name: each for each in _ALL}
"""Every kind by its name; what others refer to comes first."""

RECORD_TYPES: Final[tuple[type[Record], ...]] = tuple(each.type for each in _ALL)
CASE_RECORDS: Final[tuple[type[CaseRecord], ...]] = tuple(
    each for each in RECORD_TYPES if issubclass(each, CaseRecord)
)
"""The records that belong to one case."""

_BY_TYPE: Final = {each.type: each for each in _ALL}


def described(record_type: type[Record]) -> Kind:
    """Return the kind of a record type. Raises KeyError for a type that is not stored."""
    return _BY_TYPE[record_type]


def kind_of(record_type: type[Record]) -> str:
    """Return the name of a record type in changes, audit trail and policies ("follow_up")."""
    return _BY_TYPE[record_type].name


def ref_of(record: Record) -> RecordRef:
    """Return the reference to a stored record."""
    return RecordRef(kind_of(type(record)), record.id)


def type_of(kind: str) -> type[Record]:
    """Return the record type of a kind. Raises KeyError for an unknown kind."""
    return KINDS[kind].type


def may_name(record_type: type[Record], other: type[Record]) -> tuple[str, ...]:
    """Return the fields of a record type that may hold the identity of an ``other``."""
    return tuple(each.field for each in described(record_type).links if each.to in (None, other))


def must_name(record_type: type[Record], other: type[Record]) -> tuple[str, ...]:
    """Return the fields of a record type that lead to an ``other`` that must be there."""
    return tuple(each.field for each in described(record_type).links if each.to is other and not each.loose)
