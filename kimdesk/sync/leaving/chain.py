"""The bundles a desk has written, as links of a chain: each names those before it since the last receipt."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from kimdesk.sync.sealing import limits
from kimdesk.sync.tables import sync_out


def last_seq(connection: Connection, epoch: int) -> int:
    """Return the number of the last bundle of ``epoch``, 0 when there is none."""
    numbers = select(sync_out.c.seq).where(sync_out.c.epoch == epoch).order_by(sync_out.c.seq.desc())
    return connection.execute(numbers.limit(1)).scalar() or 0


def named_before(connection: Connection, epoch: int, seq: int, receipt: int) -> Sequence[str]:
    """Return the digests of the bundles before ``seq``, the latest first: that of the one before, always, and
    at most ``limits.EARLIER`` more, back to the one with the number ``receipt``, whose receipt is here."""
    since = min(receipt, seq - 1)
    these = (sync_out.c.epoch == epoch, sync_out.c.seq.between(since, seq - 1))
    named = select(sync_out.c.digest).where(*these).order_by(sync_out.c.seq.desc())
    return connection.execute(named.limit(1 + limits.EARLIER)).scalars().all()
