"""The cards beside the timeline: what is to be said about the spells, and what is coming."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kimdesk.domain.agenda.due import Due
from kimdesk.texts import dates, say
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import Button, quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.regimes.coming import Coming
from ui.regimes.paint import paint_diamond
from ui.regimes.told import Said
from ui.theme import theme

_SIGNS = {"bad": "overdue", "warn": "warning", "info": "info"}


class RemarksCard(Card):
    """Gaps, overlaps and missing papers with rule and source; ``wanted`` carries the record it is about."""

    wanted = Signal(object)  # RecordRef

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("remarks")
        self.setAccessibleName(say("regimes.gaps_and_overlaps"))
        self._said: Sequence[Said] = ()
        self._unrecorded = ""
        self._all = False

    def show_remarks(self, said: Sequence[Said], unrecorded: str = "") -> None:
        """Show ``said``: the first in full, the others by their titles, and what is not entered yet.

        That there is no gap and no overlap is said only where everything is entered.
        """
        self._said, self._unrecorded = said, unrecorded
        self._fill()

    def _fill(self) -> None:
        clear(self.body)
        tones = [one.told.tone for one in self._said]
        self.set_tone("bad" if "bad" in tones else "surface")
        for number, one in enumerate(self._said):
            if number:
                self.body.addWidget(rule())
            self._add(number, one, whole=self._all or not number)
        if len(self._said) > 1 and not self._all:
            more = quiet(say("regimes.show_everything"), "caret-down", "small")
            more.setObjectName("more_remarks")
            more.clicked.connect(self._show_all)
            self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if self._unrecorded:
            if self._said:
                self.body.addWidget(rule())
            words = say("regimes.not_entered_yet", what=self._unrecorded)
            self._add_line(Sign("info"), Text(words, "table", "text-2", wrap=True))
        elif not self._said:
            self._add_line(
                Sign("present"), Text(say("regimes.no_gap_no_overlap_entered"), "table", wrap=True)
            )

    def _add_line(self, sign: Sign, words: Text) -> None:
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self.body.addLayout(row)

    def _add(self, number: int, one: Said, *, whole: bool) -> None:
        told = one.told
        head = QHBoxLayout()
        spaced(head, 8)
        head.addWidget(Sign(_SIGNS[told.tone], told.tone), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(told.title, "strong", told.tone, wrap=True), 1)
        self.body.addLayout(head)
        if not whole:
            self.body.addWidget(Text(one.people, "meta", "text-2", wrap=True))
            return
        self.body.addWidget(Text(told.sentence, "table", wrap=True))
        if told.advice:
            self.body.addWidget(Text(told.advice, "table", wrap=True, lead=say("regimes.to_do")))
        source = f"{told.source} · {told.standing}"
        self.body.addWidget(Text(say("common.rule_rule", rule=source), "meta", "text-2", wrap=True))
        if one.ref:
            look = quiet(say("common.look_at_it"), "arrow-right", "small")
            look.setObjectName(f"remark_{number}")
            look.setAccessibleName(say("common.look_at_it_what", what=told.title))
            look.clicked.connect(lambda: self.wanted.emit(one.ref))
            self.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(self) -> None:
        self._all = True
        self._fill()


class ComingCard(Card):
    """The next dates, numbered as in the picture; ``asked`` carries one and where its menu is wanted."""

    asked = Signal(object, QPoint)  # Due

    def __init__(self) -> None:
        super().__init__(say("regimes.what_is_coming"))
        self.setObjectName("coming")
        self._column = QVBoxLayout()
        spaced(self._column, 8)
        self.body.addLayout(self._column)

    def show_coming(self, coming: Sequence[Coming]) -> None:
        """Show ``coming``."""
        clear(self._column)
        for number, one in enumerate(coming):
            if number:
                self._column.addWidget(rule())
            row = QHBoxLayout()
            spaced(row, 8)
            row.addWidget(_Diamond(one), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            spaced(words, 1)
            words.addWidget(Text(one.text, "table", wrap=True, lead=dates.full(one.day)))
            words.addWidget(Text(one.reason, "meta", "text-2", wrap=True))
            row.addLayout(words, 1)
            if one.due and one.due.is_derived:
                row.addWidget(self._more(one.text, one.due), 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)
        if not coming:
            self._column.addWidget(
                Text(say("regimes.nothing_ends_coming_months"), "table", "text-2", wrap=True)
            )

    def _more(self, title: str, due: Due) -> Button:
        button = quiet("", "dots-three", "small")
        button.setObjectName(f"coming_{due.record_id}_{due.rule}")
        words = say("plan.what_can_be_done_with_date")
        button.setAccessibleName(f"{words}: {title}")
        button.setToolTip(words)
        button.clicked.connect(lambda: self.asked.emit(due, button.mapToGlobal(button.rect().bottomLeft())))
        return button


class _Diamond(QWidget):
    """The number of a date."""

    def __init__(self, one: Coming) -> None:
        super().__init__()
        self._one = one
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the diamond."""
        return QSize(theme().px(24), theme().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the diamond."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_diamond(painter, QPointF(self.rect().center()) + QPointF(0.5, 0.5), self._one)
