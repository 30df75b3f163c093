"""The records of case management: what is stored, shown, exported, in the same words everywhere.

Every record is frozen and carries ``id`` (UUIDv7 text), ``rev`` (0 before the first save, then rising)
and ``extra`` (members of a foreign document that KIMdesk does not know and keeps).
Plain ``str`` fields that hold codes name their code list (``resources/codelists/``) in a comment.
"""

from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from kimdesk.domain.custody import Passage
from kimdesk.domain.records.achievements import Achievement, DatedNote, Standing
from kimdesk.domain.records.base import EMPTY, CaseRecord, Record, RecordRef
from kimdesk.domain.records.cases import Case, PhaseEntry, PhaseEvent, SettledDate
from kimdesk.domain.records.papers import PaperIssue
from kimdesk.domain.records.people import Consent, LanguageSkill, Member, Person, Relation
from kimdesk.domain.records.plan import Goal, Measure, PlanStep
from kimdesk.domain.records.referrals import ChecklistEntry, Referral, ReferralStep
from kimdesk.domain.records.regimes import RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.records.translations import Translation
from kimdesk.domain.records.work import Attachment, Contact, Dispute, Finding, FollowUp, HandOver
from kimdesk.domain.terms import Role

__all__ = [
    "EMPTY",
    "MEMBERS",
    "Achievement",
    "Attachment",
    "Case",
    "CaseFile",
    "CaseRecord",
    "ChecklistEntry",
    "Consent",
    "Contact",
    "DatedNote",
    "Dispute",
    "Finding",
    "FollowUp",
    "Goal",
    "HandOver",
    "LanguageSkill",
    "Measure",
    "Member",
    "PaperIssue",
    "Person",
    "PhaseEntry",
    "PhaseEvent",
    "PlanStep",
    "Record",
    "RecordRef",
    "Referral",
    "ReferralStep",
    "RegimeChange",
    "RegimeSpell",
    "Relation",
    "ResidenceSpell",
    "SettledDate",
    "Standing",
    "Translation",
]

R = TypeVar("R", bound=Record)


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
    achievements: tuple[Achievement, ...] = ()
    standings: tuple[Standing, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    paper_issues: tuple[PaperIssue, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    passages: tuple[Passage, ...] = ()  # how it went from desk to desk, the oldest first; no records

    @property
    def client(self) -> Person | None:
        """Return the person the case is about, or None while it is anonymous."""
        wanted = next((m.person_id for m in self.members if m.role is Role.CLIENT), None)
        return next((p for p in self.persons if p.id == wanted), None)

    def of(self, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of a type in the case, the case itself included. Raises KeyError for others."""
        whole: Any = (self.case,)
        found: tuple[R, ...] = whole if record_type is Case else getattr(self, MEMBERS[record_type])
        return found


MEMBERS: dict[type[Record], str] = {
    get_args(hint)[0]: name
    for name, hint in get_type_hints(CaseFile).items()
    if get_origin(hint) is tuple and issubclass(get_args(hint)[0], Record)
}
"""Where each type of record stands in a ``CaseFile``."""
