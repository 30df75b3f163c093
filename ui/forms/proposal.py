"""Below a date: the day that was worked out, taken over with one press, explained with another."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.forms.definition import Field
from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.forms.session import FormSession
from ui.forms.sources import FieldProposal
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.text import Text


class ProposalLine(QWidget):
    """Shows a proposal for ``field``; ``taken`` carries it as it is stored."""

    taken = Signal(str)

    def __init__(self, field: Field, session: FormSession) -> None:
        super().__init__()
        self._field, self._session = field, session
        self._proposal: FieldProposal | None = None
        self._entry: Mapping[str, Any] = {}
        column = QVBoxLayout(self)
        spaced(column, 2)
        self._text = Text("", "table", "text-2", wrap=True)
        column.addWidget(self._text)
        line = FlowBox(10)
        self.take = quiet(say("forms.take_over_as_deadline"), "check", "small")
        self.explain = quiet(say("forms.show_how"), "list-numbers", "small")
        for button in (self.take, self.explain):
            line.flow.addWidget(button)
        column.addWidget(line)
        self.take.clicked.connect(self._take)
        self.explain.clicked.connect(lambda: session.explained.emit(field.proposal, dict(self._entry)))
        self.hide()

    def name(self, key: str) -> None:
        """Name the buttons after the field."""
        self.take.setObjectName(f"{key}_take")
        self.take.setAccessibleName(say("forms.take_over_as_deadline_field", field=self._field.label))
        self.explain.setObjectName(f"{key}_explain")
        self.explain.setAccessibleName(say("forms.show_how_field", field=self._field.label))

    def show_proposal(self, proposal: FieldProposal | None, entry: Mapping[str, Any]) -> None:
        """Show ``proposal``; None hides the line, an answer that says the same needs no taking over."""
        self._proposal, self._entry = proposal, entry
        self.setVisible(proposal is not None)
        if proposal is None:
            return
        same = entry.get(self._field.id) == proposal.value
        day = proposal.label
        self._text.setText(
            say("forms.as_worked_out_day", day=day) if same else say("forms.proposal_day", day=day)
        )
        self.take.setVisible(not same)

    def _take(self) -> None:
        if self._proposal:
            entry = dict(self._entry)
            self.taken.emit(self._proposal.value)
            self._session.taken.emit(self._field.proposal, entry)
