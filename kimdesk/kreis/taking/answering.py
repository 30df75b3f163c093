"""Receipts: what a desk is told of each of its bundles, signed, sealed to it and kept in the registry."""

import io
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select

from kimdesk.kreis.enrolled.keyring import KeyRing
from kimdesk.kreis.enrolled.roster import Sender, certificate_of
from kimdesk.kreis.findings import answers_for
from kimdesk.kreis.registry import receipt
from kimdesk.kreis.rows import RECEIPTS
from kimdesk.kreis.taking import aside, books
from kimdesk.kreis.taking.apply import Counts
from kimdesk.kreis.taking.aside import Asides
from kimdesk.store.columns import moment_text
from kimdesk.store.postgresql.turns import take_turn
from kimdesk.sync.sealing.envelope import inspect, seal
from kimdesk.sync.sealing.file_names import file_stem
from kimdesk.sync.sealing.gaps import Gap
from kimdesk.sync.sealing.manifest import BundleManifest, FindingAnswer, ReceiptBody, decode_receipt
from kimdesk.sync.sealing.wire import encode

SUFFIX: Final = ".kimr"


class Result(StrEnum):
    """What came of a file."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"  # known already; the same receipt again
    HELD = "held"  # changes before it are missing; read it in again later
    QUARANTINED = "quarantined"  # another bundle under a number that is taken
    REFUSED = "refused"


@dataclass(slots=True)
class ImportOutcome:
    """What the transaction of one genuine bundle came to, and the receipt it left."""

    result: Result
    code: str = ""
    counts: Counts | None = None
    missing: tuple[Gap, ...] = ()
    asides: Asides | None = None
    receipt: bytes = b""


@dataclass(frozen=True, slots=True)
class About:
    """Which bundle a receipt answers; ``sealed_to``: the key id of the import key it came for."""

    sender: Sender
    manifest: BundleManifest
    digest: str
    bundle_id: str
    sealed_to: str


class KeptReceipt(msgspec.Struct, frozen=True, array_like=True):
    """A receipt in the registry: what it says, and the file it was first given as."""

    said: bytes
    file: bytes


def write(
    connection: Connection, ring: KeyRing, about: About, outcome: ImportOutcome, moment: datetime
) -> bytes:
    """Return the receipt of a bundle, having kept it.

    Its number only rises, by the clock if need be: also after a backup of the Kreis was restored.
    """
    take_turn(connection, RECEIPTS)
    last = connection.execute(select(func.max(receipt.c.kreis_seq))).scalar() or 0
    kreis_seq = max(last + 1, int(moment.timestamp()))
    body = _body(connection, about, outcome, kreis_seq, moment)
    file = _sealed(connection, ring, about, body)
    values = {
        "kreis_seq": kreis_seq, "digest": about.digest, "desk_id": about.sender.id,
        "epoch": about.manifest.epoch, "seq": about.manifest.seq, "result": outcome.result.value,
        "body": msgspec.msgpack.encode(KeptReceipt(encode(body), file)), "at": moment_text(moment),
    }  # fmt: skip
    connection.execute(insert(receipt).values(values))
    return file


def again(connection: Connection, ring: KeyRing, about: About) -> bytes:
    """Return the receipt of a bundle that was taken over, as it was first given; b"" when there is none.

    Where either side has other keys by now, it says the same, sealed and signed with those.
    """
    done = receipt.c.result.in_([Result.APPLIED, Result.DUPLICATE])
    this = (receipt.c.digest == about.digest, done, func.length(receipt.c.body) > 0)
    found = connection.execute(select(receipt.c.body).where(*this).order_by(receipt.c.kreis_seq)).first()
    if found is None:
        return b""
    kept = msgspec.msgpack.decode(found.body, type=KeptReceipt)
    header = inspect(io.BytesIO(kept.file))
    parties = (ring.exchange.signing.public.key_id, about.sender.receiving.sealing.key_id)
    if (header.sender, header.recipient) == parties:
        return kept.file
    return _sealed(connection, ring, about, decode_receipt(kept.said))


def _sealed(connection: Connection, ring: KeyRing, about: About, body: ReceiptBody) -> bytes:
    """Return the receipt as a file, with the desk's certificate when it cannot have the present one."""
    sealed = io.BytesIO()
    if about.sender.former or about.sealed_to != ring.exchange.sealing.public.key_id:
        body = msgspec.structs.replace(body, certificate=certificate_of(connection, about.sender.id))
    seal(
        sealed, (), kind="receipt", sender=ring.exchange, recipient=about.sender.receiving,
        manifest=encode(body), keys=ring.statement,
    )  # fmt: skip
    return sealed.getvalue()


def _body(
    connection: Connection, about: About, outcome: ImportOutcome, kreis_seq: int, moment: datetime
) -> ReceiptBody:
    row = books.desk_of(connection, about.sender.id)
    return ReceiptBody(
        bundle=about.digest,
        bundle_id=about.bundle_id,
        device=about.sender.id,
        epoch=about.manifest.epoch,
        seq=about.manifest.seq,
        result=outcome.result.value,
        code=outcome.code,
        to_change=row.applied_change if row.epoch == about.manifest.epoch else 0,
        kreis_seq=kreis_seq,
        counts=asdict(outcome.counts) if outcome.counts else {},
        missing=outcome.missing,
        aside=outcome.asides.told() if outcome.asides else (),
        reasons=outcome.asides.totals() if outcome.asides else {},
        answers=_answers(connection, about, outcome),
        again=aside.released(connection, about.sender.id),
        known_epoch=row.epoch,
        created=moment_text(moment),
    )


def _answers(connection: Connection, about: About, outcome: ImportOutcome) -> tuple[FindingAnswer, ...]:
    """Return what this desk does not know yet; whoever sends what does not fit may be a copy of it."""
    if outcome.result is not Result.APPLIED:
        return ()
    return answers_for(connection, about.sender.id, about.manifest.answers)


def receipt_name(desk_name: str, manifest: BundleManifest, result: Result) -> str:
    """Return the file name of a receipt: of this desk alone, whatever others are called.

    One of a refusal never takes the place of one of success.
    """
    stem = f"{file_stem('Q', desk_name, manifest.epoch, manifest.seq)}-{manifest.device[:6]}"
    done = result in (Result.APPLIED, Result.DUPLICATE)
    return f"{stem}{'' if done else f'-{result.value}'}{SUFFIX}"
