"""Taking the receipts of the Kreis: only they make changes count as sent."""

from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select, update

from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import BundleError
from kimdesk.store.work import Writer
from kimdesk.sync.answered import note_set_aside
from kimdesk.sync.finding_answers import take_answers
from kimdesk.sync.leaving import rescope
from kimdesk.sync.sealing.envelope import inspect, keys_of, verify_and_open
from kimdesk.sync.sealing.keys import PublicIdentity
from kimdesk.sync.sealing.manifest import ReceiptBody, decode_receipt
from kimdesk.sync.tables import sync_out
from kimdesk.sync.trust import device, joining, kreis_keys
from kimdesk.sync.trust.device import Enrolled, ExchangeState

MISSING: Final = "missing"
"""Result of a bundle which the receipt of a later one says never arrived."""
DONE: Final = ("applied", "duplicate")
"""Results of a bundle that was taken over."""
NOT_FOR_OUR_KEYS: Final = "E304"
"""Of a receipt for another desk, or for newer keys of this one, which went with a restored backup."""
_CLOCK: Final = "E407"  # the epoch of a bundle cannot have begun yet


def take(desk: Desk, path: Path) -> ReceiptBody:
    """Take a receipt and return what it says. Taking it again, or an older one, changes nothing.

    What the Kreis says there of its keys is kept, and a certificate it sends along. Raises BundleError E802
    before the desk is enrolled, E404 when it answers no bundle of this desk, E202 when it is from somebody
    else than its Kreis, E219 when signed with a key that was replaced, E304 when sealed to keys that this
    desk does not have, and what ``envelope.verify_and_open`` raises.
    """
    device.trusted(desk)
    device.prepare(desk)
    statement = keys_of(path)
    trusted = device.trusted(desk, statement)
    certificate, body = trusted.certificate, _read(desk, path, trusted)
    with desk.writing() as writer:
        answered = _row(writer.connection, body.epoch, body.seq)
        if body.device != certificate.desk or answered is None or answered.digest != body.bundle:
            raise BundleError("E404")
        device.adopt(writer, statement)
        state = device.read_state(writer)
        newer = body.epoch == state.epoch and body.kreis_seq > state.kreis_seq
        _note(writer.connection, body)
        if newer and body.result in DONE:
            _note_missing(writer.connection, body)
            note_set_aside(writer.connection, body, (answered.from_change, answered.to_change))
        _move(writer, state, body, answered.to_change)
        take_answers(writer, body.answers)
        writer.record("receipt", "bundle", f"{body.epoch}/{body.seq}")
        if body.certificate:
            joining.hear(desk, writer, body.certificate, certificate)
    return body


def is_own(desk: Desk, recipient: str) -> bool:
    """Return whether a receipt is sealed to keys of this desk; ``recipient``: the id of the sealing key."""
    return device.opening(desk, recipient).sealing.public.key_id == recipient


def _read(desk: Desk, path: Path, trusted: Enrolled) -> ReceiptBody:
    recipient = inspect(path).recipient
    if not is_own(desk, recipient):
        raise BundleError(NOT_FOR_OUR_KEYS)
    own = device.opening(desk, recipient)

    def sender(key_id: str) -> PublicIdentity | None:
        if trusted.kreis.signing.key_id == key_id:
            return trusted.kreis
        said = keys_of(path)
        if said and kreis_keys.read(said, trusted.certificate.kreis).receipts.key_id == key_id:
            raise BundleError("E219")
        return None

    with verify_and_open(path, recipient=own, senders=sender, kind="receipt") as opened:
        return decode_receipt(opened.manifest)


def _row(connection: Connection, epoch: int, seq: int) -> Row[Any] | None:
    this = (sync_out.c.epoch == epoch, sync_out.c.seq == seq)
    return connection.execute(select(sync_out).where(*this)).first()


def _note(connection: Connection, body: ReceiptBody) -> None:
    """Write the result beside the bundle; what was taken over once stays taken over."""
    this = (sync_out.c.epoch == body.epoch, sync_out.c.seq == body.seq, sync_out.c.result.not_in(DONE))
    values = {"result": body.result, "code": body.code, "receipt_at": body.created}
    connection.execute(update(sync_out).where(*this).values(values))


def _note_missing(connection: Connection, body: ReceiptBody) -> None:
    """Write which bundles never arrived, as the newest receipt says."""
    these = (sync_out.c.epoch == body.epoch, sync_out.c.result == MISSING)
    connection.execute(update(sync_out).where(*these).values(result=""))
    for gap in body.missing:
        missing = (sync_out.c.seq.between(*gap), sync_out.c.epoch == body.epoch, sync_out.c.result == "")
        connection.execute(update(sync_out).where(*missing).values(result=MISSING))


def _move(writer: Writer, state: ExchangeState, body: ReceiptBody, to_change: int) -> None:
    if body.code == _CLOCK and body.epoch == state.epoch:
        device.begin_epoch(writer, _epoch_after(writer.connection, body))
        return
    moved = moved_by(state, body, to_change)
    if moved != state:
        device.save_state(writer, moved)
        rescope.forget_erased(writer.connection, moved.received)


def _epoch_after(connection: Connection, body: ReceiptBody) -> int:
    """Return an epoch by the clock of the Kreis, after the one it knows, under which nothing was written."""
    least = max(body.known_epoch + 1, device.epoch_at(datetime.fromisoformat(body.created)))
    used = set(connection.execute(select(sync_out.c.epoch).where(sync_out.c.epoch >= least)).scalars())
    return next(epoch for epoch in count(least) if epoch not in used)


def moved_by(state: ExchangeState, body: ReceiptBody, to_change: int) -> ExchangeState:
    """Return how far the Kreis has everything, once ``body`` has answered a bundle up to ``to_change``.

    A receipt confirms no more than its own bundle held, whatever else the Kreis has by then. A bundle that
    is held tells that the Kreis has less than it once confirmed, as after a restored backup there: then all
    of that goes again, unless a newer receipt came before. What was refused or set aside tells nothing: the
    Kreis may be speaking of a copy of this desk.
    """
    state = msgspec.structs.replace(state, known_epoch=max(state.known_epoch, body.known_epoch))
    done = body.result in DONE
    if body.epoch != state.epoch or not (done or body.result == "held"):
        return state
    receipt = max(state.receipt, body.seq) if done else state.receipt
    if body.kreis_seq <= state.kreis_seq:
        return msgspec.structs.replace(state, receipt=receipt)
    reached = min(body.to_change, to_change)
    received = max(state.received, reached) if done else min(state.received, reached)
    return msgspec.structs.replace(state, received=received, receipt=receipt, kreis_seq=body.kreis_seq)
