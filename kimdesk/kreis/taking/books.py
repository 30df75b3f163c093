"""The ledger as it is stored: from rows to the pure decision and back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from kimdesk.kreis.registry import desk_table, inbox, ledger, waiting
from kimdesk.kreis.rows import upsert
from kimdesk.kreis.taking.ledger import BundleChain, Claim
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import gaps
from kimdesk.sync.sealing.gaps import Gap
from kimdesk.sync.sealing.manifest import BundleManifest

ARRIVED: Final = ("applied", "late")
"""States of bundles that were here; "expected" ones are known only by what their successor says."""


class WaitState(StrEnum):
    """How a bundle waits that was here and was not taken over."""

    HELD = "held"  # changes before it are missing
    OPEN = "open"  # a fork: a person decides which history counts
    DOUBTFUL = "doubtful"  # an epoch that cannot have begun yet: a person decides whether it counts
    CHOSEN = "chosen"  # its history counts; taken over as soon as it is read in again
    REJECTED = "rejected"  # its history was decided against


UNDECIDED: Final = (WaitState.OPEN, WaitState.DOUBTFUL)
"""What a person has to decide."""
_SOON: Final = 1000
"""Epochs after the one that counts that may have begun at any time: a desk begins one more than that."""
_IS_HELD: Final = waiting.c.state.in_([WaitState.HELD, WaitState.CHOSEN])


def claim_of(manifest: BundleManifest, digest: str) -> Claim:
    """Return what a bundle says of its place in the chain."""
    return Claim(
        manifest.epoch,
        manifest.seq,
        digest,
        manifest.prev,
        manifest.from_change,
        manifest.to_change,
        manifest.earlier or (),
    )


def chain_of(connection: Connection, desk_id: str, claim: Claim, latest: int) -> BundleChain:
    """Return what is known of a desk's chain around the bundle of ``claim``; ``latest`` as there."""
    desk = desk_of(connection, desk_id)
    near = (ledger.c.desk_id == desk_id, ledger.c.seq.in_([claim.seq, *claim.named]))
    rows = connection.execute(select(ledger).where(*near)).all()
    current = {row.seq: row.digest for row in rows if row.epoch == desk.epoch}
    former = {(row.epoch, row.seq): row.digest for row in rows if row.epoch != desk.epoch}
    aside = select(waiting.c.digest, waiting.c.state).where(waiting.c.desk_id == desk_id)
    states = connection.execute(aside.where(waiting.c.state.in_([WaitState.OPEN, WaitState.REJECTED]))).all()
    return BundleChain(
        desk.epoch,
        desk.last_seq,
        desk.applied_change,
        current,
        former,
        rejected=frozenset(row.digest for row in states if row.state == WaitState.REJECTED),
        forked=any(row.state == WaitState.OPEN for row in states),
        contested=bool(desk.contested),
        latest=max(latest, desk.epoch + _SOON),
    )


def is_forked(connection: Connection, desk_id: str) -> bool:
    """Return whether a person has still to decide which history of a desk counts."""
    open_ = (waiting.c.desk_id == desk_id, waiting.c.state == WaitState.OPEN)
    return connection.execute(select(waiting.c.digest).where(*open_).limit(1)).first() is not None


def desk_of(connection: Connection, desk_id: str) -> Row[Any]:
    """Return the row of an enrolled desk."""
    return connection.execute(select(desk_table).where(desk_table.c.id == desk_id)).one()


def write_applied(
    connection: Connection, desk_id: str, claim: Claim, last_receipt: int, moment: datetime
) -> None:
    """Write that the bundle of ``claim`` was applied, and what it says of the one before."""
    before = desk_of(connection, desk_id)
    covered = before.applied_change if before.epoch == claim.epoch else 0
    _write(connection, desk_id, claim, "applied", moment)
    _expect(connection, desk_id, claim, moment)
    connection.execute(delete(waiting).where(waiting.c.digest == claim.digest))
    now = {
        "epoch": claim.epoch,
        "last_seq": claim.seq,
        "applied_change": max(covered, claim.to_change),
        "last_receipt": last_receipt,
    }
    connection.execute(update(desk_table).where(desk_table.c.id == desk_id).values(now))


