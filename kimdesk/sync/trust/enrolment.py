"""How a desk and a Kreis come to know each other: a request goes there, a certificate comes back.

Neither file is secret. What makes them trustworthy is the fingerprint, which both sides read to each other
over another way than the file's: 8 × 5 digits, on the screen, on the telephone or as a QR code.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

import msgspec

from kimdesk.domain import dates
from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.errors import BundleError
from kimdesk.domain.law.periods import months_later
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import signed, wire
from kimdesk.sync.sealing.container import Hex32
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.trust import kreis_keys
from kimdesk.sync.trust.kreis_keys import Day, Hex64

REQUEST = "request"
CERTIFICATE = "certificate"
ROTATION = "rotation"
VALID_MONTHS = 24

Ags = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{8}\Z")]
Name = Annotated[str, msgspec.Meta(max_length=200)]


class Endorsement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the present keys of a desk say of its new ones; a file of kind ``rotation``, signed by them."""

    format: int = wire.FORMAT
    desk: Hex32  # the id the Kreis keeps the desk under
    digest: Hex64  # of the new identity
    created: wire.Moment


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A desk that asks to be enrolled: who it says it is, and its public keys."""

    format: int = wire.FORMAT
    name: Name
    municipalities: list[Ags]
    created: str  # ISO 8601, UTC
    identity: PublicIdentity
    endorsement: bytes | msgspec.UnsetType = msgspec.UNSET  # by the keys an enrolled desk has had so far

    @property
    def desk(self) -> str:
        """Return the identity the Kreis keeps this desk under, and its bundles carry as ``device``."""
        return self.identity.key_id

    def fingerprint(self) -> str:
        """Return what the desk's people read out."""
        return self.identity.fingerprint()


class Certificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The answer of a Kreis: for whom this desk may write, until when, and the Kreis's own public keys."""

    format: int = wire.FORMAT
    desk: str  # key id of the desk's identity; its bundles carry it as ``device``
    desk_digest: str  # hex, 64 digits: all of the desk's public keys
    desk_name: Name
    municipalities: list[Ags]
    issued: str  # ISO 8601, UTC
    not_after: Day  # the last day it counts
    kreis_name: Name
    kreis: PublicIdentity
    epoch: wire.Rising | msgspec.UnsetType = msgspec.UNSET  # the first these keys write; 1 when absent

    def fingerprint(self) -> str:
        """Return what the people of the Kreis read out."""
        return self.kreis.fingerprint()

    def check_valid(self, today: date | None = None) -> None:
        """Raise BundleError E804 after the last day this certificate counts."""
        if (today or datetime.now(UTC).date()) > self.last_day:
            raise BundleError("E804")

    @property
    def issued_at(self) -> datetime:
        """Return when it was issued. Raises BundleError E103 for a moment no clock has, or without zone."""
        try:
            found = datetime.fromisoformat(self.issued)
        except ValueError:
            raise BundleError("E103") from None
        if found.tzinfo is None:
            raise BundleError("E103")
        return found

    @property
    def last_day(self) -> date:
        """Return the last day it counts. Raises BundleError E103 for one that no calendar has."""
        return kreis_keys.day(self.not_after)


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The keys of a desk until it gets new ones, and the id the Kreis keeps it under."""

    desk: str
    identity: DeviceIdentity

    def endorses(self, new: PublicIdentity, created: str) -> bytes:
        """Return the file in which these keys endorse ``new`` ones."""
        body = Endorsement(desk=self.desk, digest=new.digest.hex(), created=created)
        return signed.sign(ROTATION, body, self.identity)


def make_request(
    identity: DeviceIdentity,
    name: str,
    municipalities: Sequence[str],
    *,
    now: datetime | None = None,
    before: Predecessor | None = None,
) -> bytes:
    """Return the request file of a desk, signed with its own key; ``before`` endorses it, if it is new."""
    created = moment_text(now or dates.now())
    body = Request(
        name=tidy(name),
        municipalities=list(municipalities),
        created=created,
        identity=identity.public,
        endorsement=before.endorses(identity.public, created) if before else msgspec.UNSET,
    )
    return signed.sign(REQUEST, body, identity)


def endorsed_desk(request: Request) -> str:
    """Return the id of the desk whose new keys ``request`` says to bring; nothing is proven.

    Raises BundleError E103 when it says nothing that can be read.
    """
    return wire.decode(Endorsement, signed.body_of(request.endorsement or b"")).desk


def endorsed_by(request: Request, present: PublicIdentity) -> bool:
    """Return whether ``present`` keys endorse those of ``request``. Raises BundleError E10x, E50x, E60x."""
    try:
        body = signed.read(ROTATION, request.endorsement or b"", Endorsement, lambda _: present)
    except BundleError as error:
        if error.code in ("E201", "E202"):
            return False
        raise
    return body.digest == request.identity.digest.hex()


def read_request(data: bytes) -> Request:
    """Return the request in ``data``; only the fingerprint tells whose it is.

    Raises BundleError E10x, E201 to E202, E50x, E60x, E803 when it is not from a desk.
    """
    request = signed.read(REQUEST, data, Request, lambda body: body.identity)
    if request.identity.kind != "desk":
        raise BundleError("E803")
    _check_names(request.name)
    return request


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """Where a Kreis keeps a desk: its id, and the first epoch that it writes with its keys."""

    desk: str
    epoch: int = 1


def certify(
    request: Request,
    kreis: DeviceIdentity,
    *,
    scopes: Sequence[str],
    place: DeskPlace | None = None,
    kreis_name: str = "",
    fingerprint: str | None = None,
    now: datetime | None = None,
    keys: bytes = b"",
) -> bytes:
    """Return the certificate that lets the desk of ``request`` write for the municipalities ``scopes`` (AGS).

    It counts for 24 months. ``fingerprint`` is what the desk's people read out; ``place`` where the Kreis
    keeps it, by default under its key id; ``keys`` what the Kreis says of its keys (``kreis_keys.state``).
    Raises BundleError E204 when the fingerprint is another, E803 when ``kreis`` is not a Kreis.
    """
    if kreis.kind != "kreis":
        raise BundleError("E803")
    check_fingerprint(request.identity, fingerprint)
    moment = now or dates.now()
    body = Certificate(
        desk=place.desk if place else request.desk,
        desk_digest=request.identity.digest.hex(),
        desk_name=request.name,
        municipalities=list(scopes),
        issued=moment_text(moment),
        not_after=months_later(moment.astimezone(UTC).date(), VALID_MONTHS).isoformat(),
        kreis_name=tidy(kreis_name),
        kreis=kreis.public,
        epoch=place.epoch if place and place.epoch > 1 else msgspec.UNSET,
    )
    return signed.sign(CERTIFICATE, body, kreis, keys=keys)


def read_certificate(
    data: bytes,
    *,
    own: DeviceIdentity,
    expected_fingerprint: str | None = None,
    today: date | None = None,
) -> Certificate:
    """Return the certificate in ``data``, if it was made for ``own`` keys and still counts.

    ``expected_fingerprint`` is what the people of the Kreis read out. Raises BundleError E10x, E201, E202,
    E204 another fingerprint, E301 made for another desk, E50x, E60x, E803 not from a Kreis, E804 expired.
    """
    certificate = certificate_by(None, data)
    check_fingerprint(certificate.kreis, expected_fingerprint)
    if certificate.desk_digest != own.public.digest.hex():
        raise BundleError("E301")
    certificate.check_valid(today)
    _ = certificate.issued_at
    return certificate


def certificate_by(kreis: PublicIdentity | None, data: bytes) -> Certificate:
    """Return the certificate in ``data``, made by ``kreis`` for any desk; by whomever it names for None.

    Raises BundleError E10x, E201, E202 made by somebody else, E50x, E60x, E803 not from a Kreis.
    """
    certificate = signed.read(CERTIFICATE, data, Certificate, lambda body: kreis or body.kreis)
    if certificate.kreis != (kreis or certificate.kreis):
        raise BundleError("E202")
    if certificate.kreis.kind != "kreis":
        raise BundleError("E803")
    _check_names(certificate.desk_name, certificate.kreis_name)
    return certificate


def _check_names(*names: str) -> None:
    """Raise BundleError E103 for a name that steers a terminal or turns the direction of what follows."""
    if not all(is_writable(name) and tidy(name) == name and name.isprintable() for name in names):
        raise BundleError("E103")


def check_fingerprint(identity: PublicIdentity, read_out: str | None) -> None:
    """Raise BundleError E204 when what was ``read_out`` is not the fingerprint; None is not compared."""
    if read_out is None:
        return
    digits = "".join(character for character in read_out if character in "0123456789")
    if not hmac.compare_digest(digits, identity.fingerprint().replace(" ", "")):
        raise BundleError("E204")
