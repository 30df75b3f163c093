"""The table of entries in its card, and below it how many are shown."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kimdesk.casework.trail import TrailLine
from kimdesk.texts import say
from ui.kit.base import rule, spaced
from ui.kit.table import Table
from ui.kit.text import Text
from ui.pages.trail.model import TrailModel
from ui.theme import theme

NUMBER, WHEN, WHO, WHAT, CASE = range(5)
WIDTHS = {NUMBER: 74, WHEN: 168, WHO: 184, CASE: 148}
WHAT_LEAST = 300


class TrailTable(Table):
    """Entries, the newest first."""

    def __init__(self, fetch: Callable[[], None]) -> None:
        self.lines = TrailModel(fetch)
        super().__init__(self.lines, say("trail.entries_audit_trail"))
        self.lines.setParent(self)
        self.setObjectName("trail_table")
        self.setProperty("flat", "true")
        heads = self.horizontalHeader()
        heads.setStretchLastSection(False)
        for section, width in WIDTHS.items():
            self.setColumnWidth(section, theme().px(width))
        if theme().stacked:
            for place, section in enumerate((WHAT, WHEN, CASE, WHO, NUMBER)):
                heads.moveSection(heads.visualIndex(section), place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words what the other columns leave."""
        super().resizeEvent(event)
        others = sum(theme().px(width) for width in WIDTHS.values())
        self.setColumnWidth(WHAT, max(theme().px(WHAT_LEAST), self.viewport().width() - others))


class TrailCard(QFrame):
    """The table in its frame."""

    def __init__(self, table: TrailTable) -> None:
        super().__init__()
        self.setObjectName("card")
        self._table = table
        column = QVBoxLayout(self)
        spaced(column)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(table, 1)
        column.addWidget(rule())
        self._foot = Text("", "meta", "text-2")
        self._foot.setObjectName("trail_shown")
        row = QVBoxLayout()
        spaced(row, 0, (14, 6, 14, 6))
        row.addWidget(self._foot)
        column.addLayout(row)

    def to_top(self) -> None:
        """Show the newest entries."""
        self._table.scrollToTop()

    def show_lines(self, lines: tuple[TrailLine, ...], *, first: bool, more: bool) -> None:
        """Show ``lines``; the place in the list stays."""
        place = self._table.verticalScrollBar().value()
        self._table.lines.show(lines, first=first, more=more)
        self._table.verticalScrollBar().setValue(place)
        count = self._table.lines.rowCount()
        if more:
            self._foot.setText(say("trail.n_entries_shown_older_ones", n=count))
        else:
            self._foot.setText(say("trail.n_entries_all_them", n=count))
