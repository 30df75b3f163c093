"""Which answers of a phase leave: by the allow-list of its form, only those that count, only valid ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import SharingLevel
from kimdesk.forms.answers import FormEntry, entries
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat, Section
from kimdesk.forms.values import fault
from kimdesk.sync.leaving.allow_list import AnswerRule, Policy
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.scope import Terms

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


class JudgedAnswer(NamedTuple):
    """One answer: where it stands, what was asked, and why it stays, "" when it leaves."""

    entry: FormEntry
    asked: Field
    value: Any
    why: str


class AnswerGates:
    """Which answers leave under the same terms, whatever the form; an unknown one lets nothing out."""

    def __init__(self, catalogue: Catalogue, terms: Terms, policy: Policy) -> None:
        self._catalogue = catalogue
        self._terms = terms
        self._policy = policy
        self._gates: dict[tuple[str, int], _Gate | None] = {}

    def select(self, entry: PhaseEntry) -> Selection:
        """Return which answers of ``entry`` leave."""
        found = Selection()
        gate = self._gate(entry.form, entry.version)
        if gate is None:
            found.stay("unknown", len(entry.answers))
        elif gate.closed:
            given = (len(each.given) for each in entries(gate.definition, entry.answers))
            found.stay(gate.closed, sum(given))
        else:
            _select(gate, entry.answers, found)
        return found

    def judged(self, entry: PhaseEntry) -> Iterator[JudgedAnswer]:
        """Yield each answer of ``entry`` that counts, and why it stays; none of a form nobody knows here."""
        gate = self._gate(entry.form, entry.version)
        for each in entries(gate.definition, entry.answers, blank=False) if gate else ():
            given = each.given
            domains = gate.domains(each, given) if gate else frozenset()
            for asked in each.section.fields:
                if gate and asked.id in given:
                    why = gate.closed or gate.why_not(each.section, asked, given, domains)
                    yield JudgedAnswer(each, asked, given[asked.id], why)

    def lets_out(self, form: str, version: int) -> bool:
        """Return whether any answer to a form can leave."""
        gate = self._gate(form, version)
        return gate is not None and not gate.closed

    def _gate(self, form: str, version: int) -> "_Gate | None":
        if (form, version) not in self._gates:
            self._gates[form, version] = self._made(form, version)
        return self._gates[form, version]

    def _made(self, form: str, version: int) -> "_Gate | None":
        rule = self._policy.answers.get(form)
        try:
            definition = self._catalogue.form(form, version or None)
        except ContentError:
            return None
        return _Gate(definition, rule, self._terms, self._policy) if rule else None


class _Gate:
    """Which answers to one form leave; ``closed``: why none of them does, or ""."""

    def __init__(self, definition: FormDefinition, rule: AnswerRule, terms: Terms, policy: Policy) -> None:
        self.definition = definition
        self.closed = terms.refusal((rule.kind,), _GROUP)
        self._rule = rule
        self._terms = terms
        self._sensitive = policy.special[_DOMAIN]
        self._settled: dict[tuple[str, str], str] = {}
        self._refusals: dict[frozenset[str], str] = {}

    def why_not(
        self, section: Section, asked: Field, given: Mapping[str, Any], domains: frozenset[str]
    ) -> str:
        """Return the reason why an answer stays, "" when it leaves.

        ``given``: all that count beside it; ``domains``: the special categories of what they are about.
        """
        place = section.id, asked.id
        if place not in self._settled:
            self._settled[place] = self._always(_path(section, asked), asked)
        if why := self._settled[place]:
            return why
        if fault(self.definition, asked, given[asked.id], given):
            return "unknown"
        special = self._rule.special.get(_path(section, asked))
        needed = domains | {special} if special else domains
        if needed not in self._refusals:
            self._refusals[needed] = self._terms.refusal((self._rule.kind,), _GROUP, needed)
        return self._refusals[needed]

    def _always(self, path: str, asked: Field) -> str:
        """Return why an answer stays whatever it is."""
        if path not in self._rule.paths(self._terms.level):
            return "pseudonym" if path in self._rule.identified else "minimisation"
        if self._terms.shielded and not (path in self._rule.pseudonymised and asked.type in CODES):
            return "shielded"
        if self._terms.level is SharingLevel.PSEUDONYMISED and asked.type not in CODES:
            return "pseudonym"
        return ""

    def domains(self, entry: FormEntry, given: Mapping[str, Any]) -> frozenset[str]:
        """Return the special categories of the life domains an entry is about."""
        return _domains(entry, given, self._sensitive)


def categories_of(entry: FormEntry, rule: AnswerRule | None) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each answer of an entry by its field, shown or not, with the special categories it belongs to."""
    about = _domains(entry, entry.answers, policy().special[_DOMAIN])
    special = rule.special if rule else {}
    for asked in entry.section.fields:
        if asked.id in entry.answers:
            own = special.get(_path(entry.section, asked))
            yield asked.id, about | {own} if own else about


def _domains(entry: FormEntry, given: Mapping[str, Any], sensitive: Mapping[str, str]) -> frozenset[str]:
    codes: list[Any] = [entry.key] if entry.section.over == _DOMAIN else []
    for asked in entry.section.fields:
        if asked.choices == _DOMAIN and asked.id in given:
            answer = given[asked.id]
            codes += answer if isinstance(answer, list | tuple) else [answer]
    named = (each for each in codes if isinstance(each, str))
    return frozenset(sensitive[each] for each in named if each in sensitive)


def _path(section: Section, asked: Field) -> str:
    return f"{section.id}.{asked.id}" if section.repeat is Repeat.ONCE else f"{section.id}.*.{asked.id}"


def _select(gate: _Gate, answers: Mapping[str, Any], found: Selection) -> None:
    for entry in entries(gate.definition, answers, blank=False):
        given = entry.given
        domains = gate.domains(entry, given)
        leaving = {}
        for asked in entry.section.fields:
            if asked.id in given:
                if why := gate.why_not(entry.section, asked, given, domains):
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
