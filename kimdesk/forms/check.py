"""Whether a form definition makes sense beyond its shape: names, references, conditions."""

import re
from collections.abc import Iterable, Iterator

from kimdesk.catalogue.codes import code_list
from kimdesk.domain.errors import ContentError
from kimdesk.forms.definition import Condition, Field, FieldType, FormDefinition, Repeat, Section
from kimdesk.forms.records import RECORDS
from kimdesk.forms.values import LIST_LIMIT

_ID = re.compile(r"[a-z][a-z0-9_]*")
_CHOOSING = {FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE}
_RECORD = {FieldType.RECORDS, FieldType.LINK, FieldType.LINKS}
_BOUNDED = {FieldType.INTEGER, FieldType.RECORDS}


def complaints(definition: FormDefinition) -> Iterator[str]:
    """Yield, per fault of ``definition``, the place in it (never German: it is read by authors)."""
    if bool(definition.phase) == bool(definition.record):
        yield "neither phase nor record, or both"
    if definition.record and definition.record not in RECORDS:
        yield f"record {definition.record}"
    if not definition.title.strip() or not definition.sections:
        yield "title or section"
    yield from _ids("section", [section.id for section in definition.sections])
    for number, section in enumerate(definition.sections):
        yield from _section(section, definition.sections[:number])


def _ids(place: str, ids: list[str]) -> Iterator[str]:
    yield from (f"{place}: id {found}" for found in ids if not _ID.fullmatch(found))
    if len(set(ids)) != len(ids):
        yield f"{place}: double id"


def _section(section: Section, earlier: tuple[Section, ...]) -> Iterator[str]:
    if not section.title.strip() or not section.fields:
        yield f"{section.id}: title or field"
    if (section.repeat is Repeat.EACH) != bool(section.over):
        yield f"{section.id}: over"
    if section.over:
        yield from _code_list(section.over, section.id)
    if (section.repeat is Repeat.LIST) != bool(section.entry):
        yield f"{section.id}: entry"
    bounds = 0 <= section.min <= section.max <= LIST_LIMIT
    if not bounds or (section.min and (section.visible_when or not section.entry)):
        yield f"{section.id}: min or max"
    own = [section.over] if section.over else []
    yield from _ids(section.id, [field.id for field in section.fields] + own)
    plain_sections = [one for one in earlier if one.repeat is Repeat.ONCE]
    plain = {f"{one.id}.{field.id}": field for one in plain_sections for field in one.fields}
    if section.visible_when:
        yield from _condition(section.visible_when, plain, section.id)
    for number, field in enumerate(section.fields):
        here = {one.id: one for one in section.fields[:number]}
        yield from _field(field, section, {**plain, **here})


def _field(field: Field, section: Section, known: dict[str, Field]) -> Iterator[str]:
    place = f"{section.id}.{field.id}"
    if not field.label.strip():
        yield f"{place}: label"
    if (field.type in _CHOOSING) != bool(field.choices):
        yield f"{place}: choices"
    if (field.type in _RECORD) != bool(field.record) or (field.record and field.record not in RECORDS):
        yield f"{place}: record"
    if field.type is FieldType.RECORDS and section.repeat is not Repeat.ONCE:
        yield f"{place}: records in a repeated section"
    if field.type not in _BOUNDED and (field.min, field.max) != (None, None):
        yield f"{place}: min or max"
    yield from _choices(field, known, place)
    if field.visible_when:
        yield from _condition(field.visible_when, known, place, section.over)


def _choices(field: Field, known: dict[str, Field], place: str) -> Iterator[str]:
    by = field.choices_by
    if field.choices:
        yield from _code_list(field.choices, place, numeric=field.type is FieldType.SCALE)
    if by and (field.type is not FieldType.CHOICE or by.field not in known):
        yield f"{place}: choices_by"
    elif by:
        yield from _codes(by.lists, known[by.field].choices, place)
        for name in by.lists.values():
            yield from _code_list(name, place)


def _condition(condition: Condition, known: dict[str, Field], place: str, over: str = "") -> Iterator[str]:
    if bool(condition.among) == (condition.answered is not None):
        yield f"{place}: visible_when needs either in or answered"
    if over and condition.field == over:
        yield from _codes(condition.among, over, place)
    elif condition.field not in known:
        yield f"{place}: visible_when refers to {condition.field}"
    else:
        yield from _among(condition, known[condition.field], place)


def _among(condition: Condition, field: Field, place: str) -> Iterator[str]:
    wanted = {FieldType.BOOLEAN: bool, FieldType.INTEGER: int, FieldType.SCALE: int}.get(field.type, str)
    if any(type(value) is not wanted for value in condition.among):
        yield f"{place}: visible_when in"
    elif field.choices:
        yield from _codes([str(value) for value in condition.among], field.choices, place)


def _codes(codes: Iterable[object], name: str, place: str) -> Iterator[str]:
    yield from (f"{place}: code {code}" for code in codes if not name or code not in code_list(name))


def _code_list(name: str, place: str, numeric: bool = False) -> Iterator[str]:
    try:
        found = code_list(name)
    except ContentError:
        yield f"{place}: code list {name}"
        return
    if numeric and not all(re.fullmatch(r"-?\d", code.code) for code in found.codes):
        yield f"{place}: scale {name}"
