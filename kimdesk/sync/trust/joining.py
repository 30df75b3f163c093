"""How a desk comes to a Kreis, stays with it, and leaves it for another: the person's part of enrolment.

A certificate is signed by the Kreis it names, which anybody can be. So the first one is taken for the
fingerprint alone that the people of the Kreis read out; another Kreis takes the place of the present one only
by an act of its own; and what was issued before the present certificate is not taken again.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kimdesk.casework.desk import Desk
from kimdesk.domain import media
from kimdesk.domain.errors import BundleError
from kimdesk.store.work import Writer
from kimdesk.sync import answered
from kimdesk.sync.sealing.envelope import keys_of_bytes
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import device
from kimdesk.sync.trust.enrolment import (
    Certificate,
    Predecessor,
    certificate_by,
    check_fingerprint,
    make_request,
)


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


def request(desk: Desk, out: Path, *, new_keys: bool = False) -> str:
    """Write this desk's request to be enrolled to ``out`` and return the fingerprint to read out.

    ``new_keys``: it brings new keys, which the present ones endorse; they count once the Kreis has certified
    them. Until then every request brings them. Where the Kreis has decided that the history of another laptop
    counts, this one asks to be a desk of its own: nothing of what it was is left but its cases. Raises
    StoreError E920 to E923 when the medium refuses, BundleError E802 for new keys before the desk is
    enrolled, E807 at a Kreis.
    """
    device.must_be_a_desk(desk)
    _start_anew_if_refused(desk)
    present, known = device.identity(desk), device.certificate(desk)
    if new_keys and known is None:
        raise BundleError("E802")
    own = device.next_identity(desk, make=new_keys) or present
    before = Predecessor(known.desk, present) if known and own != present else None
    media.write(out, make_request(own, desk.name, desk.municipalities, before=before))
    return own.public.fingerprint()


def _start_anew_if_refused(desk: Desk) -> None:
    device.prepare(desk)
    with desk.writing() as writer:
        if answered.standing(writer.connection, device.read_state(writer).epoch) == answered.STOPPED:
            device.start_anew(writer)


def look(desk: Desk, data: bytes, *, today: date | None = None) -> Joining:
    """Return what taking the certificate ``data`` would bring; nothing is changed, nobody is trusted yet.

    Raises BundleError E205 for one without the Kreis's keys, E211 for one issued before the present one, E301
    for another desk, E804 expired, E807 at a Kreis, and what ``enrolment.certificate_by`` raises.
    """
    device.must_be_a_desk(desk)
    certificate = made_for(data, device.identity(desk), device.next_identity(desk), today=today)
    offer = Joining(certificate, device.certificate(desk), desk.municipalities)
    if offer.before and not offer.changes_kreis and certificate.issued_at < offer.before.issued_at:
        raise BundleError("E211")
    return offer


def made_for(data: bytes, *own: DeviceIdentity | None, today: date | None = None) -> Certificate:
    """Return the certificate in ``data``, if it was made for one of these keys and can be taken today.

    Raises BundleError E205 for one without the Kreis's keys, E301, E804 and as ``certificate_by``.
    """
    certificate = certificate_by(None, data)
    if not is_for(certificate, *own):
        raise BundleError("E301")
    certificate.check_valid(today)
    if not keys_of_bytes(data):
        raise BundleError("E205")
    return certificate


def is_for(certificate: Certificate, *own: DeviceIdentity | None) -> bool:
    """Return whether ``certificate`` was made for one of these keys."""
    return certificate.desk_digest in {each.public.digest.hex() for each in own if each}


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
        _keep(writer, offer, data)
        writer.record("enrolled", "certificate", certificate.kreis.key_id)
    return offer


def hear(desk: Desk, writer: Writer, data: bytes, present: Certificate) -> None:
    """Take the certificate ``data`` that came with a receipt, unless it is no newer than the ``present`` one.

    Raises BundleError E301 when it is for another desk, and what ``enrolment.certificate_by`` raises.
    """
    certificate = certificate_by(present.kreis, data)
    if certificate.issued_at <= present.issued_at:
        return
    if not is_for(certificate, *device.candidates(writer)):
        raise BundleError("E301")
    _keep(writer, Joining(certificate, present, desk.municipalities), data)
    writer.record("enrolled", "certificate", certificate.kreis.key_id)


def _keep(writer: Writer, offer: Joining, data: bytes) -> None:
    if offer.gained or offer.lost:
        device.look_anew(writer)
    device.keep_certificate(writer, data, offer.certificate)
