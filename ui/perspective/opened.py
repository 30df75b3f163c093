"""The card of the opened rule: three days, then its conditions."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.domain.screening.result import ConditionState
from kimdesk.texts import say
from ui.kit.badge import Badge
from ui.kit.base import at_top, clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.perspective.conditions import ConditionView, OpenedView
from ui.theme import theme

_SIGNS = {  # state: icon, tone, filled
    ConditionState.AGAINST: ("blocked", "bad", False),
    ConditionState.MISSING: ("missing", "bad", True),
    ConditionState.TITLE: ("link-break", "warn", False),
    ConditionState.STATUS: ("link-break", "warn", False),
    ConditionState.UNKNOWN: ("question", "warn", True),
    ConditionState.DISCRETION: ("scales", "warn", False),
    ConditionState.TIME: ("hourglass-medium", "warn", False),
    ConditionState.MET: ("present", "ok", True),
    ConditionState.NOT_NEEDED: ("not_needed", "text-2", False),
    ConditionState.TALK: ("chat-circle-dots", "text-2", False),
}
_LOUD = {ConditionState.AGAINST, ConditionState.MISSING}


class OpenedCard(Card):
    """Shows one rule for one person or several; ``wanted`` carries the fact that is to be entered."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("opened_rule")
        spaced(self.outer, 0, (1, 12, 1, 8))
        self._column = self.body
        spaced(self._column)

    def show_rule(self, view: OpenedView) -> None:
        """Show ``view``."""
        clear(self._column)
        self.setAccessibleName(f"{view.title}, {view.under}")
        self._column.addWidget(_head(view))
        self._column.addWidget(_days(view))
        for condition in view.conditions:
            self._column.addWidget(_Condition(self, condition))
        if view.remark:
            self._column.addWidget(rule())
            words = Text(view.remark, "meta", "text-2", wrap=True)
            holder = QHBoxLayout()
            spaced(holder, 0, (14, 8, 14, 4))
            holder.addWidget(words)
            self._column.addLayout(holder)


def _head(view: OpenedView) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 4, (14, 0, 14, 10))
    row = QHBoxLayout()
    spaced(row, 8)
    title = Text(view.title, "strong", wrap=True)
    title.setObjectName("opened_title")
    row.addWidget(title, 1)
    sign = Badge(view.sign.word, view.sign.tone, view.sign.icon)
    sign.setObjectName("opened_light")
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)
    column.addWidget(Text(view.under, "table", "text-2", wrap=True))
    return holder


def _days(view: OpenedView) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 12, (14, 0, 14, 10))
    for number, (caption, day) in enumerate(view.days):
        if number:
            row.addWidget(rule(vertical=True))
        column = QVBoxLayout()
        spaced(column, 2)
        column.addWidget(Text(caption, "meta", "text-2"))
        shown = Text(day, "next_step" if len(day) <= _SHORT else "table_strong", wrap=True)
        shown.setObjectName(f"opened_day_{number}")
        column.addWidget(shown)
        column.addStretch(1)
        row.addLayout(column, 1)
    return holder


_SHORT = 10  # „30.11.2026“


class _Condition(QWidget):
    """One condition: sign, what it asks with paragraph and proof, how it stands, the way to enter it."""

    def __init__(self, card: OpenedCard, condition: ConditionView) -> None:
        super().__init__()
        self.setObjectName(f"condition_{condition.key}")
        self._tone = "bad-fill" if condition.state in _LOUD else ""
        self.setAccessibleName(f"{condition.title}: {condition.word}, {condition.note}")
        row = QHBoxLayout(self)
        spaced(row, 10, (14, 7, 14, 6))
        icon, tone, filled = _SIGNS[condition.state]
        row.addLayout(at_top(Sign(icon, tone, 16, filled)))
        words = QVBoxLayout()
        spaced(words, 1)
        words.addWidget(Text(condition.title, "medium", wrap=True))
        if condition.note:
            words.addWidget(Text(condition.note, "meta", "text-2", wrap=True))
        row.addLayout(words, 1)
        row.addLayout(self._right(card, condition, tone))

    def _right(self, card: OpenedCard, condition: ConditionView, tone: str) -> QVBoxLayout:
        right = QVBoxLayout()
        spaced(right, 1)
        right.addWidget(Text(condition.word, "label", tone), 0, Qt.AlignmentFlag.AlignRight)
        if condition.fact:
            enter = quiet(say("perspective.enter"), size="inline")
            enter.setObjectName(f"enter_{condition.key}")
            enter.setAccessibleName(say("perspective.enter_what", what=condition.title))
            enter.clicked.connect(lambda: card.wanted.emit(condition.fact))
            right.addWidget(enter, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        return right

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of what is missing, and the line above."""
        painter = QPainter(self)
        if self._tone:
            painter.fillRect(self.rect(), theme().color(self._tone))
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme().color("line"))
