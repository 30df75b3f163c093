"""What the page "Eingang" shows: the latest bundles, the desks by urgency, and whether the totals agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, update

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.collation import word_key
from kimdesk.domain.terms import CaseStatus
from kimdesk.kreis.registry import RECORDS, conflict, desk_table, figures, inbox, open_registry, waiting
from kimdesk.kreis.rows import WrittenBeside, transaction, working
from kimdesk.kreis.taking import books
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing.gaps import Gap
from kimdesk.sync.sealing.keys import PublicIdentity

SILENCE: Final = 30
"""Days without a bundle after which a desk counts as silent."""
_QUARANTINED: Final = "quarantined"
_OPEN: Final = ("refused", "held")
_DECIDED: Final = "E406"  # of a history that a person has decided against


class DeskState(StrEnum):
    """How a desk stands, the most urgent first."""

    QUARANTINE = "quarantine"
    REFUSED = "refused"
    HELD = "held"
    MISSING = "missing"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SILENT = "silent"
    NEVER = "never"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An enrolled desk. ``missing``: bundles of which nothing arrived; ``silent_days`` since the last one.

    ``revoked_from``: the first bundle no longer taken; ``not_after``: the last day of its certificate.
    """

    id: str
    name: str
    municipalities: tuple[str, ...]
    fingerprint: str
    epoch: int
    last_seq: int
    missing: tuple[Gap, ...]
    heard_at: datetime | None
    silent_days: int | None
    state: DeskState
    revoked_from: int | None
    not_after: date


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A file that was read in. ``open``: somebody has to look at it. ``receipt``: where its receipt is.

    ``applied``, ``conflicts`` and ``erased`` count records; ``missing``: the bundles it waits for.
    """

    number: int
    at: datetime
    file: str
    desk_id: str
    desk: str
    seq: int
    result: str
    code: str
    applied: int
    conflicts: int
    erased: int
    missing: tuple[Gap, ...]
    receipt: str
    open: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """What the desks report and what the registry holds; ``differing``: the desks that differ, by name."""

    desks: int
    reported: int
    here: int
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KreisOverview:
    """The page „Eingang“: figures since yesterday, open questions, receipts to hand out."""

    bundles: int
    changes: int
    open: int
    receipts: int
    rows: tuple[InboxRow, ...]
    desks: tuple[DeskRow, ...]
    totals: Totals


def overview(desk: Desk, *, now: datetime | None = None, limit: int = 100) -> KreisOverview:
    """Return what the Kreis desk looks at first; ``limit`` rows at most."""
    moment = now or dates.now()
    with transaction(open_registry(desk)) as connection:
        known = _by_name(connection)
        listed = _desks(connection, known, moment)
        newest = _newest(connection, limit)
        rows = _rows(newest, {row.id: row for row in known})
        bundles, changes = _lately(connection, moment)
        totals = _totals(connection, known)
    return KreisOverview(
        bundles=bundles,
        changes=changes,
        open=_open(newest),
        receipts=len({(row.desk_id, row.seq) for row in rows if row.receipt == "written"}),
        rows=rows,
        desks=listed,
        totals=totals,
    )


def count_open(desk: Desk, *, limit: int = 100) -> int:
    """Return how much waits for somebody: files among the newest ``limit``, and conflicts."""
    with transaction(open_registry(desk)) as connection:
        return _open(_newest(connection, limit))


def desks(desk: Desk, *, now: datetime | None = None) -> tuple[DeskRow, ...]:
    """Return the enrolled desks, the most urgent first."""
    moment = now or dates.now()
    with transaction(open_registry(desk)) as connection:
        known = _by_name(connection)
        return _desks(connection, known, moment)


def settle(desk: Desk, number: int, *, now: datetime | None = None) -> None:
    """Note that somebody has settled the file ``number`` of the list: it is open no longer."""
    at = moment_text(now or dates.now())
    registry = open_registry(desk)
    with working(registry, WrittenBeside.ANYBODY) as work:
        work.connection.execute(update(inbox).where(inbox.c.number == number).values(settled_at=at))
        work.tell("bundle_settled", str(number))
    desk.announce(REGISTRY)


def _urgency(row: DeskRow) -> tuple[int, str]:
    return list(DeskState).index(row.state), row.name


def _by_name(connection: Connection) -> list[Row[Any]]:
    return sorted(connection.execute(select(desk_table)).all(), key=lambda row: word_key(row.name))


def _desks(connection: Connection, known: Sequence[Row[Any]], moment: datetime) -> tuple[DeskRow, ...]:
    """Return the desks, the most urgent first."""
    absent, results = books.missing(connection, known), _last_results(connection)
    results |= dict.fromkeys(_undecided(connection), _QUARANTINED)
    found = (_desk(row, absent[row.id], results.get(row.id, ""), moment) for row in known)
    return tuple(sorted(found, key=_urgency))


def _last_results(connection: Connection) -> dict[str, str]:
    """Return what came of the last file of each desk that nobody has settled."""
    last = func.max(inbox.c.number)
    open_ones = (inbox.c.settled_at == "", inbox.c.result != _QUARANTINED, inbox.c.code != _DECIDED)
    wanted = select(inbox.c.desk_id, inbox.c.result, last).where(*open_ones)
    rows = connection.execute(wanted.group_by(inbox.c.desk_id, inbox.c.result).order_by(last))
    return {desk_id: result for desk_id, result, _ in rows}


def _undecided(connection: Connection) -> set[str]:
    """Return the desks of which a person has to decide something: they stay in quarantine until then."""
    wanted = select(waiting.c.desk_id).where(waiting.c.state.in_(books.UNDECIDED)).distinct()
    return set(connection.execute(wanted).scalars())


def _desk(row: Row[Any], absent: tuple[Gap, ...], result: str, moment: datetime) -> DeskRow:
    heard = datetime.fromisoformat(row.heard_at) if row.heard_at else None
    silent = (moment - heard).days if heard else None
    state = _state(row, absent, result, silent, moment.date())
    return DeskRow(
        id=row.id,
        name=row.name,
        municipalities=tuple(row.municipalities.split()),
        fingerprint=PublicIdentity.from_bytes(row.identity.encode()).fingerprint(),
        epoch=row.epoch,
        last_seq=row.last_seq,
        missing=absent,
        heard_at=heard,
        silent_days=silent,
        state=state,
        revoked_from=row.revoked_from,
        not_after=date.fromisoformat(row.not_after),
    )


def _state(row: Row[Any], absent: Sequence[Gap], result: str, silent: int | None, today: date) -> DeskState:
    found = (
        (row.revoked_from is not None, DeskState.REVOKED),
        (result == _QUARANTINED, DeskState.QUARANTINE),
        (result == "refused", DeskState.REFUSED),
        (result == "held", DeskState.HELD),
        (bool(absent), DeskState.MISSING),
        (date.fromisoformat(row.not_after) < today, DeskState.EXPIRED),
        (silent is None, DeskState.NEVER),
        (silent is not None and silent > SILENCE, DeskState.SILENT),
    )
    return next((state for holds, state in found if holds), DeskState.FINE)


def _newest(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Return the files read in last, each with the number of conflicts that nobody has settled."""
    conflicts = select(func.count()).where(conflict.c.settled_at == "").scalar_subquery()
    waits = select(waiting.c.digest).where(waiting.c.state.in_(books.UNDECIDED))
    undecided = inbox.c.digest.in_(waits).label("undecided")
    newest = select(inbox, conflicts.label("unsettled"), undecided)
    return connection.execute(newest.order_by(inbox.c.number.desc()).limit(limit)).all()


