"""Steps of a perspective that are let go: for a reason, and as long as their day stays the same."""

from dataclasses import dataclass
from datetime import date

from kimdesk.casework.case_file import read_file
from kimdesk.casework.changes import Change, changing
from kimdesk.casework.desk import Desk
from kimdesk.casework.settling import Settling, settled
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import WAIVED, due_in
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE, place_in
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import CaseFile


@dataclass(frozen=True, slots=True)
class PerspectiveStep:
    """A step of a rule for people of a case, and the day that it names."""

    people: tuple[str, ...]
    rule: str
    step: str
    day: date | None = None

    @property
    def as_due(self) -> Due:
        """Return it as a date that can be let go; one without a day has the last of the calendar."""
        key = f"{self.rule}.{self.step}.{'+'.join(sorted(self.people))}"
        return Due("perspective_step", self.day or date.max, PERSPECTIVE, key)


def let_go(desk: Desk, case_id: str, step: PerspectiveStep, why: str, today: date | None = None) -> Change:
    """Let a step go, and with it what Heute tells now of the rule for these people.

    Raises CaseworkError E851 without a reason, E853 when there is no such case.
    """
    day = today or calendar_day()
    with changing(desk) as change:
        file = read_file(change.writer, case_id)
        told = [each for each in due_in(file, desk.rules, day) if each.is_shown(day) and _is_of(each, step)]
        change.put(settled(file.case, [step.as_due, *told], Settling(WAIVED, why), day))
    return change.change


def is_let_go(file: CaseFile, step: PerspectiveStep) -> bool:
    """Return whether the step was let go and its day is still the same."""
    due = step.as_due
    return any((one.key, one.due_on) == (due.key, due.due_on) for one in file.case.settled)


def _is_of(due: Due, step: PerspectiveStep) -> bool:
    person, rule = place_in(due.record_id)
    return due.kind == PERSPECTIVE and rule == step.rule and person in step.people
