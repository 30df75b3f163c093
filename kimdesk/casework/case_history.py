"""All that happened to a case in one line of time: openings, changes with their values, phases, disputes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kimdesk.casework import disputes, history, trail
from kimdesk.casework.case_file import known_case
from kimdesk.casework.desk import Desk
from kimdesk.casework.history import FieldChange
from kimdesk.casework.trail import Filter, TrailLine
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import Dispute, Record
from kimdesk.store.work import Reader

_RUN = {"changed", "opened"}  # told once when it happens again and again


@dataclass(frozen=True, slots=True)
class HistoryMoment:
    """Something that happened, ``times`` in a row.

    ``record`` is what it happened to, None for none or one that is gone; ``field`` the name of one that was
    disputed; ``text`` what was said about it; ``changes`` what it changed, the newest first.
    """

    line: TrailLine
    record: Record | None = None
    field: str = ""
    text: str = ""
    changes: tuple[FieldChange, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute of the case: the record it is about, None when it is gone, and the name of its field."""

    dispute: Dispute
    record: Record | None
    field: str


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """Moments, the newest first; ``next`` is where those before them begin, None when there are none."""

    moments: tuple[HistoryMoment, ...]
    next: int | None


def of_case(
    desk: Desk, case_id: str, *, group: str = "", before: int | None = None, limit: int = 60
) -> CaseHistory:
    """Return what happened to a case, of one ``group`` of actions or all; ``limit`` entries at a time."""
    found = trail.page(desk, Filter(case_id=case_id, group=group), before, limit)
    with desk.reading() as reader:
        moments = tuple(_runs(_told(reader, desk.catalogue, found.lines)))
    return CaseHistory(moments, found.next)


def disputes_of(desk: Desk, case_id: str) -> tuple[Disputed, ...]:
    """Return all disputes of a case, the open ones first. Raises CaseworkError E853 when there is no case."""
    with desk.reading() as reader:
        known_case(reader, case_id)
        found = [_disputed(reader, desk.catalogue, one) for one in reader.of_case(Dispute, case_id)]
    return tuple(sorted(found, key=lambda one: one.dispute.resolved_on is not None))


def _told(reader: Reader, catalogue: Catalogue, lines: Iterable[TrailLine]) -> Iterator[HistoryMoment]:
    changes: dict[str, tuple[FieldChange, ...]] = {}
    for line in lines:
        if line.action == "changed" and line.record_id not in changes:
            changes[line.record_id] = history.changes(reader, catalogue, line.kind, line.record_id)
        mine = tuple(one for one in changes.get(line.record_id, ()) if one.entry == line.seq)
        yield HistoryMoment(line, *_subject(reader, catalogue, line), mine)


def _subject(reader: Reader, catalogue: Catalogue, line: TrailLine) -> tuple[Record | None, str, str]:
    kind = KINDS.get(line.kind)
    record = reader.get(kind.type, line.record_id) if kind else None
    if kind is None or record is None:
        return None, "", ""
    why = getattr(record, kind.reason) if kind.reason else ""
    if isinstance(record, Dispute):
        return record, disputes.label_of(reader, catalogue, record), why
    return record, "", why


def _runs(moments: Iterable[HistoryMoment]) -> Iterator[HistoryMoment]:
    """Yield the moments, with the same thing done again and again on one day told once."""
    run: HistoryMoment | None = None
    for one in moments:
        if run is not None and _goes_on(run.line, one.line):
            run = replace(run, changes=run.changes + one.changes, times=run.times + 1)
            continue
        if run is not None:
            yield run
        run = one
    if run is not None:
        yield run


def _goes_on(later: TrailLine, earlier: TrailLine) -> bool:
    same = (later.action, later.record_id, later.actor) == (earlier.action, earlier.record_id, earlier.actor)
    day = later.at.astimezone().date() == earlier.at.astimezone().date()
    return same and day and later.action in _RUN


def _disputed(reader: Reader, catalogue: Catalogue, dispute: Dispute) -> Disputed:
    return Disputed(
        dispute, disputes.disputed(reader, dispute), disputes.label_of(reader, catalogue, dispute)
    )
