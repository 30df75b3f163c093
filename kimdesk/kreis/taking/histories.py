"""Two histories under one desk, and the person who decides which of them counts („Diese Zählung gilt“).

A history is named by the digest of its last bundle that is here. What a decision does to the books:

- the desk stands where the history that counts begins, so that its bundles are what comes next;
- bundles of every other history, and whatever follows on them, are refused for good;
- records that came with a history decided against stand in epoch 0 from then on: all that the other one
  says takes their place, they are kept beside it, and what it does not know goes when it has said everything.

The bundles of the history that counts are then read in from where they were kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, update

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.enrolled.roster import present_trust
from kimdesk.kreis.registry import Registry, desk_table, inbox, ledger, open_registry, waiting
from kimdesk.kreis.rows import transaction, working
from kimdesk.kreis.taking import books, doubts
from kimdesk.kreis.taking.books import WaitState
from kimdesk.kreis.taking.inbox import Importing, ImportResult
from kimdesk.kreis.taking.ledger import Claim
from kimdesk.kreis.taking.lines import lines_of, named_by
from kimdesk.sync.sealing import limits
from kimdesk.sync.sealing.file_names import digits_of


@dataclass(frozen=True, slots=True)
class History:
    """One of the histories of a desk. ``digest``: of its last bundle, which names it.

    ``counts``: it is the one that was taken over so far. ``waiting``: its bundles that wait, of which all
    are ``kept`` here or the sticks are needed again. ``cases``: how many its last bundle is about.
    ``written_at`` is what the desk says, None where nobody knows any more. ``doubtful``: its epoch cannot
    have begun yet.
    """

    digest: str
    epoch: int
    last_seq: int
    written_at: datetime | None
    arrived_at: datetime
    file: str
    cases: int
    waiting: int
    kept: bool
    counts: bool
    doubtful: bool = False

    @property
    def digits(self) -> str:
        """Return the digits of the last bundle, which its laptop shows as well."""
        return digits_of(self.digest)


@dataclass(frozen=True, slots=True)
class HistoryDispute:
    """A desk of which more than one history has come, or one whose epoch cannot have begun yet."""

    desk_id: str
    desk: str
    histories: tuple[History, ...]


def disputes(desk: Desk) -> tuple[HistoryDispute, ...]:
    """Return what a person has to decide, by the names of the desks."""
    with transaction(open_registry(desk)) as connection:
        return read_disputes(connection)


def choose(
    desk: Desk, desk_id: str, digest: str, receipts: Path | None = None, *, now: datetime | None = None
) -> tuple[ImportResult, ...]:
    """Decide that the history counts that has the bundle ``digest``, and read in what was kept of it.

    Return what came of the bundles that were kept, of both sides; receipts go into the folder ``receipts``,
    or wait until a bundle is read in again. Raises BundleError E408 when there is nothing to decide, or
    nothing to it by that digest.
    """
    moment = now or dates.now()
    registry = open_registry(desk)
    with working(registry) as work:
        kept = write_choice(work.connection, desk_id, digest, moment)
        work.tell("history_chosen", digest)
    importing = Importing(registry, present_trust(desk, moment).ring, receipts, moment)
    with TemporaryDirectory() as folder:
        found = [importing.take(path) for path in _written(registry, kept, Path(folder))]
    with working(registry) as work:
        refused = (waiting.c.desk_id == desk_id, waiting.c.state == WaitState.REJECTED)
        work.connection.execute(update(waiting).where(*refused).values(body=None, size=0))
    desk.announce(REGISTRY)
    return tuple(found)


def write_choice(connection: Connection, desk_id: str, digest: str, moment: datetime) -> Sequence[str]:
    """Write into the books that the history of ``digest`` counts, within the transaction.

    Return the digests of the bundles that were kept, those of that history first, in order.
    """
    return _Choice(connection, desk_id, moment).take(digest)


def _written(registry: Registry, kept: Iterable[str], folder: Path) -> Iterator[Path]:
    """Write the sealed bundles of these digests into ``folder``, one at a time, and yield where."""
    for number, digest in enumerate(kept):
        with transaction(registry) as connection:
            row = connection.execute(select(waiting).where(waiting.c.digest == digest)).one()
        path = folder / str(number) / (Path(row.file).name or str(row.seq))
        path.parent.mkdir()
        path.write_bytes(row.body)
        yield path
        path.unlink()


def read_disputes(connection: Connection) -> tuple[HistoryDispute, ...]:
    """Return what a person has to decide, within the transaction."""
    rows = _undecided(connection)
    desks = select(desk_table).where(desk_table.c.id.in_({row.desk_id for row in rows}))
    return tuple(
        _dispute(connection, desk, [row for row in rows if row.desk_id == desk.id])
        for desk in connection.execute(desks.order_by(desk_table.c.name)).all()
    )


def _dispute(connection: Connection, desk: Row[Any], rows: Sequence[Row[Any]]) -> HistoryDispute:
    return HistoryDispute(desk.id, desk.name, _histories(connection, desk, rows))


def _undecided(connection: Connection, desk_id: str | None = None) -> list[Row[Any]]:
    columns = [each for each in waiting.c if each.name != "body"]
    wanted = select(*columns, waiting.c.body.is_not(None).label("kept"))
    mine = () if desk_id is None else (waiting.c.desk_id == desk_id,)
    wanted = wanted.where(waiting.c.state.in_(books.UNDECIDED), *mine)
    return list(connection.execute(wanted.order_by(waiting.c.epoch, waiting.c.seq)))


def _histories(connection: Connection, desk: Row[Any], rows: Sequence[Row[Any]]) -> tuple[History, ...]:
    """Return the histories by their last bundles, the one that was taken over first."""
    last = _last(connection, desk)
    found = [_history(line, last) for line in lines_of(rows)]
    if last is not None and not any(each.counts for each in found):
        found.append(_taken_over(connection, last))
    return tuple(sorted(found, key=lambda each: (not each.counts, each.epoch, each.last_seq)))


def _history(line: Sequence[Row[Any]], last: Row[Any] | None) -> History:
    tip = line[-1]
    return History(
        digest=tip.digest,
        epoch=tip.epoch,
        last_seq=tip.seq,
        written_at=datetime.fromisoformat(tip.created),
        arrived_at=datetime.fromisoformat(tip.at),
        file=tip.file,
        cases=tip.cases,
        waiting=len(line),
        kept=all(row.kept for row in line),
        counts=last is not None and last.digest in named_by(line[0]),
        doubtful=tip.state == WaitState.DOUBTFUL,
    )


def _taken_over(connection: Connection, last: Row[Any]) -> History:
    wanted = select(inbox.c.file, inbox.c.cases).where(inbox.c.digest == last.digest)
    came = connection.execute(wanted.order_by(inbox.c.number).limit(1)).first()
    file, cases = (came.file, came.cases) if came else ("", 0)
    at = datetime.fromisoformat(last.at)
    return History(last.digest, last.epoch, last.seq, None, at, file, cases, 0, kept=True, counts=True)


def _last(connection: Connection, desk: Row[Any]) -> Row[Any] | None:
    """Return the last bundle of a desk that was taken over."""
    this = (ledger.c.desk_id == desk.id, ledger.c.epoch == desk.epoch, ledger.c.seq == desk.last_seq)
    return connection.execute(select(ledger).where(*this)).first()


@dataclass(slots=True)
class _Choice:
    """What the books say once a history of ``desk_id`` was chosen."""

    connection: Connection
    desk_id: str
    moment: datetime

    def take(self, digest: str) -> Sequence[str]:
        """Write the decision for the history of ``digest``; return the bundles that were kept, in order."""
        rows = _undecided(self.connection, self.desk_id)
        if not rows:
            raise BundleError("E408")
        desk = books.desk_of(self.connection, self.desk_id)
        last = _last(self.connection, desk)
        chosen = self._chosen(digest, rows, last)
        first = chosen[0] if chosen else None
        if first is not None and (last is None or last.digest not in named_by(first)):
            self._go_back(desk, last, first)
        for row in chosen:
            books.expect(self.connection, self.desk_id, books.claim_in(row), self.moment)
        if any(row.state == WaitState.OPEN for row in rows):
            self._update_desk(contested=1)
        self._reject_named(rows, chosen)
        return self._settled({row.digest for row in chosen}, {row.digest for row in rows})

    def _chosen(self, digest: str, rows: Sequence[Row[Any]], last: Row[Any] | None) -> Sequence[Row[Any]]:
        """Return the bundles of the history of ``digest`` that wait, in order."""
        lines = lines_of(rows)
        named = [line for line in lines if any(row.digest == digest for row in line)]
        if named:
            return named[0]
        if last is None or last.digest != digest:
            raise BundleError("E408")
        return next((line for line in lines if digest in named_by(line[0])), [])

    def _go_back(self, desk: Row[Any], last: Row[Any] | None, first: Row[Any]) -> None:
        """Let the desk stand where the history begins whose first bundle is ``first``."""
        known = ledger.c.digest == first.prev
        fits = self.connection.execute(select(ledger).where(ledger.c.desk_id == self.desk_id, known)).first()
        start = self._first_in_doubt(books.claim_in(first))
        if last is not None and first.epoch > desk.epoch:
            self._reject([last])
            doubts.cast(self.connection, self.desk_id, doubts.DOUBTFUL, 0)
        else:
            self._take_back(first.epoch, start)
        if first.prev and first.seq > 1 and not fits:
            before = Claim(first.epoch, first.seq - 1, first.prev, "", 0, 0)
            books.expect(self.connection, self.desk_id, before, self.moment)
        arrived = (ledger.c.desk_id == self.desk_id, ledger.c.epoch == first.epoch, ledger.c.seq < start)
        seqs = select(ledger.c.seq).where(*arrived, ledger.c.state.in_(books.ARRIVED))
        last_seq = self.connection.execute(seqs.order_by(ledger.c.seq.desc()).limit(1)).scalar() or 0
        self._update_desk(epoch=first.epoch, last_seq=last_seq, applied_change=0)

    def _first_in_doubt(self, first: Claim) -> int:
        """Return the first number that may be of another history than that of ``first``.

        Of what lies before the bundles that it names, its history has confirmed what its changes follow on,
        and nothing that came after.
        """
        named = first.named
        this = (ledger.c.desk_id == self.desk_id, ledger.c.epoch == first.epoch, ledger.c.seq < first.seq)
        rows = self.connection.execute(select(ledger).where(*this).order_by(ledger.c.seq)).all()
        ours = max((row.seq for row in rows if named.get(row.seq) == row.digest), default=0)
        others = [row.seq for row in rows if row.seq in named and row.seq > ours]
        if not ours and len(first.earlier) == limits.EARLIER:
            beyond = (row for row in rows if row.to_change >= first.from_change)
            others += [row.seq for row in beyond if row.state in books.ARRIVED]
        return min(others, default=first.seq)

    def _take_back(self, epoch: int, start: int) -> None:
        """Refuse what was taken over from the bundle ``start`` of ``epoch`` on; its records are in doubt."""
        since = or_(ledger.c.epoch > epoch, (ledger.c.epoch == epoch) & (ledger.c.seq >= start))
        these = (ledger.c.desk_id == self.desk_id, since)
        self._reject(self.connection.execute(select(ledger).where(*these)).all())
        self.connection.execute(delete(ledger).where(*these))
        doubts.cast(self.connection, self.desk_id, epoch, start)

    def _reject(self, rows: Iterable[Row[Any]]) -> None:
        """Refuse bundles that were taken over, and whatever follows on them."""
        for row in rows:
            self._refuse(Claim(row.epoch, row.seq, row.digest, "", 0, row.to_change), row.at)

    def _refuse(self, claim: Claim, at: str) -> None:
        told = {"cases": 0, "created": at, "file": "", "size": 0, "body": None}
        books.wait(self.connection, self.desk_id, claim, WaitState.REJECTED, self.moment, **told)

    def _reject_named(self, rows: Sequence[Row[Any]], chosen: Sequence[Row[Any]]) -> None:
        """Refuse what only bundles decided against name: sticks of the same history that never arrived."""
        known = select(ledger.c.digest).where(ledger.c.desk_id == self.desk_id)
        ours = {*self.connection.execute(known).scalars(), *(row.digest for row in rows)}
        for row in chosen:
            ours |= set(named_by(row))
        for row in rows:
            for seq, digest in books.claim_in(row).named.items():
                if digest not in ours:
                    self._refuse(Claim(row.epoch, seq, digest, "", 0, 0), row.at)

    def _settled(self, chosen: set[str], every: set[str]) -> Sequence[str]:
        """Write what becomes of the bundles that wait; return those that were kept, the chosen ones first."""
        for digests, state in ((chosen, WaitState.CHOSEN), (every - chosen, WaitState.REJECTED)):
            these = update(waiting).where(waiting.c.digest.in_(digests))
            self.connection.execute(these.values(state=state))
        kept = select(waiting.c.digest).where(waiting.c.digest.in_(every), waiting.c.body.is_not(None))
        order = (waiting.c.state, waiting.c.epoch, waiting.c.seq)  # „chosen“ comes before „rejected“
        found = self.connection.execute(kept.order_by(*order)).scalars().all()
        books.settle(self.connection, every, self.moment)
        return found

    def _update_desk(self, **values: int) -> None:
        this = update(desk_table).where(desk_table.c.id == self.desk_id)
        self.connection.execute(this.values(**values))
