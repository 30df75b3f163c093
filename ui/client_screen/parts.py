"""The large texts, level bars and cards of the client screen.

What stands side by side is mirrored with the direction of the language: where reading begins stands what is
said in it, German at the other side. German itself is always set from the left.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.client_screen.presenter import BothLanguages, ShownDate, ShownGoal, ShownStep
from ui.kit.base import rule, spaced
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.theme import theme

_LEVELS = 5
_TOP = Qt.AlignmentFlag.AlignTop


def large(text: str, use: str = "client", tone: str = "text") -> QLabel:
    """Return ``text`` in large type that runs over as many lines as it needs, from where reading begins."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setFont(theme().font(use))
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {theme().hex(tone)};")
    label.setAccessibleName(text)
    return label


def german(text: str, use: str = "client_sub", tone: str = "text-2") -> QLabel:
    """Return a German text, from the left whatever the language of the screen is."""
    label = large(text, use, tone)
    label.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return label


def aside(holder: QWidget | None, spacing: int) -> QBoxLayout:
    """Return a layout side by side; below one another when the text is large."""
    direction = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
    layout = QBoxLayout(direction, holder) if holder else QBoxLayout(direction)
    spaced(layout, spacing)
    return layout


def both(
    pair: BothLanguages, right_to_left: bool, use: str = "client_sub", tone: str = "text-2", share: int = 1
) -> QWidget:
    """Return a text in both languages: the own one where reading begins, German at the far side.

    German has ``share`` times the room of the other language.
    """
    holder = QWidget()
    row = aside(holder, 12)
    if not pair.own:
        row.addWidget(german(pair.german, use, tone), 1)
        return holder
    beside = german(pair.german, use if use == "meta" else "client_sub")
    if not right_to_left and not theme().stacked:
        beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(large(pair.own, use, tone), 1)
    row.addWidget(beside, share)
    return holder


def heading(pair: BothLanguages, right_to_left: bool) -> QWidget:
    """Return a heading in both languages."""
    return both(pair, right_to_left, "client", "text")


class LevelBar(QWidget):
    """Five steps of which as many are filled as a goal has reached, from where reading begins."""

    def __init__(self, level: int | None, word: str) -> None:
        super().__init__()
        self._filled = 0 if level is None else level + 3
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a low bar."""
        return QSize(theme().px(200), theme().px(14))

    def steps(self) -> list[tuple[QRectF, bool]]:
        """Return where each of the five steps stands, the lowest first, and whether it is reached."""
        gap = theme().px(8)
        wide = (self.width() - gap * (_LEVELS - 1)) / _LEVELS
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        places = reversed(range(_LEVELS)) if mirrored else range(_LEVELS)
        boxes = (QRectF(place * (wide + gap), 0, wide, self.height()) for place in places)
        return [(box, number < self._filled) for number, box in enumerate(boxes)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, filled in self.steps():
            painter.setPen(QPen(look.color("accent" if filled else "line-strong"), 1))
            painter.setBrush(look.color("accent" if filled else "surface"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(6), px(6))


def goal_card(goal: ShownGoal, right_to_left: bool, narrow: bool = False) -> QFrame:
    """Return a goal: its text, how far it is as a bar and in words; translated, the German text below.

    ``narrow``: the German text stands in place of its level in German, so that one more has room.
    """
    card = Card()
    card.setObjectName("client_goal")
    spaced(card.body, 4 if right_to_left else 8)  # Arabic letters bring room of their own
    card.body.addWidget(large(goal.own) if goal.own else german(goal.text, "client", "text"))
    card.body.addWidget(LevelBar(goal.level, goal.word.own or goal.word.german))
    if goal.own and narrow:
        card.body.addWidget(both(BothLanguages(goal.word.own, goal.text), right_to_left, share=2))
        return card
    card.body.addWidget(both(goal.word, right_to_left))
    if goal.own:
        card.body.addWidget(rule())
        card.body.addWidget(german(goal.text))
    return card


def date_card(one: ShownDate) -> QFrame:
    """Return an appointment: when and what, below a rule the same in German."""
    card = Card()
    card.setObjectName("client_date")
    words = _beside(card, "calendar-blank")
    if not one.when.own:
        words.addWidget(german(one.when.german, "client", "text"))
        words.addWidget(german(one.text, tone="text"))
        return card
    words.addWidget(large(one.when.own))
    if one.own:
        words.addWidget(large(one.own, "client_sub"))
    words.addWidget(rule())
    words.addWidget(german(f"{one.when.german}: {one.text}"))
    return card


def step_card(one: ShownStep, right_to_left: bool) -> QFrame:
    """Return what the client does next."""
    card = Card(tone="tint")
    card.setObjectName("client_step")
    words = _beside(card, "square")
    if one.own:
        words.addWidget(large(one.own, "client_sub"))
    words.addWidget(german(one.text, tone="text-2" if one.own else "text"))
    if one.until.german:
        words.addWidget(both(one.until, right_to_left))
    return card


def _beside(card: Card, sign: str) -> QVBoxLayout:
    """Return where the words of a card stand, beside its sign."""
    row, words = QHBoxLayout(), QVBoxLayout()
    spaced(row, 14)
    spaced(words, 4)
    row.addWidget(Sign(sign, "accent", 32), 0, _TOP)
    row.addLayout(words, 1)
    card.body.addLayout(row)
    return words
