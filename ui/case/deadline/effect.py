"""Beside the day: whether an appeal keeps the decision from taking effect, and what to apply for when not."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from kimdesk.casework.deadlines import Derived
from kimdesk.texts import say
from kimdesk.texts.effects import effect_words
from ui.kit.buttons import secondary
from ui.kit.state import Notice


def effect_notice(derived: Derived, keep: Callable[[], object]) -> Notice | None:
    """Return what is known of the effect of the appeal; that it is to be clarified where nothing is.

    None where the rule is no appeal. Its button keeps the urgent application by ``keep``, once.
    """
    if derived.effect is None and not derived.appeal:
        return None
    words = effect_words(derived.effect, depends=bool(derived.decisions), by=derived.urgent_on)
    notice = Notice(words.tone, words.title, words.text)
    notice.setObjectName("deadline_effect")
    if derived.effect and derived.effect.court:
        notice.add_action(_keep_button(keep))
    return notice


def _keep_button(keep: Callable[[], object]) -> QPushButton:
    button = secondary(say("deadline.keep_urgent"))
    button.setObjectName("keep_urgent")

    def pressed() -> None:
        button.setEnabled(False)
        keep()

    button.clicked.connect(pressed)
    return button
