"""The mark of a vault that holds invented cases."""

from ui.kit.badge import Badge
from ui.text import tr


def practice_badge() -> Badge:
    """Return the dashed badge „Übungsgemeinde“."""
    badge = Badge(tr("Practice town"), icon="graduation-cap", dashed=True)
    badge.setObjectName("practice_badge")
    return badge
