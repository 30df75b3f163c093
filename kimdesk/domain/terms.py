"""The closed vocabularies that rules depend on. Labels in German stand in ``resources/codelists/``."""

from enum import StrEnum


class Phase(StrEnum):
    """The seven phases of KIM case management (Richtlinie KIM, Baustein 2), in their order."""

    ACCESS = "access"
    INTAKE = "intake"
    ASSESSMENT = "assessment"
    GOAL_AGREEMENT = "goal_agreement"
    SUPPORT_PLAN = "support_plan"
    COORDINATION = "coordination"
    EVALUATION = "evaluation"

    @property
    def number(self) -> int:
        """Return 1 to 7."""
        return list(Phase).index(self) + 1


class PhaseState(StrEnum):
    """Where a phase stands."""

    OPEN = "open"
    COMPLETED = "completed"
    SKIPPED = "skipped"


class CaseStatus(StrEnum):
    """Whether a case is worked on."""

    ACTIVE = "active"
    CLOSED = "closed"


class Role(StrEnum):
    """What a person is in a case."""

    CLIENT = "client"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    RELATIVE = "relative"
    OTHER = "other"


class SharingLevel(StrEnum):
    """How much of a case may leave the desk, from most to least."""

    IDENTIFIED = "identified"
    PSEUDONYMISED = "pseudonymised"
    STATISTICS = "statistics"


class MeasureState(StrEnum):
    """Where a measure of the plan stands."""

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    RUNNING = "running"
    REJECTED = "rejected"
    ABANDONED = "abandoned"
    DONE = "done"


class GoalState(StrEnum):
    """Where a goal stands."""

    ACTIVE = "active"
    REACHED = "reached"
    DROPPED = "dropped"


class ReferralState(StrEnum):
    """The way of a referral: prepared, sent, then answered or not."""

    PREPARED = "prepared"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What can happen to a referral; every step is kept."""

    SENT = "sent"
    RECEIPT = "receipt"  # the office says that it has it
    CHASED = "chased"  # the desk asked again
    QUERY = "query"  # the office asks something
    REPLIED = "replied"  # the desk answered what it asked
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class ItemState(StrEnum):
    """Where a document of a checklist stands."""

    MISSING = "missing"
    REQUESTED = "requested"
    PRESENT = "present"
    NOT_NEEDED = "not_needed"


class ContactStatus(StrEnum):
    """Whether a contact took place."""

    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Lane(StrEnum):
    """The strands of life in which spells follow each other."""

    BENEFIT = "benefit"
    HEALTH_INSURANCE = "health_insurance"
    COURSE = "course"
    SCHOOL = "school"
    WORK = "work"


class FollowUpKind(StrEnum):
    """What kind of date a follow-up is."""

    APPOINTMENT = "appointment"
    DEADLINE = "deadline"
    FOLLOW_UP = "follow_up"
