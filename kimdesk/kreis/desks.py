"""The desks a Kreis has enrolled: who may write, for which municipalities, until when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.domain.law.periods import months_later
from kimdesk.kreis.keyring import KreisTrust, trust
from kimdesk.kreis.registry import Registry, desk_table, open_registry
from kimdesk.kreis.rows import transaction, upsert, working
from kimdesk.store.columns import moment_text
from kimdesk.sync import signed
from kimdesk.sync.enrolment import VALID_MONTHS, Request, certify, read_request
from kimdesk.sync.keys import PublicIdentity


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A desk that was enrolled; ``certificate`` is the file it takes home.

    ``municipalities`` (AGS) were granted, ``asked`` were asked for. ``kreis_fingerprint`` is what the people
    of the Kreis read out.
    """

    desk_id: str
    name: str
    municipalities: tuple[str, ...]
    asked: tuple[str, ...]
    fingerprint: str
    kreis_fingerprint: str
    certificate: bytes


@dataclass(frozen=True, slots=True)
class Sender:
    """An enrolled desk, as an import needs it."""

    id: str
    name: str
    municipalities: frozenset[str]
    not_after: date
    revoked: tuple[int, int] | None
    identity: PublicIdentity

    def check(self, epoch: int, seq: int, today: date) -> None:
        """Raise BundleError E203 for what is revoked, E804 after the certificate's last day.

        ``revoked``: epoch and number of the first bundle that no longer counts, nor does any after it.
        """
        if self.revoked is not None and (epoch, seq) >= self.revoked:
            raise BundleError("E203")
        if today > self.not_after:
            raise BundleError("E804")


def enrol(
    desk: Desk,
    request: bytes,
    fingerprint: str | None = None,
    *,
    municipalities: Sequence[str] | None = None,
    now: datetime | None = None,
    hand_out: Callable[[bytes], object] = lambda _: None,
) -> Enrolment:
    """Enrol the desk of ``request`` and return its certificate.

    ``fingerprint`` is what the desk's people read out. ``municipalities`` (AGS) are granted, all that it asks
    for when None; a desk that is enrolled already keeps its place in the ledger, and gets more only by name.
    ``hand_out`` gets the certificate before the enrolment counts; when that raises, nothing is changed.
    Raises BundleError E203 for keys that are revoked, E204 for another fingerprint, E212 to grant what nobody
    asked for, E213 when more is asked for and nothing named, and as ``enrolment.read_request`` does.
    """
    moment = now or dates.now()
    registry = open_registry(desk)
    asked = read_request(request)
    before = _known(registry, asked.desk)
    granted = _granted(asked, before, municipalities)
    kreis = trust(desk, moment)
    made = certify(
        asked,
        kreis.root,
        scopes=granted,
        kreis_name=desk.name,
        not_after=_valid_until(moment),
        fingerprint=fingerprint,
        now=_issued(before, moment),
        keys=kreis.ring.statement,
    )
    with working(registry) as work:
        _keep(work.connection, asked, granted, made, moment)
        work.tell("desk_enrolled", asked.desk)
        hand_out(made)
    desk.announce(REGISTRY)
    return _enrolment(asked, granted, kreis, made)


def _enrolment(asked: Request, granted: Sequence[str], kreis: KreisTrust, made: bytes) -> Enrolment:
    return Enrolment(
        desk_id=asked.desk,
        name=asked.name,
        municipalities=tuple(granted),
        asked=tuple(asked.municipalities),
        fingerprint=asked.fingerprint(),
        kreis_fingerprint=kreis.root.public.fingerprint(),
        certificate=made,
    )


def revoke(desk: Desk, desk_id: str, from_seq: int) -> None:
    """Take no bundle of a desk any more from number ``from_seq`` on.

    Raises BundleError E202 for a stranger.
    """
    registry = open_registry(desk)
    with working(registry) as work:
        this = update(desk_table).where(desk_table.c.id == desk_id)
        values = {"revoked_from": from_seq, "revoked_epoch": desk_table.c.epoch}
        if work.connection.execute(this.values(values)).rowcount != 1:
            raise BundleError("E202")
        work.tell("desk_revoked", desk_id)
    desk.announce(REGISTRY)


def sender_of(registry: Registry, signing_key: str) -> Sender | None:
    """Return the enrolled desk that signs with the key of this identifier, None for a stranger."""
    with transaction(registry) as connection:
        wanted = select(desk_table).where(desk_table.c.signing_key == signing_key)
        row = connection.execute(wanted).first()
    return _sender(row) if row else None


def _sender(row: Row[Any]) -> Sender:
    return Sender(
        row.id,
        row.name,
        frozenset(row.municipalities.split()),
        date.fromisoformat(row.not_after),
        None if row.revoked_from is None else (row.revoked_epoch, row.revoked_from),
        PublicIdentity.from_bytes(row.identity.encode()),
    )


def _known(registry: Registry, desk_id: str) -> Row[Any] | None:
    with transaction(registry) as connection:
        return connection.execute(select(desk_table).where(desk_table.c.id == desk_id)).first()


def _granted(asked: Request, before: Row[Any] | None, named: Sequence[str] | None) -> list[str]:
    """Return what is granted. Raises BundleError E212 for what nobody asked for, E213 for more, unnamed."""
    wanted = dict.fromkeys(asked.municipalities if named is None else named)
    if not wanted.keys() <= set(asked.municipalities):
        raise BundleError("E212")
    if named is None and before is not None and not wanted.keys() <= set(before.municipalities.split()):
        raise BundleError("E213")
    return list(wanted)


def _issued(before: Row[Any] | None, moment: datetime) -> datetime:
    """Return when a certificate is issued: after the one before, however the clock was set meanwhile."""
    if before is None:
        return moment
    last = msgspec.json.decode(signed.body_of(before.certificate), type=_Issued).issued
    return max(moment, last + timedelta(seconds=1))


class _Issued(msgspec.Struct):
    issued: datetime


def _keep(
    connection: Connection,
    asked: Request,
    municipalities: Sequence[str],
    certificate: bytes,
    moment: datetime,
) -> None:
    granted = {
        "signing_key": asked.identity.signing.key_id,
        "name": asked.name,
        "municipalities": " ".join(municipalities),
        "identity": asked.identity.to_bytes().decode(),
        "certificate": certificate,
        "enrolled_at": moment_text(moment),
        "not_after": _valid_until(moment).isoformat(),
    }
    revoked = select(desk_table.c.id).where(
        desk_table.c.id == asked.desk, desk_table.c.revoked_from.is_not(None)
    )
    if connection.execute(revoked).first():
        raise BundleError("E203")
    start = {"epoch": 1, "last_seq": 0, "applied_change": 0, "last_receipt": 0, "heard_at": ""}
    statement = upsert(connection, desk_table).values(id=asked.desk, **granted, **start)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=granted))


def _valid_until(moment: datetime) -> date:
    return months_later(moment.astimezone(UTC).date(), VALID_MONTHS)
