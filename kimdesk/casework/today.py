"""The day's work: what is overdue, due, soon due, unanswered, and the appointments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.casework import rules
from kimdesk.casework.desk import Desk
from kimdesk.casework.phases import gaps
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.next_step import next_step as next_of_file
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import CaseStatus
from kimdesk.store import dues, summary
from kimdesk.store.dues import DueRow, between

MOST = 200
"""Steps shown per rule; a desk with more has other worries than their order."""


KINDS = dues.DUE_KINDS | {"case"}
"""The kinds of records that the dates follow from, and whether they are still to be met."""


@dataclass(frozen=True, slots=True)
class Step:
    """The next sensible step of a case. ``target`` is where it is done ("referral:<id>", "phase:intake")."""

    title: str
    reason: str
    due: date | None
    action: str
    target: str
    icon: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One step on the page of the day; ``name`` is „Amna Osman“, the file number while anonymous."""

    case_id: str
    name: str
    step: str
    reason: str
    due: date | None
    icon: str
    target: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment of the day."""

    case_id: str
    follow_up_id: str
    time: str
    name: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The day's work, each group with the earliest first; ``quiet``: cases without contact for long."""

    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    expiring: tuple[Task, ...]
    unanswered: tuple[Task, ...]
    appointments: tuple[Appointment, ...]
    quiet: tuple[Task, ...] = ()


def agenda(desk: Desk, today: date | None = None) -> Agenda:
    """Return the day's work; what it costs depends on what is due, not on what is stored."""
    day = today or calendar_day()
    with desk.reading() as reader:
        found = {
            code: between(reader.connection, code, *_span(rule, day), MOST) for code, rule in _shown().items()
        }
    tasks = {
        group: sorted(
            (row for code, rows in found.items() if rules.rules()[code].group == group for row in rows),
            key=lambda row: row.due_on,
        )
        for group in ("date", "unanswered", "quiet", "appointment")
    }
    dated = tasks["date"]
    return Agenda(
        overdue=_tasks(row for row in dated if row.due_on < day),
        today=_tasks(row for row in dated if row.due_on == day),
        expiring=_tasks(row for row in dated if row.due_on > day),
        unanswered=_tasks(tasks["unanswered"]),
        appointments=_appointments(row for row in tasks["appointment"] if row.due_on == day),
        quiet=_tasks(tasks["quiet"]),
    )


def count_waiting(desk: Desk, today: date | None = None) -> int:
    """Return how many steps are overdue, due today or without an answer."""
    found = agenda(desk, today)
    return len(found.overdue) + len(found.today) + len(found.unanswered)


def sweep(desk: Desk, today: date | None = None) -> int:
    """Drop the dates that passed and are no longer shown (a past appointment); return of how many cases.

    To be called once a day: the list of cases then names the same next date as the page of the day.
    """
    day = today or calendar_day()
    lingering = {
        code: day - timedelta(days=rule.linger)
        for code, rule in rules.rules().items()
        if rule.linger is not None
    }
    with desk.reading() as reader:
        if not any(dues.past(reader.connection, code, first) for code, first in lingering.items()):
            return 0
    with desk.writing() as writer:
        cases = {
            each for code, first in lingering.items() for each in dues.past(writer.connection, code, first)
        }
        for code, first in lingering.items():
            dues.drop_past(writer.connection, code, first)
        for case_id in cases:
            summary.refresh_date(writer.connection, case_id)
    return len(cases)


def next_step(catalogue: Catalogue, file: CaseFile, today: date | None = None) -> Step | None:
    """Return the next sensible step of a case with its reason, None for a closed one."""
    if file.case.status is CaseStatus.CLOSED:
        return None
    day = today or calendar_day()
    missing = gaps(catalogue, file, file.case.phase)
    found = next_of_file(file, day, rules.windows(), missing[0].label if missing else "")
    if found is None:
        return None
    rule, words = rules.rules()[found.rule], rules.words(found.rule, found.due_on, found.facts)
    target = f"{found.kind}:{found.record_id}"
    return Step(words.title, words.reason, found.due_on, rule.action, target, rule.icon, rule.source)


def _shown() -> dict[str, rules.Rule]:
    return {code: rule for code, rule in rules.rules().items() if rule.group != "phase"}


def _span(rule: rules.Rule, day: date) -> tuple[date, date]:
    first = date.min if rule.linger is None else day - timedelta(days=rule.linger)
    return first, day + timedelta(days=rule.lead)


def _tasks(rows: Iterable[DueRow]) -> tuple[Task, ...]:
    return tuple(_task(row) for row in rows)


def _task(row: DueRow) -> Task:
    rule, words = rules.rules()[row.rule], rules.words(row.rule, row.due_on, row.facts)
    target = f"{row.kind}:{row.record_id}"
    return Task(
        row.case_id, _name(row), words.title, words.reason, row.due_on, rule.icon, target, rule.action
    )


def _appointments(rows: Iterable[DueRow]) -> tuple[Appointment, ...]:
    found = (
        Appointment(
            row.case_id, row.record_id, row.facts["time"], _name(row), row.facts["title"], row.facts["place"]
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda each: (each.time or "99", each.name)))


def _name(row: DueRow) -> str:
    family, _, given = row.name.partition(", ")
    return f"{given} {family}".strip() or row.file_number
