"""The one door for persons and file numbers, whoever brings them: a window, a list, a document.

What a desk would not let a hand type comes in by no other way: nobody without a name, no birth in the
future or in another calendar, no code nobody knows, no second case with one file number, no days in an order
that cannot be. What is stored already is not judged again, nor whether what another desk of ours had stored
is plausible: else a case could not pass on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Case, Contact, Person, Record
from kimdesk.domain.terms import ContactStatus
from kimdesk.forms.answers import entries
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.plausible import contradictions
from kimdesk.forms.records import RECORDS, answer_of, answers_of
from kimdesk.forms.values import fault
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader

NAMELESS, FUTURE, OTHER_CALENDAR, UNFIT, NUMBER_TAKEN = "E750", "E751", "E752", "E753", "E754"
CONTRADICTS, SAYS_NOTHING = "E755", "E758"
FIRST_YEAR = 1900

_NAMES = ("family_name", "given_names")
_DATES = ("birth_date", "arrived_on")
_PAST = frozenset({"birth_date"})  # who is awaited arrives later
_cases = RECORD_TABLES[Case]
_TAKEN = Statement(select(_cases.c.id).where(_cases.c.file_number == bindparam("number_")))


@dataclass(frozen=True, slots=True)
class Objection:
    """What keeps a person out: E750 to E753 or E755, and the field of ``Person`` it is about."""

    code: str
    field: str


def admit(reader: Reader, catalogue: Catalogue, record: Record, *, plausible: bool = True) -> None:
    """Let ``record`` be stored, or raise ContentError for the first reason against it.

    Persons: E750 (no name), E751 (a birth in the future), E752 (a date before 1900), E753 (an entry that its
    form would not take), E755 (a day that lies before the one it follows); cases: E754 (another case has the
    file number); whatever has a form: E709 (days out of order), E716 (a paragraph that does not fit).
    E755, E709 and E716 only where it has to be ``plausible``.
    """
    stored = reader.get(type(record), record.id) if record.id else None
    if isinstance(record, Person):
        for found in objections(catalogue, record, stored if isinstance(stored, Person) else None):
            if plausible or found.code != CONTRADICTS:
                raise ContentError(found.code, label=_label(catalogue, found.field))
    elif plausible and kind_of(type(record)) in RECORDS:
        _demand_order(catalogue, record, stored)
    if isinstance(record, Case):
        kept = isinstance(stored, Case) and stored.file_number == record.file_number
        if not kept and is_taken(reader, record.file_number, record.id):
            raise ContentError(NUMBER_TAKEN)


def admit_typed(reader: Reader, catalogue: Catalogue, record: Record) -> None:
    """Let what somebody typed be stored: as ``admit``, and E758 for a talk without a word of it.

    Another system may know no more of a talk than its day.
    """
    admit(reader, catalogue, record)
    if isinstance(record, Contact) and record.status is ContactStatus.HELD:
        said = (record.minutes, record.content, record.next_steps, record.participants, record.interpreter)
        if not any(said):
            raise ContentError(SAYS_NOTHING)


def _demand_order(catalogue: Catalogue, record: Record, stored: Record | None) -> None:
    """Raise ContentError E709 or E716 for what contradicts itself in ``record`` and did not before."""
    form = catalogue.record_form(kind_of(type(record)))
    before = set(_contradicting(form, stored)) if stored else set()
    for code, label in _contradicting(form, record):
        if (code, label) not in before:
            raise ContentError(code, name=label)


def _contradicting(form: FormDefinition, record: Record) -> Iterator[tuple[str, str]]:
    for entry in entries(form, answers_of(form, record)):
        yield from ((code, field.label) for field, code, _ in contradictions(entry))


def objections(
    catalogue: Catalogue, person: Person, stored: Person | None = None, day: date | None = None
) -> tuple[Objection, ...]:
    """Return what speaks against ``person``, at most one thing for a field; ``day`` is today when None.

    Of a person who is ``stored`` only what differs is judged.
    """
    found = {each.field: each for each in (*_unfit(catalogue, person), *_plain(person, day or today()))}
    return tuple(each for each in found.values() if stored is None or _differs(each.field, person, stored))


def is_named(*names: str) -> bool:
    """Return whether a letter of any script stands in one of the names: dashes and dots name nobody."""
    return any(letter.isalpha() for name in names for letter in name)


def is_taken(reader: Reader, file_number: str, case_id: str = "") -> bool:
    """Return whether a case other than ``case_id`` has the file number; "" is never taken."""
    holders = (row[0] for row in _TAKEN.rows(reader.connection, file_number)) if file_number else ()
    return any(each != case_id for each in holders)


def _plain(person: Person, day: date) -> Iterator[Objection]:
    if not is_named(person.family_name, person.given_names):
        yield Objection(NAMELESS, "family_name")
    for name in _DATES:
        found = getattr(person, name)
        if found and name in _PAST and found.earliest() > day:
            yield Objection(FUTURE, name)
        elif found and found.year < FIRST_YEAR:
            yield Objection(OTHER_CALENDAR, name)


def _unfit(catalogue: Catalogue, person: Person) -> Iterator[Objection]:
    """Yield what its form would not take, field by field: each stands for itself there."""
    form = catalogue.record_form("person")
    for section in form.sections:
        for field in section.fields:
            value = getattr(person, field.id)
            if value and fault(form, field, answer_of(value), {}):
                yield Objection(UNFIT, field.id)
    for entry in entries(form, answers_of(form, person)):
        yield from (Objection(CONTRADICTS, field.id) for field, _, _ in contradictions(entry))


def _differs(field: str, person: Person, stored: Person) -> bool:
    names = _NAMES if field in _NAMES else (field,)
    return any(getattr(person, name, None) != getattr(stored, name, None) for name in names)


def _label(catalogue: Catalogue, name: str) -> str:
    sections = catalogue.record_form("person").sections
    return next((each.label for one in sections for each in one.fields if each.id == name), name)
