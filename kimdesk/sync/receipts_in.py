"""Receipts that lie on a stick or in a folder, taken without naming every file."""

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.sync.receipts import DONE, NOT_FOR_OUR_KEYS, is_own, take
from kimdesk.sync.sealing.manifest import ReceiptBody
from kimdesk.sync.sticks import lying
from kimdesk.sync.tables import sync_out
from kimdesk.sync.trust import device

SUFFIX = ".kimr"


class TakenReceipt(NamedTuple):
    """What came of one file: what it says, and whether that was known; or the ``code`` of its refusal."""

    path: Path
    body: ReceiptBody | None
    again: bool = False
    code: str = ""


def take_file(desk: Desk, path: Path) -> TakenReceipt:
    """Take the receipt at ``path``. Raises as ``receipts.take``."""
    before, body = _known(desk), take(desk, path)
    result, at = before.get((body.epoch, body.seq), ("", ""))
    return TakenReceipt(path, body, at == body.created or (result in DONE and body.result in DONE))


def take_folder(desk: Desk, folder: Path) -> tuple[TakenReceipt, ...]:
    """Take every receipt for this desk in ``folder`` and in the folders directly in it, by name.

    Those for other desks are left alone; what is wrong with one stands in its result, and the next is taken.
    Raises BundleError E105 when there is none, E304 when none is for keys of this desk, StoreError E920 and
    E923.
    """
    every = lying(folder, "receipt", SUFFIX)
    found = [each.path for each in every if each.recipient is None or is_own(desk, each.recipient)]
    if not found:
        raise BundleError(NOT_FOR_OUR_KEYS)
    return tuple(_tried(desk, path) for path in found)


def _tried(desk: Desk, path: Path) -> TakenReceipt:
    try:
        return take_file(desk, path)
    except (BundleError, StoreError) as error:
        return TakenReceipt(path, None, code=error.code)


def _known(desk: Desk) -> dict[tuple[int, int], tuple[str, str]]:
    """Return what the newest receipt of each bundle said, and when it was made."""
    columns = (sync_out.c.epoch, sync_out.c.seq, sync_out.c.result, sync_out.c.receipt_at)
    device.prepare(desk)
    with desk.reading() as reader:
        rows = reader.connection.execute(select(*columns)).all()
    return {(row.epoch, row.seq): (row.result, row.receipt_at) for row in rows}
