"""The tasks of the day as rows: grouped by how they press, each group as long as a person can take in."""

from collections.abc import Iterator, Sequence
from datetime import date

from kimdesk.casework.today import Task
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import agenda, dates, say
from ui.kit.icons import known
from ui.kit.listing import TaskGroup, TaskRow
from ui.pages.today.presenter import TodayModel
from ui.places import Place, place_of

MOST = 30
"""Rows shown per group; the others are found in the list of cases."""


def groups(model: TodayModel, catalogue: Catalogue) -> list[tuple[TaskGroup, list[TaskRow]]]:
    """Return the groups that have something in them."""
    found = model.agenda
    kinds: tuple[tuple[str, str, str, Sequence[Task], Place], ...] = (
        ("overdue", "bad", say("today.overdue"), found.overdue, Place("cases", key="due")),
        ("today", "accent", say("common.today"), found.today, Place("cases", key="due")),
        ("expiring", "warn", say("today.expires_soon"), found.expiring, Place("cases", key="due")),
        ("chat-circle-dots", "info", say("today.without_answer"), found.unanswered, Place("cases")),
        ("phone-slash", "text-2", say("today.no_contact_for_long"), found.quiet, Place("cases", key="quiet")),
    )
    return [
        (TaskGroup(icon, tone, title, len(tasks)), list(_rows(catalogue, tasks, tone, model.today, rest)))
        for icon, tone, title, tasks, rest in kinds
        if tasks
    ]


def _rows(
    catalogue: Catalogue, tasks: Sequence[Task], tone: str, today: date, rest: Place
) -> Iterator[TaskRow]:
    for task in tasks[:MOST]:
        yield _row(catalogue, task, tone, today)
    if len(tasks) > MOST:
        more = say("common.n_more", n=len(tasks) - MOST)
        yield TaskRow("dots-three", "text-2", more, "", say("today.all_them_stand_list_cases"), "", "", rest)


def _row(catalogue: Catalogue, task: Task, tone: str, today: date) -> TaskRow:
    said, due_on = agenda.words(catalogue, task.due), task.due.due_on
    return TaskRow(
        icon=known(catalogue.rules.steps[task.due.rule].icon, "info"),
        tone="text-2",
        title=task.name,
        text=said.title,
        reason=said.reason,
        date=dates.short(due_on, today),
        date_note=dates.distance(due_on, today),
        key=place_of(task.case_id, task.due.ref),
        date_tone="bad" if tone == "bad" else "text-2",
    )
