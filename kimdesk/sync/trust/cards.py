"""A desk's card: who it is to other desks of the same Kreis, with the Kreis's certificate as the proof."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates, media
from kimdesk.domain.errors import BundleError
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import signed, wire
from kimdesk.sync.sealing.envelope import keys_of_bytes
from kimdesk.sync.sealing.keys import PublicIdentity
from kimdesk.sync.trust import device, kreis_keys
from kimdesk.sync.trust.enrolment import Certificate, certificate_by
from kimdesk.sync.trust.kreis_keys import KreisKeys

KIND: Final = "card"
SUFFIX: Final = ".kimk"


class CardBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands on a card; signed by ``identity``."""

    format: int = wire.FORMAT
    identity: PublicIdentity
    certificate: bytes  # the file the desk has from its Kreis
    issued: wire.Moment


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another desk of our Kreis: ``desk_id`` as the Kreis keeps it, its municipalities (AGS), its keys."""

    desk_id: str
    name: str
    municipalities: tuple[str, ...]
    identity: PublicIdentity


def write(desk: Desk, out: Path, *, now: datetime | None = None) -> None:
    """Write the card of ``desk`` to ``out``.

    Raises BundleError E802 before it is enrolled, E804 when that has expired, E807 at a Kreis; StoreError
    E920 to E923 for the medium.
    """
    moment = now or dates.now()
    own = device.enrolled(desk, device.day_of(moment)).identity
    body = CardBody(
        identity=own.public, certificate=device.certificate_file(desk), issued=moment_text(moment)
    )
    media.write(out, signed.sign(KIND, body, own))


def read(desk: Desk, data: bytes, *, today: date | None = None) -> Neighbour:
    """Return whose card ``data`` is, if our Kreis vouches for it today.

    Raises BundleError E10x, E201 forged, E203 for keys the Kreis has revoked, E206 for a desk of another
    Kreis, E207 for a card past its time, E50x, E60x, E802 before ``desk`` is enrolled.
    """
    found = device.trusted(desk)
    return judged(data, found.certificate.kreis, found.keys, today or datetime.now(UTC).date())


def judged(data: bytes, kreis: PublicIdentity, known: KreisKeys | None, today: date) -> Neighbour:
    """Return whose card ``data`` is, for whoever trusts ``kreis`` and has heard ``known`` of its keys.

    Raises BundleError as ``read``.
    """
    body = signed.read(KIND, data, CardBody, lambda body: body.identity)
    wire.check_moment(body.issued)
    certificate = _vouched(body.certificate, kreis)
    if body.identity.kind != "desk" or certificate.desk_digest != body.identity.digest.hex():
        raise BundleError("E201")
    if body.identity.key_id in _revoked(body.certificate, kreis, known):
        raise BundleError("E203")
    if today > certificate.last_day:
        raise BundleError("E207")
    return Neighbour(
        certificate.desk, certificate.desk_name, tuple(certificate.municipalities), body.identity
    )


def _revoked(certificate: bytes, kreis: PublicIdentity, known: KreisKeys | None) -> list[str]:
    """Return what the newest statement revokes, the one in the certificate counted."""
    said = keys_of_bytes(certificate)
    every = [known, kreis_keys.read(said, kreis) if said else None]
    newest = max((each for each in every if each), key=lambda keys: keys.version, default=None)
    return newest.revoked if newest else []


def _vouched(certificate: bytes, kreis: PublicIdentity) -> Certificate:
    try:
        return certificate_by(kreis, certificate)
    except BundleError as error:
        raise BundleError("E206" if error.code == "E202" else error.code) from None
