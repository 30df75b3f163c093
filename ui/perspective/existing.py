"""What of a step is under way already: the date or measure it became, its referral. No widgets."""

from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import CaseFile, RecordRef
from kimdesk.domain.terms import MeasureState, ReferralState

_GOING = {ReferralState.PREPARED, ReferralState.SENT, ReferralState.ACCEPTED}
_ENDED = {MeasureState.DONE, MeasureState.REJECTED, MeasureState.ABANDONED}
_SERVICES = {"civic": "integration_course", "german": "integration_course", "identity": "consulate"}
"""The service (resources/services) that helps with a condition; with a rule it is the authority."""
_NATURALISATION = "stag"


def office(rule: str) -> str:
    """Return the authority (a service) that decides by a rule."""
    return "naturalisation_office" if rule.startswith(_NATURALISATION) else "immigration_office"


def under_way(file: CaseFile, plain: str, rule: str, condition: str) -> RecordRef | None:
    """Return the record of the case that a step became or that does it, None when there is none yet."""
    for follow_up in file.follow_ups:
        if follow_up.title == plain and follow_up.done_on is None:
            return ref_of(follow_up)
    for measure in file.measures:
        if measure.title == plain and measure.state not in _ENDED:
            return ref_of(measure)
    service = _SERVICES.get(condition, "") if condition else office(rule)
    found = (one for one in file.referrals if one.service == service and one.state in _GOING)
    return next(map(ref_of, found), None)
