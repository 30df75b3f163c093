"""What a rule on gaps, overlaps and papers says about people, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.regime_rules import RegimeRule
from kimdesk.domain.remark import Remark
from kimdesk.domain.sentences import filled
from kimdesk.texts import dates
from kimdesk.texts.bidi import apart
from kimdesk.texts.speech import GERMAN, Speech

_LISTS = {
    "benefit": "legal_regime",
    "health_insurance": "insurance",
    "course": "course",
    "school": "school",
    "work": "work",
}


@dataclass(frozen=True, slots=True)
class ToldRemark:
    """A remark in words. ``standing`` is „Stand …“, „ungeprüft“ or „geplant, unbestätigt“."""

    tone: str
    title: str
    sentence: str
    advice: str
    source: str
    standing: str


def tell(
    catalogue: Catalogue, remark: Remark, today: date, people: Sequence[str], speech: Speech = GERMAN
) -> ToldRemark | None:
    """Return ``remark`` in words for ``people``, None when its rule does not hold on ``today``."""
    found = catalogue.rules.regimes.rule(remark.rule, today)
    if not found.holds(today):
        return None
    facts = _facts(catalogue, remark, today, people, speech)
    text = found.open if found.open and remark.ends_on is None else found.sentence
    return ToldRemark(
        found.tone,
        filled(found.title, facts),
        filled(text, facts),
        found.advice,
        filled(found.source, facts),
        _standing(catalogue, found, speech),
    )


def _standing(catalogue: Catalogue, found: RegimeRule, speech: Speech) -> str:
    if found.planned:
        return speech.say("remarks.planned")
    state = catalogue.rules.regimes.state
    return speech.say("remarks.checked" if found.checked else "remarks.unchecked", day=state)


def _facts(
    catalogue: Catalogue, remark: Remark, today: date, people: Sequence[str], speech: Speech
) -> dict[str, str]:
    facts, days = remark.facts, remark.days(today)
    pair = catalogue.rules.regimes.pair(facts.get("before", ""), facts.get("after", ""))
    return {
        "people": apart(", ").join(people),
        "days": speech.say("dates.days", n=days),
        "days_dative": speech.say("dates.days_dative", n=days),
        "start": dates.full(remark.starts_on, speech),
        "end": dates.full(remark.ends_on, speech) if remark.ends_on else speech.say("dates.today"),
        "before": _regime(catalogue, remark, "before"),
        "after": _regime(catalogue, remark, "after"),
        "status": catalogue.code_list("residence_status").short(facts.get("status", "")),
        "paragraph": facts.get("paragraph", ""),
        "applied": _day(facts, "applied_on", speech),
        "until": _day(facts, "valid_until", speech),
        "planned": _planned(catalogue, remark, speech),
        "verdict": pair.why if pair else "",
        "pair_source": pair.source if pair else "",
    }


def _planned(catalogue: Catalogue, remark: Remark, speech: Speech) -> str:
    if "planned_on" not in remark.facts:
        return ""
    day = _day(remark.facts, "planned_on", speech)
    return speech.say("remarks.expected", regime=_regime(catalogue, remark, "after"), day=day)


def _regime(catalogue: Catalogue, remark: Remark, name: str) -> str:
    return catalogue.code_list(_LISTS[remark.lane or "benefit"]).short(remark.facts.get(name, ""))


def _day(facts: Mapping[str, str], name: str, speech: Speech) -> str:
    return dates.full(date.fromisoformat(facts[name]), speech) if name in facts else ""
