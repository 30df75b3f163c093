"""Cases: opening, reading, opening again, erasing."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select

from kimdesk.casework import admission, case_views, waiting
from kimdesk.casework.case_file import demand_reason, known_case, read_again, read_file
from kimdesk.casework.case_list import CaseRow, ListedCases, count, counts, find, list_page
from kimdesk.casework.checklists import current
from kimdesk.casework.desk import Desk
from kimdesk.casework.office import next_file_number
from kimdesk.casework.phases import begin
from kimdesk.domain.agenda.dues import WAIVED
from kimdesk.domain.dates import now, today
from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.domain.kinds import CASE_RECORDS, must_name
from kimdesk.domain.records import Case, CaseFile, Member, Person, PhaseEvent, Record
from kimdesk.domain.terms import CaseStatus, Phase, Role
from kimdesk.store.lists import CaseQuery, Cursor, Order
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Writer

__all__ = [
    "CaseQuery",
    "CaseRow",
    "Cursor",
    "ListedCases",
    "Order",
    "count",
    "counts",
    "erase",
    "find",
    "list_page",
    "load",
    "open_new",
    "peek",
    "reopen",
    "save_case",
]

_NAMING = [
    Statement(select(table.c.id).where(table.c[name] == bindparam("person")).limit(1))
    for record_type, table in RECORD_TABLES.items()
    for name in must_name(record_type, Person)
]


def open_new(desk: Desk, client: Person | None, *, ags: str = "", opened_on: date | None = None) -> Case:
    """Open a case with the next file number, in its first phase; without a client it is anonymous.

    ``client`` may be new or already known here. Raises ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        return open_within(writer, desk, client, ags=ags, opened_on=opened_on)


def open_within(
    writer: Writer,
    desk: Desk,
    client: Person | None,
    *,
    ags: str = "",
    opened_on: date | None = None,
    file_number: str = "",
) -> Case:
    """Open a case within a transaction, as ``open_new`` does; ``file_number`` is one that is free."""
    day = opened_on or today()
    if client:
        admission.admit(writer, desk.catalogue, client)
    number = file_number or next_file_number(writer, desk.name, day)
    place = ags or (desk.municipalities[0] if desk.municipalities else "")
    new = Case(file_number=number, ags=place, opened_on=day, worker=desk.actor)
    admission.admit(writer, desk.catalogue, new)
    case = writer.put(new)
    if client:
        person = client if client.rev else writer.put(client)
        writer.put(Member(case_id=case.id, person_id=person.id, role=Role.CLIENT, since=day))
    begin(writer, desk.catalogue, case.id, Phase.ACCESS, day)
    return case


def load(desk: Desk, case_id: str) -> CaseFile:
    """Return the whole case and note in the audit trail that it was opened.

    On a full disk the note waits until there is room. Raises CaseworkError E853 when there is none.
    """
    try:
        with desk.writing() as writer:
            file = current(desk.catalogue, read_file(writer, case_id), today())
            writer.record("opened", "case", case_id, case_id)
    except StoreError as refusal:
        if refusal.code != waiting.FULL:
            raise
        file = peek(desk, case_id)
        waiting.wait(desk.vault.header.vault_id, desk.actor, "opened", "case", case_id, case_id)
    return file


def peek(desk: Desk, case_id: str) -> CaseFile:
    """Return the whole case for a glance or a refresh, without a note in the audit trail.

    Raises CaseworkError E853 when there is none.
    """
    with desk.reading() as reader:
        return current(desk.catalogue, read_file(reader, case_id), today())


def follow(desk: Desk, file: CaseFile, kinds: Collection[str]) -> CaseFile:
    """Return ``file`` as it is after records of ``kinds`` were changed. Raises as ``peek``."""
    with desk.reading() as reader:
        return current(desk.catalogue, read_again(reader, file, kinds), today())


def save_case(desk: Desk, case: Case) -> Case:
    """Save ``case``. Raises StoreError E905 when it was changed meanwhile, ContentError E754 (``admit``)."""
    with desk.writing() as writer:
        admission.admit(writer, desk.catalogue, case)
        return writer.put(case)


def reopen(desk: Desk, case_id: str, reason: str) -> Case:
    """Open a closed case again; the reason is kept with its current phase.

    Raises CaseworkError E851 without a reason, E853 when there is no such case.
    """
    with desk.writing() as writer:
        case = known_case(writer, case_id)
        demand_reason(reason)
        writer.put(
            PhaseEvent(
                case_id=case_id, phase=case.phase, event="reopened", reason=reason, actor=desk.actor, at=now()
            )
        )
        writer.record("reopened", "case", case_id, case_id)
        return writer.put(
            replace(
                case,
                status=CaseStatus.ACTIVE,
                closed_on=None,
                closing_reason="",
                retain_until=None,
                settled=tuple(one for one in case.settled if one.outcome == WAIVED),
            )
        )


def erase(desk: Desk, case_id: str, reason: str = "erased") -> None:
    """Remove a case and everything in it for good; persons stay whom another case names.

    Only identities and ``reason`` (a code) are kept. Raises CaseworkError E853 when there is none, StoreError
    E911 when the case is erased but the disk did not let the log of the database be wiped.
    """
    with desk.writing() as writer:
        erase_within(writer, case_id, reason)
    try:
        desk.vault.checkpoint()
    except KimdeskError:
        raise StoreError("E911") from None


def erase_within(writer: Writer, case_id: str, reason: str) -> None:
    """Remove a case within a transaction, as ``erase`` does; the log of the database is not wiped yet."""
    case = known_case(writer, case_id)
    everything = [each for record_type in CASE_RECORDS for each in writer.of_case(record_type, case_id)]
    named = dict.fromkeys(each for record in everything for each in _people_in(record))
    for record in everything:
        writer.remove(record, reason)
    known = (writer.get(Person, each) for each in named if not _is_named(writer, each))
    persons = [person for person in known if person]
    for person in persons:
        writer.remove(person, reason)
    writer.remove(case, reason)
    case_views.forget_names(writer, persons)


def _people_in(record: Record) -> list[str]:
    return [each for name in must_name(type(record), Person) if (each := getattr(record, name))]


def _is_named(writer: Writer, person_id: str) -> bool:
    """Return whether any case still names a person, as a member or in a row that was left behind."""
    return any(each.first(writer.connection, person_id) for each in _NAMING)
