"""Two versions of a value, kept side by side until a person decides („Zwei Fassungen, Klärung“)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec

from kimdesk.casework import admission, history, records
from kimdesk.casework.case_file import known_case
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_join import Contradiction
from kimdesk.casework.history import FieldChange
from kimdesk.domain.dates import now
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.kinds import kind_of, type_of
from kimdesk.domain.records import Case, Consent, Person, Record
from kimdesk.domain.shielding import SHIELDED, any_shielded, lifted
from kimdesk.store import conflicts
from kimdesk.store.columns import moment_text
from kimdesk.store.conflicts import KEPT, TAKEN, Kept
from kimdesk.store.mapping import case_of, shape
from kimdesk.store.work import Reader, Writer

R = TypeVar("R", bound=Record)

NO_REASON, DECIDED = "E862", "E863"
CONFLICT = "conflict"
"""The kind of a conflict where changes are told."""
HAND = ""
"""The source of a version that somebody typed: a protection was lifted, for a reason."""


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Two versions of the ``fields`` of a record: ``mine`` as it is here, ``theirs`` as ``source`` says.

    ``changes`` is what differs, as the history tells it, without what has no place in a form. ``decision``
    is "" while it is open, then "kept" or "taken". ``hidden``: it is the address of somebody shielded, shown
    after being asked for. ``lifts``: taking the other version ends a protection and needs a reason.
    ``file_number`` is that of the case the other version came for, "" for none. Moments are in UTC.
    """

    id: str
    mine: Record
    theirs: Record
    fields: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    source: str
    at: datetime
    actor: str
    file_number: str
    hidden: bool
    lifts: bool
    decision: str
    decided_at: datetime | None
    decided_by: str
    reason: str


def note(writer: Writer, case_id: str, differing: Iterable[Contradiction], source: str) -> int:
    """Keep what a document says otherwise, once; return how much of it is still to be decided."""
    still = 0
    for each in differing:
        one = _kept(writer, each, case_id, source)
        known = conflicts.standing(writer.connection, one)
        if known is None:
            conflicts.note(writer.connection, one)
            writer.record("conflict_noted", one.kind, one.record_id, case_of(each.mine))
            writer.touched.add((CONFLICT, one.id))
        still += known != KEPT
    return still


def of_case(desk: Desk, case_id: str) -> tuple[TwoVersions, ...]:
    """Return what is to be decided in a case, then what was decided, the newest first.

    Raises CaseworkError E853 when there is no such case.
    """
    with desk.reading() as reader:
        known_case(reader, case_id)
        kept = conflicts.of_case(reader.connection, case_id)
        found = [_told(reader, desk, one, record) for one in kept if (record := _record(reader, one))]
    settled = [one for one in found if one.decision or one.mine != one.theirs]
    return tuple(sorted(settled, key=lambda one: bool(one.decision)))


def decide(desk: Desk, conflict_id: str, *, take: bool, reason: str = "") -> None:
    """Let the record be as the other version says, or stay as it is; both versions stay known.

    Raises CaseworkError E862 when that lifts a protection without a reason, E863 when the conflict is
    decided already or its record gone, ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        one = conflicts.get(writer.connection, conflict_id)
        record = _record(writer, one) if one else None
        if one is None or record is None:
            raise CaseworkError(DECIDED)
        decision, at = TAKEN if take else KEPT, moment_text(now())
        if not conflicts.decide(writer.connection, one.id, decision, at, desk.actor, reason.strip()):
            raise CaseworkError(DECIDED)
        if take:
            wanted = _version(record, one.theirs)
            if _lifts(record, wanted) and not reason.strip():
                raise CaseworkError(NO_REASON)
            admission.admit(writer, desk.catalogue, wanted)
            records.put(writer, wanted)
        writer.record("conflict_settled", one.kind, one.record_id, case_of(record))
        writer.touched.add((CONFLICT, one.id))


def save(desk: Desk, record: R, reason: str = "") -> R:
    """Save a record by hand; ``reason`` says why a protection of a person ends, and is kept.

    Raises CaseworkError E862 when a protection would end without one, StoreError E905 when the record was
    changed meanwhile, ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        admission.admit(writer, desk.catalogue, record)
        before = writer.get(type(record), record.id) if record.rev else None
        marks = _lifted(before, record)
        if marks and not reason.strip():
            raise CaseworkError(NO_REASON)
        saved = records.put(writer, record)
        if before and marks:
            _keep_lifting(writer, Contradiction(before, saved, marks), reason.strip())
    return saved


def cases_of(desk: Desk, person_id: str) -> tuple[str, ...]:
    """Return the file numbers of all cases of a person: whom a lifted protection concerns."""
    with desk.reading() as reader:
        found = (reader.get(Case, each) for each in reader.cases_of(person_id))
        return tuple(sorted(case.file_number for case in found if case))


def _keep_lifting(writer: Writer, difference: Contradiction, reason: str) -> None:
    one = _kept(writer, difference, "", HAND)
    done = one._replace(decision=TAKEN, decided_at=one.at, decided_by=one.actor, reason=reason)
    conflicts.note(writer.connection, done)
    writer.record("protection_lifted", one.kind, one.record_id)


def _kept(writer: Writer, each: Contradiction, case_id: str, source: str) -> Kept:
    kind, record_id, path = kind_of(type(each.mine)), each.mine.id, "+".join(each.fields)
    mine, theirs = (_columns(one, each.fields) for one in (each.mine, each.theirs))
    at = moment_text(now())
    return Kept(new_id(), kind, record_id, case_id, path, mine, theirs, source, at, writer.actor)


def _columns(record: Record, names: tuple[str, ...]) -> str:
    columns = shape(type(record)).columns(record)
    return msgspec.json.encode({name: columns[name] for name in names}).decode()


def _version(record: Record, said: str) -> Record:
    own = shape(type(record))
    return own.from_columns({**own.columns(record), **msgspec.json.decode(said)})


def _record(reader: Reader, one: Kept) -> Record | None:
    return reader.get(type_of(one.kind), one.record_id)


def _told(reader: Reader, desk: Desk, one: Kept, record: Record) -> TwoVersions:
    names, at = tuple(one.path.split("+")), datetime.fromisoformat(one.at)
    mine = _version(record, one.mine) if one.decision else record
    theirs = _version(record, one.theirs)
    hidden = _hides(reader, record, names)
    case = reader.get(Case, one.case_id) if one.case_id else None
    changes = history.compared(reader, desk.catalogue, mine, theirs, (one.actor, at))
    return TwoVersions(
        one.id, mine, theirs, names, changes, one.source, at, one.actor, case.file_number if case else "",
        hidden, _lifts(mine, theirs), one.decision,
        datetime.fromisoformat(one.decided_at) if one.decided_at else None, one.decided_by, one.reason,
    )  # fmt: skip


def _hides(reader: Reader, record: Record, names: tuple[str, ...]) -> bool:
    if not isinstance(record, Person) or not set(names) & set(SHIELDED):
        return False
    near = (one for case_id in reader.cases_of(record.id) for one in reader.of_case(Person, case_id))
    return any_shielded((record, *near))


def _lifts(mine: Record, theirs: Record) -> bool:
    if isinstance(mine, Consent) and isinstance(theirs, Consent):
        return bool(mine.withdrawn_on and not theirs.withdrawn_on)
    return bool(_lifted(mine, theirs))


def _lifted(before: Record | None, after: Record) -> tuple[str, ...]:
    return lifted(before, after) if isinstance(before, Person) and isinstance(after, Person) else ()
