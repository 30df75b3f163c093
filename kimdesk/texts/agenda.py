"""What is due or sensible next, in words: from its rule and facts to a title and a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE
from kimdesk.domain.errors import ContentError
from kimdesk.domain.sentences import filled
from kimdesk.texts import dates, screening
from kimdesk.texts.speech import GERMAN, Speech


@dataclass(frozen=True, slots=True)
class Words:
    """What to do, and why in one clause („weil …“)."""

    title: str
    reason: str


def words(catalogue: Catalogue, step: Due | NextStep, speech: Speech = GERMAN) -> Words:
    """Return what to do and why; the sentences of a rule are those of the catalogue."""
    rule, facts, due = catalogue.rules.steps[step.rule], step.facts, step.due_on
    known = {**facts, **_spoken(catalogue, facts, speech), "due": dates.full(due, speech) if due else ""}
    bare = rule.bare and not facts.get("title")
    own_reason = facts.get("reason", "").strip()
    return Words(filled(rule.bare if bare else rule.title, known), own_reason or filled(rule.reason, known))


def kept(catalogue: Catalogue, step: Due | NextStep, speech: Speech = GERMAN) -> Words:
    """Return the words with which a date becomes one of its own, which may leave the desk with others.

    Of what was screened neither rule nor light goes with it.
    """
    if step.kind == PERSPECTIVE:
        return Words(speech.say("perspective.plain_date"), "")
    return words(catalogue, step, speech)


def unchecked(catalogue: Catalogue, due: Due) -> str:
    """Return the source of the law behind a date that nobody compared it with yet, "" for all others."""
    rules = catalogue.rules
    if due.kind == PERSPECTIVE:
        right = next((one for one in rules.agenda.screening.rules if one.code == due.facts["right"]), None)
        return right.source if right and not right.checked else ""
    step = rules.steps[due.rule]
    deadline = due.facts.get("deadline") or step.deadline
    named = next((one for one in reversed(rules.deadlines.every) if one.code == deadline), None)
    if named and not named.checked:
        return named.source
    return step.source if step.unchecked else ""


def _spoken(catalogue: Catalogue, facts: Mapping[str, str], speech: Speech) -> dict[str, str]:
    """Return the facts that are codes or dates in words."""
    days = ((name, value) for name, value in facts.items() if name.endswith("_on"))
    found = {name: dates.of_iso(value, speech) if value else dates.NONE for name, value in days}
    for name, speak in _SPEAKERS.items():
        if name in facts:
            found[name] = speak(catalogue, facts)
    if "starts_on" in facts:
        found["month"] = dates.full(date.fromisoformat(facts["starts_on"]).replace(day=1), speech)
    if "span" in facts:
        count, _, unit = facts["span"].partition(" ")
        found["span"] = speech.say(f"dates.span_{unit}", n=int(count))
    return found


def _right(_: Catalogue, facts: Mapping[str, str]) -> str:
    return screening.rule(facts["right"])


def _item(catalogue: Catalogue, facts: Mapping[str, str]) -> str:
    try:
        found = catalogue.service(facts["service"], int(facts["version"])).item(facts["item"])
    except ContentError:
        found = None
    return found.label if found else facts["item"]


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
    "right": _right,
}
