"""What a phase still needs, and the ways on: complete it, leave it out, go back to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.phases import MissingEntry
from kimdesk.domain.terms import PhaseState
from kimdesk.texts import say
from kimdesk.texts.problems import to_do
from ui.case.link_row import LinkRow
from ui.forms.flow import FlowBox
from ui.kit.base import clear, restyle, spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.sign import Sign
from ui.kit.text import Text

_MOST = 8


class GatePanel(QWidget):
    """Names gaps and never blocks. ``gap_chosen`` carries the path of a gap; the rest are the buttons."""

    gap_chosen = Signal(str)
    complete = Signal()
    skip = Signal()
    reopen = Signal()

    def __init__(self, prefix: str = "") -> None:
        super().__init__()
        self._prefix = prefix
        self._shown: tuple[tuple[MissingEntry, ...], PhaseState | None, bool] | None = None
        column = QVBoxLayout(self)
        spaced(column, 8)
        head = QHBoxLayout()
        self._title = Text("", "strong")
        self._count = Text("", "table", "text-2")
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        self._list = QVBoxLayout()
        spaced(self._list, 2)
        column.addLayout(self._list)
        column.addWidget(self._make_buttons())

    def show_gate(self, gaps: Sequence[MissingEntry], state: PhaseState | None, *, loud: bool) -> None:
        """Show ``gaps`` and the buttons for ``state``; ``loud``: completing may be the primary button."""
        if (tuple(gaps), state, loud) == self._shown:
            return
        self._shown = (tuple(gaps), state, loud)
        ended = state in (PhaseState.COMPLETED, PhaseState.SKIPPED)
        clear(self._list)
        self._title.setText(self._heading(state, len(gaps)))
        self._count.setText(str(len(gaps)) if gaps and not ended else "")
        if not ended or (gaps and state is PhaseState.COMPLETED):
            self._show_gaps(gaps)
        self.complete_button.setVisible(not ended)
        self.skip_button.setVisible(not ended)
        self.reopen_button.setVisible(ended)
        restyle(self.complete_button, kind="primary" if loud and not gaps else "secondary")
        self.complete_button.set_icon("check")

    def _heading(self, state: PhaseState | None, gaps: int) -> str:
        if state is PhaseState.COMPLETED and gaps:
            return say("case.phase_is_completed_with_gaps", n=gaps)
        if state is PhaseState.COMPLETED:
            return say("case.this_phase_is_completed")
        return (
            say("case.phase_was_left_out")
            if state is PhaseState.SKIPPED
            else say("case.what_is_still_missing")
        )

    def _show_gaps(self, gaps: Sequence[MissingEntry]) -> None:
        if not gaps:
            row = QHBoxLayout()
            spaced(row, 8)
            row.addWidget(Sign("present"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(say("case.everything_needed_filled"), "table", "ok", wrap=True), 1)
            self._list.addLayout(row)
        for number, gap in enumerate(gaps[:_MOST]):
            self._list.addWidget(self._gap_button(number, gap))
        if len(gaps) > _MOST:
            self._list.addWidget(Text(say("common.and_n_more", n=len(gaps) - _MOST), "meta", "text-2"))

    def _gap_button(self, number: int, gap: MissingEntry) -> Button:
        words = to_do(gap)
        button = LinkRow(words, "missing")
        button.setObjectName(f"{self._prefix}gap_{number}")
        button.setAccessibleName(say("case.missing_field", field=words))
        button.setToolTip(words)
        button.clicked.connect(lambda: self.gap_chosen.emit(gap.path))
        return button

    def _make_buttons(self) -> QWidget:
        box = FlowBox(8)
        self.complete_button = secondary(say("case.complete_phase"), "check")
        self.skip_button = quiet(say("case.skip"))
        self.reopen_button = secondary(say("case.reopen"), "arrow-counter-clockwise")
        for name, button, signal in (
            ("complete_phase", self.complete_button, self.complete),
            ("skip_phase", self.skip_button, self.skip),
            ("reopen_phase", self.reopen_button, self.reopen),
        ):
            button.setObjectName(self._prefix + name)
            button.clicked.connect(signal)
            box.flow.addWidget(button)
        return box
