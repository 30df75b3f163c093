"""Enrolling desks: who asks, whether a known desk stands behind new keys, and what the Kreis grants.

A desk is kept under one id for good. Its keys change in two ways: the present ones endorse the new ones, or
a person says „this is desk X“ once the fingerprint was compared, the only way where keys are lost or revoked.
Then nobody knows what the former keys still signed, so a new epoch begins. Where a copy of the laptop was
known of, what came so far may be the copy's: it is in doubt until the desk has said everything, and then only
that stays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, insert, select

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.domain.law.periods import months_later
from kimdesk.kreis.enrolled.keyring import KreisTrust
from kimdesk.kreis.enrolled.roster import present_trust
from kimdesk.kreis.registry import desk_table, former_key, open_registry
from kimdesk.kreis.rows import transaction, upsert, working
from kimdesk.kreis.taking import books, doubts
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import signed
from kimdesk.sync.sealing.keys import PublicIdentity
from kimdesk.sync.trust.enrolment import (
    Certificate,
    DeskPlace,
    Request,
    certify,
    endorsed_by,
    endorsed_desk,
    read_request,
)

GRACE_MONTHS: Final = 3
"""How long bundles still count that were under way when a desk got new keys."""


class Backing(StrEnum):
    """Who stands behind the keys of a request."""

    NEW = "new"  # a desk the Kreis does not know
    KNOWN = "known"  # an enrolled desk with the keys it has
    ROTATED = "rotated"  # an enrolled desk, whose present keys endorse these
    REPLACED = "replaced"  # an enrolled desk, as a person says


@dataclass(frozen=True, slots=True)
class Application:
    """A request that was read, and where its desk stands; ``before`` is its row in the registry.

    ``contested``: there is, or was, a copy of that laptop. Its keys are in two hands, so new ones count for
    the fingerprint only, and whatever the former ones sign from now on counts no more.
    """

    request: Request
    standing: Backing
    before: Row[Any] | None
    contested: bool = False

    @property
    def desk_id(self) -> str:
        """Return the id the Kreis keeps the desk under."""
        return self.before.id if self.before is not None else self.request.desk

    @property
    def by_a_person(self) -> bool:
        """Return whether a person alone can say whose new keys these are: the former ones do not count."""
        return self.standing is Backing.REPLACED or (self.standing is Backing.ROTATED and self.contested)

    @property
    def epoch(self) -> int:
        """Return the first epoch the desk may write with these keys."""
        if self.before is None:
            return 1
        begun: int = self.before.epoch + 1 if self.by_a_person else self.before.least_epoch
        return begun

    @property
    def held(self) -> tuple[str, ...]:
        """Return the municipalities the desk has now."""
        return tuple(self.before.municipalities.split()) if self.before is not None else ()

    def granted(self, named: Sequence[str] | None) -> tuple[str, ...]:
        """Return what is granted. Raises BundleError E212 for what nobody asked for, E213 for unnamed."""
        asked = self.request.municipalities
        wanted = dict.fromkeys(asked if named is None else named)
        if not wanted.keys() <= set(asked):
            raise BundleError("E212")
        if named is None and self.before is not None and not wanted.keys() <= set(self.held):
            raise BundleError("E213")
        return tuple(wanted)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A desk that was enrolled; ``certificate`` is the file it takes home.

    ``municipalities`` (AGS) were granted, ``asked`` were asked for. ``kreis_fingerprint`` is what the people
    of the Kreis read out.
    """

    desk_id: str
    name: str
    standing: Backing
    municipalities: tuple[str, ...]
    asked: tuple[str, ...]
    fingerprint: str
    kreis_fingerprint: str
    certificate: bytes


def examine(desk: Desk, request: bytes, replaces: str | None = None) -> Application:
    """Return who asks in ``request``; ``replaces`` is the desk a person says it is. Nothing is changed.

    Raises BundleError E202 for a desk ``replaces`` that does not exist, E203 for keys that are revoked or
    endorsed by revoked ones, E214 for keys that were replaced, E215 when the present keys of the desk do not
    endorse these, and as ``enrolment.read_request`` does.
    """
    asked = read_request(request)
    with transaction(open_registry(desk)) as connection:
        return _application(connection, asked, replaces)


def enrol(
    desk: Desk,
    request: bytes,
    fingerprint: str | None = None,
    *,
    replaces: str | None = None,
    municipalities: Sequence[str] | None = None,
    now: datetime | None = None,
    hand_out: Callable[[bytes], object] = lambda _: None,
) -> Enrolment:
    """Enrol the desk of ``request`` and return its certificate.

    ``fingerprint`` is what the desk's people read out; ``replaces`` the desk a person says it is, which asks
    for the fingerprint (E216). ``municipalities`` (AGS) are granted, all asked for when None. ``hand_out``
    gets the certificate before the enrolment counts; when that raises, nothing is changed. Raises BundleError
    E204 for another fingerprint, E212, E213 as ``Application.granted``, E222 without fingerprint where a copy
    of the laptop is known of, and what ``examine`` raises.
    """
    if replaces is not None and fingerprint is None:
        raise BundleError("E216")
    moment = now or dates.now()
    registry, asked = open_registry(desk), examine(desk, request, replaces)
    if asked.by_a_person and fingerprint is None:
        raise BundleError("E222")
    granted = asked.granted(municipalities)
    kreis = present_trust(desk, moment)
    made = _certificate(asked, granted, kreis, desk.name, fingerprint, moment)
    with working(registry) as work:
        _keep(work.connection, asked, granted, made, moment)
        work.tell("desk_enrolled", asked.desk_id)
        hand_out(made)
    present_trust(desk, moment)
    desk.announce(REGISTRY)
    return _enrolment(asked, granted, kreis, made)


