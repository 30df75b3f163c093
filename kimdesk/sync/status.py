"""Where the exchange with the Kreis stands: what is unsent, which bundles have arrived."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, func, select

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.store.tables import change
from kimdesk.store.work import Reader
from kimdesk.sync import device
from kimdesk.sync.receipts import MISSING
from kimdesk.sync.tables import sync_out

PATIENCE: Final = timedelta(days=14)
"""How long a bundle may be without a receipt before the desk says so."""


class PackageState(StrEnum):
    """Where a bundle is."""

    CONFIRMED = "confirmed"  # the Kreis has it, or everything in it
    MISSING = "missing"  # the Kreis says it never arrived
    WAITING = "waiting"  # nothing heard yet
    HELD = "held"  # it is there and waits for what is missing before it
    REFUSED = "refused"  # the Kreis did not take it, see its code
    NEXT = "next"  # not written yet


@dataclass(frozen=True, slots=True)
class Package:
    """A bundle in the chain. ``late``: without a receipt for more than 14 days."""

    seq: int
    state: PackageState
    written_at: datetime | None = None
    receipt_at: datetime | None = None
    file: str = ""
    size: int = 0
    code: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """``unsent`` counts changes since the last receipt; ``chain`` runs from the oldest to the next bundle."""

    unsent: int
    last_seq: int
    last_receipt_seq: int
    missing: tuple[int, ...]
    chain: tuple[Package, ...]
    epoch: int
    kreis_name: str


def status(desk: Desk, *, now: datetime | None = None) -> Status:
    """Return where the exchange of ``desk`` stands."""
    moment = now or dates.now()
    certificate = device.certificate(desk)
    device.prepare(desk)
    with desk.reading() as reader:
        state = device.read_state(reader)
        rows = _rows(reader, state.epoch)
        unsent = reader.connection.execute(select(func.count()).where(change.c.seq > state.received)).scalar()
    packages = [_package(row, state.receipt, moment) for row in rows]
    last = packages[-1].seq if packages else 0
    return Status(
        unsent=unsent or 0,
        last_seq=last,
        last_receipt_seq=state.receipt,
        missing=tuple(each.seq for each in packages if each.state is PackageState.MISSING),
        chain=(*packages, Package(last + 1, PackageState.NEXT)),
        epoch=state.epoch,
        kreis_name=certificate.kreis_name if certificate else "",
    )


def _rows(reader: Reader, epoch: int) -> list[Row[Any]]:
    wanted = select(sync_out).where(sync_out.c.epoch == epoch).order_by(sync_out.c.seq)
    return list(reader.connection.execute(wanted))


def _package(row: Row[Any], receipt: int, moment: datetime) -> Package:
    written_at = datetime.fromisoformat(row.at)
    state = _state(row, receipt)
    return Package(
        seq=row.seq,
        state=state,
        written_at=written_at,
        receipt_at=datetime.fromisoformat(row.receipt_at) if row.receipt_at else None,
        file=row.file,
        size=row.bytes,
        code=row.code,
        late=state in (PackageState.WAITING, PackageState.MISSING) and moment - written_at > PATIENCE,
    )


def _state(row: Row[Any], receipt: int) -> PackageState:
    if row.result == MISSING or (not row.result and not row.file):
        return PackageState.MISSING
    if row.result in ("quarantined", "refused"):
        return PackageState.REFUSED
    if row.result == "held":
        return PackageState.CONFIRMED if row.seq < receipt else PackageState.HELD
    return PackageState.CONFIRMED if row.result or row.seq < receipt else PackageState.WAITING
