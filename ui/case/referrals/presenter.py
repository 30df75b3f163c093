"""What can be done with one referral: its documents, notes, and the way from prepared to done."""

from collections.abc import Callable
from dataclasses import replace

from kimdesk.casework import records, referral_course, referrals
from kimdesk.casework.changes import Change
from kimdesk.casework.referral_course import StepFacts
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Consent, Referral
from kimdesk.domain.referral_steps import STEPS
from kimdesk.domain.terms import ItemState, ReferralState, StepKind
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.blank import blank
from ui.case.editing import Editing
from ui.forms.sources import Option
from ui.program.work import Owner

NO_CONSENT = "E850"


def allowed(referral: Referral) -> tuple[ReferralState, ...]:
    """Return the states the referral may take next, the usual one first."""
    return STEPS[referral.state]


def step_word(state: ReferralState) -> str:
    """Return what the button to ``state`` says."""
    return {
        ReferralState.SENT: say("case.note_as_sent"),
        ReferralState.ACCEPTED: say("case.note_as_accepted"),
        ReferralState.REJECTED: say("case.note_a_rejection"),
        ReferralState.DONE: say("case.note_as_settled"),
        ReferralState.WITHDRAWN: say("case.take_back"),
        ReferralState.PREPARED: say("case.prepare"),
    }[state]


def reasons(catalogue: Catalogue, state: ReferralState) -> tuple[Option, ...]:
    """Return the reasons to choose from for ``state``; empty means in own words."""
    if state is not ReferralState.REJECTED:
        return ()
    return tuple(Option(one.code, one.label) for one in catalogue.code_list("reject_reason").offered())


class ReferralPresenter:
    """Acts on referrals; ``refused`` is told why something did not go, ``uncovered`` that consent lacks.

    Neither hears anything once ``owner`` is gone.
    """

    def __init__(
        self,
        editing: Editing,
        owner: Owner,
        refused: Callable[[Explanation], None],
        uncovered: Callable[[Referral, StepFacts, Explanation], None],
    ) -> None:
        self._editing, self._owner = editing, owner
        self._refused, self._uncovered = refused, uncovered

    @property
    def file(self) -> CaseFile:
        """Return the case that is shown."""
        return self._editing.file

    def set_item(
        self,
        referral: Referral,
        code: str,
        state: ItemState,
        note: str | None = None,
        done: Callable[[Change], None] | None = None,
    ) -> None:
        """Note where a document stands; ``done`` is given what that changed."""
        desk = self._editing.context.desk
        before = next((one for one in referral.checklist if one.item == code), None)
        until = before.valid_until if before else None
        self._editing.context.work.write(
            self._owner,
            lambda: referrals.set_item(desk, referral, code, state, note, until),
            lambda stored: done(Change(((referral, stored),))) if done else None,
            self._refused,
        )

    def send(self, referral: Referral, facts: StepFacts, override_reason: str = "") -> None:
        """Note that the referral was sent, with what ``facts`` tell."""
        desk = self._editing.context.desk

        def failed(explanation: Explanation) -> None:
            if explanation.code == NO_CONSENT:
                self._uncovered(referral, facts, explanation)
            else:
                self._refused(explanation)

        self._editing.context.work.write(
            self._owner,
            lambda: referral_course.take(desk, referral, StepKind.SENT, facts, override_reason),
            lambda _: self._said(ReferralState.SENT),
            failed,
        )

    def advance(self, referral: Referral, state: ReferralState, reason: str = "") -> None:
        """Take the referral to ``state``, which is not that it was sent."""
        desk = self._editing.context.desk
        self._editing.context.work.write(
            self._owner,
            lambda: referrals.advance(desk, referral, state, reason=reason),
            lambda _: self._said(state),
            self._refused,
        )

    def _said(self, state: ReferralState) -> None:
        self._editing.saved(say("case.referral_state", state=_label(self._editing.catalogue, state)))

    def reply(self, referral: Referral, text: str) -> None:
        """Note that the question of the office is answered."""
        desk = self._editing.context.desk
        self._editing.context.work.write(
            self._owner,
            lambda: referral_course.take(desk, referral, StepKind.REPLIED, StepFacts(text=text)),
            lambda _: self._editing.saved(say("referrals.reply_noted")),
            self._refused,
        )

    def save(self, referral: Referral) -> None:
        """Save the head of a referral."""
        desk = self._editing.context.desk
        self._editing.context.work.write(
            self._owner, lambda: records.save(desk, referral), None, self._refused
        )

    def record_consent(self, referral: Referral) -> None:
        """Open the dialog for a consent that would cover ``referral``."""
        new = blank(Consent, self.file, self._editing.today)
        sheet = self._editing.catalogue.service(referral.service)
        self._editing.edit(
            replace(
                new,
                recipient=referral.service,
                recipient_name=referral.agency or sheet.name,
                purpose=referral.purpose,
                kinds=sheet.information_kinds,
            )
        )


def _label(catalogue: Catalogue, state: ReferralState) -> str:
    return catalogue.code_list("referral_state").label(state)
