"""Which section of a form is edited, and the ways to add, move and remove one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox


class SectionChoice(QWidget):
    """``chosen`` carries a number, ``moved`` −1 or 1 for the section that is shown."""

    chosen = Signal(int)
    moved = Signal(int)
    added = Signal()
    removed = Signal()

    def __init__(self, titles: Sequence[str], current: int) -> None:
        super().__init__()
        box = DropDown()
        box.setObjectName("form_section")
        box.addItems(list(titles))
        box.setCurrentIndex(current)
        box.activated.connect(self.chosen.emit)
        ways = FlowBox(4)
        up = _way("arrow-up", "section_up", lambda: self.moved.emit(-1), say("editor.section_up"))
        down = _way("arrow-down", "section_down", lambda: self.moved.emit(1), say("editor.section_down"))
        gone = _way("trash", "remove_section", self.removed.emit, say("editor.remove_section"))
        add = _way("plus", "add_form_section", self.added.emit, say("editor.add_section"))
        up.setEnabled(current > 0)
        down.setEnabled(current < len(titles) - 1)
        gone.setEnabled(len(titles) > 1)
        for button in (add, up, down, gone):
            ways.flow.addWidget(button)
        column = QVBoxLayout(self)
        spaced(column, 4)
        column.addWidget(FieldBox(say("editor.section"), box))
        column.addWidget(ways)


def _way(icon: str, name: str, act: Callable[[], object], words: str) -> Button:
    found = quiet(words, icon, size="small")
    found.setObjectName(name)
    found.clicked.connect(lambda _: act())
    return found
