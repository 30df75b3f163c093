"""Saving, removing and reading the typed records of a case."""

from dataclasses import replace
from typing import TypeVar

from kimdesk.casework import admission
from kimdesk.casework.checklists import unproven
from kimdesk.casework.desk import Desk
from kimdesk.domain.chain import makes_circle
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Measure, Person, Record, Referral, RegimeChange, Standing
from kimdesk.domain.shielding import lifted
from kimdesk.store.work import Reader, Writer

R = TypeVar("R", bound=Record)


def save(desk: Desk, record: R) -> R:
    """Save ``record`` and return it with its identity and revision.

    Raises StoreError E905 when it was changed meanwhile, E907 when the case or person it names does not
    exist, CaseworkError E854 when measures would wait for each other in a circle, E859 for a second entry on
    where a person stands, E862 when a person would lose a protection, which takes a reason
    (``conflicts.save``), ContentError as ``admission.admit_typed``.
    """
    with desk.writing() as writer:
        admission.admit_typed(writer, desk.catalogue, record)
        before = writer.get(Person, record.id) if isinstance(record, Person) and record.rev else None
        if isinstance(record, Person) and before and lifted(before, record):
            raise CaseworkError("E862")
        return put(writer, record)


def put(writer: Writer, record: R) -> R:
    """Save ``record`` within a transaction, as ``save`` does."""
    if isinstance(record, Measure) and record.requires:
        _refuse_circle(writer, record)
    if isinstance(record, Standing):
        _refuse_second(writer, record)
    return writer.put(_without_proofs(writer, record))


def remove(desk: Desk, record: Record, reason: str = "") -> None:
    """Remove ``record``; saving it again with ``rev`` 0 brings it back.

    Raises StoreError E905 when it was changed meanwhile, E907 when others still refer to it.
    """
    with desk.writing() as writer:
        writer.remove(record, reason)


def get(desk: Desk, record_type: type[R], record_id: str) -> R:
    """Return the record. Raises StoreError E909 when there is none."""
    with desk.reading() as reader:
        return known(reader, record_type, record_id)


def known(reader: Reader, record_type: type[R], record_id: str) -> R:
    """Return the record within a transaction. Raises StoreError E909 when there is none."""
    found = reader.get(record_type, record_id)
    if found is None:
        raise StoreError("E909")
    return found


def of_case(desk: Desk, record_type: type[R], case_id: str) -> tuple[R, ...]:
    """Return the records of one type in a case, in the order of their creation."""
    with desk.reading() as reader:
        return tuple(reader.of_case(record_type, case_id))


def _without_proofs(writer: Writer, record: R) -> R:
    """Return a record without what its open checklist only says because of papers: nobody has set that."""
    if not isinstance(record, Referral | RegimeChange) or not any(one.proven for one in record.checklist):
        return record
    stored = writer.get(type(record), record.id)
    return replace(record, checklist=unproven(record, stored.checklist if stored else ()))


def _refuse_circle(writer: Writer, measure: Measure) -> None:
    if makes_circle(measure, writer.of_case(Measure, measure.case_id)):
        raise CaseworkError("E854")


def _refuse_second(writer: Writer, standing: Standing) -> None:
    others = (each for each in writer.of_case(Standing, standing.case_id) if each.id != standing.id)
    if any(each.person_id == standing.person_id for each in others):
        raise CaseworkError("E859")
