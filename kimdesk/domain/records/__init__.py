"""The records of case management: what is stored, shown, exported, in the same words everywhere.

Every record is frozen and carries ``id`` (UUIDv7 text), ``rev`` (0 before the first save, then rising)
and ``extra`` (members of a foreign document that KIMdesk does not know and keeps).
Plain ``str`` fields that hold codes name their code list (``resources/codelists/``) in a comment.
"""

from kimdesk.domain.records.base import EMPTY, CaseRecord, Record, RecordRef
from kimdesk.domain.records.cases import Case, PhaseEntry, PhaseEvent
from kimdesk.domain.records.file import MEMBERS, CaseFile
from kimdesk.domain.records.people import Consent, LanguageSkill, Member, Person, Relation
from kimdesk.domain.records.plan import Goal, Measure, PlanStep
from kimdesk.domain.records.referrals import ChecklistEntry, Referral
from kimdesk.domain.records.regimes import RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.records.work import Attachment, Contact, Dispute, Finding, FollowUp

__all__ = [
    "EMPTY",
    "MEMBERS",
    "Attachment",
    "Case",
    "CaseFile",
    "CaseRecord",
    "ChecklistEntry",
    "Consent",
    "Contact",
    "Dispute",
    "Finding",
    "FollowUp",
    "Goal",
    "LanguageSkill",
    "Measure",
    "Member",
    "Person",
    "PhaseEntry",
    "PhaseEvent",
    "PlanStep",
    "Record",
    "RecordRef",
    "Referral",
    "RegimeChange",
    "RegimeSpell",
    "Relation",
    "ResidenceSpell",
]
