"""Choosing a new passphrase: a suggestion, how strong it is in words and as a bar, and once more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.caps import caps_hint
from ui.kit.field import FieldBox
from ui.kit.passphrase import PassphraseField
from ui.kit.text import Text
from ui.program.work import Work
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.vault import Rating

_PAUSE_MS = 150
_TONES = ("bad", "bad", "warn", "warn", "ok")


class StrengthBar(QWidget):
    """Four pieces that fill with the score 0 to 4."""

    def __init__(self) -> None:
        super().__init__()
        self._score = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setObjectName("strength_bar")
        self.set_score(0)

    def set_score(self, score: int) -> None:
        """Show ``score``, 0 to 4."""
        self._score = score
        self.setAccessibleName(say("kit.strength_score_of_4", score=score))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for four pieces."""
        return QSize(theme().px(132), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        px = theme().px
        for piece in range(4):
            token = _TONES[self._score] if piece < self._score else "line"
            painter.setBrush(theme().color(token))
            painter.drawRoundedRect(QRectF(piece * px(34), 1, px(30), self.height() - 2), px(3), px(3))


class NewPassphrase(QWidget):
    """A new passphrase typed twice; ``changed`` after each key. Use ``ready()`` before ``value()``."""

    changed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._rating: Rating | None = None
        self._first = PassphraseField(say("kit.new_passphrase"))
        self._first.setObjectName("new_passphrase")
        self._again = PassphraseField(say("kit.passphrase_once_more"))
        self._again.setObjectName("repeat_passphrase")
        self._first_box = FieldBox(say("kit.new_passphrase"), self._first)
        self._again_box = FieldBox(say("kit.passphrase_once_more"), self._again)
        self._bar = StrengthBar()
        self._words = Text("", "meta", "text-2", wrap=True)
        self._words.setObjectName("strength_words")
        self._caps = caps_hint()
        self._caps.hide()
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._rate)
        self._first.textChanged.connect(self._typed)
        self._again.textChanged.connect(self._compare)
        for field in (self._first, self._again):
            field.caps_lock.connect(self._caps.setVisible)

    def ready(self) -> bool:
        """Return whether the passphrase is strong enough and was typed twice alike."""
        strong = self._rating is not None and self._rating.acceptable and not self._timer.isActive()
        return strong and self._first.text() == self._again.text()

    def value(self) -> str:
        """Return the passphrase."""
        return self._first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self._first.clear()
        self._again.clear()

    def _lay_out(self) -> None:
        suggest = quiet(say("kit.suggest_one"), "magic-wand", size="small")
        suggest.setObjectName("suggest_passphrase")
        suggest.clicked.connect(self._suggest)
        self._first_box.add_action(suggest)
        meter = QHBoxLayout()
        spaced(meter, 10)
        meter.addWidget(self._bar)
        meter.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        spaced(column, 8)
        column.addWidget(self._first_box)
        column.addLayout(meter)
        column.addWidget(self._again_box)
        column.addWidget(self._caps)
        self.setFocusProxy(self._first)

    def _suggest(self) -> None:
        from kimdesk.vault import generate_passphrase

        self._first.reveal.setChecked(True)
        self._again.clear()
        self._first.setText(generate_passphrase())
        focus.begin(self._again)

    def _typed(self) -> None:
        self._rating = None
        self._timer.start()
        self._compare()

    def _rate(self) -> None:
        text = self._first.text()
        self._work.read(self, lambda: _strength(text), lambda rating: self._show(text, rating))

    def _show(self, text: str, rating: "Rating") -> None:
        if text != self._first.text():
            return
        self._rating = rating
        self._bar.set_score(rating.score)
        self._words.setText(rating.hint)
        self.changed.emit()

    def _compare(self) -> None:
        first, again = self._first.text(), self._again.text()
        differs = bool(again) and not first.startswith(again)
        self._again_box.set_error(say("kit.not_same_yet") if differs else None)
        self.changed.emit()


def _strength(text: str) -> "Rating":
    from kimdesk.vault import passphrase_strength

    return passphrase_strength(text)
