"""The cast of the town, and the outline every case begins with, as tables of ``resources/practice/``."""

import msgspec

from kimdesk.domain.terms import FollowUpKind, ItemState, MeasureState, ReferralState, Role, SharingLevel
from kimdesk.practice.templates import Course, Talk, TownTable


class CastPerson(TownTable, frozen=True):
    """A person of the cast; names in their script stand in the pool of names."""

    role: Role
    given: str
    sex: str
    age: int


class CastDate(TownTable, frozen=True):
    """An appointment or a date of the cast; ``days`` from today, or at the end of this month."""

    kind: FollowUpKind
    title: str
    reason: str
    days: int = 0
    month_end: bool = False
    time: str = ""
    place: str = ""


class CastReferral(TownTable, frozen=True):
    """A referral of the cast; ``items`` say state, note and since how many days."""

    service: str
    state: ReferralState
    days: int
    warm: bool = False
    person: str = ""
    wait_days: int = 0  # instead of the days the service usually takes
    note: str = ""
    items: dict[str, tuple[ItemState, str, int]] = msgspec.field(default_factory=dict)


class CastConsent(TownTable, frozen=True):
    """A consent of the cast; days count back from and forward to today."""

    recipient: str
    purpose: str
    given_days: int
    until_days: int


class CastMeasure(TownTable, frozen=True):
    """A measure of the cast; days from today."""

    state: MeasureState
    start: int = msgspec.field(name="from")
    until: int
    gap: bool = False


class CastFinding(TownTable, frozen=True):
    """A finding of the cast, by its title in ``talk.toml``."""

    title: str
    state: str
    days: int


class CaseOutline(TownTable, frozen=True):
    """What is fixed about a case before chance fills in the rest. Empty or None: chance decides."""

    story: str
    file_number: str = ""  # {year} is the year it was opened in
    place: str = ""
    names: str = ""
    family: str = ""
    variant: int | None = None
    journey: str = ""
    step: str = ""
    step_days: int = 0  # since the present step began
    title_days: int = 0  # until the present title ends
    gap: str = ""  # open | none
    course: Course | None = None
    opened_days: int = 0
    shelter: bool | None = None
    german: str = ""
    level: SharingLevel | None = None
    person: tuple[CastPerson, ...] = ()
    date: tuple[CastDate, ...] = ()
    referral: tuple[CastReferral, ...] = ()
    consent: tuple[CastConsent, ...] = ()
    contact: tuple[Talk, ...] = ()
    finding: tuple[CastFinding, ...] = ()
    measure: dict[str, CastMeasure] = msgspec.field(default_factory=dict)
