"""What of one record leaves: the one path that the preview shows and the export writes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import PhaseEntry, Record
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync import answers, code_values
from kimdesk.sync.policy import COARSENING, SILENT, FieldRule, Treatment, policy
from kimdesk.sync.scope import Terms
from kimdesk.sync.treatment import Tools, treat

RENAMED: Final[Mapping[Treatment, str]] = {Treatment.AGE_BAND: "age_band"}
"""Members of a row that are not the field they come from."""


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

    ``household``: it is about a person who is not the client. ``category``: it is data of that special
    category. ``elsewhere``: it is a consent for somebody else than the Kreis.
    """

    household: bool = False
    category: str | None = None
    elsewhere: bool = False


PLAIN: Final = Circumstances()


@cache
def plan(kind: str, terms: Terms, about: Circumstances) -> tuple[FieldStep, ...]:
    """Return the steps for records of ``kind`` under ``terms``; what the policy does not name has none."""
    rule = policy().record[kind]
    refusal = _refusal(rule.kind, terms, about)
    household = about.household and kind == "person"
    return tuple(_step(name, field, terms, refusal, household) for name, field in rule.field.items())


def _refusal(kind: str, terms: Terms, about: Circumstances) -> str:
    """Return why a whole record stays, "" when it leaves."""
    if terms.level is SharingLevel.STATISTICS:
        return terms.why
    if about.elsewhere:
        return "unneeded"
    own = "" if about.household and kind == "person" else kind
    if not terms.covers(own) or (about.household and not terms.covers("household")):
        return "no_kind"
    return "" if terms.allows(about.category) else "special"


def _step(name: str, rule: FieldRule, terms: Terms, refusal: str, household: bool) -> FieldStep:
    treatment = rule.treatment(terms.level, household=household)
    group = rule.coarse_group if treatment in COARSENING and rule.coarse_group else rule.group
    why = refusal
    if not why and rule.address and terms.hidden_address:
        why = "rule"
    if not why and not terms.covers(rule.kind or ""):
        why = "no_kind"
    pseudonymised = terms.level is SharingLevel.PSEUDONYMISED
    only_codes = pseudonymised and treatment is Treatment.KEEP and bool(rule.codes)
    if why:
        return FieldStep(name, Treatment.DROP, rule.group, why, rule.codes, only_codes)
    return FieldStep(name, treatment, group, rule.why, rule.codes, only_codes)


@cache
def leaving(kind: str, terms: Terms, about: Circumstances) -> tuple[FieldStep, ...]:
    """Return the steps that put something into the bundle; none when the identity stays here."""
    found = tuple(step for step in plan(kind, terms, about) if step.treatment not in SILENT)
    return found if any(step.name == "id" for step in found) else ()


def parts(steps: Iterable[FieldStep], record: Record, terms: Terms, tools: Tools) -> Iterator[Part]:
    """Yield what ``steps`` do to those fields of ``record`` that have a value."""
    for step in steps:
        value = getattr(record, step.name)
        if is_empty(value):
            continue
        if step.treatment is Treatment.ANSWERS and isinstance(record, PhaseEntry):
            yield from _answers(step, record, terms, tools)
        else:
            yield Part(step, value, _out(step, value, tools))


def row_of(found: Iterator[Part]) -> dict[str, Any]:
    """Return the row that leaves: the parts that leave, by member."""
    return {part.step.member: part.out for part in found if part.out is not None}


def is_empty(value: Any) -> bool:
    """Return whether ``value`` says nothing: None, False, "", no entries. Zero says something."""
    return not value and (value is False or not isinstance(value, int))


def _out(step: FieldStep, value: Any, tools: Tools) -> Any:
    if step.only_codes:
        return _codes_only(tools.catalogue, step.codes, value)
    return treat(step.treatment, value, tools)


def _codes_only(catalogue: Catalogue, codes: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [code for code in value if code_values.label(catalogue, codes, code)] or None
    return value if code_values.label(catalogue, codes, str(value)) else None


def _answers(step: FieldStep, record: PhaseEntry, terms: Terms, tools: Tools) -> Iterator[Part]:
    found = answers.select(tools.catalogue, record, terms, policy())
    if found.leaving:
        yield Part(step, found.leaving, found.leaving, found.count)
    for why, count in found.staying.items():
        group = "health" if why == "special" else step.group
        stays = FieldStep(step.name, Treatment.DROP, group, why, "", only_codes=False)
        yield Part(stays, None, None, count)
