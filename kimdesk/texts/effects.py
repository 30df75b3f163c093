"""Whether an appeal keeps a decision from taking effect, and what to apply for when it does not, in words."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.law.deadline_rule import Effect, Rule, Suspends
from kimdesk.texts.speech import GERMAN, Speech

_TONES = {Suspends.NO: "bad", Suspends.DEPENDS: "warn", Suspends.YES: "ok"}


@dataclass(frozen=True, slots=True)
class EffectWords:
    """One sentence, what to do, and how grave it is: bad, warn or ok."""

    tone: str
    title: str
    text: str


def effect_words(
    effect: Effect | None, *, depends: bool, by: date | None = None, speech: Speech = GERMAN
) -> EffectWords:
    """Return what is known; for None that it is to be clarified.

    ``depends``: it is known for some kinds of decision, and nobody said which kind this one is. ``by`` is the
    day by which the urgent application is to be made, where it has less time than the appeal.
    """
    if effect is None:
        key = "deadline.choose_decision" if depends else "deadline.ask_effect"
        return EffectWords("warn", speech.say("deadline.effect_unknown"), speech.say(key))
    source = effect.source
    if not effect.checked:
        source = speech.say("derivation.unchecked", source=source)
    told = (_apply(effect, by, speech), effect.note, speech.say("deadline.source", source=source))
    title = speech.say(f"deadline.effect_{effect.suspends}")
    return EffectWords(_TONES[effect.suspends], title, " ".join(filter(None, told)))


def kept_reason(reason: str, effect: Effect | None, speech: Speech = GERMAN) -> str:
    """Return why a deadline ends when it does, and that the appeal alone suspends nothing if so."""
    if effect is None or effect.suspends is not Suspends.NO:
        return reason
    return speech.say("deadline.reason_and_no_effect", reason=reason)


def urgent_title(effect: Effect, appeal: str, speech: Speech = GERMAN) -> str:
    """Return what the urgent application beside ``appeal`` is called: „Eilantrag beim Sozialgericht (…)“."""
    return speech.say("deadline.urgent_title", court=effect.court, appeal=appeal)


def urgent_reason(rule: Rule, speech: Speech = GERMAN) -> str:
    """Return why it is to be made, in one clause („weil …“)."""
    return speech.say("deadline.urgent_reason", appeal=rule.title)


def _apply(effect: Effect, by: date | None, speech: Speech) -> str:
    if not effect.court:
        return ""
    key = "deadline.apply_now" if effect.suspends is Suspends.NO else "deadline.apply_if_not"
    when = speech.say("deadline.by_day", day=by) if effect.within and by else speech.say("deadline.same_day")
    return speech.say(key, when=when, court=effect.court, what=effect.apply_for)