def expect(connection: Connection, desk_id: str, claim: Claim, moment: datetime) -> None:
    """Write that the bundle of ``claim`` is the one that counts under its number, though it is not here."""
    _write(connection, desk_id, claim, "expected", moment)


def _expect(connection: Connection, desk_id: str, claim: Claim, moment: datetime) -> None:
    """Write which bundles go before that of ``claim``; one that was held arrived in truth."""
    for seq, digest in claim.named.items():
        _write(connection, desk_id, Claim(claim.epoch, seq, digest, "", 0, 0), "expected", moment)
    while claim.prev:
        held = _held(connection, desk_id, claim)
        before = held or Claim(claim.epoch, claim.seq - 1, claim.prev, "", 0, 0)
        _write(connection, desk_id, before, "late" if held else "expected", moment)
        if held:
            connection.execute(delete(waiting).where(waiting.c.digest == held.digest))
            settle(connection, [held.digest], moment)
        claim = before


def _held(connection: Connection, desk_id: str, claim: Claim) -> Claim | None:
    """Return the bundle before that of ``claim`` if it was here and waits for nothing else."""
    this = (waiting.c.desk_id == desk_id, waiting.c.digest == claim.prev, waiting.c.epoch == claim.epoch)
    row = connection.execute(select(waiting).where(*this, waiting.c.seq == claim.seq - 1, _IS_HELD)).first()
    return claim_in(row) if row else None


def claim_in(row: Row[Any]) -> Claim:
    """Return what a bundle that waits says of its place in the chain."""
    earlier = row.earlier.split()
    return Claim(row.epoch, row.seq, row.digest, row.prev, row.from_change, row.to_change, earlier)


def settle(connection: Connection, digests: Collection[str], moment: datetime) -> None:
    """Let nobody have to look at bundles any more that were read in."""
    files = update(inbox).where(inbox.c.digest.in_(digests), inbox.c.settled_at == "")
    connection.execute(files.values(settled_at=moment_text(moment)))


def write_late(connection: Connection, desk_id: str, claim: Claim, moment: datetime) -> None:
    """Write that a bundle turned up whose changes a later one had brought; a known one stays as it is."""
    this = (ledger.c.desk_id == desk_id, ledger.c.epoch == claim.epoch, ledger.c.seq == claim.seq)
    arrived = update(ledger).where(*this, ledger.c.state == "expected")
    connection.execute(arrived.values(state="late", at=moment_text(moment)))
    _expect(connection, desk_id, claim, moment)


def _write(connection: Connection, desk_id: str, claim: Claim, state: str, moment: datetime) -> None:
    """Write what is known of a bundle; nothing takes the place of one that was here."""
    values = {"desk_id": desk_id, "epoch": claim.epoch, "seq": claim.seq, "digest": claim.digest,
              "state": state, "to_change": claim.to_change, "at": moment_text(moment)}  # fmt: skip
    statement = upsert(connection, ledger).values(values)
    key = [each.name for each in ledger.primary_key]
    came = {name: values[name] for name in ("digest", "state", "to_change", "at")}
    only_named = (ledger.c.state == "expected") & (state != "expected")
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=came, where=only_named))


def wait(
    connection: Connection, desk_id: str, claim: Claim, state: WaitState, moment: datetime, **told: Any
) -> None:
    """Write that a bundle was here and waits; ``told``: the columns ``cases``, ``created`` and of its file.

    What a person has decided of it stays.
    """
    values = {
        "digest": claim.digest, "desk_id": desk_id, "epoch": claim.epoch, "seq": claim.seq,
        "prev": claim.prev, "earlier": " ".join(claim.earlier),
        "from_change": claim.from_change, "to_change": claim.to_change,
        "state": state, "at": moment_text(moment), **told,
    }  # fmt: skip
    statement = upsert(connection, waiting).values(values)
    set_ = {"state": state, "body": statement.excluded.body, "at": values["at"]}
    undecided = waiting.c.state.in_([WaitState.HELD, WaitState.OPEN, WaitState.DOUBTFUL])
    connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=set_, where=undecided))


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
