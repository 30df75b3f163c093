"""The large texts, level bars and cards of the client screen, from the right where that is read so."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.client_screen.presenter import BothLanguages, ShownDate, ShownGoal
from ui.kit.base import rule, spaced
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.theme import theme

_LEVELS = 5


def large(text: str, use: str = "client", right_to_left: bool = False, tone: str = "text") -> QLabel:
    """Return ``text`` in large type that runs over as many lines as it needs."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setFont(theme().font(use))
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {theme().hex(tone)};")
    if right_to_left:
        label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    label.setAccessibleName(text)
    policy = label.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    label.setSizePolicy(policy)
    return label


def aside(holder: QWidget | None, spacing: int) -> QBoxLayout:
    """Return a layout side by side; below one another when the text is large."""
    direction = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
    layout = QBoxLayout(direction, holder) if holder else QBoxLayout(direction)
    spaced(layout, spacing)
    return layout


def heading(pair: BothLanguages, right_to_left: bool) -> QWidget:
    """Return a heading in both languages: German at the left, the other where it is read from."""
    holder = QWidget()
    row = aside(holder, 12)
    german = large(pair.german, "client_sub" if pair.own else "client", tone="text-2" if pair.own else "text")
    if not pair.own:
        row.addWidget(german, 1)
        return holder
    own = large(pair.own, "client", right_to_left)
    first, last = (german, own) if right_to_left else (own, german)
    row.addWidget(first, 1, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(last, 1, Qt.AlignmentFlag.AlignVCenter)
    return holder


class LevelBar(QWidget):
    """Five steps of which as many are filled as a goal has reached; its word stands below."""

    def __init__(self, level: int | None, word: str, right_to_left: bool) -> None:
        super().__init__()
        self._filled = 0 if level is None else level + 3
        self._right_to_left = right_to_left
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a low bar."""
        return QSize(theme().px(200), theme().px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - px(8) * (_LEVELS - 1)) / _LEVELS
        for number in range(_LEVELS):
            place = _LEVELS - 1 - number if self._right_to_left else number
            box = QRectF(place * (wide + px(8)), 0, wide, self.height()).adjusted(1, 1, -1, -1)
            filled = number < self._filled
            painter.setPen(QPen(look.color("accent" if filled else "line-strong"), 1))
            painter.setBrush(look.color("accent" if filled else "surface"))
            painter.drawRoundedRect(box, px(6), px(6))


def goal_card(goal: ShownGoal, right_to_left: bool) -> QFrame:
    """Return a goal: its text, how far it is as a bar and in words."""
    card = Card()
    card.setObjectName("client_goal")
    spaced(card.body, 10)
    card.body.addWidget(large(goal.text, "client"))
    card.body.addWidget(LevelBar(goal.level, goal.word.own or goal.word.german, right_to_left))
    card.body.addWidget(both(goal.word, right_to_left))
    return card


def date_card(one: ShownDate, right_to_left: bool) -> QFrame:
    """Return an appointment: when in both languages, then what and where."""
    card = Card()
    card.setObjectName("client_date")
    row = QHBoxLayout()
    spaced(row, 14)
    words = QVBoxLayout()
    spaced(words, 6)
    if one.when.own:
        words.addWidget(large(one.when.own, "client", right_to_left))
        words.addWidget(rule())
    words.addWidget(large(one.when.german, "client_sub" if one.when.own else "client"))
    words.addWidget(large(one.text, "client_sub"))
    sign = Sign("calendar-blank", "accent", 32)
    row.addLayout(words, 1)
    row.insertWidget(1 if right_to_left else 0, sign, 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(row)
    return card


def both(pair: BothLanguages, right_to_left: bool) -> QWidget:
    """Return a fixed text in both languages, side by side."""
    holder = QWidget()
    row = aside(holder, 12)
    german = large(pair.german, "client_sub", tone="text-2")
    if pair.own:
        own = large(pair.own, "client_sub", right_to_left, "text-2")
        first, last = (german, own) if right_to_left else (own, german)
        if not right_to_left and not theme().stacked:
            german.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(first, 1)
        row.addWidget(last, 1)
    else:
        row.addWidget(german, 1)
    return holder
