"""A list of small cards with actions, for the few records of a form or a side column."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, quiet
from ui.kit.context_menu import of_buttons, show_menu
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme

_BESIDE = 2
"""So many buttons have room beside the words in large text."""


@dataclass(frozen=True, slots=True)
class CardItem:
    """One small card: icon, title, text; badges (text, tone, icon) and actions (key, word) at the right."""

    key: str
    title: str
    text: str = ""
    meta: str = ""
    icon: str = ""
    tone: str = ""
    badges: Sequence[tuple[str, str, str | None]] = ()
    actions: Sequence[tuple[str, str]] = ()


class RowCard(QFrame):
    """One small card in a list, divided from the one above by a line."""

    def __init__(self, item: CardItem, first: bool) -> None:
        super().__init__()
        self.setProperty("first", "true" if first else "false")
        self.setObjectName(f"row_{item.key}")
        self.buttons: list[Button] = []
        self._title = item.title
        row = QHBoxLayout(self)
        spaced(row, 10, (0, 8, 0, 8))
        if item.icon:
            row.addWidget(Sign(item.icon, item.tone), 0, Qt.AlignmentFlag.AlignTop)
        words = self._words(item)
        row.addLayout(words, 1)
        beside = row
        if theme().stacked and len(item.actions) > _BESIDE:  # large text: many buttons leave words no room
            beside = QHBoxLayout()
            spaced(beside, 10)
            words.addLayout(beside)
        for text, tone, icon in item.badges:
            beside.addWidget(Badge(text, tone, icon))
        for action, word in item.actions:
            beside.addWidget(self._button(item, action, word))
        if beside is not row:
            beside.addStretch(1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the buttons of the card do, wherever on the card one asks."""
        if offers := of_buttons(self.buttons):
            show_menu(self, "card_menu", self._title, offers, event.globalPos())

    def _words(self, item: CardItem) -> QVBoxLayout:
        words = QVBoxLayout()
        spaced(words, 1)
        for text, use, tone in ((item.title, "medium", "text"), (item.text, "table", "text-2"),
                                (item.meta, "meta", "text-2")):  # fmt: skip
            if text:
                words.addWidget(Text(text, use, tone, wrap=True))
        return words

    def _button(self, item: CardItem, action: str, word: str) -> Button:
        button = quiet(word, size="small")
        button.setObjectName(f"{action}_{item.key}")
        button.setAccessibleName(f"{word}: {item.title}")
        button.setProperty("action", action)
        self.buttons.append(button)
        return button


class CardList(QWidget):
    """Small cards below one another; ``acted`` carries the card's key and the action's key."""

    acted = Signal(str, str)

    def __init__(self, items: Sequence[CardItem] = ()) -> None:
        super().__init__()
        self._items: list[CardItem] = []
        self._column = QVBoxLayout(self)
        spaced(self._column)
        self.set_cards(items)

    def set_cards(self, items: Sequence[CardItem]) -> None:
        """Show ``items``; the same ones stay as they are."""
        if list(items) == self._items:
            return
        self._items = list(items)
        clear(self._column)
        for number, item in enumerate(items):
            card = RowCard(item, first=number == 0)
            for button in card.buttons:
                action = str(button.property("action"))
                button.clicked.connect(lambda _=False, key=item.key, act=action: self.acted.emit(key, act))
            self._column.addWidget(card)
