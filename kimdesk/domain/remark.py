"""Something to look at in the spells of a household."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kimdesk.domain.records import RecordRef
from kimdesk.domain.terms import Lane


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: by which rule, whom, in which strand (None: the title), which days.

    ``ends_on`` is None while it lasts. ``refs`` are the records it follows from.
    """

    rule: str
    person_id: str
    lane: Lane | None
    starts_on: date
    ends_on: date | None
    refs: tuple[RecordRef, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def days(self, today: date) -> int:
        """Return how many days it lasted; while it lasts, up to and including ``today``."""
        return max(((self.ends_on or today) - self.starts_on).days + 1, 0)

    def lasts(self, today: date) -> bool:
        """Return whether it is so on ``today``."""
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)
