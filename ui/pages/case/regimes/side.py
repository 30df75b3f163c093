"""The cards beside the timeline: open gaps, and what is coming."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import dates
from ui.kit.base import clear, rule, spaced
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.case.regimes.coming import Coming, OpenGap
from ui.pages.case.regimes.paint import paint_diamond
from ui.text import tr
from ui.theme import theme


class GapCard(Card):
    """The gaps that are open today."""

    def __init__(self) -> None:
        super().__init__(tone="bad")
        self.setObjectName("open_gaps")

    def show_gaps(self, gaps: Sequence[OpenGap]) -> None:
        """Show ``gaps``; without one the card is not there."""
        clear(self.body)
        self.setVisible(bool(gaps))
        for number, gap in enumerate(gaps):
            if number:
                self.body.addWidget(rule())
            head = QHBoxLayout()
            spaced(head, 8)
            head.addWidget(Sign("overdue"), 0, Qt.AlignmentFlag.AlignTop)
            head.addWidget(Text(gap.title, "strong", "bad", wrap=True), 1)
            self.body.addLayout(head)
            self.body.addWidget(Text(gap.text, "table", wrap=True))


class ComingCard(Card):
    """The next dates, numbered as in the picture."""

    def __init__(self) -> None:
        super().__init__(tr("What is coming"))
        self.setObjectName("coming")
        self._column = QVBoxLayout()
        spaced(self._column, 8)
        self.body.addLayout(self._column)

    def show_coming(self, coming: Sequence[Coming]) -> None:
        """Show ``coming``."""
        clear(self._column)
        for number, one in enumerate(coming):
            if number:
                self._column.addWidget(rule())
            row = QHBoxLayout()
            spaced(row, 8)
            row.addWidget(_Diamond(one), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(one.text, "table", wrap=True, lead=dates.full(one.day)), 1)
            self._column.addLayout(row)
        if not coming:
            self._column.addWidget(
                Text(tr("Nothing ends in the coming months."), "table", "text-2", wrap=True)
            )


class _Diamond(QWidget):
    """The number of a date."""

    def __init__(self, one: Coming) -> None:
        super().__init__()
        self._one = one
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the diamond."""
        return QSize(theme().px(24), theme().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the diamond."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_diamond(painter, QPointF(self.rect().center()) + QPointF(0.5, 0.5), self._one)
