"""The card of the changes of regime: proposals, and how complete each hand-over is."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kimdesk.casework.regime_changes import ChangeProposal
from kimdesk.texts import say
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.regimes.handover import HandoverList
from ui.theme import theme


class ScoreBar(QWidget):
    """How many of the things needed are there; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_score(self, present: int, needed: int, words: str) -> None:
        """Show ``present`` of ``needed``."""
        self._share = present / needed if needed else 1.0
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the bar."""
        return QSize(theme().px(80), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is there over what is needed."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(look.color("line-strong"))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(place, 4, 4)
        place.setWidth(place.width() * self._share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(place, 4, 4)


class ChangeCard(Card):
    """``wanted`` carries a change to open, ``begun`` a proposal to begin (None: another change)."""

    wanted = Signal(str)
    begun = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("regimes.change_of_regime"))
        self.setObjectName("changes")
        other = quiet(say("regimes.begin"), "plus", "small")
        other.setObjectName("begin_change")
        other.setAccessibleName(say("regimes.begin_change_regime"))
        other.clicked.connect(lambda: self.begun.emit(None))
        self.add_action(other)

    def show_changes(
        self, running: Sequence[HandoverList], proposed: Sequence[tuple[ChangeProposal, str]]
    ) -> None:
        """Show what runs, then what is proposed with its words."""
        clear(self.body)
        for number, one in enumerate(running):
            if number:
                self.body.addWidget(rule())
            self._add_running(number, one)
        for number, (proposal, words) in enumerate(proposed):
            if number or running:
                self.body.addWidget(rule())
            self._add_proposal(number, proposal, words)
        if not running and not proposed:
            self.body.addWidget(Text(say("regimes.no_change_lies_ahead"), "table", "text-2", wrap=True))

    def _add_running(self, number: int, one: HandoverList) -> None:
        head = QHBoxLayout()
        spaced(head, 8)
        head.addWidget(Text(one.title, "medium", wrap=True), 1)
        score = Text(one.words, "strong")
        score.setObjectName(f"change_score_{number}")
        head.addWidget(score, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(Text(one.note, "meta", "text-2", wrap=True))
        bar = ScoreBar()
        bar.show_score(one.score.present, one.score.needed, f"{one.title}: {one.words}")
        self.body.addWidget(bar)
        self.body.addWidget(Text(one.missing, "table", "text-2", wrap=True))
        if one.late:
            late = QHBoxLayout()
            spaced(late, 6)
            late.addWidget(Sign("overdue", size=14), 0, Qt.AlignmentFlag.AlignTop)
            late.addWidget(Text(one.late, "table", "bad", wrap=True), 1)
            self.body.addLayout(late)
        look = secondary(say("regimes.open_checklist"), "check-square-offset", "small")
        look.setObjectName(f"open_change_{number}")
        look.setAccessibleName(say("regimes.open_checklist_what", what=one.title))
        look.clicked.connect(lambda: self.wanted.emit(one.change.id))
        self.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_proposal(self, number: int, proposal: ChangeProposal, words: str) -> None:
        self.body.addWidget(Text(words, "table", wrap=True))
        why = say("regimes.nobody_has_begun_hand_over")
        self.body.addWidget(Text(why, "meta", "text-2", wrap=True))
        begin = secondary(say("regimes.begin_hand_over"), "handshake", "small")
        begin.setObjectName(f"begin_proposal_{number}")
        begin.setAccessibleName(say("regimes.begin_hand_over_what", what=words))
        begin.clicked.connect(lambda: self.begun.emit(proposal))
        self.body.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
