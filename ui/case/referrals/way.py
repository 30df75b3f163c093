"""The way of a referral: how far it has come, which steps may follow."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Referral
from kimdesk.domain.terms import ReferralState
from kimdesk.texts import say
from ui.case.referrals.presenter import allowed, step_word
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.card import Card
from ui.kit.stepper import State, StepperItem
from ui.kit.text import Text

WAY = (ReferralState.PREPARED, ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.DONE)


class ReferralStepsCard(Card):
    """The steps a referral may take next; ``go_to`` is told which."""

    def __init__(self, go_to: Callable[[ReferralState], None]) -> None:
        super().__init__(say("case.how_does_go"))
        self._go_to = go_to
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addLayout(self._rows)

    def show_referral(self, referral: Referral) -> None:
        """Offer the steps ``referral`` may take next."""
        clear(self._rows)
        states = allowed(referral)
        awaited = referral.state is ReferralState.SENT  # then the answer is what is taken first
        for number, state in enumerate(states):
            is_first = not number and not awaited
            button = (primary if is_first else quiet if state is ReferralState.WITHDRAWN else secondary)(
                step_word(state)
            )
            button.setObjectName(f"referral_to_{state}")
            button.clicked.connect(lambda _=False, state=state: self._go_to(state))
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not states:
            self._rows.addWidget(Text(say("case.this_referral_is_settled"), "table", "text-2", wrap=True))


def way_of(catalogue: Catalogue, referral: Referral) -> list[StepperItem]:
    """Return the way of ``referral`` as steps, and how far it has come."""
    names = catalogue.code_list("referral_state")
    way = list(WAY)
    if referral.state is ReferralState.REJECTED:
        way[2] = ReferralState.REJECTED
    elif referral.state is ReferralState.WITHDRAWN:
        way = [ReferralState.PREPARED, ReferralState.WITHDRAWN]
    at = way.index(referral.state)
    return [StepperItem(state, names.label(state), _standing(number, at)) for number, state in enumerate(way)]


def _standing(number: int, at: int) -> State:
    return "done" if number < at else "current" if number == at else "open"
