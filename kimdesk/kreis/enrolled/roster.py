"""The desks a Kreis has enrolled: who may write, with which keys, for which municipalities, until when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.enrolled import keyring
from kimdesk.kreis.enrolled.keyring import KreisTrust
from kimdesk.kreis.registry import Registry, desk_table, former_key, open_registry
from kimdesk.kreis.rows import transaction, working
from kimdesk.sync.sealing import limits
from kimdesk.sync.sealing.keys import PublicIdentity

Point = tuple[int, int]
"""A place in a desk's chain: epoch and number of a bundle."""


@dataclass(frozen=True, slots=True)
class FormerKeys:
    """Keys a desk had before: they count to the day ``until``, for bundles before ``cut``."""

    until: date
    cut: Point | None


@dataclass(frozen=True, slots=True)
class EndingKey:
    """Keys a desk had before, by the id of the signing one; ``until`` they count for what is under way."""

    key: str
    until: date


@dataclass(frozen=True, slots=True)
class Sender:
    """An enrolled desk, as an import needs it. ``identity`` are the keys it signed with.

    ``receiving`` are those its receipts are sealed to: other ones when ``former`` tells that it has new keys.
    """

    id: str
    name: str
    municipalities: frozenset[str]
    not_after: date
    revoked: Point | None
    identity: PublicIdentity
    least_epoch: int = 1
    former: FormerKeys | None = None
    present: PublicIdentity | None = None

    @property
    def receiving(self) -> PublicIdentity:
        """Return the keys that answers are sealed to."""
        return self.present or self.identity

    def check(self, epoch: int, seq: int, today: date) -> None:
        """Raise BundleError for what does not count: E203 revoked, E214 signed with keys that were replaced.

        E217 for an epoch from before a desk was enrolled anew, E804 after the certificate's last day.
        ``revoked``: epoch and number of the first bundle that no longer counts, nor does any after it.
        """
        if self.revoked is not None and (epoch, seq) >= self.revoked:
            raise BundleError("E203")
        if self.former is not None:
            if today > self.former.until or (self.former.cut or (epoch, seq + 1)) <= (epoch, seq):
                raise BundleError("E214")
        elif epoch < self.least_epoch:
            raise BundleError("E217")
        if today > self.not_after:
            raise BundleError("E804")


def revoke(desk: Desk, desk_id: str, from_seq: int | None = None, *, now: datetime | None = None) -> int:
    """Take no bundle of a desk any more from number ``from_seq`` on, in no epoch and with none of its keys.

    None: from the first that has not been taken over. Other desks hear of it with their receipts. Return the
    number. Raises BundleError E202 for a stranger.
    """
    registry = open_registry(desk)
    with working(registry) as work:
        this = desk_table.c.id == desk_id
        row = work.connection.execute(select(desk_table).where(this)).first()
        if row is None:
            raise BundleError("E202")
        first: int = row.last_seq + 1 if from_seq is None else from_seq
        values = {"revoked_from": first, "revoked_epoch": row.epoch}
        work.connection.execute(update(desk_table).where(this).values(values))
        work.tell("desk_revoked", desk_id)
    present_trust(desk, now)
    desk.announce(REGISTRY)
    return first


def ending_keys(desk: Desk, today: date | None = None) -> dict[str, tuple[EndingKey, ...]]:
    """Return, by desk, the former keys that still count: nothing signed with the new ones has arrived yet."""
    day = (today or dates.today()).isoformat()
    open_ones = select(former_key).where(former_key.c.cut_seq.is_(None), former_key.c.until >= day)
    found: dict[str, tuple[EndingKey, ...]] = {}
    with transaction(open_registry(desk)) as connection:
        for row in connection.execute(open_ones.order_by(former_key.c.until)):
            one = EndingKey(row.signing_key, date.fromisoformat(row.until))
            found[row.desk_id] = (*found.get(row.desk_id, ()), one)
    return found


