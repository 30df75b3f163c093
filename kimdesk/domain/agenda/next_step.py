"""The next sensible step of a case: the earliest date that counts now, else what the phase still needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kimdesk.domain.agenda import dues
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import CaseStatus


@dataclass(frozen=True, slots=True)
class Window:
    """When a rule is shown: ``lead`` days before its date until ``linger`` days after, None for ever.

    ``rank`` decides before the date does: dates of the case 0, what is merely worth a look 1.
    """

    lead: int
    linger: int | None = None
    rank: int = 0

    def shows(self, due_on: date, today: date) -> bool:
        """Return whether a step due on ``due_on`` is shown on ``today``."""
        if today < due_on - timedelta(days=self.lead):
            return False
        return self.linger is None or today <= due_on + timedelta(days=self.linger)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do and by which rule; ``due_on`` is None for the steps of a phase."""

    rule: str
    due_on: date | None
    kind: str
    record_id: str
    facts: Mapping[str, str] = field(default_factory=dict)


def shown(file: CaseFile, today: date, windows: Mapping[str, Window]) -> tuple[Due, ...]:
    """Return the dates of the case that are shown on ``today``, the most pressing first.

    Of two with the same date, the one whose rule stands earlier in ``windows``.
    """
    if file.case.status is CaseStatus.CLOSED:
        return ()
    found = [each for each in dues.of_file(file) if windows[each.rule].shows(each.due_on, today)]
    place = {rule: number for number, rule in enumerate(windows)}
    return tuple(sorted(found, key=lambda each: (windows[each.rule].rank, each.due_on, place[each.rule])))


def next_step(file: CaseFile, today: date, windows: Mapping[str, Window], gap: str = "") -> NextStep | None:
    """Return the next sensible step; ``gap`` names what the current phase still needs, "" for nothing.

    A closed case needs no step.
    """
    if file.case.status is CaseStatus.CLOSED:
        return None
    first = next(iter(shown(file, today, windows)), None)
    if first:
        return NextStep(first.rule, first.due_on, first.kind, first.record_id, first.facts)
    facts = {"phase": str(file.case.phase), "label": gap}
    return NextStep("phase_gap" if gap else "phase_ready", None, "phase", str(file.case.phase), facts)
