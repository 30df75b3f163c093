"""Beside the day: whether an appeal keeps the decision from taking effect, and what to apply for when not."""

from kimdesk.casework.deadlines import Derived
from kimdesk.domain.law.deadline_rule import Effect, Suspends
from kimdesk.texts import say
from ui.kit.state import Notice

_TONES = {Suspends.NO: "bad", Suspends.DEPENDS: "warn", Suspends.YES: "ok"}


def effect_notice(derived: Derived) -> Notice | None:
    """Return what is known of the effect of the appeal; that it is to be clarified where nothing is.

    None where the rule is no appeal.
    """
    effect = derived.effect
    if effect is None:
        if not derived.appeal:
            return None
        words = "deadline.choose_decision" if derived.decisions else "deadline.ask_effect"
        notice = Notice("warn", say("deadline.effect_unknown"), say(words))
    else:
        notice = Notice(_TONES[effect.suspends], say(f"deadline.effect_{effect.suspends}"), _words(effect))
    notice.setObjectName("deadline_effect")
    return notice


def _words(effect: Effect) -> str:
    source = effect.source if effect.checked else say("case.law_unchecked", law=effect.source)
    return " ".join(filter(None, (_apply(effect), effect.note, say("deadline.source", source=source))))


def _apply(effect: Effect) -> str:
    if not effect.court:
        return ""
    key = "deadline.apply_same_day" if effect.suspends is Suspends.NO else "deadline.apply_if_not"
    return say(key, court=effect.court, what=effect.apply_for)
