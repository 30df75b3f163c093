"""A screening in words: rules, conditions, evidence, why a light is as it is, what to do, what changed."""

from collections.abc import Mapping
from typing import Any

from kimdesk.domain.screening.changes import ScreeningChange
from kimdesk.domain.screening.result import AdvisedStep, Because, Lack, Light, Screened
from kimdesk.texts.speech import GERMAN, Speech


def rule(code: str, speech: Speech = GERMAN) -> str:
    """Return what the right of a rule is called."""
    return speech.say(f"screening.rule_{code}")


def condition(code: str, speech: Speech = GERMAN) -> str:
    """Return what a condition asks for, in a few words."""
    return speech.say(f"screening.condition_{code}")


def evidence(code: str, speech: Speech = GERMAN) -> str:
    """Return what a piece of evidence is called."""
    return speech.say(f"screening.evidence_{code}")


def said(why: Because, speech: Speech = GERMAN) -> str:
    """Return why a condition stands where it stands, without full stop."""
    return speech.say(f"screening.why_{why.code}", **_spoken(why.facts, speech))


def light(found: Screened, speech: Speech = GERMAN) -> str:
    """Return the light of a rule in words: „Zeit fehlt“."""
    if found.light is Light.YELLOW and found.lack is not Lack.NONE:
        return speech.say(f"screening.lack_{found.lack}")
    return speech.say(f"screening.light_{found.light}")


def step(advised: AdvisedStep, speech: Speech = GERMAN) -> str:
    """Return what to do now, without its day and full stop."""
    about = str(advised.facts.get("condition", ""))
    what = condition(about, speech) if about else ""
    special = f"screening.step_{advised.code}_{about}" if about else ""
    if special and speech.has(special):
        return speech.say(f"screening.step_{advised.code}_{about}")
    return speech.say(f"screening.step_{advised.code}", **({"what": what} if what else {}))


def changed(change: ScreeningChange, speech: Speech = GERMAN) -> str:
    """Return what is otherwise with a rule since facts changed, and because of what; without full stop."""
    told: dict[str, Any] = {"rule": rule(change.rule, speech)}
    told |= {"day": change.day} if change.day else {}
    told |= {"before": change.before} if change.before else {}
    told |= {"why": said(change.because, speech)} if change.because else {}
    reason = "_because" if change.because else ""
    return speech.say(f"screening.change_{change.code}{reason}", **told)


def _spoken(facts: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    """Return the facts as texts fill them in: months choose between one and several."""
    told = {("n" if name == "months" else name): value for name, value in facts.items()}
    if "regime" in told:
        told["regime"] = speech.say(f"screening.regime_{told['regime']}")
    return told
