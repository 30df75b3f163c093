"""What changes who may write: keys, certificates, revocation, as the people at desk and Kreis would do it."""

from datetime import date
from typing import Any

from kimdesk import kreis as kreis_room
from kimdesk import sync
from kimdesk.domain.errors import BundleError
from kimdesk.kreis import KeyPurpose
from kimdesk.sync.trust import device
from tests.sync.world import Place, World

REPLACED = ("E203", "E214", "E217")
"""Nothing of these keys counts any more until a person has said whose they are."""
_NOT_BACKED = (*REPLACED, "E202", "E215")
_STOPPED = "E406"


def new_keys(world: World, place: Place, *, home: bool) -> None:
    """Give a desk new keys; the certificate comes ``home`` at once, or with a receipt."""
    if _stopped(world, place):
        return
    data, fingerprint = _asked(world, place, new_keys=True)
    try:
        found = kreis_room.examine(world.kreis, data)
        held = [each for each in found.held if each in found.request.municipalities]
        made = _enrolled(world, data, fingerprint=fingerprint, municipalities=held)
    except BundleError as error:
        if error.code not in _NOT_BACKED:
            raise
        return
    if home:
        _accept(world, place, made)


def certify(world: World, place: Place, municipalities: tuple[str, ...]) -> None:
    """Let the Kreis enrol a desk again, for these municipalities: fewer than before, or more."""
    if _stopped(world, place):
        return
    place.desk.set_municipalities(municipalities)
    data, fingerprint = _asked(world, place)
    try:
        made = _enrolled(world, data, fingerprint=fingerprint, municipalities=municipalities)
    except BundleError as error:
        if error.code not in _NOT_BACKED:
            raise
        return
    _accept(world, place, made)


def enrol_anew(world: World, place: Place) -> None:
    """Let a person at the Kreis say that these new keys are this desk's, whatever became of those before."""
    if _stopped(world, place):
        world.start_anew(place)
    data, fingerprint = _asked(world, place, new_keys=True)
    places = place.desk.municipalities
    made = _enrolled(world, data, fingerprint=fingerprint, replaces=place.id, municipalities=places)
    world.known[place.id].revoked = False
    _accept(world, place, made)


def rotate(world: World, *purposes: KeyPurpose) -> None:
    """Give the Kreis new keys."""
    with world.at(world.kreis_clock) as moment:
        kreis_room.rotate(world.kreis, *purposes, now=moment)


def _stopped(world: World, place: Place) -> bool:
    with world.at(place.clock) as moment:
        return sync.status(place.desk, now=moment).stopped == _STOPPED


def _asked(world: World, place: Place, *, new_keys: bool = False) -> tuple[bytes, str]:
    path = world.home / "request.kimq"
    with world.at(place.clock):
        fingerprint = sync.request(place.desk, path, new_keys=new_keys)
    return path.read_bytes(), fingerprint


def _enrolled(world: World, data: bytes, **named: Any) -> bytes:
    with world.at(world.kreis_clock) as moment:
        return kreis_room.enrol(world.kreis, data, now=moment, **named).certificate


def _accept(world: World, place: Place, certificate: bytes) -> None:
    with world.at(place.clock) as moment:
        today: date = device.day_of(moment)
        sync.accept(place.desk, certificate, today=today)
