"""Whether the records of a document make sense: codes of the catalogue, answers, references."""

from collections.abc import Iterable, Iterator, Mapping

from kimdesk.casework.document_values import UNKNOWN_CODE, WRONG_TYPE
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import in_order
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS, described, kind_of, type_of
from kimdesk.domain.records import Case, Dispute, Measure, Member, Person, PhaseEntry, Record, Relation
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.plausible import TOO_EARLY, UNFIT
from kimdesk.forms.records import RECORDS, answers_of
from kimdesk.forms.validate import problems
from kimdesk.forms.values import UNKNOWN_CODE as FORM_CODE
from kimdesk.forms.values import UNKNOWN_FIELD
from kimdesk.store.mapping import case_of
from kimdesk.store.work import Reader

LEADS_NOWHERE, UNKNOWN_FORM = "E714", "E717"


def check(
    reader: Reader,
    catalogue: Catalogue,
    case: Case,
    others: Iterable[Record],
    places: Mapping[str, str],
    *,
    plausible: bool = True,
) -> None:
    """Raise ContentError E709, E711, E713, E714, E716 or E717 for the first record that does not make sense.

    ``places`` says where in the document each record stands, by identity ("goals[0]."). What is stored
    already is not judged again; E709 and E716 only where it has to be ``plausible``.
    """
    said = (case, *others)
    news = [one for one in said if reader.get(type(one), one.id) != one]
    for record in news:
        _check_values(catalogue, record, places.get(record.id, ""), plausible)
    known = _Known(reader, case, said)
    for record in news:
        _check_references(known, record, places.get(record.id, ""))
    _check_chain(reader, case, said, places)


def _check_values(catalogue: Catalogue, record: Record, place: str, plausible: bool) -> None:
    kind = kind_of(type(record))
    if isinstance(record, PhaseEntry):
        _check_answers(catalogue, record, place, plausible)
    elif isinstance(record, Dispute) and record.record_kind not in KINDS:
        raise ContentError(UNKNOWN_CODE, place=f"{place}record_kind")
    elif kind in RECORDS:
        form = catalogue.record_form(kind)
        _demand_sound(form, answers_of(form, record), place, plausible)


def _check_answers(catalogue: Catalogue, entry: PhaseEntry, place: str, plausible: bool) -> None:
    if entry.form not in ("", entry.phase):  # by it is decided which answers may leave
        raise ContentError(UNKNOWN_FORM, place=f"{place}form")
    if not (entry.answers or entry.version):
        return
    try:
        form = catalogue.phase_form(entry.phase, entry.version or None)
    except ContentError:
        raise ContentError(UNKNOWN_FORM, place=f"{entry.phase} {entry.version}") from None
    _demand_sound(form, entry.answers, f"{place}answers.", plausible, kept=UNKNOWN_FIELD)


def _demand_sound(form: FormDefinition, answers: object, place: str, plausible: bool, kept: str = "") -> None:
    """Raise for the first wrong answer; ``kept`` is what answers of another programme's form may be."""
    for problem in problems(form, answers):
        if problem.code != kept:
            path = problem.path if kept else problem.path.rpartition(".")[2]
            if problem.code in (TOO_EARLY, UNFIT):
                if not plausible:
                    continue
                raise ContentError(problem.code, name=f"{place}{path}", place=f"{place}{path}")
            code = UNKNOWN_CODE if problem.code == FORM_CODE else WRONG_TYPE
            raise ContentError(code, place=f"{place}{path}")


class _Known:
    """What the records of a document may name: those beside them, and what is stored in the case."""

    def __init__(self, reader: Reader, case: Case, said: Iterable[Record]) -> None:
        self._reader, self._case = reader, case
        self._here = {(type(record), record.id) for record in said}
        self._inside = {member.person_id for member in reader.of_case(Member, case.id)}

    def has(self, record_type: type[Record], record_id: str) -> bool:
        """Return whether there is such a record in the case."""
        if (record_type, record_id) in self._here:
            return True
        if record_type is Person:
            return record_id in self._inside
        found = self._reader.get(record_type, record_id) if record_id else None
        return found is not None and case_of(found) == self._case.id

    def elsewhere(self, record_type: type[Record], record_id: str) -> bool:
        """Return whether there is such a record, but not in the case."""
        there = self._reader.get(record_type, record_id) is not None
        return there and not self.has(record_type, record_id)


def _check_references(known: _Known, record: Record, place: str) -> None:
    for name, wanted, record_type in _references(record):
        if not known.has(record_type, wanted):
            raise ContentError(LEADS_NOWHERE, place=f"{place}{name}")
    if isinstance(record, Relation) and record.person_id == record.other_id:
        raise ContentError(LEADS_NOWHERE, place=f"{place}other_id")
    if isinstance(record, Dispute) and known.elsewhere(type_of(record.record_kind), record.record_id):
        raise ContentError(LEADS_NOWHERE, place=f"{place}record_id")


def _check_chain(reader: Reader, case: Case, said: Iterable[Record], places: Mapping[str, str]) -> None:
    """Raise when measures would wait for each other, those that were here before among them."""
    new = {record.id: record for record in said if isinstance(record, Measure)}
    stored = {one.id: one for one in reader.of_case(Measure, case.id)} if new else {}
    try:
        in_order([*{**stored, **new}.values()])
    except ValueError:
        place = next(places.get(each, "") for each in new)
        raise ContentError(LEADS_NOWHERE, place=f"{place}requires") from None


def _references(record: Record) -> Iterator[tuple[str, str, type[Record]]]:
    """Yield what a record names: the field, the identity, its type. Only where a person is due is "" told."""
    for link in described(type(record)).links:
        if link.to and not link.loose:
            named = getattr(record, link.field)
            for each in named if isinstance(named, tuple) else (named,):
                if each or link.to is Person:
                    yield link.field, each, link.to
