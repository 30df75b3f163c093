"""Beside the evaluation: closing the case, how long it is kept, the hand-over protocol."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.casework import closing
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import CaseStatus
from kimdesk.texts import dates, say
from ui.case.closing import ask_close, ask_retention, show_handover
from ui.case.editing import Editing
from ui.case.papers import offered
from ui.kit.base import rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.text import Text


class Ending(QWidget):
    """Shows whether the case is closed and until when it is kept, with the way to each.

    ``begins`` before a way is taken: what is typed in the form is to be stored first.
    """

    begins = Signal()

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        column = QVBoxLayout(self)
        spaced(column, 6)
        column.addWidget(Text(say("case.end_of_the_case"), "strong"))
        self._state = Text("", "table", "text-2", wrap=True)
        self._state.setObjectName("ending_state")
        self._close = secondary("", "archive", "small")
        self._close.setObjectName("close_case")
        self._close.clicked.connect(lambda: self._begin(ask_close))
        self._retention = quiet(say("case.change_how_long_kept"), "clock", "small")
        self._retention.setObjectName("change_retention")
        self._retention.clicked.connect(lambda: self._begin(ask_retention))
        protocol = quiet(offered("handover-protocol"), "file-pdf", "small")
        protocol.setObjectName("print_handover")
        protocol.clicked.connect(self._print)
        column.addWidget(self._state)
        for button in (self._close, self._retention, protocol):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(rule())

    def show_file(self, file: CaseFile) -> None:
        """Show how ``file`` stands."""
        case = file.case
        closed = case.status is CaseStatus.CLOSED
        self._close.setText(say("case.open_again_dialog") if closed else say("case.close_case_dialog"))
        self._retention.setVisible(closed)
        if closed:
            words = say(
                "case.closed_day_kept_until_until",
                day=dates.full(case.closed_on),
                until=dates.full(case.retain_until),
            )
        else:
            until = closing.retention(self._editing.context.desk.rules.spans, self._editing.today).until
            words = say("case.closed_today_would_kept_until", until=dates.full(until))
        self._state.setText(words)

    def _begin(self, ask: Callable[[Editing], None]) -> None:
        self.begins.emit()
        ask(self._editing)

    def _print(self) -> None:
        self.begins.emit()
        show_handover(self._editing, self._editing.page)
