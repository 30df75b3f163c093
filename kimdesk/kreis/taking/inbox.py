"""Reading bundles in: limits → signatures → unsealing → ledger → strict parsing → authorisation → one
transaction → receipt. A failure at any point changes nothing but the list of what was read in.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select

from kimdesk.cage import heeded
from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates, media
from kimdesk.domain.collecting import rarely
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.domain.files import shown_name
from kimdesk.kreis.enrolled.keyring import KeyRing
from kimdesk.kreis.enrolled.roster import Sender, close_former, present_trust, sender_in, sender_of
from kimdesk.kreis.findings import note_report
from kimdesk.kreis.registry import Registry, desk_table, inbox, open_registry
from kimdesk.kreis.rows import RegistryWork, WrittenBeside, working
from kimdesk.kreis.steering.places import note_arrivals
from kimdesk.kreis.taking import answering, books, doubts, reading, transfers, waiting_room
from kimdesk.kreis.taking.answering import About, ImportOutcome, Result, receipt_name
from kimdesk.kreis.taking.apply import Counts, Takeover
from kimdesk.kreis.taking.books import WaitState
from kimdesk.kreis.taking.ledger import Claim, Decision, Verdict, decide
from kimdesk.kreis.taking.said import Said
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing.envelope import OpenedEnvelope, inspect, verify_and_open
from kimdesk.sync.sealing.gaps import Gap
from kimdesk.sync.sealing.keys import PublicIdentity
from kimdesk.sync.sealing.manifest import BundleManifest, decode_manifest
from kimdesk.sync.trust.device import epoch_at

Progress = Callable[[int, int], None]
_AHEAD: Final = timedelta(days=2)
"""How far the clock of a desk may be ahead before its new epoch is doubted."""


_SET_BY: Final = {
    Verdict.FORK: (Result.QUARANTINED, "E401", WaitState.OPEN),
    Verdict.PENDING: (Result.QUARANTINED, "E405", WaitState.OPEN),
    Verdict.DOUBT: (Result.QUARANTINED, "E407", WaitState.DOUBTFUL),
    Verdict.HOLD: (Result.HELD, "E402", WaitState.HELD),
    Verdict.REJECTED: (Result.REFUSED, "E406", WaitState.REJECTED),
}


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
    inside: Progress | None = None,
) -> tuple[ImportResult, ...]:
    """Read bundles in, one after the other, and write their receipts into the folder ``receipts``.

    ``progress`` is told (files done, all), ``inside`` within a file (records done, all). When it is stopped
    (``cage.Stop``), what was taken over stays, the file that is being read is not (E609), and the others are
    left. Raises StoreError E920 when that folder is missing, before anything is read; what is wrong with a
    single file stands in its result.
    """
    moment = now or dates.now()
    files = tuple(paths)
    importing = Importing(open_registry(desk), present_trust(desk, moment).ring, receipts, moment, inside)
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


@dataclass(frozen=True, slots=True)
class Importing:
    """What all files of one reading-in share."""

    registry: Registry
    ring: KeyRing
    receipts: Path | None
    moment: datetime
    inside: Progress | None = None

    def take(self, path: Path) -> ImportResult:
        """Return what came of one file, having noted it."""
        try:
            with media.understood(path.parent):
                own = self.ring.opening(inspect(path).recipient)
                senders = self._identity
                with rarely(), verify_and_open(path, recipient=own, senders=senders, kind="bundle") as opened:
                    return self._genuine(path, opened)
        except (BundleError, StoreError) as error:
            refused = ImportResult(path, Result.REFUSED, error.code)
            if error.code != reading.STOPPED:  # whoever stopped it knows
                self._note_refused(refused)
            return refused

    def _note_refused(self, refused: ImportResult) -> None:
        """Note a file nothing was taken of; a server that is gone has no list to note it in."""
        try:
            with working(self.registry, WrittenBeside.ANYBODY) as work:
                _note(work.connection, refused, self.moment)
                work.tell("bundle_read", "")
        except StoreError:
            if self.registry.in_vault:
                raise

    def _identity(self, signing_key: str) -> PublicIdentity | None:
        found = sender_of(self.registry, signing_key)
        return found.identity if found else None

    def _genuine(self, path: Path, opened: OpenedEnvelope) -> ImportResult:
        """Take a file whose signature holds: from here on there is somebody to answer."""
        sender = sender_of(self.registry, opened.sender.signing.key_id)
        if sender is None:
            raise BundleError("E202")
        manifest = decode_manifest(opened.manifest)
        bundle = Bundle(self, sender, manifest, opened, path)
        try:
            with self._turn(manifest, sender) as work:
                bundle = replace(bundle, sender=_still(work, opened, sender))
                outcome = bundle.settle(work.connection)
                found = self._result(path, sender, manifest, outcome)
                _note(work.connection, found, self.moment, manifest, opened.sha384.hex(), sender.id)
                work.tell("bundle_read", opened.sha384.hex())
        except BundleError as error:
            if error.code in reading.NOT_THE_FILE:
                raise
            with self._turn(manifest, sender) as work:
                outcome = ImportOutcome(Result.REFUSED, error.code)
                outcome.receipt = bundle.answer(work.connection, outcome)
                found = self._result(path, sender, manifest, outcome)
                _note(work.connection, found, self.moment, manifest, opened.sha384.hex(), sender.id)
                work.tell("bundle_read", opened.sha384.hex())
        return self._with_receipt(found, outcome, manifest)

    def _turn(self, manifest: BundleManifest, sender: Sender) -> AbstractContextManager[RegistryWork]:
        """Begin to write what one desk sends: one office at a time, and alone when cases change hands."""
        return working(
            self.registry,
            WrittenBeside.NOBODY if manifest.transfers else WrittenBeside.ANYBODY,
            desk_id=sender.id,
        )

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
        if self.receipts is None:
            return found
        path = self.receipts / receipt_name(found.desk, manifest, outcome.result)
        try:
            media.write(path, outcome.receipt)
        except StoreError as error:
            return replace(found, code=found.code or error.code)
        return replace(found, receipt=path)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A genuine bundle: its sender and what it says of itself; ``read`` reads what is in it."""

    importing: Importing
    sender: Sender
    manifest: BundleManifest
    opened: OpenedEnvelope
    source: Path | None = None
    read: Callable[[OpenedEnvelope], Iterable[Said]] = reading.read

    @property
    def claim(self) -> Claim:
        """Return its place in the chain."""
        return books.claim_of(self.manifest, self.opened.sha384.hex())

    def _followed(self, counts: Counts) -> Iterator[Said]:
        """Yield what is in it and tell how much of it has been counted."""
        total = sum(each.records for each in self.manifest.sections)
        for each in self.read(self.opened):
            yield each
            if self.importing.inside:
                done = counts.applied + counts.unchanged + counts.erased + counts.aside
                self.importing.inside(min(done, total), total)

    def settle(self, connection: Connection) -> ImportOutcome:
        """Decide and do what the ledger says, within the transaction. Raises BundleError: all is undone."""
        moment = self.importing.moment
        if self.manifest.device != self.sender.id:
            raise BundleError("E803")
        self.sender.check(self.manifest.epoch, self.manifest.seq, moment.date())
        books.heard(connection, self.sender.id, moment)
        latest = epoch_at(max(moment, dates.now()) + _AHEAD)
        decision = decide(books.chain_of(connection, self.sender.id, self.claim, latest), self.claim)
        outcome = self._do(connection, decision)
        outcome.receipt = outcome.receipt or self.answer(connection, outcome)
        return outcome

    def _do(self, connection: Connection, decision: Decision) -> ImportOutcome:
        if decision.verdict in _SET_BY:
            result, code, state = _SET_BY[decision.verdict]
            self._wait(connection, state)
            return ImportOutcome(result, code, missing=decision.missing)
        if decision.verdict is Verdict.DUPLICATE:
            books.write_late(connection, self.sender.id, self.claim, self.importing.moment)
            known = answering.again(connection, self.importing.ring, self._about)
            return ImportOutcome(Result.DUPLICATE, missing=self._missing(connection), receipt=known)
        manifest = self.manifest
        proofs = manifest.transfers or []
        transfers.take(connection, self.sender.id, proofs, self.importing.moment)
        takeover = Takeover(connection, self.sender, manifest.epoch, manifest.seq, self.importing.moment)
        counts = takeover.take(self._followed(takeover.counts))
        transfers.clear_rest(connection, self.sender.id, proofs)
        if manifest.from_change <= 1:  # it says everything
            counts.erased += doubts.end(connection, self.sender.id)
        books.write_applied(
            connection, self.sender.id, self.claim, manifest.last_receipt, self.importing.moment
        )
        note_report(connection, self.sender.id, manifest)
        note_arrivals(connection, self.sender.id, self.importing.moment)
        close_former(connection, self.sender, manifest.epoch, manifest.seq)
        missing = self._missing(connection)
        return ImportOutcome(Result.APPLIED, "", counts, missing, takeover.asides)

    def _wait(self, connection: Connection, state: WaitState) -> None:
        """Let the bundle wait, with the file as it came where a person has to decide.

        One before which changes are missing is noted nowhere: the desk sends them again with what it has.
        """
        desk, claim = books.desk_of(connection, self.sender.id), self.claim
        if state is WaitState.HELD and (claim.epoch, claim.seq) > (desk.epoch, desk.last_seq):
            return
        kept = state in (WaitState.OPEN, WaitState.DOUBTFUL) and self.source is not None
        file, body = self.source, b""
        if file is not None and kept:
            body = waiting_room.bytes_to_keep(connection, self.sender.id, file)
        books.wait(
            connection,
            self.sender.id,
            self.claim,
            state,
            self.importing.moment,
            cases=self.manifest.cases,
            created=self.manifest.created,
            file=shown_name(file) if file else "",
            size=len(body),
            body=body or None,
        )

    def _missing(self, connection: Connection) -> tuple[Gap, ...]:
        row = connection.execute(select(desk_table).where(desk_table.c.id == self.sender.id)).one()
        return books.missing(connection, [row])[row.id]

    def answer(self, connection: Connection, outcome: ImportOutcome) -> bytes:
        """Return a signed and sealed receipt, kept in the registry."""
        return answering.write(connection, self.importing.ring, self._about, outcome, self.importing.moment)

    @property
    def _about(self) -> About:
        header = self.opened.header
        return About(self.sender, self.manifest, self.claim.digest, header.bundle_id, header.recipient)


def _still(work: RegistryWork, opened: OpenedEnvelope, sender: Sender) -> Sender:
    """Return the sender as it stands now: another office may have decided about it since."""
    found = sender_in(work.connection, opened.sender.signing.key_id)
    if found is None or found.id != sender.id:
        raise BundleError("E202")
    return found


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