def _application(connection: Connection, asked: Request, replaces: str | None) -> Application:
    key = asked.identity.signing.key_id
    if connection.execute(select(former_key.c.desk_id).where(former_key.c.signing_key == key)).first():
        raise BundleError("E214")
    row = connection.execute(select(desk_table).where(desk_table.c.signing_key == key)).first()
    if row is not None:
        return _known(asked, row, replaces)
    if replaces is not None:
        row = _row(connection, replaces)
        return Application(asked, Backing.REPLACED, row, contested=_contested(connection, row))
    if not asked.endorsement:
        return Application(asked, Backing.NEW, None)
    row = _row(connection, endorsed_desk(asked))
    return _rotated(asked, row, contested=_contested(connection, row))


def _contested(connection: Connection, row: Row[Any]) -> bool:
    """Return whether there is, or was, a copy of the laptop of a desk."""
    return bool(row.contested) or books.is_forked(connection, row.id)


def _row(connection: Connection, desk_id: str) -> Row[Any]:
    row = connection.execute(select(desk_table).where(desk_table.c.id == desk_id)).first()
    if row is None:
        raise BundleError("E202")
    return row


def _known(asked: Request, row: Row[Any], replaces: str | None) -> Application:
    if row.revoked_from is not None:
        raise BundleError("E203")
    if row.identity != asked.identity.to_bytes().decode() or replaces not in (None, row.id):
        raise BundleError("E215")
    return Application(asked, Backing.KNOWN, row)


def _rotated(asked: Request, row: Row[Any], *, contested: bool) -> Application:
    if row.revoked_from is not None:
        raise BundleError("E203")
    if not endorsed_by(asked, PublicIdentity.from_bytes(row.identity.encode())):
        raise BundleError("E215")
    return Application(asked, Backing.ROTATED, row, contested)


def _certificate(
    asked: Application, granted: Sequence[str], kreis: KreisTrust, name: str, fingerprint: str | None,
    moment: datetime,
) -> bytes:  # fmt: skip
    return certify(
        asked.request,
        kreis.root,
        place=DeskPlace(asked.desk_id, asked.epoch),
        scopes=granted,
        kreis_name=name,
        fingerprint=fingerprint,
        now=_issued(asked.before, moment),
        keys=kreis.ring.statement,
    )


def _enrolment(asked: Application, granted: tuple[str, ...], kreis: KreisTrust, made: bytes) -> Enrolment:
    return Enrolment(
        desk_id=asked.desk_id,
        name=asked.request.name,
        standing=asked.standing,
        municipalities=granted,
        asked=tuple(asked.request.municipalities),
        fingerprint=asked.request.fingerprint(),
        kreis_fingerprint=kreis.root.public.fingerprint(),
        certificate=made,
    )


def _issued(before: Row[Any] | None, moment: datetime) -> datetime:
    """Return when a certificate is issued: after the one before, however the clock was set meanwhile."""
    if before is None:
        return moment
    return max(moment, _read(before.certificate).issued_at + timedelta(seconds=1))


def _read(certificate: bytes) -> Certificate:
    """Return what stands in a certificate of our own."""
    return msgspec.json.decode(signed.body_of(certificate), type=Certificate)


def _keep(
    connection: Connection, asked: Application, places: Sequence[str], certificate: bytes, moment: datetime
) -> None:
    if asked.before is not None and asked.standing is not Backing.KNOWN:
        _retire(connection, asked.before, moment, at_once=asked.by_a_person)
        if asked.by_a_person and asked.contested:  # which of the two laptops said what is here, nobody knows
            doubts.cast(connection, asked.desk_id, doubts.DOUBTFUL, 0)
    granted = {
        "signing_key": asked.request.identity.signing.key_id,
        "name": asked.request.name,
        "municipalities": " ".join(places),
        "identity": asked.request.identity.to_bytes().decode(),
        "certificate": certificate,
        "enrolled_at": moment_text(moment),
        "not_after": _read(certificate).not_after,
        "least_epoch": asked.epoch,
        "revoked_from": None,
        "revoked_epoch": None,
        **({"contested": 0} if asked.by_a_person else {}),  # the copy has no keys any more
    }
    start = {"epoch": 1, "last_seq": 0, "applied_change": 0, "last_receipt": 0, "heard_at": ""}
    statement = upsert(connection, desk_table).values(id=asked.desk_id, **granted, **start)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=granted))


def _retire(connection: Connection, before: Row[Any], moment: datetime, *, at_once: bool) -> None:
    """Keep the keys a desk had: for what is under way, or as proof of their end when that is ``at_once``."""
    cut: tuple[int | None, int | None] = (None, None)
    if at_once:
        revoked = before.revoked_from is not None
        cut = (before.revoked_epoch, before.revoked_from) if revoked else (before.epoch, before.last_seq + 1)
    values = {
        "signing_key": before.signing_key, "desk_id": before.id, "identity": before.identity,
        "not_after": before.not_after, "cut_epoch": cut[0], "cut_seq": cut[1],
        "until": months_later(moment.astimezone(UTC).date(), GRACE_MONTHS).isoformat(),
    }  # fmt: skip
    connection.execute(insert(former_key).values(values))
