"""What is due or sensible next, as a page shows it."""

from datetime import date
from typing import NamedTuple

from kimdesk.casework.case_list import CaseRow
from kimdesk.casework.today import Task
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.domain.records import RecordRef
from kimdesk.texts import agenda


class Seen(NamedTuple):
    """A step in words, and what its rule says beside."""

    title: str
    reason: str
    due: date | None
    ref: RecordRef
    action: str


def seen(found: Task | Due | NextStep) -> Seen:
    """Return a step or task as it is shown."""
    step = found.due if isinstance(found, Task) else found
    words = agenda.words(SHIPPED, step)
    return Seen(words.title, words.reason, step.due_on, step.ref, SHIPPED.rules.steps[step.rule].action)


def row_title(row: CaseRow) -> str:
    """Return what the list of cases says of the next date of a case."""
    return agenda.words(SHIPPED, row.next_step).title if row.next_step else ""
