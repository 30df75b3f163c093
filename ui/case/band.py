"""What stands above a case: its head and the bar of its tabs."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.case.header import CaseHeader
from ui.case.passing.notice import CustodyNotice
from ui.case.tabs import KEYS, TABS
from ui.kit.base import spaced
from ui.theme import theme


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
        return str(self._bar.tabData(self._bar.currentIndex()))

    def choose(self, key: str) -> None:
        """Choose the tab ``key``; whoever does so shows it."""
        with QSignalBlocker(self._bar):
            self._bar.setCurrentIndex(KEYS.index(key))

    def name_form(self, words: str) -> None:
        """Name the tab of the form after its phase, where there is room."""
        if not theme().stacked:
            self._bar.setTabText(KEYS.index("form"), words)

    def _make_bar(self) -> QTabBar:
        self._bar = QTabBar()
        self._bar.setObjectName("case_tabs")
        self._bar.setAccessibleName(say("case.areas_of_the_case"))
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        if theme().stacked:
            self._bar.setStyleSheet(f"QTabBar::tab {{ margin-right: {theme().px(7)}px; }}")
        self._bar.setContentsMargins(theme().px(20), 0, theme().px(20), 0)
        for tab in TABS:
            self._bar.setTabData(self._bar.addTab(say(tab.title)), tab.key)
        self._bar.currentChanged.connect(lambda _: self.chosen.emit())
        return self._bar
