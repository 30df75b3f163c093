"""Earlier values of each field of a record: what it was, what it became, by whom, when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, NamedTuple

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS, kind_of, type_of
from kimdesk.domain.records import Person, PhaseEntry, Record
from kimdesk.domain.shielding import SHIELDED, any_shielded
from kimdesk.forms.answers import FormEntry, entries
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat
from kimdesk.store import history
from kimdesk.store.history import Earlier
from kimdesk.store.work import Reader

_LINKS: Final = (FieldType.PERSON, FieldType.LINK, FieldType.LINKS)


class FormerValue(NamedTuple):
    """What a field held at some time, as forms hold it, with the answers beside it."""

    plain: Any
    beside: Mapping[str, Any]


class _Difference(NamedTuple):
    """A field that was changed: its path, how people call it, what it was and became."""

    path: str
    label: str
    definition: Field
    before: FormerValue
    after: FormerValue


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one field. ``field`` is an attribute of the record, or the path of an answer in its form.

    ``linked`` are the records that the values name, by identity, None for one that is gone. ``hidden``: it is
    an address nobody may see, and the values only tell whether there was one. ``at`` is in UTC; ``entry`` is
    the number of its audit entry.
    """

    field: str
    label: str
    definition: Field
    before: FormerValue
    after: FormerValue
    linked: Mapping[str, Record | None]
    hidden: bool
    by: str
    at: datetime
    entry: int


@dataclass(frozen=True, slots=True)
class _State:
    """A record as it was at some time: its values as forms hold them, and the answers of a phase's form."""

    record: Record
    plain: Mapping[str, Any]
    entries: Mapping[str, FormEntry]

    @classmethod
    def of(cls, catalogue: Catalogue, record: Record) -> "_State":
        answers = _entries(catalogue, record) if isinstance(record, PhaseEntry) else {}
        return cls(record, _plain(record), answers)


def of_record(desk: Desk, kind: str, record_id: str) -> tuple[FieldChange, ...]:
    """Return every change of a record's fields, the newest first. Raises KeyError for an unknown kind."""
    with desk.reading() as reader:
        return changes(reader, desk.catalogue, kind, record_id)


def changes(reader: Reader, catalogue: Catalogue, kind: str, record_id: str) -> tuple[FieldChange, ...]:
    """Return the same within a transaction."""
    current = reader.get(type_of(kind), record_id)
    if current is None:
        return ()
    earlier = history.of_record(reader.connection, kind, record_id)
    states = [_State.of(catalogue, record) for record in (*(each.record for each in earlier), current)]
    hidden = SHIELDED if _hides(reader, states) else ()
    found = [
        _change(reader, each, by, hidden=each.path in hidden)
        for (old, new), by in zip(pairwise(states), earlier, strict=True)
        for each in _differences(catalogue, old, new)
    ]
    return tuple(reversed(found))


def compared(
    reader: Reader, catalogue: Catalogue, mine: Record, theirs: Record, said: tuple[str, datetime]
) -> tuple[FieldChange, ...]:
    """Return in which fields of its form two versions of a record differ, addresses as they are.

    ``said`` is by whom and when the second one was brought. No audit entry tells of it: its number is 0.
    """
    states = (_State.of(catalogue, each) for each in (mine, theirs))
    return tuple(
        FieldChange(*each, _linked(reader, each), False, *said, 0)
        for each in _differences(catalogue, *states)
    )


def label_of(catalogue: Catalogue, record: Record, field: str) -> str:
    """Return how people call ``field`` of ``record`` (see ``FieldChange.field``); an unknown one as it is."""
    label = kind_label(catalogue, kind_of(type(record)), field)
    if label == field and isinstance(record, PhaseEntry):
        return next((name for path, name in _answers_named(catalogue, record) if path == field), field)
    return label


def kind_label(catalogue: Catalogue, kind: str, field: str) -> str:
    """Return how people call ``field`` of records of a kind, as their form asks for it; else as it is."""
    return next((each.label for each in _fields(catalogue, kind) if each.id == field), field)


