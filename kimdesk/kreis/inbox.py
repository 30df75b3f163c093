"""Reading bundles in: limits → signatures → unsealing → ledger → strict parsing → authorisation → one
transaction → receipt. A failure at any point changes nothing but the list of what was read in.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, insert, select

from kimdesk.cage import heeded
from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates, media
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.domain.files import shown_name
from kimdesk.kreis import books, reading, transfers
from kimdesk.kreis.apply import Counts, Takeover
from kimdesk.kreis.aside import Asides
from kimdesk.kreis.desks import Sender, sender_of
from kimdesk.kreis.findings import answers_for, note_report
from kimdesk.kreis.keyring import KeyRing, trust
from kimdesk.kreis.ledger import Claim, Decision, Verdict, decide
from kimdesk.kreis.registry import Registry, desk_table, inbox, open_registry, receipt
from kimdesk.kreis.rows import working
from kimdesk.store.columns import moment_text
from kimdesk.sync.envelope import OpenedEnvelope, inspect, seal, verify_and_open
from kimdesk.sync.file_names import file_stem
from kimdesk.sync.gaps import Gap
from kimdesk.sync.keys import PublicIdentity
from kimdesk.sync.manifest import BundleManifest, FindingAnswer, ReceiptBody, decode_manifest
from kimdesk.sync.wire import encode

SUFFIX: Final = ".kimr"
Progress = Callable[[int, int], None]


class Result(StrEnum):
    """What came of a file."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"  # known already; the same receipt again
    HELD = "held"  # changes before it are missing; read it in again later
    QUARANTINED = "quarantined"  # another bundle under a number that is taken
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of one file; ``receipt`` is where its receipt was written, if there is one."""

    file: Path
    result: Result
    code: str = ""
    seq: int = 0
    cases: int = 0
    desk: str = ""
    counts: Counts | None = None
    missing: tuple[Gap, ...] = ()
    receipt: Path | None = None


def import_files(
    desk: Desk,
    paths: Iterable[Path],
    receipts: Path,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> tuple[ImportResult, ...]:
    """Read bundles in, one after the other, and write their receipts into the folder ``receipts``.

    ``progress`` is told (files done, all). When it is stopped (``cage.Stop``), what was taken over stays, the
    file that is being read is not (E609), and the others are left. Raises StoreError E920 when that folder is
    missing, before anything is read; what is wrong with a single file stands in its result.
    """
    moment = now or dates.now()
    files = tuple(paths)
    importing = Importing(open_registry(desk), trust(desk, moment).ring, receipts, moment)
    with media.understood(receipts):
        found = []
    if files:
        reading.prepare()
    for done, path in enumerate(files, start=1):
        if heeded().stopped:
            break
        found.append(importing.take(path))
        if progress:
            progress(done, len(files))
    if files:
        desk.announce(REGISTRY)
    return tuple(found)


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
class Importing:
    """What all files of one reading-in share."""

    registry: Registry
    ring: KeyRing
    receipts: Path
    moment: datetime

    def take(self, path: Path) -> ImportResult:
        """Return what came of one file, having noted it."""
        try:
            with media.understood(path.parent):
                own = self.ring.opening(inspect(path).recipient)
                with verify_and_open(path, recipient=own, senders=self._identity, kind="bundle") as opened:
                    return self._genuine(path, opened)
        except (BundleError, StoreError) as error:
            refused = ImportResult(path, Result.REFUSED, error.code)
            with working(self.registry) as work:
                _note(work.connection, refused, self.moment)
                work.tell("bundle_read", "")
            return refused

    def _identity(self, signing_key: str) -> PublicIdentity | None:
        found = sender_of(self.registry, signing_key)
        return found.identity if found else None

    def _genuine(self, path: Path, opened: OpenedEnvelope) -> ImportResult:
        """Take a file whose signature holds: from here on there is somebody to answer."""
        sender = sender_of(self.registry, opened.sender.signing.key_id)
        if sender is None:
            raise BundleError("E202")
        manifest = decode_manifest(opened.manifest)
        bundle = Bundle(self, sender, manifest, opened)
        try:
            with working(self.registry) as work:
                outcome = bundle.settle(work.connection)
                found = self._result(path, sender, manifest, outcome)
                _note(work.connection, found, self.moment, manifest, opened.sha384.hex(), sender.id)
                work.tell("bundle_read", opened.sha384.hex())
        except BundleError as error:
            if error.code in reading.NOT_THE_FILE:
                raise
            with working(self.registry) as work:
                outcome = ImportOutcome(Result.REFUSED, error.code)
                outcome.receipt = bundle.answer(work.connection, outcome)
                found = self._result(path, sender, manifest, outcome)
                _note(work.connection, found, self.moment, manifest, opened.sha384.hex(), sender.id)
                work.tell("bundle_read", opened.sha384.hex())
        return self._with_receipt(found, outcome, manifest)

    def _result(
        self, path: Path, sender: Sender, manifest: BundleManifest, outcome: ImportOutcome
    ) -> ImportResult:
        return ImportResult(
            path,
            outcome.result,
            outcome.code,
            manifest.seq,
            manifest.cases,
            sender.name,
            outcome.counts,
            outcome.missing,
        )

    def _with_receipt(
        self, found: ImportResult, outcome: ImportOutcome, manifest: BundleManifest
    ) -> ImportResult:
        """Write the receipt. Should the folder refuse, reading the bundle in again writes it again."""
        path = self.receipts / receipt_name(found.desk, manifest, outcome.result)
        try:
            media.write(path, outcome.receipt)
        except StoreError as error:
            return replace(found, code=found.code or error.code)
        return replace(found, receipt=path)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A genuine bundle: its sender and what it says of itself."""

    importing: Importing
    sender: Sender
    manifest: BundleManifest
    opened: OpenedEnvelope

    @property
    def claim(self) -> Claim:
        """Return its place in the chain."""
        return books.claim_of(self.manifest, self.opened.sha384.hex())

    def settle(self, connection: Connection) -> ImportOutcome:
        """Decide and do what the ledger says, within the transaction. Raises BundleError: all is undone."""
        moment = self.importing.moment
        if self.manifest.device != self.sender.id:
            raise BundleError("E803")
        self.sender.check(self.manifest.epoch, self.manifest.seq, moment.date())
        books.heard(connection, self.sender.id, moment)
        decision = decide(books.chain_of(connection, self.sender.id, self.claim), self.claim)
        outcome = self._do(connection, decision)
        outcome.receipt = outcome.receipt or self.answer(connection, outcome)
        return outcome

    def _do(self, connection: Connection, decision: Decision) -> ImportOutcome:
        if decision.verdict is Verdict.FORK:
            return ImportOutcome(Result.QUARANTINED, "E401")
        if decision.verdict is Verdict.HOLD:
            return ImportOutcome(Result.HELD, "E402", missing=decision.missing)
        if decision.verdict is Verdict.DUPLICATE:
            books.write_late(connection, self.sender.id, self.claim, self.importing.moment)
            return ImportOutcome(Result.DUPLICATE, receipt=_receipt(connection, self.claim.digest))
        manifest = self.manifest
        proofs = manifest.transfers or []
        transfers.take(connection, self.sender.id, proofs, self.importing.moment)
        takeover = Takeover(connection, self.sender, manifest.epoch, manifest.seq, self.importing.moment)
        counts = takeover.take(reading.read(self.opened))
        transfers.clear_rest(connection, self.sender.id, proofs)
        books.write_applied(
            connection, self.sender.id, self.claim, manifest.last_receipt, self.importing.moment
        )
        note_report(connection, self.sender.id, manifest)
        missing = self._missing(connection)
        return ImportOutcome(Result.APPLIED, "", counts, missing, takeover.asides)

    def _missing(self, connection: Connection) -> tuple[Gap, ...]:
        row = connection.execute(select(desk_table).where(desk_table.c.id == self.sender.id)).one()
        return books.missing(connection, [row])[row.id]

    def answer(self, connection: Connection, outcome: ImportOutcome) -> bytes:
        """Return a signed and sealed receipt, kept in the registry.

        Its number only rises, by the clock if need be: also after a backup of the Kreis was restored.
        """
        last = connection.execute(select(func.max(receipt.c.kreis_seq))).scalar() or 0
        kreis_seq = max(last + 1, int(self.importing.moment.timestamp()))
        body = encode(self._body(connection, outcome, kreis_seq))
        sealed, ring = io.BytesIO(), self.importing.ring
        seal(
            sealed, (), kind="receipt", sender=ring.exchange, recipient=self.sender.identity, manifest=body,
            keys=ring.statement,
        )  # fmt: skip
        values = {
            "kreis_seq": kreis_seq, "digest": self.claim.digest, "desk_id": self.sender.id,
            "epoch": self.manifest.epoch, "seq": self.manifest.seq, "result": outcome.result.value,
            "body": sealed.getvalue(), "at": moment_text(self.importing.moment),
        }  # fmt: skip
        connection.execute(insert(receipt).values(values))
        return sealed.getvalue()

    def _body(self, connection: Connection, outcome: ImportOutcome, kreis_seq: int) -> ReceiptBody:
        row = connection.execute(select(desk_table).where(desk_table.c.id == self.sender.id)).one()
        return ReceiptBody(
            bundle=self.claim.digest,
            bundle_id=self.opened.header.bundle_id,
            device=self.sender.id,
            epoch=self.manifest.epoch,
            seq=self.manifest.seq,
            result=outcome.result.value,
            code=outcome.code,
            to_change=row.applied_change if row.epoch == self.manifest.epoch else 0,
            kreis_seq=kreis_seq,
            counts=asdict(outcome.counts) if outcome.counts else {},
            missing=outcome.missing,
            aside=outcome.asides.told() if outcome.asides else (),
            reasons=outcome.asides.totals() if outcome.asides else {},
            answers=self._answers(connection, outcome),
            created=moment_text(self.importing.moment),
        )

    def _answers(self, connection: Connection, outcome: ImportOutcome) -> tuple[FindingAnswer, ...]:
        """Return what this desk does not know yet; whoever sends what does not fit may be a copy of it."""
        if outcome.result is not Result.APPLIED:
            return ()
        return answers_for(connection, self.sender.id, self.manifest.answers)


