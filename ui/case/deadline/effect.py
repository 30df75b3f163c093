"""Beside the day: whether an appeal keeps the decision from taking effect, and what to apply for when not."""

from kimdesk.casework.deadlines import Derived
from kimdesk.texts.effects import effect_words
from ui.kit.state import Notice


def effect_notice(derived: Derived) -> Notice | None:
    """Return what is known of the effect of the appeal; that it is to be clarified where nothing is.

    None where the rule is no appeal.
    """
    if derived.effect is None and not derived.appeal:
        return None
    words = effect_words(derived.effect, depends=bool(derived.decisions))
    notice = Notice(words.tone, words.title, words.text)
    notice.setObjectName("deadline_effect")
    return notice
