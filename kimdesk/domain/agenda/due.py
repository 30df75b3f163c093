"""What is due: a date that needs something done, as it follows from what is recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kimdesk.domain.records import RecordRef


class Urgency(StrEnum):
    """How pressing something is on a day."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"  # it is time to think of it
    LATER = "later"


_STAGE = re.compile(r"\.\d+$")
_FACTS = frozenset({
    "person", "standing", "achievement", "residence_spell", "regime_spell", "regime_change", "consent",
    "attachment", "perspective",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A date that needs something done, why (``rule`` with ``facts``), and the record it comes from.

    A date that is told anew in stages stands there once for each; the later ones bear a number behind the
    record („<identity>.2“), so that each can be let go alone.

    It is shown from ``since`` to ``until``; see ``rules.Window`` for these and ``rank``. A date that says
    itself from when (``since``) is shown from then.
    """

    rule: str
    due_on: date
    kind: str
    record_id: str
    facts: Mapping[str, str] = field(default_factory=dict)
    since: date = date.min
    until: date = date.max
    rank: int = 0

    @property
    def key(self) -> str:
        """Return which date of its record it is („measure_due:<identity>“)."""
        return f"{self.rule}:{self.record_id}"

    @property
    def stages(self) -> tuple[str, ...]:
        """Return what the stages of a day that is told anew have in common; of others what is theirs."""
        return unstaged(self.key), self.kind, self.due_on.isoformat()

    @property
    def ref(self) -> RecordRef:
        """Return the record it comes from, or the phase."""
        whole = self.kind == "perspective"  # no record: „<person>.<rule>.<number>“
        return RecordRef(self.kind, self.record_id if whole else unstaged(self.record_id))

    @property
    def is_derived(self) -> bool:
        """Return whether it follows from a fact that has no end of its own: it can be taken up or let go."""
        return self.kind in _FACTS

    @property
    def is_date(self) -> bool:
        """Return whether it is a date of the case, not merely worth a look."""
        return self.rank == 0

    def is_shown(self, today: date) -> bool:
        """Return whether it is time for it on ``today``."""
        return self.since <= today <= self.until

    def state(self, today: date) -> Urgency:
        """Return how pressing it is on ``today``."""
        if self.due_on <= today:
            return Urgency.TODAY if self.due_on == today else Urgency.OVERDUE
        return Urgency.SOON if self.since <= today else Urgency.LATER


def unstaged(key: str) -> str:
    """Return the key of a date without the number of its stage."""
    return _STAGE.sub("", key)