def end_key(desk: Desk, desk_id: str, key: str, from_seq: int | None = None) -> int:
    """Take nothing any more that a desk signed with its former keys ``key`` from number ``from_seq`` on.

    None: from the first bundle that has not been taken over. The desk goes on with its present keys. A
    cut-off only moves to earlier bundles. Return the number. Raises BundleError E202 for keys that are none
    of its former ones, E224 for its present ones, which end with the desk or by new ones.
    """
    registry = open_registry(desk)
    with working(registry) as work:
        row = work.connection.execute(select(desk_table).where(desk_table.c.id == desk_id)).first()
        if row is not None and row.signing_key == key:
            raise BundleError("E224")
        this = (former_key.c.desk_id == desk_id, former_key.c.signing_key == key)
        former = work.connection.execute(select(former_key).where(*this)).first()
        if row is None or former is None:
            raise BundleError("E202")
        cut = (row.epoch, row.last_seq + 1 if from_seq is None else from_seq)
        if former.cut_seq is not None:
            cut = min(cut, (former.cut_epoch, former.cut_seq))
        ended = update(former_key).where(*this).values(cut_epoch=cut[0], cut_seq=cut[1])
        work.connection.execute(ended)
        work.tell("desk_key_ended", desk_id)
    desk.announce(REGISTRY)
    return cut[1]


def present_trust(desk: Desk, now: datetime | None = None) -> KreisTrust:
    """Return the keys of the Kreis, its statement naming every key of desks that counts no more."""
    moment = now or dates.now()
    with transaction(open_registry(desk)) as connection:
        gone = _gone(connection, moment.date())
    return keyring.told(desk, gone, moment)


def _gone(connection: Connection, today: date) -> list[str]:
    """Return the key ids of identities whose certificate would still look good on a card."""
    of_desks = select(desk_table.c.identity, desk_table.c.not_after).where(
        desk_table.c.revoked_from.is_not(None)
    )
    former = select(former_key.c.identity, former_key.c.not_after)
    rows = [*connection.execute(of_desks), *connection.execute(former)]
    valid = sorted((row for row in rows if row.not_after >= today.isoformat()), key=lambda row: row.not_after)
    newest = valid[-limits.REVOKED :]
    return sorted(PublicIdentity.from_bytes(row.identity.encode()).key_id for row in newest)


def sender_of(registry: Registry, signing_key: str) -> Sender | None:
    """Return the enrolled desk that signs, or once signed, with the key of this identifier, or None."""
    with transaction(registry) as connection:
        return sender_in(connection, signing_key)


def sender_in(connection: Connection, signing_key: str) -> Sender | None:
    """Return what ``sender_of`` does, as it stands in this transaction."""
    row = connection.execute(select(desk_table).where(desk_table.c.signing_key == signing_key)).first()
    if row is not None:
        return _sender(row)
    former = connection.execute(select(former_key).where(former_key.c.signing_key == signing_key)).first()
    if former is None:
        return None
    row = connection.execute(select(desk_table).where(desk_table.c.id == former.desk_id)).one()
    return _sender(row, former)


def close_former(connection: Connection, sender: Sender, epoch: int, seq: int) -> None:
    """Let former keys of a desk end before this bundle, the first that its present keys signed."""
    if sender.former is None:
        open_ones = (former_key.c.desk_id == sender.id, former_key.c.cut_seq.is_(None))
        connection.execute(update(former_key).where(*open_ones).values(cut_epoch=epoch, cut_seq=seq))


def certificate_of(connection: Connection, desk_id: str) -> bytes:
    """Return the present certificate of a desk, as a file."""
    found: bytes = connection.execute(
        select(desk_table.c.certificate).where(desk_table.c.id == desk_id)
    ).scalar_one()
    return found


def _sender(row: Row[Any], former: Row[Any] | None = None) -> Sender:
    present = PublicIdentity.from_bytes(row.identity.encode())
    return Sender(
        row.id,
        row.name,
        frozenset(row.municipalities.split()),
        date.fromisoformat(row.not_after),
        None if row.revoked_from is None else (row.revoked_epoch, row.revoked_from),
        PublicIdentity.from_bytes(former.identity.encode()) if former else present,
        row.least_epoch,
        _former(former) if former else None,
        present,
    )


def _former(row: Row[Any]) -> FormerKeys:
    cut = None if row.cut_seq is None else (row.cut_epoch, row.cut_seq)
    return FormerKeys(date.fromisoformat(row.until), cut)
