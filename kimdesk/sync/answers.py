"""Which answers of a phase leave: by the allow-list of its form, only those that count, only valid ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import SharingLevel
from kimdesk.forms.answers import FormEntry, effective, entries
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat
from kimdesk.forms.values import fault
from kimdesk.sync.policy import AnswerRule, Policy
from kimdesk.sync.scope import Terms

CODES: Final = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE, FieldType.BOOLEAN})
"""The only types of answers that leave pseudonymised."""
_DOMAIN: Final = "life_domain"
_GROUP: Final = "answers"


@dataclass(slots=True)
class Selection:
    """The answers that leave, as the form nests them; how many; and how many stay, by reason."""

    leaving: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    staying: dict[str, int] = field(default_factory=dict)

    def stay(self, why: str, number: int = 1) -> None:
        """Count ``number`` answers that stay because of ``why``."""
        self.staying[why] = self.staying.get(why, 0) + number


def select(catalogue: Catalogue, entry: PhaseEntry, terms: Terms, policy: Policy) -> Selection:
    """Return which answers of ``entry`` leave. An unknown form or version lets nothing out."""
    found = Selection()
    rule = policy.answers.get(entry.form)
    definition = _definition(catalogue, entry)
    if rule is None or definition is None:
        found.stay("unknown", len(entry.answers))
    elif why := terms.refusal((rule.kind,), _GROUP):
        found.stay(why, sum(len(each.given) for each in entries(definition, entry.answers)))
    else:
        _select(_Gate(definition, rule, terms, policy), entry.answers, found)
    return found


def _definition(catalogue: Catalogue, entry: PhaseEntry) -> FormDefinition | None:
    try:
        return catalogue.form(entry.form, entry.version or None)
    except ContentError:
        return None


@dataclass(frozen=True, slots=True)
class _Gate:
    definition: FormDefinition
    rule: AnswerRule
    terms: Terms
    policy: Policy

    def why_not(self, entry: FormEntry, asked: Field, value: Any) -> str:
        """Return the reason why an answer stays, "" when it leaves."""
        repeated = entry.section.repeat is not Repeat.ONCE
        path = f"{entry.section.id}.*.{asked.id}" if repeated else f"{entry.section.id}.{asked.id}"
        if path not in self.rule.paths(self.terms.level):
            return "pseudonym" if path in self.rule.identified else "minimisation"
        if self.terms.shielded and not (path in self.rule.pseudonymised and asked.type in CODES):
            return "shielded"
        if self.terms.level is SharingLevel.PSEUDONYMISED and asked.type not in CODES:
            return "pseudonym"
        if fault(self.definition, asked, value, entry.answers):
            return "unknown"
        needed = {each for each in (self.rule.special.get(path), *self._domains(entry)) if each}
        return self.terms.refusal((self.rule.kind,), _GROUP, needed)

    def _domains(self, entry: FormEntry) -> Iterator[str | None]:
        sensitive = self.policy.special[_DOMAIN]
        if entry.section.over == _DOMAIN:
            yield sensitive.get(entry.key)
        for asked in entry.fields:
            if asked.choices == _DOMAIN:
                given = entry.answers.get(asked.id)
                codes = given if isinstance(given, list | tuple) else [given]
                yield from (sensitive.get(code) for code in codes if isinstance(code, str))


def _select(gate: _Gate, answers: Mapping[str, Any], found: Selection) -> None:
    counted = effective(gate.definition, answers)
    for entry in entries(gate.definition, counted):
        leaving = {}
        given = entry.given
        for asked in entry.fields if given else ():
            if asked.id in given:
                if why := gate.why_not(entry, asked, given[asked.id]):
                    found.stay(why)
                else:
                    leaving[asked.id] = given[asked.id]
        if leaving:
            found.count += len(leaving)
            _nest(found.leaving, entry, leaving)


def _nest(into: dict[str, Any], entry: FormEntry, leaving: dict[str, Any]) -> None:
    if entry.section.repeat is Repeat.ONCE:
        into[entry.section.id] = leaving
    elif entry.section.repeat is Repeat.LIST:
        into.setdefault(entry.section.id, []).append(leaving)
    else:
        into.setdefault(entry.section.id, {})[entry.key] = leaving
