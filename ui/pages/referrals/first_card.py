"""Whom to ask first, and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme


class FirstCard(Card):
    """The one step that helps most now; ``call`` and ``look`` when its buttons are used."""

    call = Signal()
    look = Signal()

    def __init__(self) -> None:
        super().__init__(tone="tint")
        self.setObjectName("ask_first")
        spaced(self.outer, 0, (16, 8, 14, 8))
        way = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
        whole = QBoxLayout(way)
        spaced(whole, 6 if theme().stacked else 10)
        self.body.addLayout(whole)
        words = QVBoxLayout()
        spaced(words, 2)
        words.addWidget(_head())
        self._title = Text("", "next_step", wrap=True)
        self._title.setObjectName("ask_first_title")
        self._why = Text("", "table", "text-2", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._why)
        whole.addLayout(words, 1)
        whole.addWidget(self._buttons(), 0, Qt.AlignmentFlag.AlignVCenter)

    def show_first(self, title: str, why: str) -> None:
        """Show whom to ask, and why."""
        self._title.setText(title)
        self._why.setText(why)
        self.setAccessibleName(f"{say('referrals.first')}: {title}, {why}")

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        look = secondary(say("referrals.open_it"))
        look.setObjectName("open_first")
        look.clicked.connect(self.look)
        call = primary(say("referrals.note_call"))
        call.setObjectName("call_first")
        call.clicked.connect(self.call)
        row.addWidget(look)
        row.addWidget(call)
        row.addStretch(1 if theme().stacked else 0)
        return holder


def _head() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 7)
    row.addWidget(Sign("signpost", "accent", 14))
    row.addWidget(Text(say("referrals.first"), "label", "accent"))
    row.addStretch(1)
    return holder
