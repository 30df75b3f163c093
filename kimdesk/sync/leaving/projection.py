"""What of one record leaves: the one path that the preview shows and the export writes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.domain.records import PhaseEntry, Record
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync.leaving import code_values
from kimdesk.sync.leaving.allow_list import COARSENING, RENAMED, SILENT, TECHNICAL, FieldRule, Treatment
from kimdesk.sync.leaving.answers import AnswerGates
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.scope import Terms
from kimdesk.sync.leaving.treatment import Tools, treat

_LEVELS: Final = tuple(SharingLevel)


@dataclass(frozen=True, slots=True)
class FieldStep:
    """What happens to one field under given terms, decided once for all records alike."""

    name: str
    treatment: Treatment
    group: str
    why: str
    codes: str
    only_codes: bool

    @property
    def member(self) -> str:
        """Return the member of the row the value leaves in."""
        return RENAMED.get(self.treatment, self.name)


class Part(NamedTuple):
    """One field of one record on its way: the value here, and what leaves of it (None: nothing)."""

    step: FieldStep
    value: Any
    out: Any
    number: int = 1

    @property
    def leaves(self) -> bool:
        """Return whether something of the value goes into the bundle."""
        return self.out is not None

    @property
    def coarsened(self) -> bool:
        """Return whether the value leaves only in a coarser form, or another field stands for it."""
        return self.step.treatment in COARSENING


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the fields of a record alone do not tell.

    ``household``: it is about a person who is not the client; ``own``: what that person agreed to, None where
    the client says it for them. ``category``: it is data of that special category. ``stays``: why the whole
    record stays, whatever was agreed to; a reason of the policy.
    """

    household: bool = False
    category: str | None = None
    stays: str = ""
    own: Terms | None = None

    @property
    def key(self) -> str:
        """Return what tells apart two circumstances under which the same record leaves differently."""
        return f"{int(self.household)}|{self.category or ''}|{self.stays}|{self.own.key if self.own else ''}"


PLAIN: Final = Circumstances()


@cache
def plan(kind: str, terms: Terms, about: Circumstances) -> tuple[FieldStep, ...]:
    """Return the steps for records of ``kind`` under ``terms``; what the policy does not name has none."""
    rule = policy().record[kind]
    gate = _Gate(kind, rule.kind, terms, about)
    return tuple(_step(name, field, gate) for name, field in rule.field.items())


@dataclass(frozen=True, slots=True)
class _Gate:
    """What holds a field of a record of one kind back."""

    record: str
    kind: str
    terms: Terms
    about: Circumstances

    @property
    def as_household(self) -> bool:
        """Return whether the record is a person who is not the client."""
        return self.about.household and self.record == "person"

    def refusal(self, rule: FieldRule, treatment: Treatment) -> str:
        """Return why a field stays though its treatment lets it out, "" when nothing holds it back."""
        terms, about = self.terms, self.about
        if terms.level is SharingLevel.STATISTICS:
            return terms.why
        if about.stays:
            return about.stays
        group = TECHNICAL if treatment is Treatment.DROP else rule.group
        categories = (about.category,) if about.category else ()
        own = {self.kind, rule.kind or ""}
        asked = own - {self.kind} if self.as_household else own
        why = terms.refusal(asked | ({"household"} if about.household else set()), group, categories)
        if why or about.own is None:
            return why
        less = _LEVELS.index(about.own.level) > _LEVELS.index(terms.level)
        return "own_consent" if less or about.own.refusal(own, group, categories) else ""


def _step(name: str, rule: FieldRule, gate: _Gate) -> FieldStep:
    terms = gate.terms
    treatment = rule.treatment(terms.level, household=gate.as_household)
    why = gate.refusal(rule, treatment)
    if not why and terms.shielded and treatment is not Treatment.DROP and rule.shielded == "drop":
        why = "rule" if rule.address else "shielded"
    if why:
        return FieldStep(name, Treatment.DROP, rule.group, why, rule.codes, only_codes=False)
    group = rule.coarse_group if treatment in COARSENING and rule.coarse_group else rule.group
    closed = terms.shielded or terms.level is SharingLevel.PSEUDONYMISED
    only_codes = closed and treatment is Treatment.KEEP and bool(rule.codes)
    return FieldStep(name, treatment, group, rule.why, rule.codes, only_codes)


@cache
def leaving(kind: str, terms: Terms, about: Circumstances) -> tuple[FieldStep, ...]:
    """Return the steps that put something into the bundle; none when nothing but identities would leave."""
    found = tuple(step for step in plan(kind, terms, about) if step.treatment not in SILENT)
    return found if any(step.group != TECHNICAL for step in found) else ()


def parts(steps: Iterable[FieldStep], record: Record, terms: Terms, tools: Tools) -> Iterator[Part]:
    """Yield what ``steps`` do to those fields of ``record`` that have a value."""
    for step in steps:
        value = getattr(record, step.name)
        if is_empty(value):
            continue
        if step.treatment is Treatment.ANSWERS and isinstance(record, PhaseEntry):
            yield from _answers(step, record, terms, catalogue_of(terms, tools))
        else:
            yield Part(step, value, out_of(step, terms, tools)(value))


def out_of(step: FieldStep, terms: Terms, tools: Tools) -> Callable[[Any], Any]:
    """Return the function from a value of the field to what leaves of it, None where nothing does."""

    def out(value: Any) -> Any:
        if is_empty(value):
            return None
        if step.only_codes:
            return _codes_only(catalogue_of(terms, tools), step.codes, value)
        return treat(step.treatment, value, tools)

    return out


def catalogue_of(terms: Terms, tools: Tools) -> Catalogue:
    """Return the catalogue whose codes may leave: of a shielded case only those that everybody has."""
    return SHIPPED if terms.shielded else tools.catalogue


def is_empty(value: Any) -> bool:
    """Return whether ``value`` says nothing: None, False, "", no entries. Zero says something."""
    return not value and (value is False or not isinstance(value, int))


def _codes_only(catalogue: Catalogue, codes: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [code for code in value if code_values.label(catalogue, codes, code)] or None
    return value if code_values.label(catalogue, codes, str(value)) else None


def _answers(step: FieldStep, record: PhaseEntry, terms: Terms, catalogue: Catalogue) -> Iterator[Part]:
    found = AnswerGates(catalogue, terms, policy()).select(record)
    if found.leaving:
        yield Part(step, found.leaving, found.leaving, found.count)
    for why, count in found.staying.items():
        group = "health" if why == "special" else step.group
        stays = FieldStep(step.name, Treatment.DROP, group, why, "", only_codes=False)
        yield Part(stays, None, None, count)
