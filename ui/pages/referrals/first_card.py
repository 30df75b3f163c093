"""Whom to ask first, and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme


class FirstCard(Card):
    """The one step that helps most now; ``call``, ``write`` and ``look`` when its buttons are used."""

    call = Signal()
    write = Signal()
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
        self._unwritable = Text("", "meta", "text-2", wrap=True)
        self._unwritable.setObjectName("ask_first_unwritable")
        words.addWidget(self._unwritable)
        whole.addLayout(words, 1)
        whole.addWidget(self._buttons(), 0, Qt.AlignmentFlag.AlignVCenter)

    def show_first(self, title: str, why: str, unwritable: str = "") -> None:
        """Show whom to ask, and why; a letter is offered unless it is said why not."""
        self._title.setText(title)
        self._why.setText(why)
        self._unwritable.setText(unwritable)
        self._unwritable.setVisible(bool(unwritable))
        self._letter.setVisible(not unwritable)
        said = ", ".join(filter(None, (title, why, unwritable)))
        self.setAccessibleName(f"{say('referrals.first')}: {said}")

    def _buttons(self) -> QWidget:
        holder = FlowBox(gap=8) if theme().stacked else QWidget()
        row = holder.flow if isinstance(holder, FlowBox) else QHBoxLayout(holder)
        if isinstance(row, QHBoxLayout):
            spaced(row, 8)
        look = secondary(say("referrals.open_it"))
        look.setObjectName("open_first")
        look.clicked.connect(self.look)
        call = primary(say("referrals.note_call"))
        call.setObjectName("call_first")
        call.clicked.connect(self.call)
        self._letter = secondary(say("referrals.write_letter"))
        self._letter.setObjectName("write_first")
        self._letter.clicked.connect(self.write)
        for each in (look, self._letter, call):
            row.addWidget(each)
        return holder


def _head() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 7)
    row.addWidget(Sign("signpost", "accent", 14))
    row.addWidget(Text(say("referrals.first"), "label", "accent"))
    row.addStretch(1)
    return holder
