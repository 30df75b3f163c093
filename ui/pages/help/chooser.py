"""Choosing a topic: a list beside the text, a selector above it when the text is large."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from kimdesk.texts import say
from ui.kit.drop_down import DropDown
from ui.pages.help.topics import Topic
from ui.theme import theme

_KEY = Qt.ItemDataRole.UserRole


class Chooser(Protocol):
    """Offers topics; ``chosen`` carries the key of one."""

    chosen: SignalInstance

    def offer(self, topics: Sequence[Topic]) -> None:
        """Offer ``topics`` only."""

    def light(self, key: str) -> None:
        """Mark the topic ``key`` as the one shown."""


class TopicList(QListWidget):
    """One line for each topic."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_topics")
        self.setAccessibleName(say("help.topics"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look = theme()
        round_, across = look.px(8), look.px(10)
        self.setStyleSheet(
            "#help_topics { background: transparent; border: none; }"
            f"#help_topics::item {{ padding: {round_}px {across}px; border-radius: {round_}px; }}"
            f"#help_topics::item:selected {{ background: {look.hex('tint')}; color: {look.hex('accent')}; }}"
        )
        self.currentItemChanged.connect(self._tell)

    def offer(self, topics: Sequence[Topic]) -> None:
        """Offer ``topics`` only."""
        self.blockSignals(True)
        self.clear()
        for each in topics:
            item = QListWidgetItem(each.title)
            item.setData(_KEY, each.key)
            self.addItem(item)
        self.blockSignals(False)

    def light(self, key: str) -> None:
        """Mark the topic ``key`` as the one shown."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_KEY))


class TopicBox(DropDown):
    """A selector of topics."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_topics")
        self.setAccessibleName(say("help.topics"))
        self.activated.connect(lambda _: self.chosen.emit(self.currentData()))

    def offer(self, topics: Sequence[Topic]) -> None:
        """Offer ``topics`` only."""
        self.clear()
        for each in topics:
            self.addItem(each.title, each.key)

    def light(self, key: str) -> None:
        """Mark the topic ``key`` as the one shown."""
        self.setCurrentIndex(max(self.findData(key), 0))
