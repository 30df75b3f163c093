"""What the Kreis has said of bundles: whether they count there, and which of their records it set aside."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, func, select

from kimdesk.domain.errors import BundleError
from kimdesk.store.dialect import insert_for
from kimdesk.store.tables import case_row, change
from kimdesk.sync.leaving import rescope
from kimdesk.sync.sealing.manifest import ReceiptBody, SetAside
from kimdesk.sync.tables import sync_aside, sync_out, sync_sent

STOPPED: Final = "E406"
"""Code of a bundle of a history that was decided against: this desk is to stop and start anew."""
_UNDECIDED: Final = ("E401", "E405")


class AsideCase(NamedTuple):
    """Records of a case that the Kreis did not take over for one reason; ``kinds``: how many of each."""

    case_id: str
    case_name: str
    file_number: str
    reason: str
    kinds: dict[str, int]


def standing(connection: Connection, epoch: int) -> str:
    """Return why nothing of this desk counts at the Kreis at present, "" when it does.

    E406: another history counts. E401 and E405: a person there has not decided yet.
    """
    answers = select(sync_out.c.code).where(sync_out.c.epoch == epoch, sync_out.c.receipt_at != "")
    codes = list(connection.execute(answers.order_by(sync_out.c.seq)).scalars())
    if STOPPED in codes:
        return STOPPED
    return codes[-1] if codes and codes[-1] in _UNDECIDED else ""


def check_counts(connection: Connection, epoch: int) -> None:
    """Raise BundleError E406 when the Kreis has decided that another history counts."""
    if standing(connection, epoch) == STOPPED:
        raise BundleError(STOPPED)


def set_aside(connection: Connection) -> tuple[AsideCase, ...]:
    """Return what the Kreis has set aside and not taken over since, by case and reason."""
    known = sync_aside.outerjoin(case_row, case_row.c.case_id == sync_aside.c.case_id)
    names = (sync_aside.c.case_id, case_row.c.name, case_row.c.file_number, sync_aside.c.reason)
    counted = select(*names, sync_aside.c.kind, func.count()).select_from(known)
    rows = connection.execute(counted.group_by(*names, sync_aside.c.kind).order_by(*names, sync_aside.c.kind))
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for *place, kind, number in rows:
        found.setdefault(tuple(each or "" for each in place), {})[kind] = number
    return tuple(AsideCase._make((*place, kinds)) for place, kinds in found.items())


def note_set_aside(connection: Connection, body: ReceiptBody, covered: tuple[int, int]) -> None:
    """Keep which records of a bundle were set aside, and let go of those that were taken over with it.

    ``covered``: the first and last change of the bundle. Records that were released go out anew.
    """
    named = {each.id for each in body.aside}
    if sum(body.reasons.values()) <= len(named):
        sent = select(change.c.record_id).where(change.c.seq.between(*covered))
        over = (sync_aside.c.record_id.in_(sent), sync_aside.c.sent_id.not_in(named))
        connection.execute(delete(sync_aside).where(*over))
    _keep(connection, body.aside)
    released = select(sync_sent.c.record_id).where(sync_sent.c.sent_id.in_({each.id for each in body.again}))
    rescope.send_again(connection, set(connection.execute(released).scalars()))


def _keep(connection: Connection, found: Iterable[SetAside]) -> None:
    reasons = {each.id: each.reason for each in found}
    rows = connection.execute(select(sync_sent).where(sync_sent.c.sent_id.in_(reasons)))
    kept = [
        {**_place(row.sent_id, row.record_id, row.case_id), "kind": row.kind, "reason": reasons[row.sent_id]}
        for row in rows
    ]
    if kept:
        statement = insert_for(connection.dialect)(sync_aside)
        again = {name: statement.excluded[name] for name in ("case_id", "reason")}
        connection.execute(statement.on_conflict_do_update(index_elements=["sent_id"], set_=again), kept)


def _place(sent_id: str, record_id: str, case_id: str) -> dict[str, str]:
    return {"sent_id": sent_id, "record_id": record_id, "case_id": case_id}
