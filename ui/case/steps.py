"""The steps that end a phase or begin it anew: asked for a reason, which is kept with them."""

from collections.abc import Callable, Sized

from PySide6.QtWidgets import QWidget

from kimdesk.casework import phases
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.texts import say
from ui.case.gate import GatePanel
from ui.case.reason import ReasonDialog

PhaseStep = Callable[[Desk, str, Phase, str], PhaseEntry]
"""Ends a phase of a case, or begins it anew, for a reason."""


class PhaseSteps:
    """Asks before a step that ``gate`` wants is taken; ``take`` is handed the step and the reason.

    ``name`` returns what the phase is called, ``gaps`` what it still needs.
    """

    def __init__(
        self,
        parent: QWidget,
        gate: GatePanel,
        name: Callable[[], str],
        gaps: Callable[[], Sized],
        take: Callable[[PhaseStep, str], None],
    ) -> None:
        self._parent, self._name, self._gaps, self._take = parent, name, gaps, take
        gate.complete.connect(self._complete)
        gate.skip.connect(self._skip)
        gate.reopen.connect(self._reopen)

    def _complete(self) -> None:
        """Complete at once when nothing is missing, else ask why the case goes on all the same."""
        gaps = len(self._gaps())
        if not gaps:
            self._take(phases.complete, "")
            return
        missing = say("case.things_are_still_missing", n=gaps)
        self._ask(
            phases.complete,
            say("case.complete_phase_with_gaps", phase=self._name()),
            f"{missing} {say('case.you_can_go_all_same')}",
            say("case.complete_phase"),
        )

    def _skip(self) -> None:
        self._ask(
            phases.skip,
            say("case.skip_phase_question", phase=self._name()),
            say("case.reason_stays_with_case_you"),
            say("case.skip_phase"),
        )

    def _reopen(self) -> None:
        self._ask(
            phases.reopen,
            say("case.reopen_phase_question", phase=self._name()),
            say("case.new_round_begins_with_answers"),
            say("case.reopen_phase"),
        )

    def _ask(self, step: PhaseStep, question: str, text: str, accept: str) -> None:
        take = lambda why: self._take(step, why)  # noqa: E731 - what the dialog is told
        ReasonDialog(self._parent, question, text, accept=accept, act=take).open()
