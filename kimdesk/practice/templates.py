"""What the town is made of, as tables of ``resources/practice/``: names, places, stories, texts, the cast."""

import msgspec

from kimdesk.domain.terms import (
    FollowUpKind,
    ItemState,
    Lane,
    MeasureState,
    Phase,
    ReferralState,
    Role,
    SharingLevel,
)


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the town's data; a key nobody knows is a mistake."""


class NamePool(Table, frozen=True):
    """Names of one origin: ``[latin, script]``, family names also with a female form."""

    nationality: str
    in_land: str  # „im Sudan“
    aus_land: str
    languages: tuple[str, ...]
    extra: tuple[str, ...]
    places: tuple[str, ...]
    family: tuple[tuple[str, ...], ...]
    female: tuple[tuple[str, ...], ...]
    male: tuple[tuple[str, ...], ...]
    single_names: bool = False
    assumed_births: bool = False  # papers often carry an assumed date of birth
    second: str = ""  # another nationality that some people have too


class Town(Table, frozen=True):
    """An invented municipality."""

    ags: str
    name: str
    office: str
    weight: int
    postcode: str
    shelter: str
    streets: tuple[str, ...]


class Agency(Table, frozen=True):
    """Who answers for a service."""

    name: str
    people: tuple[str, ...]


class Kreis(Table, frozen=True):
    """The invented Kreis with its municipalities and agencies."""

    kreis: str
    worker: str
    ki: str
    municipality: tuple[Town, ...]
    agency: dict[str, Agency]


class JourneyStep(Table, frozen=True):
    """A stretch on the way through residence law; ``here``: a case may stand in it today."""

    key: str
    status: str
    months: tuple[int, int]
    benefit: str
    insurance: str
    employment: str
    paragraph: str = ""
    residence_rule: str = ""
    here: bool = False
    open_end: bool = False


class Journey(Table, frozen=True):
    """A way through residence law, from the arrival on."""

    step: tuple[JourneyStep, ...]


class GoalTemplate(Table, frozen=True):
    """A goal, its five levels and the keys of the measures that lead there."""

    domain: str
    text: str
    indicator: str
    baseline: str
    gas: tuple[str, str, str, str, str]
    client: str
    manager: str
    others: str
    measures: tuple[str, ...]
    needs: tuple[str, ...] = ()


class MeasureTemplate(Table, frozen=True):
    """A measure; ``start`` and ``months`` count from the day of the plan."""

    title: str
    kind: str  # application | activity
    start: int = msgspec.field(name="from")
    months: int
    service: str = ""
    agency: str = ""
    refer: bool = False
    warm: bool = False
    requires: tuple[str, ...] = ()
    blocks: bool = False
    needs: tuple[str, ...] = ()
    fallback: str = ""
    gap_note: str = ""
    note: str = ""


class DomainTemplate(Table, frozen=True):
    """What an assessment says about a domain of life."""

    scale: int
    resources: tuple[str, ...]
    situation: str
    client: str
    professional: str
    need: str
    needs: tuple[str, ...] = ()


class HouseholdTemplate(Table, frozen=True):
    """Who can live in the household of a story; shares are probabilities."""

    women: float
    age: tuple[int, int]
    partner: float
    children: tuple[int, int]
    small_child: bool = False
    school_child: bool = False
    grown_children: bool = False
    sibling: float = 0.0
    parent: float = 0.0
    shelter: float = 0.0


class LaneTemplate(Table, frozen=True):
    """A course, school or job; months count from today."""

    who: str
    lane: Lane
    regime: str
    start: int = msgspec.field(name="from")
    end: int | None = msgspec.field(name="until", default=None)
    note: str = ""


class Talk(Table, frozen=True):
    """A contact of a story or of the cast."""

    form: str
    minutes: int
    content: str
    next: str
    days: int = 0  # before today, in the cast


class Story(Table, frozen=True):
    """A kind of life from which families are drawn with variations."""

    title: str
    weight: int
    names: tuple[str, ...]
    journeys: tuple[str, ...]
    goals: tuple[str, ...]
    routes: tuple[str, ...]
    occasion: str
    request: str
    immediate: tuple[str, ...]
    household: HouseholdTemplate
    anonymous: bool = False
    protected: bool = False
    variant: tuple[dict[str, str], ...] = ({},)
    domain: dict[str, DomainTemplate] = {}
    lane: tuple[LaneTemplate, ...] = ()
    contact: tuple[Talk, ...] = ()


class Course(Table, frozen=True):
    """How far a case has come."""

    phase: Phase
    closed: bool = False
    skipped: Phase | None = None
    reopened: Phase | None = None


class CastPerson(Table, frozen=True):
    """A person of the cast; names in their script stand in the pool of names."""

    role: Role
    given: str
    sex: str
    age: int


class CastDate(Table, frozen=True):
    """An appointment or a date of the cast; ``days`` from today, or at the end of this month."""

    kind: FollowUpKind
    title: str
    reason: str
    days: int = 0
    month_end: bool = False
    time: str = ""
    place: str = ""


class CastReferral(Table, frozen=True):
    """A referral of the cast; ``items`` say state, note and since how many days."""

    service: str
    state: ReferralState
    days: int
    warm: bool = False
    person: str = ""
    wait_days: int = 0  # instead of the days the service usually takes
    note: str = ""
    items: dict[str, tuple[ItemState, str, int]] = {}


class CastConsent(Table, frozen=True):
    """A consent of the cast; days count back from and forward to today."""

    recipient: str
    purpose: str
    given_days: int
    until_days: int


class CastMeasure(Table, frozen=True):
    """A measure of the cast; days from today."""

    state: MeasureState
    start: int = msgspec.field(name="from")
    until: int
    gap: bool = False


class CastFinding(Table, frozen=True):
    """A finding of the cast, by its title in ``talk.toml``."""

    title: str
    state: str
    days: int


class CaseOutline(Table, frozen=True):
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
    measure: dict[str, CastMeasure] = {}


class Missed(Table, frozen=True):
    """Why a contact did not take place."""

    no_show: tuple[str, ...]
    cancelled: tuple[str, ...]


class FollowUpTexts(Table, frozen=True):
    """Appointments and dates: kind, title, reason, place."""

    future: tuple[tuple[FollowUpKind, str, str, str], ...]
    soon: tuple[tuple[FollowUpKind, str, str, str], ...]
    past: tuple[tuple[FollowUpKind, str, str, str], ...]
    times: tuple[str, ...]


class FindingTemplate(Table, frozen=True):
    """What cases show about the system."""

    title: str
    kind: str
    domain: str
    agencies: str
    transition: str
    effects: str
    proposal: str


class Texts(Table, frozen=True):
    """Sentences that fit most cases."""

    contact: dict[str, tuple[tuple[str, int, str, str], ...]]
    missed: Missed
    skipped: dict[Phase, tuple[str, ...]]
    reopened: dict[Phase, tuple[str, ...]]
    completed: tuple[str, ...]
    follow_up: FollowUpTexts
    consent: dict[str, tuple[str, ...]]
    referral: dict[str, tuple[str, ...]]
    closing: dict[str, tuple[int, str]]
    evaluation: dict[str, tuple[str, ...]]
    coordination: dict[str, tuple[str, ...]]
    interpreters: tuple[str, ...]
    reservations: tuple[str, ...]
    network: tuple[tuple[str, str, str, str], ...]
    resources: tuple[tuple[str, str, str, str], ...]
    summary: tuple[str, ...]
    family_note: tuple[str, ...]
    finding: tuple[FindingTemplate, ...]
