"""What a deadline is made of: a rule of the law, fictions of delivery, what happened, and the result.

Rules and fictions are data (``resources/rules/deadlines.toml``); steps are codes with facts, their German
sentences are data too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from kimdesk.domain.law.periods import Length, Unit

NOTICE = "notice"
"""What a rule counts from when a letter of an office starts it; all others name their own event."""
FIXED = "fixed"
"""What a rule counts from when the law itself names the day."""

_NONE = Length(0, Unit.DAYS)
_SHORT = 4


class Counting(StrEnum):
    """How a period hangs on the day it is counted from."""

    EVENT = "event"  # the day does not count (§ 187 Abs. 1 BGB)
    DAY = "day"  # the day is the first that counts (§ 187 Abs. 2 BGB)
    MONTH = "month"  # the period begins when the month of the day has passed
    YEAR = "year"  # … when its year has passed
    BEFORE_EVENT = "before_event"  # backwards from the day, which does not count
    BEFORE_END = "before_end"  # backwards from the end of the day
    FIXED = "fixed"  # the day itself, named by the law


BACKWARD = frozenset({Counting.BEFORE_EVENT, Counting.BEFORE_END})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One deadline of the law, in force for days from ``valid_from`` to ``valid_until``.

    ``law`` says which fictions of delivery hold. Other lengths hold without a correct Rechtsbehelfsbelehrung
    (``uninstructed``), for a letter that came abroad (``abroad``), and where only the letter says which one
    (``stated``, by the codes of ``stated_period``). ``moves``: an end on a Saturday, Sunday or holiday goes
    to the next working day. ``first_after``: the result is the day after the period, an earliest day and no
    last one. ``opens``: it can be done from so long before. ``limit``: at the latest so long after the day
    that was missed. ``late``: codes of rules that may still help when the day has passed. ``also``: other
    words by which people look for it.
    """

    code: str
    label: str
    title: str
    group: str
    counts_from: str
    counting: Counting
    source: str
    length: Length = _NONE
    law: str = ""
    question: str = ""
    event: str = ""
    reason: str = ""
    note: str = ""
    also: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    moves: bool = True
    first_after: bool = False
    checked: bool = False
    on: date | None = None
    opens: Length | None = None
    limit: Length | None = None
    uninstructed: Length | None = None
    uninstructed_source: str = ""
    abroad: Length | None = None
    abroad_source: str = ""
    stated: Mapping[str, Length] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the rule is in force for something that happened on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiction:
    """When a letter posted while this is in force counts as known: so long after posting.

    ``from_arrival``: so long after it arrived or was fetched. ``at_latest``: then at the latest, earlier when
    it was handed over before. ``step`` tells of ways that are said in words of their own.
    """

    law: str
    delivery: str  # delivery
    source: str
    days: int = 0
    months: int = 0
    step: str = "fiction"
    from_arrival: bool = False
    at_latest: bool = False
    moves: bool = False
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def length(self) -> Length:
        """Return how long after posting."""
        return Length(self.months, Unit.MONTHS) if self.months else Length(self.days, Unit.DAYS)

    def holds(self, law: str, delivery: str, on: date) -> bool:
        """Return whether the fiction holds for a letter posted on the day ``on``."""
        meant = (self.law, self.delivery) == (law, delivery)
        return meant and (self.valid_from or on) <= on <= (self.valid_until or on)


class Suspends(StrEnum):
    """Whether an appeal keeps a decision from taking effect until it is decided."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Whether the appeal by ``rule`` suspends a decision of the kind ``decision`` ("": any other).

    ``apply_for`` and ``court`` say what to apply for the same day, and where, when it does not; ``within``
    how long there is for that where it is shorter than the appeal itself.
    """

    rule: str
    suspends: Suspends
    source: str
    decision: str = ""  # decision
    apply_for: str = ""
    court: str = ""
    within: Length | None = None
    note: str = ""
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, rule: str, decision: str, on: date) -> bool:
        """Return whether it speaks of ``decision``, known on the day ``on``."""
        meant = (self.rule, self.decision) == (rule, decision)
        return meant and (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyWords:
    """Words in the name of an office by which a notice of it has the remedy ``rule``.

    Short ones count as whole words only.
    """

    words: tuple[str, ...]
    rule: str

    def meant(self, agency: str) -> bool:
        """Return whether ``agency`` names such an office."""
        name = agency.casefold()
        whole = set(re.findall(r"\w+", name))
        return any(word in (name if len(word) > _SHORT else whole) for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What happened. ``day`` for rules with an event of their own, the others for a letter of an office.

    ``stated`` is the period that the Rechtsbehelfsbelehrung names, ``decision`` what the letter is about,
    ``missed_on`` the last day of a period that was missed.
    """

    day: date | None = None
    missed_on: date | None = None
    dated_on: date | None = None
    posted_on: date | None = None
    delivered_on: date | None = None
    delivery: str = ""  # delivery
    instruction: str = ""  # instruction
    stated: str = ""  # stated_period
    decision: str = ""  # decision

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Facts":
        """Return the facts as they are stored with a follow-up; what is unknown or no date is left out."""
        return cls(**{each.name: _read(each.name, stored.get(each.name)) for each in fields(cls)})

    def plain(self) -> dict[str, str]:
        """Return the facts as they are stored: codes and ISO dates, nothing empty."""
        return {each.name: str(value) for each in fields(self) if (value := getattr(self, each.name))}


CODES = {
    "delivery": "delivery",
    "instruction": "instruction",
    "stated": "stated_period",
    "decision": "decision",
}
"""Facts that are codes, and the lists they stand in; all others are days."""


def _read(name: str, value: Any) -> Any:
    if name in CODES:
        return str(value or "")
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class DerivationStep:
    """One sentence of a derivation: its code, what it speaks of, its source and whether that was checked."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Derivation:
    """The day, how it was found, the day it was counted from; ``rule`` is the version applied.

    ``due`` is the last day, or the first one when ``earliest``. ``opens_on`` is the first day besides a last
    one.
    """

    rule: Rule
    due: date
    steps: tuple[DerivationStep, ...]
    counted_from: date
    length: Length = _NONE
    opens_on: date | None = None

    @property
    def earliest(self) -> bool:
        """Return whether ``due`` is the first day on which something can be done, not the last one."""
        return self.rule.first_after
