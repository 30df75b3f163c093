"""The German words of a date or step: from its rule and facts to a title and a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import msgspec

import resources
from kimdesk.catalogue.codes import label
from kimdesk.catalogue.services import service
from kimdesk.domain.agenda.next_step import Window
from kimdesk.domain.errors import ContentError

_PATH = "rules/next_steps.toml"
_LATER = 1  # the rank of what is worth a look but has no date of its own

Group = Literal["date", "unanswered", "quiet", "appointment", "phase"]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule as it stands in ``resources/rules/next_steps.toml``."""

    title: str
    reason: str
    group: Group
    lead: int
    icon: str
    action: str
    source: str
    linger: int | None = None
    bare: str = ""  # the title when the record has no words of its own

    @property
    def window(self) -> Window:
        """Return when steps of this rule are shown."""
        return Window(self.lead, self.linger, _LATER if self.group == "quiet" else 0)


@dataclass(frozen=True, slots=True)
class Words:
    """A step in German."""

    title: str
    reason: str


@cache
def rules() -> dict[str, Rule]:
    """Return all rules by their code."""
    return msgspec.convert(resources.read_toml(_PATH)["rule"], dict[str, Rule])


@cache
def windows() -> dict[str, Window]:
    """Return when the steps of each rule are shown."""
    return {code: rule.window for code, rule in rules().items()}


def words(code: str, due_on: date | None, facts: Mapping[str, str]) -> Words:
    """Return what to do and why, in German, for a date or step of the rule ``code``."""
    rule = rules()[code]
    known = {**facts, **_spoken(facts), "due": german(due_on) if due_on else ""}
    bare = rule.bare and not facts.get("title")
    own_reason = facts.get("reason", "").strip()
    return Words(
        (rule.bare if bare else rule.title).format_map(known), own_reason or rule.reason.format_map(known)
    )


def german(day: date) -> str:
    """Return ``TT.MM.JJJJ``."""
    return f"{day:%d.%m.%Y}"


def service_name(code: str) -> str:
    """Return the name of a service; a code the catalogue no longer has is shown as it is."""
    try:
        return service(code).name
    except ContentError:
        return code


def _spoken(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that are codes or dates in words."""
    found = {name: _day(value) for name, value in facts.items() if name.endswith("_on")}
    for name, speak in _SPEAKERS.items():
        if name in facts:
            found[name] = speak(facts)
    if "starts_on" in facts:
        found["month"] = _month(facts)
    return found


def _day(text: str) -> str:
    return german(date.fromisoformat(text)) if text else "–"


def _month(facts: Mapping[str, str]) -> str:
    return german(date.fromisoformat(facts["starts_on"]).replace(day=1))


def _item(facts: Mapping[str, str]) -> str:
    try:
        found = service(facts["service"], int(facts["version"])).item(facts["item"])
    except ContentError:
        found = None
    return found.label if found else facts["item"]


_LISTS = {"health_insurance": "insurance", "course": "course", "school": "school", "work": "work"}
_SPEAKERS = {
    "recipient": lambda facts: facts["recipient_name"] or service_name(facts["recipient"]),
    "service": lambda facts: facts["agency"] or service_name(facts["service"]),
    "regime": lambda facts: label(_LISTS.get(facts.get("lane", ""), "legal_regime"), facts["regime"]),
    "to_regime": lambda facts: label("legal_regime", facts["to_regime"]),
    "status": lambda facts: label("residence_status", facts["status"]),
    "phase": lambda facts: label("phase", facts["phase"]),
    "item": _item,
}
