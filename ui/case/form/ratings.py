"""Goal attainment at the end: as the client sees it and as the case manager does, side by side."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import records
from kimdesk.domain.records import CaseFile, Goal
from kimdesk.domain.terms import GoalState
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.kit.base import clear, rule, spaced
from ui.kit.gas import GasBar, signed
from ui.kit.scroll import Columns
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text

_MEANINGS = {-2: "gas_minus_2", -1: "gas_minus_1", 0: "gas_0", 1: "gas_plus_1", 2: "gas_plus_2"}


class GoalRatings(QWidget):
    """Each goal with two bars; a rating is kept at once."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("goal_ratings")
        self._editing = editing
        self._goals: tuple[Goal, ...] | None = None
        column = QVBoxLayout(self)
        spaced(column, 10)
        self._problem = Notice("bad")
        self._problem.hide()
        column.addWidget(self._problem)
        self._column = QVBoxLayout()
        spaced(self._column, 10)
        column.addLayout(self._column)

    def show_file(self, file: CaseFile) -> None:
        """Show the goals of ``file`` that were not dropped."""
        goals = tuple(one for one in file.goals if one.state is not GoalState.DROPPED)
        if goals == self._goals:
            return
        self._goals = goals
        clear(self._column)
        for number, goal in enumerate(goals):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(goal))
        if not goals:
            self._column.addWidget(EmptyState("target", say("common.no_goal_agreed_yet")))

    def _row(self, goal: Goal) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 6)
        column.addWidget(Text(goal.text, "medium", wrap=True))
        client = self._side(goal, "level_client", say("case.as_client_sees"))
        manager = self._side(goal, "level_case_manager", say("case.as_case_management_sees"))
        column.addWidget(Columns([(client, 0), (manager, 0)]))
        words = Text(difference(goal), "table", "text-2", wrap=True)
        words.setObjectName(f"rating_words_{goal.number}")
        column.addWidget(words)
        return holder

    def _side(self, goal: Goal, attribute: str, words: str) -> QWidget:
        level = getattr(goal, attribute)
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 4)
        column.addWidget(Text(words, "label"))
        bar = GasBar(level, editable=True)
        bar.setObjectName(f"{attribute}_{goal.number}")
        bar.setAccessibleName(f"{words}: {goal.text}")
        bar.changed.connect(lambda value: self._rate(goal, attribute, value))
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(bar)
        row.addStretch(1)
        column.addLayout(row)
        meaning = getattr(goal, _MEANINGS[level]) if level in _MEANINGS else ""
        if meaning:
            column.addWidget(Text(meaning, "meta", "text-2", wrap=True), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _rate(self, goal: Goal, attribute: str, level: int) -> None:
        change: dict[str, Any] = {attribute: level}
        desk, rated = self._editing.context.desk, replace(goal, **change)
        self._editing.context.work.write(
            self, lambda: records.save(desk, rated), lambda _: self._rated(), self._refused
        )

    def _rated(self) -> None:
        self._problem.hide()

    def _refused(self, explanation: Explanation) -> None:
        self._problem.explain(explanation)
        self._problem.show()
        self._goals = None
        self._editing.refresh()


def difference(goal: Goal) -> str:
    """Return in words how the two ratings stand to each other."""
    client, manager = goal.level_client, goal.level_case_manager
    if client is None and manager is None:
        return say("common.not_rated_yet")
    if client is None:
        return say("case.view_client_still_missing")
    if manager is None:
        return say("case.your_own_view_still_missing")
    if client == manager:
        return say("case.both_see_same_level_level", level=signed(client))
    steps = abs(client - manager)
    number = say("case.levels", n=steps)
    if client > manager:
        return say("case.client_sees_steps_better_than", steps=number)
    return say("case.client_sees_steps_worse_than", steps=number)
