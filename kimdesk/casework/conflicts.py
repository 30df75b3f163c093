"""Two versions of a value, kept side by side until a person decides („Zwei Fassungen, Klärung“).

A version comes with a document, or comes back from a colleague who covered. Either way it is decided, and
taken back, as a three-way merge whose one side is the record as it stands by then: whatever else was done to
the record meanwhile stays.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

import msgspec

from kimdesk.casework import admission, records, versions
from kimdesk.casework.case_file import known_case
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_join import Contradiction
from kimdesk.casework.versions import TwoVersions, lifted_by, lifts, moved, record_of, version
from kimdesk.domain.dates import now
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Case, Record
from kimdesk.domain.three_way import top_of
from kimdesk.store import conflicts
from kimdesk.store.columns import moment_text
from kimdesk.store.conflicts import CONFLICT, KEPT, TAKEN, WORDED, Kept
from kimdesk.store.mapping import case_of, shape
from kimdesk.store.work import Writer

__all__ = [
    "CONFLICT", "TwoVersions", "cases_of", "decide", "decide_all", "note", "of_case", "open_in_cases",
    "reopen", "save",
]  # fmt: skip

R = TypeVar("R", bound=Record)

NO_REASON, DECIDED, NO_WORDING = "E862", "E863", "E867"
HAND = ""
"""The source of a version that somebody typed: a protection was lifted, for a reason."""


def note(
    writer: Writer, case_id: str, differing: Iterable[Contradiction], source: str, passage: str = ""
) -> int:
    """Keep what is said otherwise, once; return how much of it is still to be decided.

    ``source`` is the name of a document, or of the desk that it came back from with ``passage``.
    """
    still = 0
    for each in differing:
        one = _kept(writer, each, case_id, source, passage)
        known = conflicts.standing(writer.connection, one)
        if known is None:
            conflicts.note(writer.connection, one)
            writer.record("conflict_noted", one.kind, one.record_id, case_of(each.record))
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
        found = [one for each in kept if (one := versions.told(reader, desk.catalogue, each))]
    return tuple(sorted(found, key=lambda one: bool(one.decision)))


def open_in_cases(desk: Desk) -> dict[str, int]:
    """Return how many versions are to be decided, by case."""
    with desk.reading() as reader:
        return conflicts.open_by_case(reader.connection)


def decide(desk: Desk, conflict_id: str, *, take: bool, reason: str = "", own: str | None = None) -> None:
    """Let the record be as the other version says, stay as it is, or say what ``own`` says instead of either.

    All versions stay known. Raises CaseworkError E862 when that lifts a protection without a reason, E863
    when the conflict is decided already or its record gone, E867 when it cannot be said in own words,
    ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        _decide(writer, desk, conflict_id, take=take, reason=reason.strip(), own=own)


def decide_all(desk: Desk, conflict_ids: Iterable[str], *, take: bool) -> int:
    """Decide all of them alike in one transaction; what would lift a protection is left open.

    Return how many were decided. Raises as ``decide``.
    """
    done = 0
    with desk.writing() as writer:
        for each in conflict_ids:
            one = conflicts.get(writer.connection, each)
            if one is None or one.decision or (take and versions.would_lift(writer, one)):
                continue
            _decide(writer, desk, each, take=take)
            done += 1
    return done


def reopen(desk: Desk, conflict_id: str) -> None:
    """Take a decision back: the record is as before it, where nobody changed it since; both versions stand
    open again.

    Raises CaseworkError E862 when that would lift a protection, E863 when it is open, or its record is gone.
    """
    with desk.writing() as writer:
        one = conflicts.get(writer.connection, conflict_id)
        if one is None or not one.decision or one.source == HAND:
            raise CaseworkError(DECIDED)
        record = record_of(writer, one)
        if one.decision != KEPT:
            if not one.path:
                _put_whole(writer, one, one.chosen, one.mine)
            elif record is None:
                raise CaseworkError(DECIDED)
            else:
                _put(writer, desk, record, moved(record, one.chosen, one.mine), "")
        conflicts.replace_with(writer.connection, one._replace(**conflicts.OPEN))
        writer.record("conflict_reopened", one.kind, one.record_id, one.case_id)
        writer.touched.add((CONFLICT, one.id))


