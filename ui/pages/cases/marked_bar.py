"""Below the list: how many cases are marked and what can be done with all of them, or how far that is."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.context_menu import MenuLine, show_menu
from ui.kit.stoppable import StoppableBar
from ui.kit.text import Text
from ui.theme import theme

ACTS = ("assign", "follow_up", "table", "documents")
_ICONS = {"assign": "users", "follow_up": "calendar-plus", "table": "table", "documents": "files"}


class MarkedBar(QWidget):
    """``wanted`` carries what is to be done with the marked cases (of ``ACTS``), ``cleared``: unmark them.

    ``stopped`` when somebody does not want to wait for what runs.
    """

    wanted = Signal(str)
    cleared = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("marked_bar")
        outer = QHBoxLayout(self)
        spaced(outer, 10, (14, 8, 14, 8))
        self._flow = FlowBox(gap=6)
        self._words = Text("", "strong")
        self._flow.flow.addWidget(self._words)
        for button in [self._one_button()] if theme().stacked else self._buttons():
            self._flow.flow.addWidget(button)
        self._flow.flow.addWidget(self._unmark())
        self._far = StoppableBar(say("cases.acting"), "acting")
        self._far.stopped.connect(self.stopped)
        outer.addWidget(self._flow, 1)
        outer.addWidget(self._far, 1)
        self._number, self._running = 0, False
        self.hide()

    def show_number(self, number: int) -> None:
        """Show how many cases are marked; without any there is nothing to show."""
        self._number = number
        self._words.setText(say("cases.n_marked", n=number))
        self._show()

    def show_far(self, done: int, total: int) -> None:
        """Show how far an act is: 0 of 0 when it is over."""
        self._running = total > 0
        self._far.show_far(done, total)
        self._show()

    def _show(self) -> None:
        self._flow.setVisible(not self._running)
        self.setVisible(self._running or self._number > 0)

    def _buttons(self) -> Iterator[QWidget]:
        for act in ACTS:
            button = secondary(words(act), _ICONS[act], size="small")
            button.setObjectName(f"marked_{act}")
            button.clicked.connect(lambda _=False, act=act: self.wanted.emit(act))
            yield button

    def _one_button(self) -> QWidget:
        """Return what stands for all the buttons while the text is large: rows need the room."""
        button = secondary(say("cases.do_with_marked"), "caret-up", size="small")
        button.setObjectName("marked_acts")
        button.clicked.connect(
            lambda: ask(button, self._number, button.mapToGlobal(QPoint(0, button.height())), self)
        )
        return button

    def _unmark(self) -> QWidget:
        button = quiet(say("cases.unmark_short"), "x", size="small")
        button.setObjectName("unmark")
        button.setAccessibleName(say("cases.unmark"))
        button.clicked.connect(self.cleared)
        return button


def words(act: str) -> str:
    """Return what is to be done, as a button says it."""
    return say(f"cases.act_{act}")


def ask(parent: QWidget, number: int, at: QPoint, bar: MarkedBar) -> None:
    """Show at ``at`` on the screen what can be done with the ``number`` marked cases."""
    acts = (MenuLine(f"menu_{act}", words(act), partial(bar.wanted.emit, act)) for act in ACTS)
    unmark = MenuLine("menu_unmark", say("cases.unmark"), bar.cleared.emit)
    show_menu(parent, "marked_menu", say("cases.n_marked", n=number), (*acts, unmark), at)
