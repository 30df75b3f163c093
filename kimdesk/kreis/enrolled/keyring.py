"""The private keys of a Kreis, one for each purpose, kept in its vault.

The root makes certificates and the statement about all others, and nothing else. Bundles are unsealed with
the import key, receipts and catalogue packs signed with one key each. A former import key opens what was
sealed to it for a while, then it is destroyed, so that nobody can open old bundles with it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.domain.law.periods import months_later
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.keys import DeviceIdentity, SealingPrivate, Secret, SigningPrivate
from kimdesk.sync.trust import device, kreis_keys
from kimdesk.sync.trust.kreis_keys import KreisKeys

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
    destroyed: tuple[str, ...] = ()  # key ids of former import keys that are gone
    made: dict[str, date]  # by purpose
    statement: bytes

    def has(self, sealing_key: str) -> bool:
        """Return whether the key of this identifier is, or was, an import key of this Kreis."""
        present = (self.exchange.sealing, *(each.sealing for each in self.former))
        return sealing_key in self.destroyed or sealing_key in {each.public.key_id for each in present}

    def opening(self, sealing_key: str) -> DeviceIdentity:
        """Return whoever opens what is sealed to the key of this identifier; us for any other.

        Raises BundleError E218 for a former key that was destroyed.
        """
        if sealing_key in self.destroyed:
            raise BundleError("E218")
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


class KeyPurpose(StrEnum):
    """What a key of the Kreis is for."""

    IMPORT = "import"
    RECEIPTS = "receipts"
    CATALOGUE = "catalogue"


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
    today = moment.astimezone(UTC).date()
    made = dict.fromkeys(map(str, KeyPurpose), today)
    return KeyRing(exchange=exchange, catalogue=catalogue, former=(former,), made=made, statement=statement)


def _kept(root: DeviceIdentity, ring: KeyRing, moment: datetime) -> KeyRing:
    today = moment.astimezone(UTC).date()
    former = tuple(each for each in ring.former if each.until >= today)
    gone = [each.sealing.public.key_id for each in ring.former if each.until < today]
    said = kreis_keys.read(ring.statement, root.public)
    statement = ring.statement
    if months_later(today, RENEW_MONTHS) > said.last_day:
        statement = restated(root, ring, said, moment)
    return msgspec.structs.replace(
        ring, former=former, destroyed=(*ring.destroyed, *gone), statement=statement
    )


def told(desk: Desk, revoked: list[str], moment: datetime) -> KreisTrust:
    """Return the keys of the Kreis with a statement that names ``revoked`` (key ids of desks' identities)."""
    found = trust(desk, moment)
    said = found.statement
    if said.revoked == revoked:
        return found
    statement = restated(found.root, found.ring, said, moment, revoked)
    return _kept_as(desk, found.root, msgspec.structs.replace(found.ring, statement=statement))


def rotate(desk: Desk, *purposes: KeyPurpose, now: datetime | None = None) -> KreisTrust:
    """Give the Kreis new keys for ``purposes``; desks hear of them with their next receipt.

    A former import key opens bundles for three more months, then it is destroyed. Raises BundleError E806 in
    the vault of a desk.
    """
    if desk.role != "kreis":
        raise BundleError("E806")
    moment = now or dates.now()
    found = trust(desk, moment)
    ring = _renewed(found.ring, purposes, moment)
    statement = restated(found.root, ring, found.statement, moment)
    return _kept_as(desk, found.root, msgspec.structs.replace(ring, statement=statement))


def _renewed(ring: KeyRing, purposes: Collection[KeyPurpose], moment: datetime) -> KeyRing:
    exchange, former = ring.exchange, ring.former
    if KeyPurpose.IMPORT in purposes:
        former = (*former, FormerKey(exchange.sealing, _overlap(moment)))
        exchange = msgspec.structs.replace(exchange, sealing=SealingPrivate.create())
    if KeyPurpose.RECEIPTS in purposes:
        exchange = msgspec.structs.replace(exchange, signing=SigningPrivate.create())
    catalogue = SigningPrivate.create() if KeyPurpose.CATALOGUE in purposes else ring.catalogue
    made = ring.made | dict.fromkeys(map(str, purposes), moment.astimezone(UTC).date())
    return msgspec.structs.replace(ring, exchange=exchange, catalogue=catalogue, former=former, made=made)


def _kept_as(desk: Desk, root: DeviceIdentity, ring: KeyRing) -> KreisTrust:
    with desk.writing() as writer:
        _store(writer, ring)
        writer.record("changed", "kreis_keys", root.public.key_id)
    return KreisTrust(root, ring)


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
