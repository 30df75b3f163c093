"""Changing the plan: one call each, with an undo in a toast; what waits is offered to move along."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from kimdesk.casework import plans
from kimdesk.casework.changes import Change
from kimdesk.casework.desk import Desk
from kimdesk.domain.chain import followers, span, way
from kimdesk.domain.records import Measure
from kimdesk.domain.terms import MeasureState
from kimdesk.texts import dates, say
from ui.case.editing import Editing

Step = Callable[[Desk], Change]


class PlanChanges(QObject):
    """Does what hand and keyboard ask of the plan.

    ``offered`` asks whether what waits is to move along: a sentence, and "" to take the question away.
    ``refused`` carries a sentence that says why nothing was changed.
    """

    offered = Signal(str)
    refused = Signal(str)

    def __init__(self, editing: Editing, parent: QObject) -> None:
        super().__init__(parent)
        self._editing = editing
        self._shifted: tuple[str, int] = ("", 0)  # the measure that was shifted, by how many days in all

    def move(self, key: str, days: int) -> None:
        """Shift a measure by ``days``, then offer to shift what waits for it."""
        measure = self._measure(key)
        if measure is None:
            return
        before = self._shifted[1] if self._shifted[0] == key else 0
        self._shifted = (key, before + days)
        self._do(
            lambda desk: plans.move(desk, [key], days),
            say("plan.shifted_what", what=measure.title),
            self._offer,
        )

    def move_along(self) -> None:
        """Shift what waits for the measure shifted last by as many days."""
        key, days = self._shifted
        waiting = [one.id for one in self._waiting(key)]
        self.forget()
        if waiting and days:
            words = say("plan.measures_moved_along", n=len(waiting))
            self._do(lambda desk: plans.move(desk, waiting, days), words)

    def forget(self) -> None:
        """No longer offer to shift what waits."""
        self._shifted = ("", 0)
        self.offered.emit("")

    def stretch(self, key: str, days: int) -> None:
        """Let a measure end ``days`` later, never before it begins."""
        measure = self._measure(key)
        found = span(measure) if measure else None
        if measure is None or found is None:
            return
        first, last = found
        until = max(first, last + timedelta(days=days))
        words = say("plan.what_now_ends_day", what=measure.title, day=dates.full(until))
        self._do(lambda desk: plans.place(desk, key, measure.starts_on, until), words)

    def link(self, key: str, before: str) -> None:
        """Let a measure wait for another, unless that one waits for it already."""
        waits, first = self._measure(key), self._measure(before)
        if waits is None or first is None:
            return
        if circle := way(before, key, self._measures()):
            self.refused.emit(circle_words(waits, first, circle))
            return
        words = say("plan.measure_now_waits_other", measure=waits.title, other=first.title)
        self._do(lambda desk: plans.link(desk, key, before), words)

    def unlink(self, key: str, before: str) -> None:
        """Let a measure no longer wait for another."""
        self._do(lambda desk: plans.unlink(desk, key, before), say("plan.link_removed"))

    def remove(self, key: str) -> None:
        """Remove a measure."""
        measure = self._measure(key)
        if measure:
            self._do(lambda desk: plans.remove(desk, key), say("common.removed_what", what=measure.title))

    def tick(self, key: str, number: int, done: bool) -> None:
        """Tick a step off, or open it again."""
        day = self._editing.today
        words = say("plan.step_done") if done else say("plan.step_open_again")
        self._do(lambda desk: plans.tick(desk, key, number, done=done, on=day), words)

    def rate(self, key: str, level: int, reason: str) -> None:
        """Note where a goal stands."""
        self._do(lambda desk: plans.rate(desk, key, level, reason), say("plan.attainment_noted"))

    def use_template(self, code: str, start: date, goal_id: str) -> None:
        """Add the measures of a template that are not there yet."""
        case_id = self._editing.file.case.id
        self._do(
            lambda desk: plans.apply_template(desk, case_id, code, start, goal_id), say("plan.template_used")
        )

    def _do(self, step: Step, words: str, then: Callable[[], None] = lambda: None) -> None:
        desk = self._editing.context.desk
        self.refused.emit("")

        def done(change: Change) -> None:
            self._editing.changed(words, change, self.forget)
            then()

        self._editing.context.work.write(self, lambda: step(desk), done)

    def _offer(self) -> None:
        key, days = self._shifted
        waiting = len(self._waiting(key))
        if not waiting or not days:
            self.offered.emit("")
            return
        self.offered.emit(say("plan.n_measures_wait_move_them", n=waiting, days=days_words(days)))

    def _waiting(self, key: str) -> list[Measure]:
        """Return the planned measures with a date that wait for ``key``; what runs is not shifted."""
        found = followers(key, self._measures())
        return [one for one in found if one.state is MeasureState.PLANNED and span(one)]

    def _measures(self) -> tuple[Measure, ...]:
        return self._editing.file.measures

    def _measure(self, key: str) -> Measure | None:
        return next((one for one in self._measures() if one.id == key), None)


def days_words(days: int) -> str:
    """Return „1 Tag nach hinten“, „3 Tage nach vorn“, „2 Wochen nach hinten“."""
    number = abs(days)
    if number % 7 == 0:
        weeks = number // 7
        words = say("plan.weeks_count", n=weeks)
    else:
        words = say("plan.days", n=number)
    return say("plan.time_later", time=words) if days > 0 else say("plan.time_earlier", time=words)


def circle_words(waits: Measure, first: Measure, circle: tuple[Measure, ...]) -> str:
    """Return why ``waits`` cannot wait for ``first``: the way by which that one waits for it already."""
    names = " → ".join(one.title for one in reversed(circle))
    return say(
        "plan.measure_cannot_wait_other_one",
        measure=waits.title,
        other=first.title,
        path=names,
    )