def _hides(reader: Reader, states: Iterable["_State"]) -> bool:
    """Return whether the addresses among ``states`` stay hidden: somebody in the cases is shielded."""
    persons = [state.record for state in states if isinstance(state.record, Person)]
    others = [one for person in persons[-1:] for case_id in reader.cases_of(person.id)
              for one in reader.of_case(Person, case_id)]  # fmt: skip
    return any_shielded((*persons, *others))


def _change(reader: Reader, each: _Difference, by: Earlier, *, hidden: bool) -> FieldChange:
    if hidden:
        each = each._replace(before=_masked(each.before), after=_masked(each.after))
    return FieldChange(*each, _linked(reader, each), hidden, by.replaced_by, _moment(by), by.audit_seq)


def _masked(value: FormerValue) -> FormerValue:
    return FormerValue(True if value.plain else None, {})


def _linked(reader: Reader, each: _Difference) -> dict[str, Record | None]:
    """Return the records that a value was or became, for a field that names records."""
    if each.definition.type not in _LINKS:
        return {}
    kind = type_of(each.definition.record or "person")
    plain = (each.before.plain, each.after.plain)
    ids = {str(one) for value in plain if value for one in (value if isinstance(value, list) else [value])}
    return {one: reader.get(kind, one) for one in ids}


def _differences(catalogue: Catalogue, old: "_State", new: "_State") -> Iterator[_Difference]:
    for field in _fields(catalogue, kind_of(type(new.record))):
        if old.plain.get(field.id) != new.plain.get(field.id):
            before, after = (FormerValue(each.plain.get(field.id), each.plain) for each in (old, new))
            yield _Difference(field.id, field.label, field, before, after)
    yield from _answers(old.entries, new.entries)


def _answers(left: Mapping[str, FormEntry], right: Mapping[str, FormEntry]) -> Iterator[_Difference]:
    """Compare answer by answer, in the order of the form."""
    for path in [*right, *(path for path in left if path not in right)]:
        before, after = (side[path].given if path in side else {} for side in (left, right))
        if before == after:
            continue
        entry = right.get(path) or left[path]
        for field in entry.section.fields:
            moved = field.fact and field.id not in after  # it lives at the client now
            if before.get(field.id) != after.get(field.id) and not moved:
                was, became = (FormerValue(each.get(field.id), each) for each in (before, after))
                yield _Difference(f"{path}.{field.id}", answer_label(entry, field), field, was, became)


def _entries(catalogue: Catalogue, entry: PhaseEntry) -> dict[str, FormEntry]:
    definition = _form_of(catalogue, entry)
    return {each.path: each for each in entries(definition, entry.answers)} if definition else {}


def _answers_named(catalogue: Catalogue, entry: PhaseEntry) -> Iterator[tuple[str, str]]:
    for path, each in _entries(catalogue, entry).items():
        for field in each.section.fields:
            yield f"{path}.{field.id}", answer_label(each, field)


def answer_label(entry: FormEntry, field: Field) -> str:
    """Return how people call one answer: with the life domain or the number of its entry before it."""
    if entry.section.repeat is Repeat.EACH:
        return f"{entry.label}: {field.label}"
    if entry.section.repeat is Repeat.LIST:
        return f"{entry.section.entry} {int(entry.key) + 1}: {field.label}"
    return field.label


def _form_of(catalogue: Catalogue, entry: PhaseEntry) -> FormDefinition | None:
    try:
        return catalogue.phase_form(entry.phase, entry.version or None)
    except ContentError:  # answers that came from elsewhere, on a form this program does not have
        return None


def _fields(catalogue: Catalogue, kind: str) -> tuple[Field, ...]:
    """Return the fields of a kind of record that people know: those of its form, and the ones beside it."""
    shown = {field.id: field for field in catalogue.rules.history.fields.get(kind, ())}
    if KINDS[kind].form:
        shown |= {
            field.id: field for section in catalogue.record_form(kind).sections for field in section.fields
        }
    return tuple(shown.values())


def _plain(record: Record) -> Mapping[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {
        name: _value(value) for name, value in values.items() if name not in ("extra", "answers", "facts")
    }


def _value(value: object) -> Any:
    return value.iso() if isinstance(value, PartialDate) else msgspec.to_builtins(value)


def _moment(earlier: Earlier) -> datetime:
    return datetime.fromisoformat(earlier.replaced_at)
