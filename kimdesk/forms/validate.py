"""What is wrong with a set of answers, by codes; ``kimdesk.texts.problems`` has the sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kimdesk.forms.answers import FormEntry, entries
from kimdesk.forms.definition import Field, FormDefinition, Repeat, Section
from kimdesk.forms.plausible import contradictions
from kimdesk.forms.progress import is_filled, is_wanted
from kimdesk.forms.values import OUT_OF_RANGE, UNKNOWN_CODE, UNKNOWN_FIELD, WRONG_TYPE, fault

MISSING = "E701"
TOO_FEW = "E706"
GAPS = frozenset({MISSING, TOO_FEW})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. ``path`` finds the field, ``label`` names it, ``kind`` is its type.

    ``task`` is the phrase of the form that says what is to be done about a gap, "" where it has none.

    Codes: E701 missing, E702 wrong type, E703 unknown code, E704 out of range, E705 unknown field,
    E706 too few entries, E709 a day before the one it follows, E716 a paragraph that does not fit.
    Nothing in a problem repeats an answer.
    """

    path: str
    code: str
    label: str
    kind: str = "other"  # forms.definition.FieldType, or other for what is no field
    task: str = ""
    other: str = ""  # the label of the field that the answer contradicts


def problems(
    definition: FormDefinition,
    answers: object,
    *,
    counts: Mapping[str, int] | None = None,
    complete: bool = False,
) -> tuple[Problem, ...]:
    """Return what is wrong with ``answers``, in the order of the form; never raises for any JSON value.

    A draft (``complete=False``) may have gaps but no wrong value. A complete form also needs its
    required fields and at least the minimum of entries and of typed records; ``counts`` says how many
    records the case has, by record name.
    """
    read = tuple(entries(definition, answers))
    found = [*misshapen(definition, answers)]
    for entry in read:
        found += faults_of(definition, entry)
        if complete:
            found += gaps_of(entry, counts or {})
    if complete:
        found += too_few(definition, read)
    return in_order(definition, found)


def in_order(definition: FormDefinition, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return ``found`` in the order of the sections; what belongs to none comes first."""
    rank = {section.id: number for number, section in enumerate(definition.sections)}
    return tuple(sorted(found, key=lambda one: rank.get(one.path.partition(".")[0], -1)))


def misshapen(definition: FormDefinition, answers: object) -> Iterator[Problem]:
    """Yield what has not the shape of answers to the form."""
    if not isinstance(answers, Mapping):
        yield Problem("", WRONG_TYPE, definition.title)
        return
    if not answers.keys() <= {section.id for section in definition.sections}:
        yield Problem("", UNKNOWN_FIELD, definition.title)
    for section in definition.sections:
        yield from _section_shape(definition, section, answers.get(section.id))


def _section_shape(definition: FormDefinition, section: Section, given: object) -> Iterator[Problem]:
    if given is None:
        return
    if not isinstance(given, list | tuple if section.repeat is Repeat.LIST else Mapping):
        yield Problem(section.id, WRONG_TYPE, section.title)
    elif section.repeat is Repeat.LIST and len(given) > section.max:
        yield Problem(section.id, OUT_OF_RANGE, section.title)
    elif section.repeat is not Repeat.ONCE:
        yield from _entry_shapes(definition, section, given)


def _entry_shapes(definition: FormDefinition, section: Section, given: Any) -> Iterator[Problem]:
    rounds = given.values() if isinstance(given, Mapping) else given
    if not all(entry is None or isinstance(entry, Mapping) for entry in rounds):
        yield Problem(section.id, WRONG_TYPE, section.title)
    if isinstance(given, Mapping) and any(key not in definition.codes(section.over) for key in given):
        yield Problem(section.id, UNKNOWN_CODE, section.title)


def faults_of(definition: FormDefinition, entry: FormEntry) -> Iterator[Problem]:
    """Yield the wrong values of one entry."""
    known = {field.id for field in entry.section.fields}
    if not entry.answers.keys() <= known:
        yield Problem(entry.path, UNKNOWN_FIELD, entry.section.title)
    for field in entry.section.fields:
        value = entry.answers.get(field.id)
        if value not in (None, "") and (code := fault(definition, field, value, entry.answers)):
            yield _field_problem(entry, field, code)
    for field, code, other in contradictions(entry):
        label = next((one.label for one in entry.section.fields if one.id == other), "")
        yield replace(_field_problem(entry, field, code), other=label)


def gaps_of(entry: FormEntry, counts: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what a complete form still needs in one entry."""
    if entry.section.repeat is Repeat.LIST and not entry.given:
        return
    for field in entry.fields:
        if is_wanted(field) and not is_filled(field, entry, counts):
            yield _field_problem(entry, field, TOO_FEW if field.record else MISSING)


def too_few(definition: FormDefinition, read: Iterable[FormEntry]) -> Iterator[Problem]:
    """Yield the lists that have fewer entries than a complete form needs."""
    short = [section for section in definition.sections if section.repeat is Repeat.LIST and section.min]
    filled = [entry.section.id for entry in read if entry.given] if short else []
    for section in short:
        if filled.count(section.id) < section.min:
            yield Problem(section.id, TOO_FEW, section.title, task=section.task)


def _field_problem(entry: FormEntry, field: Field, code: str) -> Problem:
    name, task = field.label, field.task if code in GAPS else ""
    if entry.section.repeat is Repeat.EACH:
        name, task = f"{name} ({entry.label})", task and f"{entry.label}: {task}"
    return Problem(f"{entry.path}.{field.id}", code, name, field.type.value, task)
