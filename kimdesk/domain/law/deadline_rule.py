"""What a deadline is made of: a rule of the law, fictions of delivery, what happened, and the result.

Rules and fictions are data (``resources/rules/deadlines.toml``); steps are codes with facts, their German
sentences are data too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from kimdesk.domain.law.periods import Length, Unit

NOTICE = "notice"
"""What a rule counts from when a letter of an office starts it; all others name their own event."""

_NONE = Length(0, Unit.DAYS)


class Counting(StrEnum):
    """How a period hangs on the day it is counted from."""

    EVENT = "event"  # the day does not count (§ 187 Abs. 1 BGB)
    DAY = "day"  # the day is the first that counts (§ 187 Abs. 2 BGB)
    MONTH = "month"  # the period begins when the month of the day has passed
    YEAR = "year"  # … when its year has passed
    BEFORE_EVENT = "before_event"  # backwards from the day, which does not count
    BEFORE_END = "before_end"  # backwards from the end of the day


BACKWARD = frozenset({Counting.BEFORE_EVENT, Counting.BEFORE_END})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One deadline of the law, in force for days from ``valid_from`` to ``valid_until``.

    ``law`` says which fictions of delivery hold. ``uninstructed`` is the length without a correct
    Rechtsbehelfsbelehrung. ``moves``: an end on a Saturday, Sunday or holiday goes to the next working day.
    ``first_after``: what counts is the day after the period.
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
    moves: bool = True
    first_after: bool = False
    checked: bool = False
    uninstructed: Length | None = None
    uninstructed_source: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the rule is in force for something that happened on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiction:
    """When a letter posted while this is in force counts as known: so many days after posting."""

    law: str
    delivery: str  # delivery
    days: int
    source: str
    moves: bool = False
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, law: str, delivery: str, on: date) -> bool:
        """Return whether the fiction holds for a letter posted on the day ``on``."""
        meant = (self.law, self.delivery) == (law, delivery)
        return meant and (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What happened. ``day`` for rules with an event of their own, the others for a letter of an office."""

    day: date | None = None
    dated_on: date | None = None
    posted_on: date | None = None
    delivered_on: date | None = None
    delivery: str = ""  # delivery
    instruction: str = ""  # instruction

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Facts":
        """Return the facts as they are stored with a follow-up; what is unknown or no date is left out."""
        return cls(**{each.name: _read(each.name, stored.get(each.name)) for each in fields(cls)})

    def plain(self) -> dict[str, str]:
        """Return the facts as they are stored: codes and ISO dates, nothing empty."""
        return {each.name: str(value) for each in fields(self) if (value := getattr(self, each.name))}


def _read(name: str, value: Any) -> Any:
    if name in ("delivery", "instruction"):
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
    """The last day, how it was found, the day it was counted from; ``rule`` is the version applied."""

    rule: Rule
    due: date
    steps: tuple[DerivationStep, ...]
    counted_from: date
