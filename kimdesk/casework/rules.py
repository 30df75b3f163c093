"""The German words of a date or step: from its rule and facts to a title and a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError


@dataclass(frozen=True, slots=True)
class Words:
    """A step in German."""

    title: str
    reason: str


def words(catalogue: Catalogue, code: str, due_on: date | None, facts: Mapping[str, str]) -> Words:
    """Return what to do and why, in German, for a date or step of the rule ``code``."""
    rule = catalogue.rules.steps[code]
    known = {**facts, **_spoken(catalogue, facts), "due": german(due_on) if due_on else ""}
    bare = rule.bare and not facts.get("title")
    own_reason = facts.get("reason", "").strip()
    return Words(
        (rule.bare if bare else rule.title).format_map(known), own_reason or rule.reason.format_map(known)
    )


def german(day: date) -> str:
    """Return ``TT.MM.JJJJ``."""
    return f"{day:%d.%m.%Y}"


def _spoken(catalogue: Catalogue, facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that are codes or dates in words."""
    found = {name: _day(value) for name, value in facts.items() if name.endswith("_on")}
    for name, speak in _SPEAKERS.items():
        if name in facts:
            found[name] = speak(catalogue, facts)
    if "starts_on" in facts:
        found["month"] = _month(facts)
    if "span" in facts:
        count, _, unit = facts["span"].partition(" ")
        found["span"] = f"{count}\u00a0{_UNITS[unit]}"
    return found


def _day(text: str) -> str:
    return german(date.fromisoformat(text)) if text else "–"


def _month(facts: Mapping[str, str]) -> str:
    return german(date.fromisoformat(facts["starts_on"]).replace(day=1))


def _item(catalogue: Catalogue, facts: Mapping[str, str]) -> str:
    try:
        found = catalogue.service(facts["service"], int(facts["version"])).item(facts["item"])
    except ContentError:
        found = None
    return found.label if found else facts["item"]


_UNITS = {"days": "Tagen", "weeks": "Wochen", "months": "Monaten", "years": "Jahren"}
_LISTS = {"health_insurance": "insurance", "course": "course", "school": "school", "work": "work"}
_SPEAKERS = {
    "recipient": lambda known, facts: facts["recipient_name"] or known.service_name(facts["recipient"]),
    "service": lambda known, facts: facts["agency"] or known.service_name(facts["service"]),
    "regime": lambda known, facts: known.label(
        _LISTS.get(facts.get("lane", ""), "legal_regime"), facts["regime"]
    ),
    "to_regime": lambda known, facts: known.label("legal_regime", facts["to_regime"]),
    "status": lambda known, facts: known.label("residence_status", facts["status"]),
    "phase": lambda known, facts: known.label("phase", facts["phase"]),
    "item": _item,
}
