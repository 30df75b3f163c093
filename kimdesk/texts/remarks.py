"""What a rule on gaps, overlaps and papers says about people, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.codes import code_list
from kimdesk.catalogue.regime_rules import Pair, RegimeRule, book, rule
from kimdesk.domain.regime_remarks import Remark
from kimdesk.texts import dates
from kimdesk.texts.speech import GERMAN, Speech

_LISTS = {
    "benefit": "legal_regime",
    "health_insurance": "insurance",
    "course": "course",
    "school": "school",
    "work": "work",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in words. ``standing`` is „Stand …“, „ungeprüft“ or „geplant, unbestätigt“."""

    tone: str
    title: str
    sentence: str
    advice: str
    source: str
    standing: str


def tell(remark: Remark, today: date, people: Sequence[str], speech: Speech = GERMAN) -> Told | None:
    """Return ``remark`` in words for ``people``, None when its rule does not hold on ``today``."""
    found = rule(remark.rule)
    if not found.holds(today):
        return None
    facts = _facts(remark, today, people, speech)
    text = found.open if found.open and remark.ends_on is None else found.sentence
    return Told(
        found.tone,
        found.title.format_map(facts),
        text.format_map(facts),
        found.advice,
        found.source.format_map(facts),
        _standing(found, speech),
    )


def _standing(found: RegimeRule, speech: Speech) -> str:
    if found.planned:
        return speech.say("remarks.planned")
    return speech.say("remarks.checked" if found.checked else "remarks.unchecked", day=book().state)


def _facts(remark: Remark, today: date, people: Sequence[str], speech: Speech) -> dict[str, str]:
    facts, days = remark.facts, remark.days(today)
    pair = _pair(remark)
    return {
        "people": ", ".join(people),
        "days": speech.say("dates.days", n=days),
        "days_dative": speech.say("dates.days_dative", n=days),
        "start": dates.full(remark.starts_on, speech),
        "end": dates.full(remark.ends_on, speech) if remark.ends_on else speech.say("dates.today"),
        "before": _regime(remark, "before"),
        "after": _regime(remark, "after"),
        "status": code_list("residence_status").short(facts.get("status", "")),
        "applied": _day(facts, "applied_on", speech),
        "until": _day(facts, "valid_until", speech),
        "planned": _planned(remark, speech),
        "verdict": pair.why if pair else "",
        "pair_source": pair.source if pair else "",
    }


def _planned(remark: Remark, speech: Speech) -> str:
    if "planned_on" not in remark.facts:
        return ""
    day = _day(remark.facts, "planned_on", speech)
    return speech.say("remarks.expected", regime=_regime(remark, "after"), day=day)


def _regime(remark: Remark, name: str) -> str:
    return code_list(_LISTS[remark.lane or "benefit"]).short(remark.facts.get(name, ""))


def _pair(remark: Remark) -> Pair | None:
    both = frozenset({remark.facts.get("before", ""), remark.facts.get("after", "")})
    pairs = (
        pair
        for pair in book().pairs
        if any(frozenset({one, other}) == both for one in pair.one for other in pair.other)
    )
    return next(pairs, None)


def _day(facts: Mapping[str, str], name: str, speech: Speech) -> str:
    return dates.full(date.fromisoformat(facts[name]), speech) if name in facts else ""
