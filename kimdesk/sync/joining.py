"""How a desk comes to a Kreis, stays with it, and leaves it for another: the person's part of enrolment.

A certificate is signed by the Kreis it names, which anybody can be. So the first one is taken for the
fingerprint alone that the people of the Kreis read out; another Kreis takes the place of the present one only
by an act of its own; and what was issued before the present certificate is not taken again.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.domain import media
from kimdesk.domain.errors import BundleError
from kimdesk.sync import device
from kimdesk.sync.enrolment import Certificate, check_fingerprint, make_request, read_certificate
from kimdesk.sync.envelope import keys_of_bytes


@dataclass(frozen=True, slots=True)
class Joining:
    """What a certificate brings; ``before`` is the present one, ``asked`` the municipalities of the desk."""

    certificate: Certificate
    before: Certificate | None
    asked: tuple[str, ...]

    @property
    def changes_kreis(self) -> bool:
        """Return whether another Kreis than the present one made it."""
        return self.before is not None and self.before.kreis != self.certificate.kreis

    @property
    def needs_fingerprint(self) -> bool:
        """Return whether only the fingerprint tells whose it is."""
        return self.before is None or self.changes_kreis

    @property
    def denied(self) -> tuple[str, ...]:
        """Return the municipalities of the desk that the Kreis did not grant."""
        return tuple(each for each in self.asked if each not in self.certificate.municipalities)

    @property
    def gained(self) -> tuple[str, ...]:
        """Return the municipalities which the present certificate does not have."""
        had = self.before.municipalities if self.before else []
        return tuple(each for each in self.certificate.municipalities if each not in had)

    @property
    def lost(self) -> tuple[str, ...]:
        """Return the municipalities which only the present certificate has."""
        had = self.before.municipalities if self.before else []
        return tuple(each for each in had if each not in self.certificate.municipalities)


def request(desk: Desk, out: Path) -> str:
    """Write this desk's request to be enrolled to ``out`` and return the fingerprint to read out.

    Raises StoreError E920 to E923 when the medium refuses, BundleError E807 at a Kreis.
    """
    device.must_be_a_desk(desk)
    own = device.identity(desk)
    media.write(out, make_request(own, desk.name, desk.municipalities))
    return own.public.fingerprint()


def look(desk: Desk, data: bytes, *, today: date | None = None) -> Joining:
    """Return what taking the certificate ``data`` would bring; nothing is changed, nobody is trusted yet.

    Raises BundleError E205 for one without the Kreis's keys, E211 for one issued before the present one, E807
    at a Kreis, and what ``enrolment.read_certificate`` raises.
    """
    device.must_be_a_desk(desk)
    certificate = read_certificate(data, own=device.identity(desk), today=today)
    if not keys_of_bytes(data):
        raise BundleError("E205")
    offer = Joining(certificate, device.certificate(desk), desk.municipalities)
    if offer.before and not offer.changes_kreis and certificate.issued_at < offer.before.issued_at:
        raise BundleError("E211")
    return offer


def accept(
    desk: Desk,
    data: bytes,
    *,
    fingerprint: str | None = None,
    change_kreis: bool = False,
    today: date | None = None,
) -> Joining:
    """Take the Kreis's certificate and return what it brought.

    ``fingerprint`` is what the people of the Kreis read out: asked for the first time and for another Kreis
    (E208, E204). Another Kreis is taken with ``change_kreis`` only (E209) and gets everything, in a new
    epoch. With other municipalities, every case is looked at anew. Raises what ``look`` raises.
    """
    offer = look(desk, data, today=today)
    certificate = offer.certificate
    check_fingerprint(certificate.kreis, fingerprint)
    if offer.changes_kreis and not change_kreis:
        raise BundleError("E209")
    if offer.needs_fingerprint and fingerprint is None:
        raise BundleError("E208")
    device.prepare(desk)
    with desk.writing() as writer:
        if offer.changes_kreis:
            device.leave_kreis(writer)
        if offer.gained or offer.lost:
            state = device.read_state(writer)
            device.save_state(writer, msgspec.structs.replace(state, looked=0))
        device.keep_certificate(writer, data)
        writer.record("enrolled", "certificate", certificate.kreis.key_id)
    return offer
