"""The day's work: what is overdue, due, soon due, unanswered, and the appointments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kimdesk.casework.derived import sweep
from kimdesk.casework.desk import Desk
from kimdesk.casework.phases import gaps
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.due import Due, Urgency
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.domain.agenda.next_step import next_step as next_of_file
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import CaseFile
from kimdesk.store import derived, dues
from kimdesk.store.dues import DueRow
from kimdesk.store.folding import sort_key

MOST = 2000
"""Steps shown, the oldest first; a desk with more has other worries than their order."""

KINDS = dues.ALL | {"case"}
"""The kinds of records that the dates follow from, and whether they are still to be met."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is due in a case; ``name`` is „Amna Osman“, the file number while anonymous."""

    case_id: str
    name: str
    due: Due


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment of the day; ``interpreter``: how far one is booked (interpreter_booking)."""

    case_id: str
    follow_up_id: str
    time: str
    name: str
    title: str
    place: str
    interpreter: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The day's work, each group with the earliest first; ``quiet``: cases without contact for long.

    ``prospects`` is what opens for somebody by residence law (the tab „Perspektive“).

    ``outdated`` cases are still to be worked out again by the rules of now.
    """

    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    expiring: tuple[Task, ...]
    unanswered: tuple[Task, ...]
    appointments: tuple[Appointment, ...]
    quiet: tuple[Task, ...] = ()
    prospects: tuple[Task, ...] = ()
    outdated: int = 0


def agenda(desk: Desk, today: date | None = None) -> Agenda:
    """Return the day's work; what it costs depends on what is due, not on what is stored."""
    day = today or calendar_day()
    sweep(desk, day)
    with desk.reading() as reader:
        rows = dues.shown(reader.connection, day, desk.rules, MOST)
        outdated = derived.count_outdated(reader.connection, desk.rules)
    groups = {
        group: [row for row in rows if desk.catalogue.rules.steps[row.due.rule].group == group]
        for group in ("date", "unanswered", "quiet", "appointment", "prospect")
    }
    dated = [(row.due.state(day), row) for row in groups["date"]]
    return Agenda(
        overdue=_tasks(row for state, row in dated if state is Urgency.OVERDUE),
        today=_tasks(row for state, row in dated if state is Urgency.TODAY),
        expiring=_tasks(row for state, row in dated if state is Urgency.SOON),
        unanswered=_tasks(groups["unanswered"]),
        appointments=_appointments(row for row in groups["appointment"] if row.due.due_on == day),
        quiet=_tasks(groups["quiet"]),
        prospects=_tasks(groups["prospect"]),
        outdated=outdated,
    )


def count_waiting(desk: Desk, today: date | None = None) -> int:
    """Return how many steps are overdue, due today or without an answer, at most ``MOST``."""
    steps = desk.catalogue.rules.steps
    dated, unanswered = (
        tuple(code for code, step in steps.items() if step.group == group) for group in ("date", "unanswered")
    )
    with desk.reading() as reader:
        return dues.count_waiting(reader.connection, today or calendar_day(), dated, unanswered, MOST)


def next_step(catalogue: Catalogue, file: CaseFile, today: date | None = None) -> NextStep | None:
    """Return the next sensible step of a case, None when there is none."""
    missing = gaps(catalogue, file, file.case.phase)
    gap = {"title": missing[0].task, "label": missing[0].label} if missing else None
    return next_of_file(file, today or calendar_day(), catalogue.rules.agenda, gap)


def _tasks(rows: Iterable[DueRow]) -> tuple[Task, ...]:
    return tuple(Task(row.case_id, _name(row), row.due) for row in rows)


def _appointments(rows: Iterable[DueRow]) -> tuple[Appointment, ...]:
    found = (
        Appointment(
            row.case_id,
            due.record_id,
            facts["time"],
            _name(row),
            facts["title"],
            facts["place"],
            facts.get("interpreter", ""),
            facts.get("language", ""),
        )
        for row in rows
        for due, facts in [(row.due, row.due.facts)]
    )
    return tuple(sorted(found, key=lambda each: (each.time or "99", sort_key(each.name))))


def _name(row: DueRow) -> str:
    family, _, given = row.name.partition(", ")
    return f"{given} {family}".strip() or row.file_number
