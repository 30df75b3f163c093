"""The way of a referral: vorbereitet → gesendet → angenommen | abgelehnt → erledigt | zurückgezogen."""

from kimdesk.domain.terms import ReferralState

STEPS: dict[ReferralState, tuple[ReferralState, ...]] = {
    ReferralState.PREPARED: (ReferralState.SENT, ReferralState.WITHDRAWN),
    ReferralState.SENT: (ReferralState.ACCEPTED, ReferralState.REJECTED, ReferralState.WITHDRAWN),
    ReferralState.ACCEPTED: (ReferralState.DONE, ReferralState.WITHDRAWN),
    ReferralState.REJECTED: (ReferralState.DONE, ReferralState.WITHDRAWN),
    ReferralState.DONE: (),
    ReferralState.WITHDRAWN: (),
}
"""From each state, the states a referral may take next."""

ANSWERS = frozenset({ReferralState.ACCEPTED, ReferralState.REJECTED})


def may_become(now: ReferralState, then: ReferralState) -> bool:
    """Return whether a referral may go from ``now`` to ``then``."""
    return then in STEPS[now]
