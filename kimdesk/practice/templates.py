"""What the town is made of, as tables of ``resources/practice/``: names, places, ways, plans, stories."""

import msgspec

from kimdesk.domain.terms import Lane, Phase


class TownTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the town's data; a key nobody knows is a mistake."""


class NamePool(TownTable, frozen=True):
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


class Town(TownTable, frozen=True):
    """An invented municipality. ``weight``: how often somebody of the practice town lives there."""

    ags: str
    name: str
    office: str
    weight: int
    postcode: str
    shelter: str
    streets: tuple[str, ...]


class Agency(TownTable, frozen=True):
    """Who answers for a service."""

    name: str
    people: tuple[str, ...]


class Kreis(TownTable, frozen=True):
    """The invented Kreis with its municipalities and agencies."""

    kreis: str
    worker: str
    ki: str
    municipality: tuple[Town, ...]
    agency: dict[str, Agency]

    @property
    def town(self) -> tuple[Town, ...]:
        """Return the municipalities of the practice town; the others are its neighbours."""
        return tuple(each for each in self.municipality if each.weight)


class JourneyStep(TownTable, frozen=True):
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


class Journey(TownTable, frozen=True):
    """A way through residence law, from the arrival on."""

    step: tuple[JourneyStep, ...]


class GoalTemplate(TownTable, frozen=True):
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


class MeasureTemplate(TownTable, frozen=True):
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


class DomainTemplate(TownTable, frozen=True):
    """What an assessment says about a domain of life."""

    scale: int
    resources: tuple[str, ...]
    situation: str
    client: str
    professional: str
    need: str
    needs: tuple[str, ...] = ()


class HouseholdTemplate(TownTable, frozen=True):
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


class LaneTemplate(TownTable, frozen=True):
    """A course, school or job; months count from today."""

    who: str
    lane: Lane
    regime: str
    start: int = msgspec.field(name="from")
    end: int | None = msgspec.field(name="until", default=None)
    note: str = ""


class Talk(TownTable, frozen=True):
    """A contact of a story or of the cast."""

    form: str
    minutes: int
    content: str
    next: str
    days: int = 0  # before today, in the cast


class Story(TownTable, frozen=True):
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


class Course(TownTable, frozen=True):
    """How far a case has come."""

    phase: Phase
    closed: bool = False
    skipped: Phase | None = None
    reopened: Phase | None = None


class StepTemplate(TownTable, frozen=True):
    """The small steps of a measure, and whose measure it is."""

    steps: tuple[tuple[str, str], ...]
    whose: str = msgspec.field(name="for", default="")
