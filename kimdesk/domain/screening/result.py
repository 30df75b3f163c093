"""What a screening says: a light per rule with its days, its conditions, what to do now and alarms.

Codes and facts only; the German sentences are data (``kimdesk.texts.screening``). Nothing of it is stored and
nothing of it leaves the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Light(StrEnum):
    """How far a rule, or one of its conditions, is."""

    GREEN = "green"  # met today, only evidence is to be collected
    YELLOW = "yellow"  # see Lack
    RED = "red"  # something stands against it that time alone does not cure
    GREY = "grey"  # not for this person, or not needed: not shown as a light


class Lack(StrEnum):
    """What a yellow rule lacks most, in the order of weight."""

    NONE = ""
    TITLE = "title"  # a title that fits has to come first
    STATUS = "status"  # a Duldung has to come first
    TIME = "time"
    EVIDENCE = "evidence"  # something known to be still missing that can be had: a test, a certificate
    UNKNOWN = "unknown"
    DISCRETION = "discretion"


class ConditionState(StrEnum):
    """Where one condition stands."""

    MET = "met"
    TIME = "time"  # met on ``day``
    MISSING = "missing"  # known not to be there yet, can be had
    TITLE = "title"  # … namely a title, or
    STATUS = "status"  # … a Duldung
    UNKNOWN = "unknown"
    DISCRETION = "discretion"  # the authority decides
    AGAINST = "against"  # stands against it, see how it is cured
    NOT_NEEDED = "not_needed"
    TALK = "talk"  # talked about only, never stored


LIGHTS = {
    ConditionState.MET: Light.GREEN,
    ConditionState.AGAINST: Light.RED,
    ConditionState.NOT_NEEDED: Light.GREY,
    ConditionState.TALK: Light.GREY,
}
"""The light of a condition; of all other states yellow."""


@dataclass(frozen=True, slots=True)
class Because:
    """A sentence by its code, with what it speaks of: days, numbers, codes."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedCondition:
    """One line of a rule.

    ``day`` is when it is or was met, ``second_day`` the later day where the text leaves two readings.
    ``counts``: it has a say in the light of the rule; what is unknown and only to be proven has none.
    """

    id: str
    state: ConditionState
    why: Because
    paragraph: str = ""
    evidence: tuple[str, ...] = ()
    day: date | None = None
    second_day: date | None = None
    counts: bool = True

    @property
    def light(self) -> Light:
        """Return the light of this line alone."""
        return LIGHTS.get(self.state, Light.YELLOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisedStep:
    """What to do now, and by or from which day where there is one."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What a person has to hear of on ``day``: that ``about`` comes near.

    Codes: title_ends (an application must come before), window_closes, possible_from.
    """

    day: date
    code: str
    about: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """One rule for one person.

    ``earliest``: the first day on which the periods are full (of the application, where the law fixes it);
    ``second_earliest``: the later day of a second reading; ``granted_from``: the first day of the permission
    where it lies after the application; ``last_day``: the last day to apply. ``begun``: what the rule is
    about (a training, a job, a marriage) is recorded. ``checked``: its data was compared with the law.
    """

    rule: str
    light: Light
    lack: Lack = Lack.NONE
    urgent: bool = False
    begun: bool = True
    paragraph: str = ""
    earliest: date | None = None
    second_earliest: date | None = None
    granted_from: date | None = None
    last_day: date | None = None
    conditions: tuple[ScreenedCondition, ...] = ()
    step: AdvisedStep | None = None
    alarms: tuple[Alarm, ...] = ()
    source: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Screening:
    """All rules for one person on one day, in the order of the data; grey ones among them."""

    today: date
    rules: tuple[Screened, ...]

    @property
    def shown(self) -> tuple[Screened, ...]:
        """Return the rules that are for this person."""
        return tuple(one for one in self.rules if one.light is not Light.GREY)

    def of(self, rule: str) -> Screened:
        """Return the rule with a code. Raises KeyError when there is none."""
        found = next((one for one in self.rules if one.rule == rule), None)
        if found is None:
            raise KeyError(rule)
        return found
