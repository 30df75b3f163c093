"""What the day looks like: groups of tasks, the week, appointments, what is unsent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from kimdesk.casework import backups, case_list, cases, changes, conflicts, records
from kimdesk.casework import today as agenda
from kimdesk.casework.changes import Change
from kimdesk.casework.desk import Desk
from kimdesk.casework.today import Agenda, Task
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import FollowUp
from kimdesk.texts import say
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.sync.catalogue import KeptPack

DAYS = 7
MORNING_ENDS, EVENING_BEGINS = 11, 18


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week strip and what is due on it."""

    day: date
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A case in which two versions wait for a decision, by the name of its client or its file number."""

    case_id: str
    name: str


@dataclass(frozen=True, slots=True)
class TodayModel:
    """Everything the page shows.

    ``unsent`` counts cases changed since the Kreis last acknowledged, ``undecided`` are those in which two
    versions wait for a decision, ``unsaved_days`` the days without a backup; ``backup_doubted``: the date of
    the last one cannot be right; ``stale_pack``: the catalogue pack in use, when a newer one should have
    come; ``empty``: the desk has no case at all yet.
    """

    today: date
    greeting: str
    agenda: Agenda
    week: tuple[Day, ...]
    later: tuple[Task, ...]
    unsent: int
    undecided: tuple[Undecided, ...] = ()
    unsaved_days: int = 0
    backup_doubted: bool = False
    stale_pack: "KeptPack | None" = None
    empty: bool = False


class TodayView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_day(self, model: TodayModel) -> None:
        """Show the day."""


class TodayPresenter:
    """Reads the agenda and how much is unsent, together."""

    def __init__(
        self, context: Context, view: TodayView, clock: Callable[[], datetime] = datetime.now
    ) -> None:
        self._context = context
        self._view = view
        self._clock = clock

    def refresh(self) -> None:
        """Read the day again."""
        desk, now = self._context.desk, self._clock()

        def read() -> TodayModel:
            found = agenda.agenda(desk, now.date())
            unsent = case_list.unsent_cases(desk)
            days = backups.days_without(desk, now.astimezone())
            doubted = backups.warned(desk, now.astimezone()) == "clock"
            whole = model(found, now, desk.actor, unsent)
            return replace(
                whole,
                undecided=_undecided(desk),
                unsaved_days=days,
                backup_doubted=doubted,
                stale_pack=_stale(desk, now.date()),
                empty=not cases.count(desk, cases.CaseQuery(status="")),
            )

        self._context.work.read(self._view, read, self._view.show_day)

    def settle(self, follow_up_id: str) -> None:
        """Note a date as done today; one step takes it back."""
        desk, day = self._context.desk, self._clock().date()

        def step() -> Change:
            kept = records.get(desk, FollowUp, follow_up_id)
            return changes.save(desk, replace(kept, done_on=day))

        self._context.work.write(
            self._view, step, lambda change: self.changed(say("plan.noted_as_done"), change)
        )

    def changed(self, words: str, change: Change) -> None:
        """Say what was changed, if anything, with the way back."""
        desk, work = self._context.desk, self._context.work

        def undo() -> None:
            work.write(self._view, lambda: changes.undo(desk, change))

        if change.parts:
            self._context.toast(words, undo)


def _stale(desk: "Desk", day: date) -> "KeptPack | None":
    if not desk.catalogue.layers:
        return None  # the exchange is not loaded for the first page where there is nothing to say

    from kimdesk.sync import catalogue

    now = catalogue.standing(desk, day)
    return now.used if now.expired else None


def model(found: Agenda, now: datetime, actor: str, unsent: int) -> TodayModel:
    """Return the day as it is shown: the week starts on Monday, what comes after it is „next week“."""
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    dated = (*found.overdue, *found.today, *found.expiring)
    week = tuple(
        Day(day, tuple(task for task in dated if task.due.due_on == day))
        for day in (monday + timedelta(days=number) for number in range(DAYS))
    )
    after = monday + timedelta(days=DAYS)
    later = tuple(task for task in dated if after <= task.due.due_on < after + timedelta(days=DAYS))
    return TodayModel(today, greeting(now, actor), found, week, later, unsent)


def _undecided(desk: Desk) -> tuple[Undecided, ...]:
    found = (cases.peek(desk, case_id) for case_id in conflicts.open_in_cases(desk))
    return tuple(
        Undecided(each.case.id, full_name(each.client) if each.client else each.case.file_number)
        for each in found
    )


def greeting(now: datetime, actor: str) -> str:
    """Return a greeting for the time of day."""
    if now.hour < MORNING_ENDS:
        words = say("common.good_morning")
    else:
        words = say("common.good_evening") if now.hour >= EVENING_BEGINS else say("common.good_day")
    return f"{words}, {actor}" if actor else words
