"""What is kept of two versions, as people look at them: both values, what was before, who and when."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from kimdesk.casework import history
from kimdesk.casework.history import FieldChange
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import Case, Consent, Person, Record
from kimdesk.domain.shielding import SHIELDED, any_shielded, lifted
from kimdesk.domain.three_way import Version, settled, top_of
from kimdesk.forms.definition import FieldType
from kimdesk.store.conflicts import Kept
from kimdesk.store.mapping import shape
from kimdesk.store.work import Reader


@dataclass(frozen=True, slots=True)
class Authorship:
    """By whom and when (UTC) a version was made; "" and None when nobody knows."""

    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Two versions of the ``fields`` of a record: ``mine`` as it is here, ``theirs`` as ``source`` says.

    ``changes`` is what differs, as the history tells it, without what has no place in a form; ``before``
    what ``mine`` changed against the state both had in common, which is ``base``. ``gone``: "here" or
    "there" when that side removed the whole record; both versions are then what is left of it. ``decision``
    is "" while it is open, then "kept", "taken" or "worded". ``hidden``: it is the address of somebody
    shielded, shown after being asked for. ``lifts``: taking the other version ends a protection and needs a
    reason. ``file_number`` is that of the case the other version came for, "" for none; ``passage`` what it
    came back with. Moments are in UTC.
    """

    id: str
    mine: Record
    theirs: Record
    base: Record | None
    path: str
    fields: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    before: tuple[FieldChange, ...]
    gone: str
    source: str
    passage: str
    mine_made: Authorship
    theirs_made: Authorship
    at: datetime
    actor: str
    file_number: str
    hidden: bool
    lifts: bool
    worded: bool
    decision: str
    decided_at: datetime | None
    decided_by: str
    reason: str


def told(reader: Reader, catalogue: Catalogue, one: Kept) -> TwoVersions | None:
    """Return the two versions, None when there is nothing to be told of them any more."""
    record = record_of(reader, one)
    if not one.path:
        return _whole(reader, catalogue, one, record)
    if record is None:
        return None
    if one.decision:
        mine, theirs = overlaid(record, one.mine), overlaid(record, one.theirs)
        base = overlaid(record, one.base) if one.base else None
    else:
        mine, theirs = record, moved(record, one.mine, one.theirs)
        base = moved(record, one.mine, one.base) if one.base else None
        if mine == theirs:
            return None
    return _pair(reader, catalogue, one, mine, theirs, base)


def record_of(reader: Reader, one: Kept) -> Record | None:
    """Return the record that the versions are about, None when it is gone."""
    return reader.get(type_of(one.kind), one.record_id)


def overlaid(record: Record, said: str) -> Record:
    """Return ``record`` with the columns that ``said`` (JSON) gives."""
    own = shape(type(record))
    return own.from_columns({**own.columns(record), **msgspec.json.decode(said)})


def moved(record: Record, before: str, after: str) -> Record:
    """Return ``record`` with what ``after`` changes against ``before`` (both JSON), the rest as it is."""
    return settled(overlaid(record, before), record, overlaid(record, after), lambda _: Version.THEIRS)


def version(one: Kept, said: str) -> Record:
    """Return the whole record that ``said`` (JSON of all columns) gives."""
    return shape(type_of(one.kind)).from_columns(msgspec.json.decode(said))


def would_lift(reader: Reader, one: Kept) -> bool:
    """Return whether taking the other version ends a protection."""
    record = record_of(reader, one)
    return record is not None and bool(one.path) and lifts(record, moved(record, one.mine, one.theirs))


def lifts(mine: Record, theirs: Record) -> bool:
    """Return whether ``theirs`` ends a protection that ``mine`` has."""
    if isinstance(mine, Consent) and isinstance(theirs, Consent):
        return bool(mine.withdrawn_on and not theirs.withdrawn_on)
    return bool(lifted_by(mine, theirs))


def lifted_by(before: Record | None, after: Record) -> tuple[str, ...]:
    """Return the protections of a person that end between two states of a record."""
    return lifted(before, after) if isinstance(before, Person) and isinstance(after, Person) else ()


def _whole(reader: Reader, catalogue: Catalogue, one: Kept, record: Record | None) -> TwoVersions | None:
    gone = "here" if not one.mine else "there" if not one.theirs else ""
    if not one.decision and (record is None) != (gone == "here"):
        return None
    left = version(one, one.mine or one.theirs)
    other = version(one, one.theirs) if one.theirs else left
    base = version(one, one.base) if one.base else None
    mine = replace(left, rev=other.rev)
    return replace(_pair(reader, catalogue, one, mine, other, base), gone=gone)


def _pair(
    reader: Reader, catalogue: Catalogue, one: Kept, mine: Record, theirs: Record, base: Record | None
) -> TwoVersions:
    names, at = tuple(top_of(one.path)) if one.path else (), datetime.fromisoformat(one.at)
    case = reader.get(Case, one.case_id) if one.case_id else None
    made = one.actor, at
    changes = history.compared(reader, catalogue, mine, theirs, made)
    before = history.compared(reader, catalogue, base, mine, made) if base else ()
    return TwoVersions(
        one.id, mine, theirs, base, one.path, names, changes, before, "", one.source, one.passage,
        _made(one.mine_by, one.mine_at), _made(one.theirs_by, one.theirs_at), at, one.actor,
        case.file_number if case else "", _hides(reader, mine, names), lifts(mine, theirs),
        _is_text(mine, theirs, one.path, changes), one.decision,
        datetime.fromisoformat(one.decided_at) if one.decided_at else None, one.decided_by, one.reason,
    )  # fmt: skip


def _made(by: str, at: str) -> Authorship:
    return Authorship(by, datetime.fromisoformat(at) if at else None)


def _is_text(mine: Record, theirs: Record, path: str, changes: tuple[FieldChange, ...]) -> bool:
    """Return whether both versions are texts that people write as they like, in one field."""
    said = [getattr(each, path, None) for each in (mine, theirs)]
    long = any(each.definition.type is FieldType.LONG_TEXT for each in changes)
    return long and all(type(each) is str for each in said)


def _hides(reader: Reader, record: Record, names: tuple[str, ...]) -> bool:
    if not isinstance(record, Person) or (names and not set(names) & set(SHIELDED)):
        return False
    near = (one for case_id in reader.cases_of(record.id) for one in reader.of_case(Person, case_id))
    return any_shielded((record, *near))