def _open(rows: Sequence[Row[Any]]) -> int:
    """Return how much waits for somebody; a conflict comes with a file, so without files there is none."""
    return sum(_is_open(row, rows) for row in rows) + (rows[0].unsettled if rows else 0)


def _rows(rows: Sequence[Row[Any]], known: dict[str, Row[Any]]) -> tuple[InboxRow, ...]:
    return tuple(_row(row, known.get(row.desk_id), _is_open(row, rows)) for row in rows)


def _is_open(row: Row[Any], rows: Sequence[Row[Any]]) -> bool:
    """Return whether a file waits for somebody: nobody settled it, and it was not read in again since.

    What is no bundle for us at all, by whomever, is nothing to settle; what is in quarantine waits until
    it is decided which history counts.
    """
    serious = bool(row.desk_id) or row.code.startswith("E2")
    again = any(each.digest == row.digest and each.number > row.number for each in rows if row.digest)
    if row.result == _QUARANTINED:
        return bool(row.undecided) and not again
    return row.result in _OPEN and row.code != _DECIDED and serious and not row.settled_at and not again


def _row(row: Row[Any], sender: Row[Any] | None, is_open: bool) -> InboxRow:
    return InboxRow(
        number=row.number,
        at=datetime.fromisoformat(row.at),
        file=row.file,
        desk_id=row.desk_id,
        desk=sender.name if sender else "",
        seq=row.seq,
        result=row.result,
        code=row.code,
        applied=row.applied,
        conflicts=row.conflicts,
        erased=row.erased,
        missing=tuple(map(Gap.parse, row.missing.split())),
        receipt=_receipt(row, sender),
        open=is_open,
    )


def _receipt(row: Row[Any], sender: Row[Any] | None) -> str:
    """Return "none", "written" or "collected": the desk has said that it took this one, or a later one."""
    if sender is None or row.result not in ("applied", "duplicate"):
        return "none"
    collected = sender.epoch > row.epoch or sender.last_receipt >= row.seq
    return "collected" if collected else "written"


def _lately(connection: Connection, moment: datetime) -> tuple[int, int]:
    yesterday = (moment.astimezone(UTC) - timedelta(days=1)).date().isoformat()
    counted = select(func.count(), func.sum(inbox.c.applied)).where(inbox.c.at >= yesterday)
    bundles, changes = connection.execute(counted).one()
    return bundles, changes or 0


def _totals(connection: Connection, known: Sequence[Row[Any]]) -> Totals:
    reported = _reported(connection)
    case = RECORDS["case"].c
    held = select(case.desk_id, func.count()).where(case.status == CaseStatus.ACTIVE).group_by(case.desk_id)
    here = {row[0]: row[1] for row in connection.execute(held)}
    names = {row.id: row.name for row in known}
    differing = tuple(names.get(each, each) for each in reported if reported[each] != here.get(each, 0))
    return Totals(
        desks=len(reported),
        reported=sum(reported.values()),
        here=sum(here.values()),
        differing=differing,
    )


def _reported(connection: Connection) -> dict[str, int]:
    """Return the number of active cases each desk last said the Kreis holds."""
    newest = select(figures.c.desk_id, figures.c.held_active).order_by(figures.c.at)
    return {row[0]: row[1] for row in connection.execute(newest)}
