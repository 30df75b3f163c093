"""The page Hilfe."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kimdesk.casework.events import Shows
from kimdesk.texts import say
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.buttons import way_back
from ui.kit.text import Text
from ui.pages.help.chooser import Chooser, TopicBox, TopicList
from ui.pages.help.text import HelpText
from ui.pages.help.topics import Topic, matching, topic
from ui.places import Place
from ui.theme import theme

_SIDE = 264


class HelpPage(DeskPage, QWidget):
    """Topics at the left, found by their words; the text of the chosen one beside them."""

    shows = Shows()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self.setAccessibleName(say("common.help"))
        self._key = ""
        self._text = HelpText()
        column = QVBoxLayout(self)
        spaced(column, 12, (20, 14, 20, 20))
        head = QHBoxLayout()
        head.addWidget(Text(say("common.help"), "title"))
        head.addStretch(1)
        back = way_back(say("common.settings"), "back_to_settings")
        back.clicked.connect(lambda: context.navigate(Place("settings")))
        head.addWidget(back)
        column.addLayout(head)
        stacked = theme().stacked
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        spaced(row, 16)
        row.addWidget(self._side(stacked))
        row.addWidget(self._text, 1)
        column.addLayout(row, 1)
        self._find("")

    def go(self, place: Place) -> None:
        """Show a topic."""
        self._show(topic(place.key))

    def here(self) -> Place:
        """Return the topic that is shown."""
        return Place("help", key=self._key)

    def _side(self, stacked: bool) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        spaced(column, 8)
        search = QLineEdit()
        search.setObjectName("help_search")
        search.setPlaceholderText(say("help.search_the_help"))
        search.setAccessibleName(say("help.search_the_help"))
        search.textChanged.connect(self._find)
        column.addWidget(search)
        self._none = Text(say("help.no_topic_has_these_words"), "table", "text-2", wrap=True)
        self._none.setObjectName("help_nothing")
        column.addWidget(self._none)
        widget = TopicBox() if stacked else TopicList()
        widget.chosen.connect(lambda key: self._show(topic(key)))
        column.addWidget(widget, 0 if stacked else 1)
        self._chooser: Chooser = widget
        if not stacked:
            side.setFixedWidth(theme().px(_SIDE))
        return side

    def _find(self, query: str) -> None:
        found = matching(query)
        self._chooser.offer(found)
        self._none.setVisible(not found)
        if found:
            known = any(each.key == self._key for each in found)
            self._show(topic(self._key) if known else found[0])

    def _show(self, shown: Topic) -> None:
        if shown.key != self._key:
            self._key = shown.key
            self._text.show_topic(shown)
        self._chooser.light(shown.key)
