"""Whether the records of a document make sense: codes of the catalogue, answers, references."""

from collections.abc import Iterable, Iterator

from kimdesk.casework.document_values import UNKNOWN_CODE, WRONG_TYPE
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import in_order
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import described, kind_of
from kimdesk.domain.records import (
    Case,
    CaseRecord,
    Measure,
    Person,
    PhaseEntry,
    Record,
)
from kimdesk.forms.records import RECORDS, answers_of
from kimdesk.forms.validate import problems
from kimdesk.forms.values import UNKNOWN_CODE as FORM_CODE
from kimdesk.forms.values import UNKNOWN_FIELD
from kimdesk.store.work import Reader

LEADS_NOWHERE, UNKNOWN_FORM = "E714", "E717"


def check(reader: Reader, catalogue: Catalogue, case: Case, others: Iterable[Record]) -> None:
    """Raise ContentError E711, E713, E714 or E717 for the first record that does not make sense."""
    records = tuple(others)
    for record in (case, *records):
        _check_values(catalogue, record)
    _check_references(reader, case, records)


def _check_values(catalogue: Catalogue, record: Record) -> None:
    kind = kind_of(type(record))
    if isinstance(record, PhaseEntry):
        _check_answers(catalogue, record)
    elif kind in RECORDS:
        form = catalogue.record_form(kind)
        for problem in problems(form, answers_of(form, record)):
            code = UNKNOWN_CODE if problem.code == FORM_CODE else WRONG_TYPE
            raise ContentError(code, place=f"{kind}.{problem.path.rpartition('.')[2]}")


def _check_answers(catalogue: Catalogue, entry: PhaseEntry) -> None:
    if not entry.answers:
        return
    try:
        form = catalogue.phase_form(entry.phase, entry.version or None)
    except ContentError:
        raise ContentError(UNKNOWN_FORM, place=f"{entry.phase} {entry.version}") from None
    for problem in problems(form, entry.answers):
        if problem.code != UNKNOWN_FIELD:  # answers of another programme's form are kept
            code = UNKNOWN_CODE if problem.code == FORM_CODE else WRONG_TYPE
            raise ContentError(code, place=f"{entry.phase}.{problem.path}")


def _check_references(reader: Reader, case: Case, records: tuple[Record, ...]) -> None:
    here = {record.id for record in records}
    for record in records:
        for name, wanted, record_type in _references(record):
            if wanted and wanted not in here and not _stored(reader, case, record_type, wanted):
                raise ContentError(LEADS_NOWHERE, place=f"{kind_of(type(record))}.{name}")
    measures = [record for record in records if isinstance(record, Measure)]
    try:
        in_order(measures)
    except ValueError:
        raise ContentError(LEADS_NOWHERE, place="measure.requires") from None


def _references(record: Record) -> Iterator[tuple[str, str, type[Record]]]:
    for link in described(type(record)).links:
        if link.to and not link.loose:
            named = getattr(record, link.field)
            for each in named if isinstance(named, tuple) else (named,):
                yield link.field, each, link.to


def _stored(reader: Reader, case: Case, record_type: type[Record], record_id: str) -> bool:
    found = reader.get(record_type, record_id)
    return isinstance(found, Person) or (isinstance(found, CaseRecord) and found.case_id == case.id)
