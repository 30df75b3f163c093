"""What is due: a date that needs something done, as it follows from what is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


def later(day: date, span: timedelta) -> date:
    """Return the day ``span`` after ``day``, the last of the calendar at most."""
    return day + span if day <= date.max - span else date.max


@dataclass(frozen=True, slots=True)
class Due:
    """A date that needs something done; ``kind`` and ``record_id`` say where it comes from."""

    rule: str
    due_on: date
    kind: str
    record_id: str
    facts: Mapping[str, str] = field(default_factory=dict)
