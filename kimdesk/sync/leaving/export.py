"""Writing a bundle: everything since the last receipt, into one sealed file on a stick.

The order makes sure that a number never stands for two bundles, whatever fails when:

1. one transaction begins; scopes are settled and records stream, sealed, into a file without a name;
2. the file is signed and brought onto the disk;
3. number, digest and what was sent are written and the transaction is committed: the number is used up;
4. the file gets its name.

What fails up to 3 leaves nothing behind, neither a file nor a number. What fails after it is a lost bundle,
as on a lost stick: the next one carries its changes again.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from sqlalchemy import insert, update

from kimdesk.cage import heeded
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates, media
from kimdesk.domain.collecting import rarely
from kimdesk.domain.errors import BundleError
from kimdesk.domain.files import temporary_beside
from kimdesk.store import carried
from kimdesk.store.carried import CarriedLine
from kimdesk.store.columns import moment_text
from kimdesk.store.dialect import putting
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.sql import Statement
from kimdesk.store.work import Reader, Writer
from kimdesk.sync import answered
from kimdesk.sync.catalogue import version_in_use
from kimdesk.sync.leaving import rescope, statistics
from kimdesk.sync.leaving.caseload import Caseload
from kimdesk.sync.leaving.chain import last_seq, named_before
from kimdesk.sync.leaving.delta import Batch, Delta, Sent, sent_row
from kimdesk.sync.leaving.own_counts import own_counts
from kimdesk.sync.passing import transfers
from kimdesk.sync.sealing.envelope import SealedEnvelope, seal
from kimdesk.sync.sealing.figures import FigureSection, Release
from kimdesk.sync.sealing.file_names import file_stem
from kimdesk.sync.sealing.manifest import ERASE, RECORDS, STATISTICS, BundleManifest, SectionInfo, SectionKind
from kimdesk.sync.sealing.sections import BundleSection
from kimdesk.sync.sealing.wire import encode
from kimdesk.sync.tables import sync_out, sync_sent
from kimdesk.sync.trust import device
from kimdesk.sync.trust.device import Enrolled, ExchangeState

SUFFIX: Final = ".kimb"
FIGURES: Final = "figures"
_RELEASE: Final = "sync.statistics"
_LINES: Final = msgspec.json.Encoder(enc_hook=dict)


_KEEP_SENT: Final = Statement(putting(sync_sent, "sent_id"), *Sent._fields)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """The bundle that was written; ``size`` in bytes."""

    path: Path
    seq: int
    cases: int
    size: int


def export(
    desk: Desk,
    folder: Path,
    *,
    now: datetime | None = None,
    case_ids: Collection[str] | None = None,
    leaving: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write everything since the last receipt into ``folder``, sealed to the Kreis.

    ``leaving``: instead, let the Kreis erase whatever it holds of this desk; a later bundle sends it anew.
    ``case_ids``: only these cases; the changes of others wait, except where what may leave of them became
    less: a withdrawal always travels. ``progress`` is told (changes done, all). Raises BundleError E802
    before the desk is enrolled, E804 with an expired certificate, E406 when the Kreis has decided that
    another history counts, E601 to E604 over a limit, E610 when it was stopped (``cage.Stop``); StoreError
    E920 to E923 for the medium and as ``store.work.writing`` does. Then nothing was written.
    """
    moment = now or dates.now()
    enrolled = device.enrolled(desk, device.day_of(moment))
    device.prepare(desk)
    with media.understood(folder), rarely(), ExitStack() as naming, desk.writing() as writer:
        answered.check_counts(writer.connection, device.read_state(writer).epoch)
        if leaving:
            device.look_anew(writer)
        places = () if leaving else enrolled.certificate.municipalities
        run = begin(desk, writer, places, moment, case_ids)
        run.progress = progress
        path = _free_path(folder, desk.name, run.epoch, run.seq)
        unnamed = naming.enter_context(temporary_beside(path))
        with unnamed.open("wb") as file:
            _write(writer, run, enrolled, file, moment)
        if leaving:
            device.look_anew(writer)
    _name(desk, run, path)
    return Exported(path, run.seq, len(run.cases), run.size)


