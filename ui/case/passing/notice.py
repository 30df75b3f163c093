"""Whose a case is, above its tabs."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.texts.passing import short, told
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.state import Notice
from ui.theme import theme

_TONES = {
    Custody.OFFERED: ("info", "arrow-square-out"),
    Custody.PASSED_ON: ("warn", "archive-box"),
    Custody.LENT: ("info", "arrows-left-right"),
    Custody.COVERING: ("warn", "arrows-left-right"),
}


class CustodyNotice(QWidget):
    """Says above the tabs whose the case is, unless it is plainly this desk's; with large text in short."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("custody")
        column = QVBoxLayout(self)
        spaced(column)
        self._notice, self._badge = Notice(), Badge("")
        column.addWidget(self._badge if theme().stacked else self._notice)
        self.hide()

    def show_standing(self, standing: CaseStanding) -> None:
        """Say what holds."""
        tone, icon = _TONES.get(standing.custody, ("info", "info"))
        tone, words = "warn" if standing.overdue else tone, told(standing)
        self._notice.set(tone, words, "", icon)
        self._badge.set(short(standing, date.today()), tone, icon)  # noqa: DTZ011 - the worker's calendar day
        self._badge.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(standing.custody in _TONES)
