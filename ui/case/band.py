"""What stands above a case: its head and the bar of its tabs; with large text all of it in one line."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QTabBar, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.case.header import CaseHeader
from ui.case.passing.notice import CustodyNotice
from ui.case.tabs import KEYS, TABS
from ui.kit.base import spaced
from ui.kit.drop_down import DropDown
from ui.theme import theme

_LIST_WIDTH = 150


class CaseBand(QFrame):
    """The head above the bar; ``chosen`` when the hand chose another tab."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("band")
        column = QVBoxLayout(self)
        spaced(column, 4)
        self.header = CaseHeader()
        column.addWidget(self.header)
        self.custody = CustodyNotice()
        self._bar: QTabBar | QComboBox
        if theme().stacked:
            self.header.add_line(self.custody)
            self.header.add_switch(self._make_list())
            return
        around = QVBoxLayout()
        spaced(around, 0, (20, 0, 20, 4))
        around.addWidget(self.custody)
        column.addLayout(around)
        holder = QWidget()
        row = QVBoxLayout(holder)
        spaced(row, 0, (20, 0, 20, 0))
        row.addWidget(self._make_bar())
        column.addWidget(holder)

    @property
    def tab(self) -> str:
        """Return the key of the tab that is chosen."""
        return KEYS[self._bar.currentIndex()]

    def choose(self, key: str) -> None:
        """Choose the tab ``key``; whoever does so shows it."""
        with QSignalBlocker(self._bar):
            self._bar.setCurrentIndex(KEYS.index(key))

    def _make_bar(self) -> QTabBar:
        self._bar = bar = QTabBar()
        bar.setObjectName("case_tabs")
        bar.setAccessibleName(say("case.areas_of_the_case"))
        bar.setExpanding(False)
        bar.setDrawBase(False)
        bar.setContentsMargins(theme().px(20), 0, theme().px(20), 0)
        for tab in TABS:
            bar.addTab(say(tab.title))
        bar.currentChanged.connect(lambda _: self.chosen.emit())
        return bar

    def _make_list(self) -> QComboBox:
        self._bar = box = DropDown()
        box.setObjectName("case_tabs")
        box.setAccessibleName(say("case.areas_of_the_case"))
        box.setFixedWidth(theme().px(_LIST_WIDTH))
        box.addItems([say(tab.title) for tab in TABS])
        box.currentIndexChanged.connect(lambda _: self.chosen.emit())
        return box