def save(desk: Desk, record: R, reason: str = "") -> R:
    """Save a record by hand; ``reason`` says why a protection of a person ends, and is kept.

    Raises CaseworkError E862 when a protection would end without one, StoreError E905 when the record was
    changed meanwhile, ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        admission.admit(writer, desk.catalogue, record)
        before = writer.get(type(record), record.id) if record.rev else None
        marks = lifted_by(before, record)
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


def _decide(
    writer: Writer, desk: Desk, conflict_id: str, *, take: bool, reason: str = "", own: str | None = None
) -> None:
    one = conflicts.get(writer.connection, conflict_id)
    record = record_of(writer, one) if one else None
    if one is None or one.decision or (record is None and one.path):
        raise CaseworkError(DECIDED)
    chosen = one.mine
    if own is not None and record:
        chosen = _worded(record, one, own)
    elif take:
        chosen = one.theirs
    if chosen != one.mine:
        if one.path and record:
            _put(writer, desk, record, moved(record, one.mine, chosen), reason)
        else:
            _put_whole(writer, one, one.mine, chosen)
    decision = WORDED if own is not None else TAKEN if take else KEPT
    at = moment_text(now())
    done = one._replace(decision=decision, chosen=chosen, decided_at=at, decided_by=desk.actor, reason=reason)
    conflicts.replace_with(writer.connection, done)
    writer.record("conflict_settled", one.kind, one.record_id, case_of(record) if record else one.case_id)
    writer.touched.add((CONFLICT, one.id))


def _put(writer: Writer, desk: Desk, record: Record, wanted: Record, reason: str) -> None:
    if lifts(record, wanted) and not reason:
        raise CaseworkError(NO_REASON)
    admission.admit(writer, desk.catalogue, wanted)
    records.put(writer, wanted)


def _put_whole(writer: Writer, one: Kept, before: str, after: str) -> None:
    """Remove a record, or bring it back, if it still is as ``before`` says."""
    record = record_of(writer, one)
    if bool(before) != (record is not None):
        raise CaseworkError(DECIDED)
    if record is not None:
        writer.remove(record)
    elif after:
        records.put(writer, replace(version(one, after), rev=0))


def _worded(record: Record, one: Kept, own: str) -> str:
    """Return the version in which ``own`` stands instead of either. Raises CaseworkError E867."""
    names = top_of(one.path)
    [name] = names if len(names) == 1 else [""]
    texts = {each.name for each in fields(record) if isinstance(getattr(record, each.name), str)}
    if name not in texts or name != one.path or not own.strip():
        raise CaseworkError(NO_WORDING)
    worded: dict[str, Any] = {name: own.strip()}
    return _columns(replace(record, **worded), names)


def _keep_lifting(writer: Writer, difference: Contradiction, reason: str) -> None:
    one = _kept(writer, difference, "", HAND, "")
    done = one._replace(
        decision=TAKEN, chosen=one.theirs, decided_at=one.at, decided_by=one.actor, reason=reason
    )
    conflicts.note(writer.connection, done)
    writer.record("protection_lifted", one.kind, one.record_id)


def _kept(writer: Writer, each: Contradiction, case_id: str, source: str, passage: str) -> Kept:
    kind, path = kind_of(type(each.record)), each.path or "+".join(each.fields)
    mine, theirs, base = (
        _columns(one, each.fields) if one else "" for one in (each.mine, each.theirs, each.base)
    )
    return Kept(
        new_id(), kind, each.record.id, case_id, path, mine, theirs, base, "", source, passage,
        *each.mine_made, *each.theirs_made, moment_text(now()), writer.actor,
    )  # fmt: skip


def _columns(record: Record, names: tuple[str, ...]) -> str:
    columns = shape(type(record)).columns(record)
    return msgspec.json.encode({name: columns[name] for name in names or columns}).decode()
