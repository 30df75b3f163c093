"""Whether a consent covers a referral, and what it covers."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.consent import fitting, is_standing
from kimdesk.domain.records import CaseFile, Consent, Referral
from kimdesk.domain.terms import ReferralState
from kimdesk.texts import say
from ui.case.consents import facts
from ui.case.referrals.rows import known_service
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text


def covering(catalogue: Catalogue, referral: Referral, file: CaseFile, today: date) -> Consent | None:
    """Return the consent under which the referral may go now, or None."""
    named = next((one for one in file.consents if one.id == referral.consent_id), None)
    if named and is_standing(named, today):
        return named
    sheet = known_service(catalogue, referral)
    kinds = sheet.information_kinds if sheet else ()
    return fitting(file.consents, referral.service, referral.purpose, today, kinds)


class CoverCard(Card):
    """Says whether a consent covers the referral; ``record`` when one is to be taken up."""

    record = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.setObjectName("consent_cover")

    def show_cover(self, referral: Referral, file: CaseFile, today: date) -> None:
        """Show how the referral is covered."""
        clear(self.body)
        consent, withdrawn = covering(self._catalogue, referral, file, today), _withdrawn(referral, file)
        if withdrawn:
            self.set_tone("warn")
            head = say("referrals.consent_withdrawn", day=withdrawn)
            self.body.addWidget(_head("shield-warning", "warn", head))
            self.body.addWidget(Text(say("referrals.nothing_more_goes"), "table", wrap=True))
        elif consent:
            self._show_consent(consent)
        elif referral.override_reason:
            self.set_tone("warn")
            self.body.addWidget(_head("shield-warning", "warn", say("case.without_consent_with_reason")))
            self.body.addWidget(Text(referral.override_reason, "table", wrap=True))
            self.body.addWidget(self._button(), 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.set_tone("bad")
            self.body.addWidget(_head("shield-slash", "bad", say("case.no_consent_covers_referral")))
            words = say("case.nothing_identifies_person_may_passed")
            self.body.addWidget(Text(words, "table", wrap=True))
            self.body.addWidget(self._button(), 0, Qt.AlignmentFlag.AlignLeft)

    def _show_consent(self, consent: Consent) -> None:
        self.set_tone("ok")
        self.body.addWidget(_head("shield-check", "ok", say("case.consent_covers_referral")))
        holder = QWidget()
        holder.setLayout(facts(self._catalogue, consent))
        self.body.addWidget(holder)

    def _button(self) -> QWidget:
        button = secondary(say("case.record_a_consent"), "plus", "small")
        button.setObjectName("cover_record_consent")
        button.clicked.connect(self.record)
        return button


def _withdrawn(referral: Referral, file: CaseFile) -> date | None:
    """Return when the consent was taken back under which it was sent, None while that stands."""
    if referral.state is ReferralState.PREPARED:
        return None
    return next((one.withdrawn_on for one in file.consents if one.id == referral.consent_id), None)


def _head(icon: str, tone: str, words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8)
    row.addWidget(Sign(icon, tone))
    row.addWidget(Text(words, "strong", tone, wrap=True), 1)
    return holder
