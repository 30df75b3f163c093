"""What the keys of a Kreis are for: its root signs a statement that names one key for each purpose.

Only the root is compared by fingerprint. The statement names the keys to seal bundles to, to verify receipts
with and to verify catalogue packs with, and the desks whose keys count no more. It travels in the header of
certificates, receipts and packs, so that new keys reach every desk by themselves; its version only rises.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Final

import msgspec

from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.domain.law.periods import months_later
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import limits, signed, wire
from kimdesk.sync.sealing.container import Hex32
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity, SealingPublic, SigningPublic

KIND: Final = "kreiskeys"
VALID_MONTHS: Final = 24

Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Revoked = Annotated[list[Hex32], msgspec.Meta(max_length=limits.REVOKED)]


class KreisKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The present keys of a Kreis, one for each purpose."""

    format: int = wire.FORMAT
    version: wire.Rising
    root: Hex64  # digest of the identity that signs this
    sealing: SealingPublic  # seals bundles
    receipts: SigningPublic  # verifies receipts
    catalogue: SigningPublic  # verifies catalogue packs
    issued: wire.Moment
    not_after: Day  # the last day a desk seals to them
    revoked: Revoked = []  # key ids of identities of desks that count no more

    @property
    def exchange(self) -> PublicIdentity:
        """Return whom bundles are sealed to and receipts come from."""
        return PublicIdentity(kind="kreis", signing=self.receipts, sealing=self.sealing)

    @property
    def last_day(self) -> date:
        """Return the last day a desk seals to these keys. Raises BundleError E103 for an impossible one."""
        return day(self.not_after)


def state(
    root: DeviceIdentity,
    exchange: PublicIdentity,
    catalogue: SigningPublic,
    *,
    version: int,
    revoked: list[str] | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return the statement of ``root`` about the keys of its Kreis, good for 24 months."""
    moment = (now or dates.now()).astimezone(UTC)
    body = KreisKeys(
        version=version,
        root=root.public.digest.hex(),
        sealing=exchange.sealing,
        receipts=exchange.signing,
        catalogue=catalogue,
        issued=moment_text(moment),
        not_after=months_later(moment.date(), VALID_MONTHS).isoformat(),
        revoked=sorted(revoked or []),
    )
    return signed.sign(KIND, body, root)


def read(data: bytes, root: PublicIdentity) -> KreisKeys:
    """Return the statement in ``data``, if ``root`` made it.

    Raises BundleError E10x, E201, E202 made by somebody else, E50x, E60x.
    """
    body = signed.read(KIND, data, KreisKeys, lambda _: root)
    if body.root != root.digest.hex():
        raise BundleError("E202")
    wire.check_moment(body.issued)
    _ = body.last_day, body.exchange.checked()
    PublicIdentity(kind="kreis", signing=body.catalogue, sealing=body.sealing).checked()
    return body


def day(written: str) -> date:
    """Return the day ``written`` as in ISO 8601. Raises BundleError E103 for one that no calendar has."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BundleError("E103") from None
