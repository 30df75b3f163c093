"""The private keys of a Kreis, one for each purpose, kept in its vault.

The root makes certificates and the statement about all others, and nothing else. Bundles are unsealed with
the import key, receipts and catalogue packs signed with one key each. A former import key opens what was
sealed to it for a while, then it is destroyed, so that nobody can open old bundles with it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.law.periods import months_later
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer
from kimdesk.sync import device, kreis_keys, wire
from kimdesk.sync.keys import DeviceIdentity, SealingPrivate, Secret, SigningPrivate
from kimdesk.sync.kreis_keys import KreisKeys

OVERLAP_MONTHS: Final = 3
"""How long a former import key still opens what desks sealed to it."""
RENEW_MONTHS: Final = 12
"""How long before its last day a statement is made anew."""
_KEYS: Final = "kreis.keys"


class FormerKey(Secret, frozen=True):
    """An import key that was replaced, and the last day it opens bundles."""

    sealing: SealingPrivate
    until: date


class KeyRing(Secret, frozen=True, kw_only=True):
    """All keys of a Kreis but its root, and the root's present statement about them."""

    format: int = wire.FORMAT
    exchange: DeviceIdentity  # unseals bundles, signs receipts
    catalogue: SigningPrivate
    former: tuple[FormerKey, ...] = ()
    statement: bytes

    def opening(self, sealing_key: str) -> DeviceIdentity:
        """Return whoever opens what is sealed to the key of this identifier; us for any other."""
        found = (each for each in self.former if each.sealing.public.key_id == sealing_key)
        former = next(found, None)
        if former is None:
            return self.exchange
        return DeviceIdentity(kind="kreis", signing=self.exchange.signing, sealing=former.sealing)


@dataclass(frozen=True, slots=True)
class KreisTrust:
    """Who a Kreis is to its desks: its root, and the keys it works with."""

    root: DeviceIdentity
    ring: KeyRing

    @property
    def publisher(self) -> DeviceIdentity:
        """Return who signs catalogue packs."""
        return DeviceIdentity(kind="kreis", signing=self.ring.catalogue, sealing=self.ring.exchange.sealing)

    @property
    def statement(self) -> KreisKeys:
        """Return what the root says of the keys."""
        return kreis_keys.read(self.ring.statement, self.root.public)


def trust(desk: Desk, now: datetime | None = None) -> KreisTrust:
    """Return the keys of the Kreis, made when first asked for.

    Where a single identity did everything before, that becomes the root, and bundles sealed to it open for a
    while. Keys that are past their time are destroyed here; a statement that ends within a year is renewed.
    """
    moment = now or dates.now()
    root = device.identity(desk)
    with desk.reading() as reader:
        found = _stored(reader)
    ring = _kept(root, found, moment) if found else _new(root, moment)
    if ring != found:
        with desk.writing() as writer:
            _store(writer, ring)
            writer.record("created" if found is None else "changed", "kreis_keys", root.public.key_id)
    return KreisTrust(root, ring)


def _new(root: DeviceIdentity, moment: datetime) -> KeyRing:
    exchange, catalogue = DeviceIdentity.create("kreis"), SigningPrivate.create()
    statement = kreis_keys.state(root, exchange.public, catalogue.public, version=1, now=moment)
    former = FormerKey(root.sealing, _overlap(moment))
    return KeyRing(exchange=exchange, catalogue=catalogue, former=(former,), statement=statement)


def _kept(root: DeviceIdentity, ring: KeyRing, moment: datetime) -> KeyRing:
    today = moment.astimezone(UTC).date()
    former = tuple(each for each in ring.former if each.until >= today)
    said = kreis_keys.read(ring.statement, root.public)
    statement = ring.statement
    if months_later(today, RENEW_MONTHS) > said.last_day:
        statement = restated(root, ring, said, moment)
    return msgspec.structs.replace(ring, former=former, statement=statement)


def restated(
    root: DeviceIdentity, ring: KeyRing, said: KreisKeys, moment: datetime, revoked: list[str] | None = None
) -> bytes:
    """Return the next statement about the keys of ``ring``; ``revoked`` replaces the list before."""
    return kreis_keys.state(
        root,
        ring.exchange.public,
        ring.catalogue.public,
        version=said.version + 1,
        revoked=said.revoked if revoked is None else revoked,
        now=moment,
    )


def _overlap(moment: datetime) -> date:
    return months_later(moment.astimezone(UTC).date(), OVERLAP_MONTHS)


def _stored(reader: Reader) -> KeyRing | None:
    found = get_setting(reader, _KEYS)
    return wire.decode(KeyRing, found.encode()) if found else None


def _store(writer: Writer, ring: KeyRing) -> None:
    set_setting(writer, _KEYS, wire.encode(ring).decode())
