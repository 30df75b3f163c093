"""The goals of the case: sentence, attainment changed right here, its word and date; the rest unfolds."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Goal
from kimdesk.domain.terms import GoalState
from kimdesk.domain.translations import is_outdated
from kimdesk.texts import dates, say
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.gas import GasBar
from ui.kit.icons import icon
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.plan.smart import marks, missing_words
from ui.theme import theme


class GoalsCard(Card):
    """Goals below one another; ``levelled`` carries id, level and reason, ``wanted`` the id to edit."""

    levelled = Signal(str, int, str)
    wanted = Signal(str)
    translation_wanted = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        super().__init__(say("common.goals"))
        self.setObjectName("goals_card")
        self._unfolded: set[str] = set()  # goals whose details are shown
        self._asked = ""  # the goal whose level was changed last: its reason is asked for
        add = quiet(say("common.goal"), "plus", "small")
        add.setObjectName("add_goal")
        add.setAccessibleName(say("plan.add_a_goal"))
        add.clicked.connect(lambda: self.wanted.emit(""))
        self.add_action(add)
        self._column = QVBoxLayout()
        spaced(self._column, 10)
        self.body.addLayout(self._column)

    def show_goals(self, goals: Sequence[Goal]) -> None:
        """Show ``goals``, those in work first."""
        clear(self._column)
        ordered = sorted(goals, key=lambda goal: (goal.state is not GoalState.ACTIVE, goal.number, goal.id))
        if not ordered:
            empty = EmptyState("target", say("common.no_goal_agreed_yet"))
            self._column.addWidget(empty)
        for number, goal in enumerate(ordered):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(goal))

    def _row(self, goal: Goal) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"goal_{goal.id}")
        column = QVBoxLayout(holder)
        spaced(column, 6)
        column.addLayout(self._words(goal))
        column.addWidget(self._bar(goal))
        foot = _foot(self._catalogue, goal)
        column.addLayout(foot)
        if goal.translations:
            column.addWidget(Text(_translated(self._catalogue, goal), "meta", "text-2", wrap=True))
        if goal.id == self._asked:
            column.addWidget(self._reason(goal))
        details = self._details(goal)
        column.addWidget(details)
        foot.addWidget(self._fold(goal, details))
        return holder

    def _details(self, goal: Goal) -> QWidget:
        """Return what the goal says besides: what was seen, its sign, its SMART check."""
        holder = QWidget()
        holder.setObjectName(f"goal_details_{goal.id}")
        holder.setVisible(goal.id in self._unfolded)
        column = QVBoxLayout(holder)
        spaced(column, 6)
        told = (
            say("plan.seen_by_reason", reason=goal.level_reason) if goal.level_reason else "",
            say("plan.sign_indicator", indicator=goal.indicator) if goal.indicator else "",
        )
        for words in filter(None, told):
            column.addWidget(Text(words, "meta", "text-2", wrap=True))
        if goal.state is GoalState.ACTIVE:
            column.addWidget(_smart(self._catalogue, goal))
        return holder

    def _fold(self, goal: Goal, details: QWidget) -> QToolButton:
        """Return the caret that shows the details and hides them again."""
        fold = _tool(f"fold_goal_{goal.id}", "caret-down", say("plan.more_about_goal", goal=goal.text))
        fold.setCheckable(True)
        fold.setToolTip(say("plan.sign_and_smart_check"))

        def turn(shown: bool) -> None:
            (self._unfolded.add if shown else self._unfolded.discard)(goal.id)
            fold.setIcon(icon("caret-up" if shown else "caret-down"))
            details.setVisible(shown)

        fold.toggled.connect(turn)
        fold.setChecked(goal.id in self._unfolded)
        return fold

    def _bar(self, goal: Goal) -> GasBar:
        bar = GasBar(goal.level, editable=goal.state is GoalState.ACTIVE)
        bar.setObjectName(f"gas_{goal.id}")
        bar.setAccessibleName(say("plan.attainment_goal", goal=goal.text))
        levels = (goal.gas_minus_2, goal.gas_minus_1, goal.gas_0, goal.gas_plus_1, goal.gas_plus_2)
        for segment, words in zip(bar.segments, levels, strict=True):
            segment.setObjectName(f"gas_{goal.id}_{segment.option.value}")
            if words:
                segment.setToolTip(words)
        bar.changed.connect(lambda level: self._level(goal.id, level))
        return bar

    def _level(self, key: str, level: int) -> None:
        self._asked = key
        self.levelled.emit(key, level, "")

    def _reason(self, goal: Goal) -> QLineEdit:
        line = QLineEdit(goal.level_reason)
        line.setObjectName(f"reason_{goal.id}")
        line.setPlaceholderText(say("plan.what_seen"))
        line.setAccessibleName(say("plan.what_seen"))
        line.editingFinished.connect(lambda: self._give_reason(goal, line.text()))
        return line

    def _give_reason(self, goal: Goal, reason: str) -> None:
        if goal.id == self._asked and goal.level is not None and reason.strip() != goal.level_reason:
            self._asked = ""
            self.levelled.emit(goal.id, goal.level, reason)

    def _words(self, goal: Goal) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(Text(str(goal.number or "·"), "table", "text-2"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(goal.text, "medium", wrap=True), 1)
        edit = _tool(f"edit_goal_{goal.id}", "pencil-simple", say("common.edit_what", what=goal.text))
        edit.setToolTip(say("plan.edit_goal"))
        edit.clicked.connect(lambda: self.wanted.emit(goal.id))
        if goal.state is GoalState.ACTIVE:
            words = say("translating.translate_goal", goal=goal.text)
            other = _tool(f"translate_goal_{goal.id}", "translate", words)
            other.setToolTip(say("translating.translate"))
            other.clicked.connect(lambda: self.translation_wanted.emit(goal.id))
            row.addWidget(other, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _tool(name: str, sign: str, words: str) -> QToolButton:
    tool = QToolButton()
    tool.setIcon(icon(sign))
    tool.setIconSize(QSize(theme().px(16), theme().px(16)))
    tool.setFixedSize(theme().px(24), theme().px(22))
    tool.setObjectName(name)
    tool.setAccessibleName(words)
    return tool


def _translated(catalogue: Catalogue, goal: Goal) -> str:
    """Return into which languages a goal is translated, and which of them no longer fit."""
    label = catalogue.code_list("language").label
    names = ((label(one.language), is_outdated(goal, one)) for one in goal.translations)
    found = (say("translating.one_outdated", language=name) if old else name for name, old in names)
    return say("translating.there", languages=", ".join(found))


def _smart(catalogue: Catalogue, goal: Goal) -> QWidget:
    box = FlowBox(4)
    for mark in marks(catalogue, goal):
        badge = Badge(mark.letter, "ok" if mark.met else "neutral", "check" if mark.met else "minus")
        badge.setAccessibleName(
            f"{mark.word}: {say('plan.met')}" if mark.met else f"{mark.word}: {say('plan.missing')}"
        )
        badge.setToolTip(badge.accessibleName())
        box.flow.addWidget(badge)
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 4)
    column.addWidget(box)
    if missing := missing_words(catalogue, goal):
        column.addWidget(Text(missing, "meta", "text-2", wrap=True))
    return holder


def _foot(catalogue: Catalogue, goal: Goal) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 8)
    word = (
        catalogue.code_list("gas_level").label(str(goal.level))
        if goal.level is not None
        else say("common.not_rated_yet")
    )
    if goal.state is not GoalState.ACTIVE:
        word = catalogue.code_list("goal_state").label(goal.state)
    row.addWidget(Text(word, "meta", "text-2"))
    row.addStretch(1)
    if goal.due_on:
        row.addWidget(Text(dates.full(goal.due_on), "meta", "text-2"))
    return row
