"""How a deadline of the law was worked out, in sentences: a step each, and why in one clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kimdesk.domain.law.deadline_rule import NOTICE, Derivation, DerivationStep, Facts, Rule
from kimdesk.domain.law.periods import Length
from kimdesk.domain.sentences import filled
from kimdesk.texts import dates, numbers
from kimdesk.texts.speech import GERMAN, Speech

_WEEKEND = {"saturday": "dates.saturday", "sunday": "dates.sunday"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step of a derivation; ``checked`` is False while its source is „ungeprüft“."""

    text: str
    source: str
    checked: bool


def sentences(found: Derivation, speech: Speech = GERMAN) -> tuple[Sentence, ...]:
    """Return the steps of a derivation."""
    return tuple(_sentence(step, speech) for step in found.steps)


def reason(facts: Facts, found: Derivation, speech: Speech = GERMAN) -> str:
    """Return why the deadline ends when it does, in one clause („weil …“)."""
    day = dates.full(found.counted_from, speech)
    if found.rule.counts_from != NOTICE:
        return filled(found.rule.reason, {"day": day})
    posted = facts.dated_on or facts.posted_on or facts.delivered_on
    return speech.say(f"derivation.reason_{_known_by(found)}", day=day, posted=posted or "")


def group_label(group: str, speech: Speech = GERMAN) -> str:
    """Return the name of a group of rules."""
    return speech.say(f"derivation.group_{group}")


def late_hint(helping: Iterable[Rule], speech: Speech = GERMAN) -> str:
    """Return what is worth trying once a deadline has passed: the rules that may help, a line each."""
    ways = [
        speech.say("derivation.late_way", label=one.label, source=_source(one, speech)) for one in helping
    ]
    return "\n".join((speech.say("derivation.late"), *ways)) if ways else ""


def _source(rule: Rule, speech: Speech) -> str:
    if rule.checked:
        return rule.source
    return speech.say("derivation.unchecked", source=rule.source)


def _known_by(found: Derivation) -> str:
    """Return how the letter became known: delivered, formal, fiction, or late in spite of the fiction."""
    codes = {step.code for step in found.steps}
    if "came_later" in codes:
        return "late"
    if any(code.startswith("fiction") for code in codes):
        return "fiction"
    return "formal" if codes & {"delivered_formal", "handed_over"} else "delivered"


def _sentence(step: DerivationStep, speech: Speech) -> Sentence:
    key = f"derivation.source_{step.source}"
    source = speech.say(key) if speech.has(key) else step.source
    return Sentence(
        speech.say(f"derivation.step_{step.code}", **_told(step.facts, speech)), source, step.checked
    )


def _told(facts: Mapping[str, Any], speech: Speech) -> dict[str, str]:
    told = {name: _speak(value, speech) for name, value in facts.items()}
    if "text" in facts:
        told["text"] = filled(facts["text"], {"day": told["day"]})
    if "day" in facts:
        told["weekday"] = dates.weekday(facts["day"], speech)
    if "why" in facts:
        key = "derivation.free" if facts["why"] in _WEEKEND else "derivation.holiday"
        told["why"] = speech.say(key, name=_name(facts["why"], speech))
    if "length" in facts:
        told["whole"] = spoken(facts["length"], "whole", speech)
    if "free" in facts:
        told["free"] = ", ".join(
            f"{dates.full(day, speech)} ({_name(why, speech)})" for day, why in facts["free"]
        )
    return told


def _speak(value: object, speech: Speech) -> str:
    if isinstance(value, date):
        return dates.full(value, speech)
    return spoken(value, "dative", speech) if isinstance(value, Length) else str(value)


def spoken(length: Length, form: str = "dative", speech: Speech = GERMAN) -> str:
    """Return „einem Monat“, „sechs Monaten“; in the form ``whole`` „drei ganze Monate“."""
    count = numbers.small(length.count, speech)
    return speech.say(f"derivation.length_{form}_{length.unit}", n=length.count, count=count)


def _name(why: str, speech: Speech) -> str:
    return speech.say(_WEEKEND[why]) if why in _WEEKEND else why
