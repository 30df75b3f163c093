"""A whole case as one value."""

from dataclasses import dataclass
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from kimdesk.domain.records.base import Record
from kimdesk.domain.records.cases import Case, PhaseEntry, PhaseEvent
from kimdesk.domain.records.people import Consent, Member, Person, Relation
from kimdesk.domain.records.plan import Goal, Measure
from kimdesk.domain.records.referrals import Referral
from kimdesk.domain.records.regimes import RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.records.work import Attachment, Contact, Dispute, Finding, FollowUp
from kimdesk.domain.terms import Role

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
    attachments: tuple[Attachment, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def client(self) -> Person | None:
        """Return the person the case is about, or None while it is anonymous."""
        wanted = next((m.person_id for m in self.members if m.role is Role.CLIENT), None)
        return next((p for p in self.persons if p.id == wanted), None)

    def of(self, record_type: type[R]) -> tuple[R, ...]:
        """Return the records of a type in the case, the case itself included. Raises KeyError for others."""
        if record_type is Case:
            return cast("tuple[R, ...]", (self.case,))
        return cast("tuple[R, ...]", getattr(self, MEMBERS[record_type]))


MEMBERS: dict[type[Record], str] = {
    get_args(hint)[0]: name for name, hint in get_type_hints(CaseFile).items() if get_origin(hint) is tuple
}
"""Where each type of record stands in a ``CaseFile``."""
