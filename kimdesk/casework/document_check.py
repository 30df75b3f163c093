"""Whether the records of a document make sense: codes of the catalogue, answers, references."""

from collections.abc import Iterable, Iterator, Mapping

from kimdesk.casework.document_values import UNKNOWN_CODE, WRONG_TYPE
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import in_order
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import described, kind_of
from kimdesk.domain.records import Case, CaseRecord, Measure, Person, PhaseEntry, Record
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.records import RECORDS, answers_of
from kimdesk.forms.validate import problems
from kimdesk.forms.values import UNKNOWN_CODE as FORM_CODE
from kimdesk.forms.values import UNKNOWN_FIELD
from kimdesk.store.work import Reader

LEADS_NOWHERE, UNKNOWN_FORM = "E714", "E717"


def check(
    reader: Reader, catalogue: Catalogue, case: Case, others: Iterable[Record], places: Mapping[str, str]
) -> None:
    """Raise ContentError E711, E713, E714 or E717 for the first record that does not make sense.

    ``places`` says where in the document each record stands, by identity ("goals[0].").
    """
    records = tuple(others)
    for record in (case, *records):
        _check_values(catalogue, record, places.get(record.id, ""))
    _check_references(reader, case, records, places)


def _check_values(catalogue: Catalogue, record: Record, place: str) -> None:
    kind = kind_of(type(record))
    if isinstance(record, PhaseEntry):
        _check_answers(catalogue, record, place)
    elif kind in RECORDS:
        form = catalogue.record_form(kind)
        _demand_sound(form, answers_of(form, record), place)


def _check_answers(catalogue: Catalogue, entry: PhaseEntry, place: str) -> None:
    if not entry.answers:
        return
    try:
        form = catalogue.phase_form(entry.phase, entry.version or None)
    except ContentError:
        raise ContentError(UNKNOWN_FORM, place=f"{entry.phase} {entry.version}") from None
    _demand_sound(form, entry.answers, f"{place}answers.", kept=UNKNOWN_FIELD)


def _demand_sound(form: FormDefinition, answers: object, place: str, kept: str = "") -> None:
    """Raise for the first wrong answer; ``kept`` is what answers of another programme's form may be."""
    for problem in problems(form, answers):
        if problem.code != kept:
            code = UNKNOWN_CODE if problem.code == FORM_CODE else WRONG_TYPE
            path = problem.path if kept else problem.path.rpartition(".")[2]
            raise ContentError(code, place=f"{place}{path}")


def _check_references(
    reader: Reader, case: Case, records: tuple[Record, ...], places: Mapping[str, str]
) -> None:
    here = {record.id for record in records}
    for record in records:
        for name, wanted, record_type in _references(record):
            if wanted not in here and not _stored(reader, case, record_type, wanted):
                raise ContentError(LEADS_NOWHERE, place=f"{places.get(record.id, '')}{name}")
    _check_chain(reader, case, records, places)


def _check_chain(reader: Reader, case: Case, records: tuple[Record, ...], places: Mapping[str, str]) -> None:
    """Raise when measures would wait for each other, those that were here before among them."""
    said = {record.id: record for record in records if isinstance(record, Measure)}
    stored = {one.id: one for one in reader.of_case(Measure, case.id)} if said else {}
    try:
        in_order([*{**stored, **said}.values()])
    except ValueError:
        place = next(places.get(each, "") for each in said)
        raise ContentError(LEADS_NOWHERE, place=f"{place}requires") from None


def _references(record: Record) -> Iterator[tuple[str, str, type[Record]]]:
    """Yield what a record names: the field, the identity, its type. Only where a person is due is "" told."""
    for link in described(type(record)).links:
        if link.to and not link.loose:
            named = getattr(record, link.field)
            for each in named if isinstance(named, tuple) else (named,):
                if each or link.to is Person:
                    yield link.field, each, link.to


def _stored(reader: Reader, case: Case, record_type: type[Record], record_id: str) -> bool:
    found = reader.get(record_type, record_id)
    return isinstance(found, Person) or (isinstance(found, CaseRecord) and found.case_id == case.id)
