"""Whether a form definition makes sense beyond its shape: names, references, conditions."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import Condition, Field, FieldType, Fits, FormSheet, Repeat, Section
from kimdesk.forms.facts import FACTS
from kimdesk.forms.records import RECORDS
from kimdesk.forms.values import LIST_LIMIT

_ID = re.compile(r"[a-z][a-z0-9_]*")
_CHOOSING = {FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE}
_RECORD = {FieldType.RECORDS, FieldType.LINK, FieldType.LINKS}
_BOUNDED = {FieldType.INTEGER, FieldType.RECORDS}
_BUILT_IN = {
    FieldType.LANGUAGES: ("language", "language_level"),
    FieldType.STEPS: ("step_owner",),
    FieldType.TRANSLATIONS: ("language",),
    FieldType.RECORDS: ("record_kind",),
}

Lists = Mapping[str, CodeList]


def lists_named(sheet: FormSheet) -> frozenset[str]:
    """Return the names of all code lists that ``sheet`` chooses from or repeats over."""
    fields = [field for section in sheet.sections for field in section.fields]
    return frozenset(
        {
            *(section.over for section in sheet.sections if section.over),
            *(field.choices for field in fields if field.choices),
            *(name for field in fields if field.choices_by for name in field.choices_by.lists.values()),
            *(name for field in fields for name in _BUILT_IN.get(field.type, ())),
        }
    )


def complaints(sheet: FormSheet, lists: Lists) -> Iterator[str]:
    """Yield, per fault of ``sheet``, the place in it (never German: it is read by authors).

    ``lists`` are those of the code lists it names that exist.
    """
    if bool(sheet.phase) == bool(sheet.record):
        yield "neither phase nor record, or both"
    if sheet.record and sheet.record not in RECORDS:
        yield f"record {sheet.record}"
    if not sheet.title.strip() or not sheet.sections:
        yield "title or section"
    yield from (f"code list {name}" for name in sorted(lists_named(sheet) - lists.keys()))
    yield from _ids("section", [section.id for section in sheet.sections])
    for number, section in enumerate(sheet.sections):
        yield from _section(section, sheet.sections[:number], lists)


def _ids(place: str, ids: list[str]) -> Iterator[str]:
    yield from (f"{place}: id {found}" for found in ids if not _ID.fullmatch(found))
    if len(set(ids)) != len(ids):
        yield f"{place}: double id"


def _section(section: Section, earlier: tuple[Section, ...], lists: Lists) -> Iterator[str]:
    if not section.title.strip() or not section.fields:
        yield f"{section.id}: title or field"
    if (section.repeat is Repeat.EACH) != bool(section.over):
        yield f"{section.id}: over"
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
        yield from _condition(section.visible_when, plain, lists, section.id)
    for number, field in enumerate(section.fields):
        here = {one.id: one for one in section.fields[:number]}
        yield from _field(field, section, {**plain, **here}, lists)


def _field(field: Field, section: Section, known: dict[str, Field], lists: Lists) -> Iterator[str]:
    place = f"{section.id}.{field.id}"
    if not field.label.strip():
        yield f"{place}: label"
    if (field.type in _CHOOSING) != bool(field.choices):
        yield f"{place}: choices"
    if (field.type in _RECORD) != bool(field.record) or (field.record and field.record not in RECORDS):
        yield f"{place}: record"
    if field.type is FieldType.RECORDS and section.repeat is not Repeat.ONCE:
        yield f"{place}: records in a repeated section"
    yield from _beside(field, known, lists, place)
    waiver = section.field(field.unless)
    if field.unless and (not field.required or waiver is None or waiver.type is not FieldType.BOOLEAN):
        yield f"{place}: unless"
    if field.fact and (field.fact not in FACTS or section.repeat is not Repeat.ONCE):
        yield f"{place}: fact"
    if field.type not in _BOUNDED and (field.min, field.max) != (None, None):
        yield f"{place}: min or max"
    yield from _choices(field, known, lists, place)
    if field.visible_when:
        yield from _condition(field.visible_when, known, lists, place, section.over)


def _beside(field: Field, known: dict[str, Field], lists: Lists, place: str) -> Iterator[str]:
    """Yield what is wrong with what the field is judged by beside others of its section."""
    dates = (FieldType.DATE, FieldType.PARTIAL_DATE)
    earlier = known.get(field.not_before)
    if field.not_before and (field.type not in dates or earlier is None or earlier.type not in dates):
        yield f"{place}: not_before"
    if field.fits:
        yield from _fitting(field, field.fits, known, lists, place)


def _fitting(field: Field, fits: Fits, known: dict[str, Field], lists: Lists, place: str) -> Iterator[str]:
    beside = known.get(fits.field)
    if field.type is not FieldType.TEXT or beside is None or beside.type is not FieldType.CHOICE:
        yield f"{place}: fits"
    else:
        yield from _codes((*fits.only, *fits.never), lists.get(beside.choices), place)


def _choices(field: Field, known: dict[str, Field], lists: Lists, place: str) -> Iterator[str]:
    by = field.choices_by
    if field.type is FieldType.SCALE and not _is_scale(lists.get(field.choices)):
        yield f"{place}: scale {field.choices}"
    if by and (field.type is not FieldType.CHOICE or by.field not in known):
        yield f"{place}: choices_by"
    elif by:
        yield from _codes(by.lists, lists.get(known[by.field].choices), place)


def _condition(
    condition: Condition, known: dict[str, Field], lists: Lists, place: str, over: str = ""
) -> Iterator[str]:
    if bool(condition.among) == (condition.answered is not None):
        yield f"{place}: visible_when needs either in or answered"
    if over and condition.field == over:
        yield from _codes(condition.among, lists.get(over), place)
    elif condition.field not in known:
        yield f"{place}: visible_when refers to {condition.field}"
    else:
        yield from _among(condition, known[condition.field], lists, place)


def _among(condition: Condition, field: Field, lists: Lists, place: str) -> Iterator[str]:
    wanted = {FieldType.BOOLEAN: bool, FieldType.INTEGER: int, FieldType.SCALE: int}.get(field.type, str)
    if any(type(value) is not wanted for value in condition.among):
        yield f"{place}: visible_when in"
    elif field.choices:
        yield from _codes([str(value) for value in condition.among], lists.get(field.choices), place)


def _codes(codes: Iterable[object], among: CodeList | None, place: str) -> Iterator[str]:
    yield from (f"{place}: code {code}" for code in codes if among is None or code not in among)


def _is_scale(found: CodeList | None) -> bool:
    return found is not None and all(re.fullmatch(r"-?\d", code.code) for code in found.codes)
