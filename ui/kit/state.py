"""Empty states and notices: one icon, one sentence, one thing to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.kit.announce import announce
from ui.kit.base import at_top, centered, restyle, spaced
from ui.kit.buttons import secondary
from ui.kit.sign import Sign
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation

_ICONS = {"bad": "overdue", "warn": "warning", "ok": "present", "info": "info", "tint": "info"}
_FILLED = {"warn", "ok"}


class EmptyState(QWidget):
    """What a place says while it is empty; ``pressed`` when its button is used."""

    pressed = Signal()

    def __init__(self, icon: str, sentence: str, button_text: str | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 12, (24, 32, 24, 32))
        column.addStretch(1)
        column.addLayout(centered(Sign(icon, "text-3", 24)))
        column.addWidget(Text(sentence, "body", "text-2", wrap=True, center=True))
        if button_text:
            button = secondary(button_text)
            button.setObjectName("empty_action")
            button.clicked.connect(self.pressed)
            column.addLayout(centered(button))
        column.addStretch(1)
        self.setAccessibleName(sentence)


class Notice(QFrame):
    """What happened, what is safe, what to do. ``tone``: bad, warn, ok, info, tint, surface."""

    def __init__(self, tone: str = "info", title: str = "", text: str = "", icon: str = "") -> None:
        super().__init__()
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        spaced(row, 10, (12, 10, 12, 10))
        self._sign = Sign("info", "text-2")
        row.addLayout(at_top(self._sign))
        self.body = QVBoxLayout()
        spaced(self.body, 2)
        row.addLayout(self.body, 1)
        self._title = Text("", "strong", wrap=True)
        self._text = Text("", "table", "text", wrap=True)
        self.body.addWidget(self._title)
        self.body.addWidget(self._text)
        self._actions = QHBoxLayout()
        spaced(self._actions, 8, (0, 6, 0, 0))
        self._actions.addStretch(1)
        self.set(tone, title, text, icon)

    def set(self, tone: str, title: str, text: str = "", icon: str = "") -> None:
        """Say something else."""
        plain = "text-2" if tone == "surface" else "accent" if tone == "tint" else tone
        self._sign.set(icon or _ICONS.get(tone, "info"), plain, tone in _FILLED and not icon)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        restyle(self, tone=tone)

    def explain(self, explanation: "Explanation") -> None:
        """Say what was refused and what to do next."""
        what, stop, safe = explanation.message.partition(". ")
        rest = f"{safe} {explanation.hint}" if stop else explanation.hint
        self.set("bad", what + stop.strip(), rest)
        announce(self, self.accessibleName(), urgent=True)

    def add_action(self, button: QPushButton) -> None:
        """Put ``button`` below the text."""
        if self._actions.count() == 1:
            self.body.addLayout(self._actions)
        self._actions.insertWidget(self._actions.count() - 1, button)
