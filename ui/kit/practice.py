"""The mark of a vault that holds invented cases."""

from kimdesk.texts import say
from ui.kit.badge import Badge


def practice_badge() -> Badge:
    """Return the dashed badge „Übungsgemeinde“."""
    badge = Badge(say("kit.practice_town"), icon="graduation-cap", dashed=True)
    badge.setObjectName("practice_badge")
    return badge
