"""What a screening is given about a person.

Whatever is ``None`` is unknown, never "no"; an empty tuple says that there is none. Convictions, politics and
faith are never asked and have no place here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SpellKind(StrEnum):
    """What a paper about the stay is."""

    PERMISSION = "gestattung"  # § 55 AsylG, with the Ankunftsnachweis
    TOLERATION = "duldung"  # § 60a, § 60c, § 60d AufenthG
    TOLERATION_60B = "duldung_60b"  # with the note of § 60b
    FICTION_3 = "fiction_81_3"
    FICTION_4 = "fiction_81_4"
    TITLE = "title"
    NONE = "none"


class AsylumKind(StrEnum):
    """How the asylum procedure ended, or that it has not (``asylum_decision``)."""

    PENDING = "pending"
    ASYLUM = "asylum"  # Art. 16a GG
    REFUGEE = "refugee"
    SUBSIDIARY = "subsidiary"
    REMOVAL_BAN = "ban"  # § 60 Abs. 5 and 7 AufenthG
    REFUSED = "refused"
    UNFOUNDED = "refused_unfounded"
    INADMISSIBLE = "inadmissible"
    WITHDRAWN = "withdrawn"


LOST_ASYLUM = frozenset(
    {AsylumKind.REFUSED, AsylumKind.UNFOUNDED, AsylumKind.INADMISSIBLE, AsylumKind.WITHDRAWN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timespan:
    """Time from ``first`` to ``last``; ``first`` None: its begin is unknown, ``last`` None: it goes on."""

    first: date | None = None
    last: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether ``on`` surely lies in it."""
        return self.first is not None and self.may_hold(on)

    def may_hold(self, on: date) -> bool:
        """Return whether nothing says that ``on`` lies outside of it."""
        return (self.first or on) <= on <= (self.last or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell(Timespan):
    """A paper about the stay; ``paragraph`` as in „§ 25 Abs. 2 AufenthG“, "" where it is not known."""

    kind: SpellKind
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asylum:
    """The asylum procedure."""

    applied: date | None = None
    decided: date | None = None
    kind: AsylumKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class German:
    """The highest proven level, A1 to C2, and the day of its certificate."""

    level: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schooling(Timespan):
    """A school in Germany; ``degree``: a leaving certificate was reached."""

    degree: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A training in Germany: its begin, whether its contract is registered or applied for, its diploma.

    ``diploma`` is the day it was passed, or that it was; ``promised`` that a place to go on with is promised.
    """

    start: date | None = None
    registered: bool | None = None
    diploma: date | bool | None = None
    promised: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Timespan):
    """A job: hours a week, whether it is insured (sozialversicherungspflichtig) and a skilled one."""

    hours: float | None = None
    insured: bool | None = None
    skilled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit(Timespan):
    """Time in which a public benefit was drawn; ``regime`` is a code of legal_regime."""

    regime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningFacts:
    """All that is known about one person.

    ``minor_child`` are birth dates, ``income_share`` is income from work, 0 to 1 of the need.
    """

    born: date | None = None
    born_until: date | None = None  # the last day it can mean, where the day is not known
    entry: date | None = None
    entry_until: date | None = None  # likewise
    nationality: tuple[str, ...] | None = None  # nationality, Destatis keys
    spells: tuple[Spell, ...] | None = None
    asylum: Asylum | None = None
    identity_clarified: date | None = None
    identity_steps: tuple[date, ...] | None = None
    german: German | None = None
    civic_test: date | bool | None = None  # the day, or whether it was passed
    civic_points: int | None = None  # of 33
    school: tuple[Schooling, ...] | None = None
    training: tuple[Training, ...] | None = None
    recognised_degree: bool | None = None  # a foreign degree that is recognised or comparable
    jobs: tuple[Job, ...] | None = None
    partner_jobs: tuple[Job, ...] | None = None  # of wife, husband or registered partner
    income_share: float | None = None
    benefits: tuple[Benefit, ...] | None = None
    pension_months: int | None = None
    minor_child: tuple[date, ...] | None = None
    expected_title: date | None = None  # from when a first title is expected
    german_spouse: date | None = None  # the wedding day
    flat: bool | None = None
    absences: tuple[Timespan, ...] | None = None
    unable: bool | None = None  # medically unable to work or to learn
    obstruction: bool | None = None  # own false statements keep the removal from happening today
