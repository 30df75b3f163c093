"""What the buttons of the tab do: enter a fact where it lives, turn a step into a date, let it go."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from kimdesk.casework import perspective_steps
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import FollowUp, Measure
from kimdesk.texts import say
from ui.case.blank import blank
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.kit.popup import Menu
from ui.perspective.entering import enter
from ui.perspective.strip import StepView


class StepActs:
    """Does what helps now in the case that is shown; the page reads what was changed by itself."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def act(self, step: StepView | None) -> None:
        """Do what the button of ``step`` says: enter a fact, open what exists, else put it on a day."""
        if step is None:
            return
        if step.ref is not None:
            self._editing.show(step.ref)
        elif step.fact:
            enter(self._editing, step.fact, step.lane.people[0])
        else:
            self._remind(step, self._day(step))

    def later(self, anchor: QWidget, step: StepView | None) -> None:
        """Offer to be reminded, to plan it as a measure, or to let it go with a reason."""
        if step is None:
            return
        menu = Menu(anchor)
        menu.setObjectName("perspective_later_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        for name, words, act in (
            ("remind", say("perspective.remind"), lambda: self._remind(step, self._soon())),
            ("measure", say("perspective.as_measure"), lambda: self._plan(step)),
            ("let_go", say("perspective.let_go"), lambda: self._let_go(step)),
        ):
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, act=act: act())
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    @property
    def _case(self) -> str:
        return self._editing.file.case.id

    def _soon(self) -> date:
        return self._editing.catalogue.rules.agenda.spans.after(SpanName.REMINDER, self._editing.today)

    def _day(self, step: StepView) -> date:
        """Return when a step is to be done: soon, and never after its last day."""
        return max(min(step.day or date.max, self._soon()), self._editing.today)

    def _remind(self, step: StepView, day: date) -> None:
        """Make the step a Wiedervorlage. Neither rule nor light goes with it: dates may leave the desk."""
        self._editing.edit(FollowUp(case_id=self._case, title=step.plain, due_on=day), then=self._said)

    def _plan(self, step: StepView) -> None:
        new = blank(Measure, self._editing.file, self._editing.today)
        self._editing.edit(replace(new, title=step.plain, due_on=self._day(step)), then=self._said)

    def _said(self, _: object) -> None:
        self._editing.saved(say("perspective.stands_on_its_day"))

    def _let_go(self, step: StepView) -> None:
        """Ask why; the step comes back when its day is another."""
        editing, desk, case_id = self._editing, self._editing.context.desk, self._case

        def act(why: str) -> None:
            editing.context.work.write(
                editing.page,
                lambda: perspective_steps.let_go(desk, case_id, step.key, why, editing.today),
                lambda change: editing.changed(say("perspective.was_let_go"), change),
            )

        question, accept = say("perspective.why_let_go"), say("perspective.let_go_now")
        ReasonDialog(editing.page, question, step.title, accept=accept, act=act).open()