def receipt_name(desk_name: str, manifest: BundleManifest, result: Result) -> str:
    """Return the file name of a receipt: of this desk alone, whatever others are called.

    One of a refusal never takes the place of one of success.
    """
    stem = f"{file_stem('Q', desk_name, manifest.epoch, manifest.seq)}-{manifest.device[:6]}"
    done = result in (Result.APPLIED, Result.DUPLICATE)
    return f"{stem}{'' if done else f'-{result.value}'}{SUFFIX}"


def _receipt(connection: Connection, digest: str) -> bytes:
    """Return the receipt of a bundle that was taken over, as it was first given."""
    done = receipt.c.result.in_([Result.APPLIED, Result.DUPLICATE])
    wanted = select(receipt.c.body).where(receipt.c.digest == digest, done).order_by(receipt.c.kreis_seq)
    return connection.execute(wanted.limit(1)).scalar() or b""


def _note(
    connection: Connection,
    found: ImportResult,
    moment: datetime,
    manifest: BundleManifest | None = None,
    digest: str = "",
    desk_id: str = "",
) -> None:
    counts = found.counts or Counts()
    values = {
        "at": moment_text(moment), "file": shown_name(found.file), "desk_id": desk_id,
        "epoch": manifest.epoch if manifest else 0, "seq": found.seq, "digest": digest,
        "result": found.result.value, "code": found.code, "cases": found.cases, "applied": counts.applied,
        "erased": counts.erased, "conflicts": counts.conflicts, "aside": counts.aside,
        "missing": " ".join(map(str, found.missing)), "settled_at": "",
    }  # fmt: skip
    connection.execute(insert(inbox).values(values))
