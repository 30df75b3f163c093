"""The mark „bestritten“: what a person says is wrong, until it is settled (Art. 16 DSGVO, § 84 SGB X)."""

from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select

from kimdesk.casework import history
from kimdesk.casework.case_file import known_case
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.kinds import KINDS, type_of
from kimdesk.domain.records import CaseFile, Dispute, Record
from kimdesk.store.mapping import case_of
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader

_TABLE = RECORD_TABLES[Dispute]
_OF_RECORD = Statement(select(_TABLE.c.id).where(_TABLE.c.record_id == bindparam("record")))


def note(
    desk: Desk, case_id: str, kind: str, record_id: str, field: str, statement: str, on: date | None = None
) -> Dispute:
    """Mark one field of a record as disputed and keep what the person says instead.

    ``field`` is an attribute of the record, or the path of an answer in its form. Raises CaseworkError E880
    without a statement, E881 when the field is disputed already, E853 when there is no such case, StoreError
    E909 when the record is not there or belongs to another case.
    """
    with desk.writing() as writer:
        known_case(writer, case_id)
        if not statement.strip():
            raise CaseworkError("E880")
        _demand_record(writer, case_id, kind, record_id)
        if any(one.field_name == field for one in standing(writer, record_id)):
            raise CaseworkError("E881")
        return writer.put(
            Dispute(
                case_id=case_id,
                record_kind=kind,
                record_id=record_id,
                field_name=field,
                statement=statement.strip(),
                noted_on=on or today(),
            )
        )


def resolve(desk: Desk, dispute: Dispute, outcome: str, on: date | None = None) -> Dispute:
    """Settle a dispute with an ``outcome`` (dispute_outcome); its statement is kept.

    With „bleibt bestritten“ the mark goes on to be shown (see ``is_standing``). Raises CaseworkError E882
    without an outcome, StoreError E905 when the dispute was changed meanwhile.
    """
    if not outcome:
        raise CaseworkError("E882")
    with desk.writing() as writer:
        return writer.put(replace(dispute, resolved_on=on or today(), outcome=outcome))


def is_standing(dispute: Dispute) -> bool:
    """Return whether the mark is to be shown: nothing is settled, or nobody can tell who is right."""
    return dispute.resolved_on is None or dispute.outcome == "unresolved"


def standing(reader: Reader, record_id: str) -> tuple[Dispute, ...]:
    """Return the disputes about a record whose mark is to be shown, from whichever case."""
    found = (reader.get(Dispute, row[0]) for row in _OF_RECORD.rows(reader.connection, record_id))
    return tuple(one for one in found if one and is_standing(one))


def of_record(desk: Desk, record_id: str) -> tuple[Dispute, ...]:
    """Return the same in a transaction of its own."""
    with desk.reading() as reader:
        return standing(reader, record_id)


def disputed_of(file: CaseFile, record_id: str) -> tuple[Dispute, ...]:
    """Return the disputes of a case about one of its records whose mark is to be shown."""
    return tuple(one for one in file.disputes if one.record_id == record_id and is_standing(one))


def disputed(reader: Reader, dispute: Dispute) -> Record | None:
    """Return the record a dispute is about, None when it is gone, or of a kind nobody knows."""
    kind = KINDS.get(dispute.record_kind)
    return reader.get(kind.type, dispute.record_id) if kind else None


def label_of(reader: Reader, catalogue: Catalogue, dispute: Dispute) -> str:
    """Return how people call the disputed field; "" when the record is gone."""
    record = disputed(reader, dispute)
    return history.label_of(catalogue, record, dispute.field_name) if record else ""


def _demand_record(reader: Reader, case_id: str, kind: str, record_id: str) -> None:
    record = reader.get(type_of(kind), record_id)
    cases = () if record is None else (case_of(record),) if case_of(record) else reader.cases_of(record_id)
    if case_id not in cases:
        raise StoreError("E909")