@dataclass(slots=True)
class Run:
    """One bundle in the making; ``whole``: nothing that could leave stays unsent."""

    delta: Delta
    epoch: int
    seq: int
    whole: bool = True
    progress: Progress | None = None
    cases: set[str] = field(default_factory=set)
    records: int = 0
    size: int = 0
    _erased: list[bytes] = field(default_factory=list)
    _part: int = 0

    def sections(self, release: Release) -> Iterator[BundleSection]:
        """Yield the sections; what was sent is kept while they are read."""
        yield BundleSection(RECORDS, SectionKind.RECORDS, self._records())
        yield BundleSection(ERASE, SectionKind.RECORDS, self._erased)
        held = statistics.held_active(self.delta.connection)
        self._keep([CarriedLine((), _line({"kind": FIGURES, "row": release.figures}))])
        counts = own_counts(self.delta) if self.whole else None
        figures = FigureSection(release, held, msgspec.UNSET if counts is None else counts)
        yield BundleSection(STATISTICS, SectionKind.RECORDS, [_line(figures)])

    def _records(self) -> Iterator[bytes]:
        done = 0
        for batch in self.delta.batches(staying=False):
            _heed()
            yield from self._batch(batch)
            done += batch.changes
            if self.progress:
                self.progress(done, self.delta.total)

    def _batch(self, batch: Batch) -> Iterator[bytes]:
        kept, written = [], []
        for each in batch.outgoing:
            if not each.leaves:
                continue
            row: Any = each.way.row(each.stored)
            sent = sent_row(each, row, batch.sent.get(row.id), self.seq)
            kept.append(sent)
            self.cases.add(each.cases[0])
            line = each.way.line(sent.scope, row)
            written.append(CarriedLine(tuple(each.cases), line))
            yield line
        self.records += len(kept)
        _KEEP_SENT.run_all(self.delta.connection, kept)
        written += self._erase(batch)
        self._keep(written)

    def _keep(self, lines: Sequence[CarriedLine]) -> None:
        """Keep what leaves, as it leaves, to be read later."""
        carried.keep(self.delta.connection, self.epoch, self.seq, self._part, lines)
        self._part += 1

    def _erase(self, batch: Batch) -> Iterator[CarriedLine]:
        if not batch.erased:
            return
        for each in batch.erased:
            self.cases |= {each.case_id} - {""}
            line = _line({"kind": each.kind, "id": each.sent_id, "reason": each.reason})
            self._erased.append(line)
            yield CarriedLine(tuple(filter(None, [each.case_id])), line)
        gone = sync_sent.c.sent_id.in_([each.sent_id for each in batch.erased])
        values = {"gone": self.delta.to_change, "active": None}
        self.delta.connection.execute(update(sync_sent).where(gone).values(values))


def begin(
    desk: Desk, writer: Writer, municipalities: Collection[str] | None, moment: datetime,
    case_ids: Collection[str] | None = None,
) -> Run:  # fmt: skip
    """Settle in the open transaction what the next bundle holds. The preview does this too, and undoes it."""
    state, caseload = _settled(desk, writer, municipalities, moment)
    delta = Delta(writer.connection, desk.catalogue, caseload, desk.vault.derive_key, state.received + 1)
    looked = delta.prepare(case_ids)
    device.save_state(writer, msgspec.structs.replace(state, looked=looked))
    seq = last_seq(writer.connection, state.epoch) + 1
    whole = case_ids is None and delta.to_change == rescope.head(writer.connection)
    return Run(delta, state.epoch, seq, whole=whole)


def settle(desk: Desk, now: datetime | None = None) -> None:
    """Let what leaves otherwise from today on count as unsent, though nobody has changed a record.

    A consent has run out, or the certificate has other municipalities.
    """
    moment = now or dates.now()
    with desk.reading() as reader:
        if not _is_due(reader, device.day_of(moment)):
            return
    certificate = device.certificate(desk)
    with desk.writing() as writer:
        state, _ = _settled(desk, writer, certificate.municipalities if certificate else None, moment)
        device.save_state(writer, msgspec.structs.replace(state, looked=rescope.head(writer.connection)))
    desk.announce("case")


def _settled(
    desk: Desk, writer: Writer, municipalities: Collection[str] | None, moment: datetime
) -> tuple[ExchangeState, Caseload]:
    """Give what leaves otherwise than before new numbers; ``looked`` of the state is left to the caller."""
    state = device.read_state(writer)
    known = None if municipalities is None else frozenset(municipalities)
    caseload = Caseload(writer.connection, device.day_of(moment), known)
    check = desk.vault.derive_key("pseudonyms").hex()[:16]
    if check != state.pseudonyms:
        rescope.expire_pseudonyms(writer.connection, caseload)
    carried = max(state.received, rescope.carried(writer.connection, state.epoch))
    looked = 0 if _went_back(state, caseload.day) else state.looked
    rescope.renew(writer.connection, caseload, looked, carried)
    return msgspec.structs.replace(state, pseudonyms=check, day=caseload.day.isoformat()), caseload


