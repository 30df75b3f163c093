"""The next sensible step of a case: the earliest date that counts now, else what the phase still needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.records import CaseFile, RecordRef
from kimdesk.domain.terms import CaseStatus


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do and by which rule; ``due_on`` is None for the steps of a phase."""

    rule: str
    due_on: date | None
    kind: str
    record_id: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def ref(self) -> RecordRef:
        """Return where it is done: a record, or a phase."""
        return RecordRef(self.kind, self.record_id)


def next_step(
    file: CaseFile, today: date, rules: AgendaRules, gap: Mapping[str, str] | None = None
) -> NextStep | None:
    """Return the next sensible step; ``gap`` tells what the current phase still needs, None for nothing.

    Its facts are „title“ (what is to be done, "" when the form does not say) and „label“ (the field).

    A closed case needs none but what was promised beyond its end.
    """
    first = next((each for each in due_in(file, rules, today) if each.is_shown(today)), None)
    if first:
        return NextStep(first.rule, first.due_on, first.ref.kind, first.ref.id, first.facts)
    if file.case.status is CaseStatus.CLOSED:
        return None
    facts = {"phase": str(file.case.phase), **(gap or {})}
    return NextStep("phase_gap" if gap else "phase_ready", None, "phase", str(file.case.phase), facts)
