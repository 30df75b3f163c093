"""Where the exchange with the Kreis stands: what is unsent, which bundles have arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, select

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.store import changes
from kimdesk.store.work import Reader
from kimdesk.sync import answered
from kimdesk.sync.answered import AsideCase
from kimdesk.sync.leaving.export import settle
from kimdesk.sync.receipts import MISSING
from kimdesk.sync.sealing.file_names import digits_of
from kimdesk.sync.tables import sync_out
from kimdesk.sync.trust import device
from kimdesk.sync.trust.device import day_of

PATIENCE: Final = timedelta(days=14)
"""How long a bundle may be without a receipt before the desk says so."""


class PackageState(StrEnum):
    """Where a bundle is."""

    ACKNOWLEDGED = "acknowledged"  # the Kreis has it, or everything in it
    MISSING = "missing"  # the Kreis says it never arrived
    WAITING = "waiting"  # nothing heard yet
    HELD = "held"  # it is there and waits for what is missing before it
    REFUSED = "refused"  # the Kreis did not take it, see its code


@dataclass(frozen=True, slots=True)
class Package:
    """A bundle in the chain. ``answered_on``: its own receipt, or the later one that covers it.

    ``size`` in bytes; ``late``: without a receipt for more than 14 days. ``digits``: by which people tell it
    from another on the phone.
    """

    seq: int
    state: PackageState
    written_on: date
    answered_on: date | None
    file: str
    size: int
    code: str
    late: bool
    digits: str


@dataclass(frozen=True, slots=True)
class Status:
    """``unsent``: changes since the last receipt; ``chain``: the bundles of this epoch, oldest first.

    ``stopped``: the code that says why nothing of this desk counts at the Kreis, as ``answered.standing``
    does. ``aside``: records it did not take over.
    """

    unsent: int
    last_seq: int
    last_receipt_seq: int
    missing: tuple[int, ...]
    chain: tuple[Package, ...]
    epoch: int
    kreis_name: str
    stopped: str = ""
    aside: tuple[AsideCase, ...] = ()


def status(desk: Desk, *, now: datetime | None = None) -> Status:
    """Return where the exchange of ``desk`` stands; nothing is ever unsent at a Kreis."""
    if desk.role != "desk":
        return Status(0, 0, 0, (), (), 1, "")
    moment = now or dates.now()
    certificate = device.certificate(desk)
    device.prepare(desk)
    settle(desk, moment)
    with desk.reading() as reader:
        state = device.read_state(reader)
        rows = _rows(reader, state.epoch)
        unsent = changes.unsent_changes(reader.connection)
        stopped = answered.standing(reader.connection, state.epoch)
        aside = answered.set_aside(reader.connection)
    packages = _packages(rows, state.receipt, moment)
    return Status(
        unsent=unsent,
        last_seq=packages[-1].seq if packages else 0,
        last_receipt_seq=state.receipt,
        missing=tuple(each.seq for each in packages if each.state is PackageState.MISSING),
        chain=packages,
        epoch=state.epoch,
        kreis_name=certificate.kreis_name if certificate else "",
        stopped=stopped,
        aside=aside,
    )


def _rows(reader: Reader, epoch: int) -> list[Row[Any]]:
    wanted = select(sync_out).where(sync_out.c.epoch == epoch).order_by(sync_out.c.seq)
    return list(reader.connection.execute(wanted))


def _packages(rows: Sequence[Row[Any]], receipt: int, moment: datetime) -> tuple[Package, ...]:
    """Return the bundles in their order; what has no receipt of its own is covered by the next one's."""
    found: list[Package] = []
    answered_on: date | None = None
    for row in reversed(rows):
        answered_on = _day(row.receipt_at) or answered_on
        found.append(_package(row, receipt, answered_on, moment))
    return tuple(reversed(found))


def _day(text: str) -> date | None:
    """Return the day of a moment the Kreis has named, None for none, or for what is none."""
    try:
        return day_of(datetime.fromisoformat(text)) if text else None
    except (ValueError, OverflowError):
        return None


def _package(row: Row[Any], receipt: int, answered_on: date | None, moment: datetime) -> Package:
    written = datetime.fromisoformat(row.at)
    state = _state(row, receipt)
    waits = state in (PackageState.WAITING, PackageState.MISSING)
    return Package(
        seq=row.seq,
        state=state,
        written_on=day_of(written),
        answered_on=None if waits else answered_on,
        file=row.file,
        size=row.bytes,
        code=row.code,
        late=waits and moment - written > PATIENCE,
        digits=digits_of(row.digest),
    )


def _state(row: Row[Any], receipt: int) -> PackageState:
    if row.result == MISSING or (not row.result and not row.file):
        return PackageState.MISSING
    if row.result in ("quarantined", "refused"):
        return PackageState.REFUSED
    if row.result == "held":
        return PackageState.ACKNOWLEDGED if row.seq < receipt else PackageState.HELD
    return PackageState.ACKNOWLEDGED if row.result or row.seq < receipt else PackageState.WAITING