def _is_due(reader: Reader, day: date) -> bool:
    """Return whether scopes have to be compared before anybody can say what is unsent."""
    state = device.read_state(reader)
    anew = bool(state.day) and not state.looked and rescope.head(reader.connection) > 0
    return anew or _went_back(state, day) or rescope.is_due(reader.connection, day)


def _went_back(state: ExchangeState, day: date) -> bool:
    """Return whether the clock was ahead when scopes were last compared: then no case is as it was said."""
    return state.day > day.isoformat()


def next_release(writer: Reader, run: Run) -> Release:
    """Return the figures that go with the bundle."""
    found = get_setting(writer, _RELEASE)
    before = msgspec.json.decode(found, type=Release) if found else None
    delta = run.delta
    return statistics.release(writer.connection, delta.catalogue, delta.caseload.day, before)


def _write(writer: Writer, run: Run, enrolled: Enrolled, file: BinaryIO, moment: datetime) -> None:
    release = next_release(writer, run)
    set_setting(writer, _RELEASE, encode(release).decode())
    sealed = seal(
        file,
        run.sections(release),
        kind="bundle",
        sender=enrolled.identity,
        recipient=enrolled.kreis,
        manifest=lambda infos: encode(_manifest(writer, run, enrolled, moment, infos)),
    )
    file.flush()
    os.fsync(file.fileno())
    _heed()
    _reserve(writer, run, sealed, moment)


def _manifest(
    writer: Writer, run: Run, enrolled: Enrolled, moment: datetime, infos: list[SectionInfo]
) -> BundleManifest:
    state: ExchangeState = device.read_state(writer)
    proofs = transfers.pending(writer, enrolled.certificate.kreis.key_id)
    transfers.carry(writer, enrolled.certificate.kreis.key_id, list(proofs), run.epoch, run.seq)
    prev, *earlier = named_before(writer.connection, run.epoch, run.seq, state.receipt) or [""]
    return BundleManifest(
        device=enrolled.certificate.desk,
        epoch=run.epoch,
        seq=run.seq,
        prev=prev,
        earlier=tuple(earlier) or msgspec.UNSET,
        from_change=run.delta.from_change,
        to_change=run.delta.to_change,
        last_receipt=state.receipt,
        created=moment_text(moment),
        cases=len(run.cases),
        catalogue=version_in_use(writer),
        answers=state.answers,
        sections=infos,
        transfers=list(proofs.values()) or msgspec.UNSET,
    )


def _reserve(writer: Writer, run: Run, sealed: SealedEnvelope, moment: datetime) -> None:
    run.size = sealed.size
    values = {
        "epoch": run.epoch,
        "seq": run.seq,
        "digest": sealed.sha384.hex(),
        "from_change": run.delta.from_change,
        "to_change": run.delta.to_change,
        "cases": len(run.cases),
        "records": run.records,
        "bytes": sealed.size,
        "at": moment_text(moment),
    }
    values |= dict.fromkeys(("file", "result", "code", "receipt_at"), "")
    writer.connection.execute(insert(sync_out).values(values))
    writer.record("exported", "bundle", f"{run.epoch}/{run.seq}")
    for case_id in sorted(run.cases):
        writer.record("handed_over", "case", case_id, case_id)


def _free_path(folder: Path, desk_name: str, epoch: int, seq: int) -> Path:
    """Return a name nothing has yet."""
    stem = file_stem("KIM", desk_name, epoch, seq)
    path, again = folder / f"{stem}{SUFFIX}", 2
    while path.exists():
        path, again = folder / f"{stem}_{again}{SUFFIX}", again + 1
    return path


def _name(desk: Desk, run: Run, path: Path) -> None:
    with desk.writing() as writer:
        row = (sync_out.c.epoch == run.epoch, sync_out.c.seq == run.seq)
        writer.connection.execute(update(sync_out).where(*row).values(file=path.name))


def _heed() -> None:
    """Raise BundleError E610 when somebody has stopped this (``cage.Stop``)."""
    if heeded().stopped:
        raise BundleError("E610")


def _line(value: Any) -> bytes:
    return _LINES.encode(value)
