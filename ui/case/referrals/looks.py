"""What each standing of a referral looks like everywhere: icon or state name, and tone."""

from kimdesk.domain.referral_steps import ReferralStanding as Standing

LOOKS: dict[Standing, tuple[str, str]] = {
    Standing.PREPARED: ("folder-open", "text-2"),
    Standing.SENT: ("paper-plane-tilt", "text-2"),
    Standing.UNANSWERED: ("chat-circle-dots", "info"),
    Standing.QUERY: ("requested", "warn"),
    Standing.ACCEPTED: ("present", "ok"),
    Standing.REJECTED: ("x-circle", "bad"),
    Standing.ELSEWHERE: ("arrow-u-up-left", "warn"),
    Standing.DONE: ("present", "ok"),
    Standing.WITHDRAWN: ("not_needed", "text-2"),
}
