"""The rules of a screening as data: what each asks for, whom it is for, from when until when it is law.

The numbers stand in ``resources/rules/screening.toml``; the kinds of conditions in ``conditions``.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimdesk.domain.screening.facts import AsylumKind, SpellKind
from kimdesk.domain.screening.result import ConditionState


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLimit:
    """Until when who entered up to ``entered_by`` had to have the identity clarified.

    ``latest`` is a fixed last day, ``months`` counts from the entry; neither: until the application.
    """

    entered_by: date | None = None
    latest: date | None = None
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeCountries:
    """Countries of origin (``nationality``) that count as safe, and whom that does not meet.

    ``applied_by``: who had applied for asylum by that day; ``tolerated_on``: who was tolerated on it;
    ``working_on``: who was allowed to work on it.
    """

    countries: tuple[str, ...]
    applied_by: date | None = None
    tolerated_on: date | None = None
    working_on: date | None = None


class SixtyB(StrEnum):
    """What a Duldung with the note of § 60b does to a run."""

    COUNTS = "counts"
    MAYBE = "maybe"  # counts as one reads it
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRule:
    """One condition: its ``kind`` says how it is judged, the other members by what.

    ``proof``: while unknown it is only to be proven and has no say in the light. ``short``: what it is when
    it is known not to be met. ``waived``: unable, pension_age, child (under
    ``until_age``).
    """

    id: str
    kind: str
    paragraph: str = ""
    evidence: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    proof: bool = False
    leads: bool = False  # no earliest day as long as it has none
    short: ConditionState = ConditionState.MISSING
    waived: tuple[str, ...] = ()
    unless_titles: tuple[str, ...] = ()
    months: int = 0
    months_with_child: int = 0
    months_before: int = 0
    age: int = 0
    until_age: int = 0
    level: str = ""
    points: int = 0
    share: float = 0.0
    above: bool = False  # more than the share, not the share itself
    hours: float = 0.0
    skilled: bool = False
    gap_months: int = 0
    on: date | None = None
    spells: tuple[SpellKind, ...] = ()
    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    tolerations: tuple[str, ...] = ()  # by which paragraph a Duldung must be given
    recognised: bool = False  # time of the asylum procedure counts only for who was recognised
    sixty_b: SixtyB = SixtyB.SKIPPED
    sixty_b_counts_for: tuple[str, ...] = ()  # holders of these titles
    tolerated_between: bool = False  # a Duldung before the title breaks nothing, it only does not count
    absence_months: int = 0
    regimes: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    limits: tuple[IdentityLimit, ...] = ()
    safe: tuple[SafeCountries, ...] = ()

    def holds(self, on: date) -> bool:
        """Return whether it is in force on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningWay:
    """One of the ways to a right; ``offered_if`` names its conditions without which it is none."""

    conditions: tuple[ConditionRule, ...]
    paragraph: str = ""
    offered_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForWhom:
    """Whom a rule is for; whoever lies outside is not shown it.

    ``kinds`` of papers, or one of the ``titles`` ("*" is any) but none of ``not_titles``. ``shown_from`` and
    ``shown_until`` are ages in years; ``own_from`` the age below which only a title of one's own shows it.
    """

    kinds: tuple[SpellKind, ...] = ()
    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    shown_from: int = 0
    shown_until: int = 0  # 0: no age is too old
    own_from: int = 0
    asylum: tuple[AsylumKind, ...] = ()  # only after such a decision, or one that is not known
    spouse: bool = False  # only with a German wife, husband or partner
    training: bool = False  # not for who is known to have none
    draws: tuple[str, ...] = ()  # only for who is known to draw one of these benefits (legal_regime) today


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRule:
    """One rule in one version. ``about`` names the facts that set it off (``ScreenedRule.begun``)."""

    code: str
    paragraph: str
    source: str
    for_whom: ForWhom
    ways: tuple[ScreeningWay, ...]
    about: tuple[str, ...] = ()
    leads_to_title: bool = False
    after_title: bool = False  # for who has no title yet, a first one begins the time
    discretion: bool = False
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it is in force on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningLaw:
    """Every rule in every version, and what holds for all; days are counted back from what comes."""

    state: date
    hole_months: int
    urgent_days: int
    title_ends: tuple[int, ...]
    window_closes: tuple[int, ...]
    adult_age: int
    full_time: float
    pension_age: int
    recognised_titles: tuple[str, ...]
    unlimited_titles: tuple[str, ...]
    rules: tuple[ScreeningRule, ...]

    def in_force(self, on: date) -> tuple[ScreeningRule, ...]:
        """Return the version of each rule in force on the day ``on``, in the order of the data."""
        return tuple({one.code: one for one in self.rules if one.holds(on)}.values())
