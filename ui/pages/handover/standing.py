"""What the Kreis says against this desk: another history counts, or single records were not taken over."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import exchange, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.state import Notice
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.sync import AsideCase, Status

SHOWN = 5


class StandingNotices(QWidget):
    """A notice each; the case of a record that was set aside is opened with ``navigate``."""

    def __init__(self, navigate: Callable[[Place], None]) -> None:
        super().__init__()
        self._navigate = navigate
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)
        self.hide()

    def show_status(self, status: "Status", catalogue: Catalogue) -> None:
        """Show what ``status`` says."""
        clear(self._column)
        if status.stopped:
            notice = Notice("bad", *exchange.stopped(status.stopped), "quarantine")
            notice.setObjectName("stopped")
            self._column.addWidget(notice)
        if status.aside:
            self._column.addWidget(self._set_aside(status.aside, catalogue))
        self.setVisible(bool(status.stopped or status.aside))

    def _set_aside(self, found: "tuple[AsideCase, ...]", catalogue: Catalogue) -> Notice:
        number = sum(sum(each.kinds.values()) for each in found)
        title, hint = say("exchange.n_set_aside", n=number), say("exchange.again_when_changed")
        notice = Notice("warn", title, hint)
        notice.setObjectName("set_aside")
        for each in found[:SHOWN]:
            line = quiet(exchange.set_aside(each, catalogue), size="inline")
            line.setObjectName(f"aside_{each.case_id}")
            line.setEnabled(bool(each.case_id))
            line.clicked.connect(lambda _=False, at=each.case_id: self._navigate(Place("case", at)))
            notice.body.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        return notice
