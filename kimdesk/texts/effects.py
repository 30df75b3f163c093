"""Whether an appeal keeps a decision from taking effect, and what to apply for when it does not, in words."""

from dataclasses import dataclass

from kimdesk.domain.law.deadline_rule import Effect, Suspends
from kimdesk.texts.speech import GERMAN, Speech

_TONES = {Suspends.NO: "bad", Suspends.DEPENDS: "warn", Suspends.YES: "ok"}


@dataclass(frozen=True, slots=True)
class EffectWords:
    """One sentence, what to do, and how grave it is: bad, warn or ok."""

    tone: str
    title: str
    text: str


def effect_words(effect: Effect | None, *, depends: bool, speech: Speech = GERMAN) -> EffectWords:
    """Return what is known; for None that it is to be clarified.

    ``depends``: it is known for some kinds of decision, and nobody said which kind this one is.
    """
    if effect is None:
        key = "deadline.choose_decision" if depends else "deadline.ask_effect"
        return EffectWords("warn", speech.say("deadline.effect_unknown"), speech.say(key))
    source = effect.source
    if not effect.checked:
        source = speech.say("derivation.unchecked", source=source)
    told = (_apply(effect, speech), effect.note, speech.say("deadline.source", source=source))
    title = speech.say(f"deadline.effect_{effect.suspends}")
    return EffectWords(_TONES[effect.suspends], title, " ".join(filter(None, told)))


def kept_reason(reason: str, effect: Effect | None, speech: Speech = GERMAN) -> str:
    """Return why a deadline ends when it does, and that the appeal alone suspends nothing if so."""
    if effect is None or effect.suspends is not Suspends.NO:
        return reason
    return speech.say("deadline.reason_and_no_effect", reason=reason)


def _apply(effect: Effect, speech: Speech) -> str:
    if not effect.court:
        return ""
    key = "deadline.apply_same_day" if effect.suspends is Suspends.NO else "deadline.apply_if_not"
    return speech.say(key, court=effect.court, what=effect.apply_for)
