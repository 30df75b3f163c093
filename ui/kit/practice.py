"""Marks of a vault: that it holds invented cases, that it was restored from a backup."""

from kimdesk.texts import say
from ui.kit.badge import Badge


def practice_badge() -> Badge:
    """Return the dashed badge „Übungsgemeinde“."""
    badge = Badge(say("kit.practice_town"), icon="graduation-cap", dashed=True)
    badge.setObjectName("practice_badge")
    return badge


def restored_badge(words: str) -> Badge:
    """Return the badge „wiederhergestellt am …“."""
    badge = Badge(words, "warn", "clock-counter-clockwise")
    badge.setObjectName("restored_badge")
    return badge
