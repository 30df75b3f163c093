"""One topic of the help in a window of its own, before a desk is open."""

from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from ui import focus
from ui.kit.dialog import Dialog
from ui.pages.help.text import HelpText
from ui.pages.help.topics import THIEF, topic
from ui.theme import theme

_WIDTH, _HEIGHT = 720, 420


class HelpDialog(Dialog):
    """Shows the topic ``key``."""

    def __init__(self, parent: QWidget, key: str = THIEF) -> None:
        super().__init__(parent, say("common.help"), accept=say("common.close"))
        self.setObjectName("help_dialog")
        self.reject_button.hide()
        text = HelpText()
        text.show_topic(topic(key))
        room = self.screen().availableSize()
        self.widen(_WIDTH)
        text.setFixedHeight(min(theme().px(_HEIGHT), room.height() * 55 // 100))
        self.body.addWidget(text)
        focus.begin(text)
