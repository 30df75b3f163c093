"""What a paper of a case may belong to, in words. Plain values, no widgets."""

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile
from kimdesk.texts import say
from ui.case.cards import recipient_name, referral_name


def places(catalogue: Catalogue, file: CaseFile) -> list[tuple[str, str]]:
    """Return what an attachment may belong to: identity and words of referrals, consents, goals, measures."""
    return [
        *(
            (one.id, say("case.referral_agency", agency=referral_name(catalogue, one)))
            for one in file.referrals
        ),
        *(
            (one.id, say("case.consent_recipient", recipient=recipient_name(catalogue, one)))
            for one in file.consents
        ),
        *((one.id, say("case.goal_text", text=one.text)) for one in file.goals),
        *((one.id, say("case.measure_text", text=one.title)) for one in file.measures),
    ]


def about_word(catalogue: Catalogue, about: str, file: CaseFile) -> str:
    """Return what an attachment belongs to in words, "" when that is gone."""
    return dict(places(catalogue, file)).get(about, "")
