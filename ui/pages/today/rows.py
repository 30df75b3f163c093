"""The tasks of the day as rows: grouped by how they press, each group as long as a person can take in."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.casework.today import Task
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import agenda, dates, say
from kimdesk.texts.bidi import apart
from ui.case.cards import joined
from ui.kit.icons import known
from ui.kit.listing import TaskGroup, TaskRow
from ui.pages.today.presenter import TodayModel
from ui.places import Place, place_of

MOST = 30
"""Rows shown per group; the others are found in the list of cases."""

ALIKE = 3
"""So many cases with the same step are one row, which opens."""

SOON = timedelta(days=30)
"""What is due later is folded."""

Groups = list[tuple[TaskGroup, list[TaskRow]]]


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows that stand behind one: those of a group with the same step, or what is due later."""

    group: str
    title: str = ""


def groups(model: TodayModel, catalogue: Catalogue, unfolded: Set[Fold] = frozenset()) -> Groups:
    """Return the groups that have something in them; what is ``unfolded`` shows its rows."""
    found = model.agenda
    kinds: tuple[tuple[str, str, str, Sequence[Task], Place], ...] = (
        ("overdue", "bad", say("today.overdue"), found.overdue, Place("cases", key="due")),
        ("today", "accent", say("common.today"), found.today, Place("cases", key="due")),
        ("expiring", "warn", say("today.expires_soon"), found.expiring, Place("cases", key="due")),
        ("chat-circle-dots", "info", say("today.without_answer"), found.unanswered, Place("cases")),
        ("signpost", "accent", say("perspective.title"), found.prospects, Place("cases")),
        ("phone-slash", "text-2", say("today.no_contact_for_long"), found.quiet, Place("cases", key="quiet")),
    )
    return [
        (
            TaskGroup(icon, tone, title, len(tasks)),
            list(_Rows(catalogue, model.today, icon, tone, unfolded).of(tasks, rest)),
        )
        for icon, tone, title, tasks, rest in kinds
        if tasks
    ]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of one group."""

    catalogue: Catalogue
    today: date
    group: str
    tone: str
    unfolded: Set[Fold]

    def of(self, tasks: Sequence[Task], rest: Place) -> Iterator[TaskRow]:
        """Return the rows of ``tasks``; those beyond ``MOST`` are found at ``rest``."""
        soon = [task for task in tasks if task.due.due_on <= self.today + SOON]
        later = [task for task in tasks if task.due.due_on > self.today + SOON]
        yield from self._bundled(soon[:MOST])
        if len(soon) > MOST:
            more = say("common.n_more", n=len(soon) - MOST)
            words = say("today.all_them_stand_list_cases")
            yield TaskRow("dots-three", "text-2", more, "", words, "", "", rest)
        if later:
            fold = Fold(self.group)
            yield self._later(later, fold)
            if fold in self.unfolded:
                yield from self._bundled(later[:MOST])

    def _bundled(self, tasks: Sequence[Task]) -> Iterator[TaskRow]:
        """Return a row for each task; cases with the same step stand behind one, at its earliest day."""
        steps = [(self._title(task), task) for task in tasks]
        alike = {title: [one for said, one in steps if said == title] for title, _ in steps}
        told = set()
        for title, task in steps:
            if len(alike[title]) < ALIKE:
                yield self._row(task)
            elif title not in told:
                told.add(title)
                yield from self._bundle(title, alike[title])

    def _bundle(self, title: str, tasks: Sequence[Task]) -> Iterator[TaskRow]:
        fold, first = Fold(self.group, title), tasks[0].due
        yield TaskRow(
            icon=self._icon(tasks[0]),
            tone="text-2",
            title=title,
            text=f"· {say('today.n_cases', n=len(tasks))}",
            reason=apart(", ").join(task.name for task in tasks),
            date=dates.short(first.due_on, self.today),
            date_note=dates.distance(first.due_on, self.today),
            key=fold,
            date_tone="bad" if self.tone == "bad" else "text-2",
            folded=fold not in self.unfolded,
        )
        if fold in self.unfolded:
            yield from map(self._row, tasks)

    def _later(self, tasks: Sequence[Task], fold: Fold) -> TaskRow:
        after = dates.short(self.today + SOON, self.today)
        title = say("today.due_after_day", day=after)
        first = dates.short(tasks[0].due.due_on, self.today)
        words = say("today.n_more_first_on_day", n=len(tasks), day=first)
        return TaskRow("calendar-blank", "text-2", title, "", words, "", "", fold,
                       folded=fold not in self.unfolded)  # fmt: skip

    def _row(self, task: Task) -> TaskRow:
        said, due_on = agenda.words(self.catalogue, task.due), task.due.due_on
        return TaskRow(
            icon=self._icon(task),
            tone="text-2",
            title=task.name,
            text=dates.without_year(said.title, self.today),
            reason=joined(dates.without_year(said.reason, self.today), self._unchecked(task)),
            date=dates.short(due_on, self.today),
            date_note=dates.distance(due_on, self.today),
            key=place_of(task.case_id, task.due.ref),
            date_tone="bad" if self.tone == "bad" else "text-2",
            about=task,
        )

    def _unchecked(self, task: Task) -> str:
        return say("case.unchecked") if agenda.unchecked(self.catalogue, task.due) else ""

    def _title(self, task: Task) -> str:
        return dates.without_year(agenda.words(self.catalogue, task.due).title, self.today)

    def _icon(self, task: Task) -> str:
        return known(self.catalogue.rules.steps[task.due.rule].icon, "info")
