"""What the town is made of, read strictly from ``resources/practice/``: names, places, stories, texts."""

from functools import cache
from typing import Any, TypeVar

import msgspec

import resources
from kimdesk.domain.terms import FollowUpKind, ItemState, Lane, Phase, ReferralState, Role, SharingLevel


class Sheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the town's data; a key nobody knows is a mistake."""


class NamePool(Sheet, frozen=True):
    """Names of one origin: ``[latin, script]``, family names also with a female form."""

    nationality: str
    land: str
    languages: tuple[str, ...]
    extra: tuple[str, ...]
    places: tuple[str, ...]
    family: tuple[tuple[str, ...], ...]
    female: tuple[tuple[str, ...], ...]
    male: tuple[tuple[str, ...], ...]
    single_names: bool = False


class Place(Sheet, frozen=True):
    """An invented municipality."""

    ags: str
    name: str
    office: str
    weight: int
    postcode: str
    shelter: str
    streets: tuple[str, ...]


class Agency(Sheet, frozen=True):
    """Who answers for a service."""

    name: str
    people: tuple[str, ...]


class Kreis(Sheet, frozen=True):
    """The invented Kreis with its municipalities and agencies."""

    kreis: str
    worker: str
    ki: str
    municipality: tuple[Place, ...]
    agency: dict[str, Agency]


class Step(Sheet, frozen=True):
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


class Journey(Sheet, frozen=True):
    """A way through residence law, from the arrival on."""

    step: tuple[Step, ...]


class GoalSheet(Sheet, frozen=True):
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


class MeasureSheet(Sheet, frozen=True):
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


class DomainSheet(Sheet, frozen=True):
    """What an assessment says about a domain of life."""

    scale: int
    resources: tuple[str, ...]
    situation: str
    client: str
    professional: str
    need: str
    needs: tuple[str, ...] = ()


class Household(Sheet, frozen=True):
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


class LaneSheet(Sheet, frozen=True):
    """A course, school or job; months count from today."""

    who: str
    lane: Lane
    regime: str
    start: int = msgspec.field(name="from")
    end: int | None = msgspec.field(name="until", default=None)
    note: str = ""


class Talk(Sheet, frozen=True):
    """A contact of a story or of the cast."""

    form: str
    minutes: int
    content: str
    next: str
    days: int = 0  # before today, in the cast


class Story(Sheet, frozen=True):
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
    household: Household
    anonymous: bool = False
    protected: bool = False
    variant: tuple[dict[str, str], ...] = ({},)
    domain: dict[str, DomainSheet] = {}
    lane: tuple[LaneSheet, ...] = ()
    contact: tuple[Talk, ...] = ()


class Course(Sheet, frozen=True):
    """How far a case has come."""

    phase: Phase
    closed: bool = False
    skipped: Phase | None = None
    reopened: Phase | None = None


class CastPerson(Sheet, frozen=True):
    """A person of the cast; names in their script stand in the pool of names."""

    role: Role
    given: str
    sex: str
    age: int


class CastDate(Sheet, frozen=True):
    """An appointment or a date of the cast; ``days`` from today, or at the end of this month."""

    kind: FollowUpKind
    title: str
    reason: str
    days: int = 0
    month_end: bool = False
    time: str = ""
    place: str = ""


class CastReferral(Sheet, frozen=True):
    """A referral of the cast; ``items`` say state, note and since how many days."""

    service: str
    state: ReferralState
    days: int
    warm: bool = False
    person: str = ""
    note: str = ""
    items: dict[str, tuple[ItemState, str, int]] = {}


class CastConsent(Sheet, frozen=True):
    """A consent of the cast; days count back from and forward to today."""

    recipient: str
    purpose: str
    given_days: int
    until_days: int


class CastFinding(Sheet, frozen=True):
    """A finding of the cast, by its title in ``talk.toml``."""

    title: str
    state: str
    days: int


class Casting(Sheet, frozen=True):
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


class Missed(Sheet, frozen=True):
    """Why a contact did not take place."""

    no_show: tuple[str, ...]
    cancelled: tuple[str, ...]


class FollowUpTexts(Sheet, frozen=True):
    """Appointments and dates: kind, title, reason, place."""

    future: tuple[tuple[FollowUpKind, str, str, str], ...]
    soon: tuple[tuple[FollowUpKind, str, str, str], ...]
    past: tuple[tuple[FollowUpKind, str, str, str], ...]
    times: tuple[str, ...]


class FindingSheet(Sheet, frozen=True):
    """What cases show about the system."""

    title: str
    kind: str
    domain: str
    agencies: str
    transition: str
    effects: str
    proposal: str


class Texts(Sheet, frozen=True):
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
    finding: tuple[FindingSheet, ...]


T = TypeVar("T")


def _read(name: str, wanted: type[T]) -> T:
    return msgspec.convert(resources.read_toml(f"practice/{name}.toml"), wanted, strict=False)


@cache
def names() -> dict[str, NamePool]:
    """Return the pools of names by origin."""
    return _read("names", dict[str, NamePool])


@cache
def kreis() -> Kreis:
    """Return the invented Kreis."""
    return _read("places", Kreis)


@cache
def journeys() -> dict[str, Journey]:
    """Return the ways through residence law by key."""
    return _read("journeys", dict[str, Journey])


@cache
def goals() -> dict[str, GoalSheet]:
    """Return the goals by key."""
    return _read("goals", dict[str, GoalSheet])


@cache
def measures() -> dict[str, MeasureSheet]:
    """Return the measures by key."""
    return _read("measures", dict[str, MeasureSheet])


@cache
def domains() -> dict[str, tuple[DomainSheet, ...]]:
    """Return what an assessment can say, by domain of life."""
    return _read("domains", dict[str, tuple[DomainSheet, ...]])


@cache
def texts() -> Texts:
    """Return the sentences that fit most cases."""
    return _read("talk", Texts)


@cache
def stories() -> dict[str, Story]:
    """Return the stories by key."""
    paths = (path.removeprefix("practice/") for path in resources.names("practice/stories"))
    return {
        path.removeprefix("stories/").removesuffix(".toml"): _read(path.removesuffix(".toml"), Story)
        for path in paths
    }


class _Wheel(Sheet, frozen=True):
    course: tuple[Course, ...]


@cache
def courses() -> tuple[Course, ...]:
    """Return how far cases have come, as a wheel that turns with the cases."""
    return _read("courses", _Wheel).course


class _Cast(Sheet, frozen=True):
    case: tuple[Casting, ...]


@cache
def cast() -> tuple[Casting, ...]:
    """Return the cast: the hand-shaped cases every town begins with."""
    return _read("cast", _Cast).case


def plain(value: Any) -> Any:
    """Return ``value`` as what a form stores: dates as ISO text, codes as text."""
    return msgspec.to_builtins(value)
