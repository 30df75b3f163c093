"""The ledger as it is stored: from rows to the pure decision and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from kimdesk.kreis.ledger import BundleChain, Claim
from kimdesk.kreis.registry import desk_table, ledger
from kimdesk.kreis.rows import upsert
from kimdesk.store.columns import moment_text
from kimdesk.sync import gaps
from kimdesk.sync.gaps import Gap
from kimdesk.sync.manifest import BundleManifest

ARRIVED: Final = ("applied", "late")
"""States of bundles that were here; "expected" ones are known only by what their successor says."""


def claim_of(manifest: BundleManifest, digest: str) -> Claim:
    """Return what a bundle says of its place in the chain."""
    return Claim(
        manifest.epoch, manifest.seq, digest, manifest.prev, manifest.from_change, manifest.to_change
    )


def chain_of(connection: Connection, desk_id: str, claim: Claim) -> BundleChain:
    """Return what is known of a desk's chain around the bundle of ``claim``."""
    desk = connection.execute(select(desk_table).where(desk_table.c.id == desk_id)).one()
    near = (ledger.c.desk_id == desk_id, ledger.c.seq.in_([claim.seq - 1, claim.seq]))
    rows = connection.execute(select(ledger).where(*near)).all()
    current = {row.seq: row.digest for row in rows if row.epoch == desk.epoch}
    former = {(row.epoch, row.seq): row.digest for row in rows if row.epoch < desk.epoch}
    return BundleChain(desk.epoch, desk.last_seq, desk.applied_change, current, former)


def write_applied(
    connection: Connection, desk_id: str, claim: Claim, last_receipt: int, moment: datetime
) -> None:
    """Write that the bundle of ``claim`` was applied, and what it says of the one before."""
    before = connection.execute(select(desk_table).where(desk_table.c.id == desk_id)).one()
    covered = before.applied_change if before.epoch == claim.epoch else 0
    _write(connection, desk_id, claim.epoch, claim.seq, claim.digest, "applied", claim.to_change, moment)
    _expect(connection, desk_id, claim, moment)
    now = {
        "epoch": claim.epoch,
        "last_seq": claim.seq,
        "applied_change": max(covered, claim.to_change),
        "last_receipt": last_receipt,
    }
    connection.execute(update(desk_table).where(desk_table.c.id == desk_id).values(now))


def _expect(connection: Connection, desk_id: str, claim: Claim, moment: datetime) -> None:
    if claim.prev:
        _write(connection, desk_id, claim.epoch, claim.seq - 1, claim.prev, "expected", 0, moment)


def write_late(connection: Connection, desk_id: str, claim: Claim, moment: datetime) -> None:
    """Write that a bundle turned up whose changes a later one had brought; a known one stays as it is."""
    this = (ledger.c.desk_id == desk_id, ledger.c.epoch == claim.epoch, ledger.c.seq == claim.seq)
    arrived = update(ledger).where(*this, ledger.c.state == "expected")
    connection.execute(arrived.values(state="late", at=moment_text(moment)))
    _expect(connection, desk_id, claim, moment)


def _write(
    connection: Connection, desk_id: str, epoch: int, seq: int, digest: str, state: str, to_change: int,
    moment: datetime,
) -> None:  # fmt: skip
    values = {"desk_id": desk_id, "epoch": epoch, "seq": seq, "digest": digest, "state": state,
              "to_change": to_change, "at": moment_text(moment)}  # fmt: skip
    connection.execute(upsert(connection, ledger).values(values).on_conflict_do_nothing())


def heard(connection: Connection, desk_id: str, moment: datetime) -> None:
    """Write that something genuine came from a desk."""
    this = update(desk_table).where(desk_table.c.id == desk_id)
    connection.execute(this.values(heard_at=moment_text(moment)))


def missing(connection: Connection, desks: Sequence[Row[Any]]) -> dict[str, tuple[Gap, ...]]:
    """Return, by desk, the numbers up to its last bundle of which nothing has arrived."""
    now = (desk_table.c.id == ledger.c.desk_id) & (desk_table.c.epoch == ledger.c.epoch)
    wanted = (ledger.c.desk_id.in_([each.id for each in desks]), ledger.c.state.in_(ARRIVED))
    rising = select(ledger.c.desk_id, ledger.c.seq).join(desk_table, now).where(*wanted)
    arrived: dict[str, list[int]] = {}
    for desk_id, seq in connection.execute(rising.order_by(ledger.c.seq)):
        arrived.setdefault(desk_id, []).append(seq)
    return {each.id: gaps.between(arrived.get(each.id, ()), each.last_seq) for each in desks}
