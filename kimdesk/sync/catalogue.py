"""Taking the Kreis's catalogue packs: looked at first, taken over whole, taken back when need be.

What a desk keeps of them stands in the vault: their documents as layers of the catalogue, and here from
whom each came, until when it counts, and the highest version ever taken under each signing key. A lower one
is never taken again, also not after going back to the pack before.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.casework.layers import lay, lay_former, others_for, renewed, withdraw_layer
from kimdesk.catalogue.differences import DocumentDifference, differences
from kimdesk.catalogue.fitting import demand_fitting
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain import dates
from kimdesk.domain.dates import today
from kimdesk.domain.errors import BundleError, ContentError
from kimdesk.store.layers import stored_layers
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer
from kimdesk.sync import packs
from kimdesk.sync.packs import Pack
from kimdesk.sync.sealing.keys import SigningPublic
from kimdesk.sync.trust import device

_KEPT: Final = "sync.catalogue"


class KeptPack(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk keeps of a pack besides its documents. ``taken``: moment, ISO 8601, UTC."""

    kreis_name: str
    version: int
    issued: str
    not_after: date
    note: str
    taken: str


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """``highest``: by the id of a signing key the highest version taken; ``packs``: the oldest first."""

    highest: dict[str, int] = {}
    packs: tuple[KeptPack, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack before it is taken over, and what would become otherwise."""

    pack: Pack
    differences: tuple[DocumentDifference, ...]


@dataclass(frozen=True, slots=True)
class PackStanding:
    """Where this desk stands with its Kreis's packs.

    ``used``: the one that counts, or will from its first day ``valid_from``; None for what is shipped alone.
    ``back``: the version one step back, 0 for what is shipped, None when there was no other pack.
    ``expired``: a newer one should have come by now.
    """

    used: KeptPack | None
    valid_from: date | None
    back: int | None
    expired: bool


def look(desk: Desk, data: bytes) -> Offer:
    """Return what the pack in ``data`` would change; nothing is changed yet.

    Raises BundleError as ``packs.read``, E802 before the desk is enrolled, E807 at a Kreis; ContentError
    E743 unless it is newer than all before, E740 to E744 when it does not fit.
    """
    signer = _signer(desk, data)
    pack = packs.read(data, signer)
    with desk.reading() as reader:
        _demand_newer(reader, pack, signer.key_id)
        layers = stored_layers(reader)
    new = pack.layer()
    demand_fitting(others_for(layers, new), new)
    return Offer(pack, tuple(differences(_documents(layers), pack.documents)))


def take(desk: Desk, data: bytes) -> Pack:
    """Take the pack in ``data`` over and return it; it counts from its first day on. Raises as ``look``."""
    signer = _signer(desk, data)
    pack = packs.read(data, signer)
    with desk.writing() as writer:
        _demand_newer(writer, pack, signer.key_id)
        device.adopt(writer, packs.statement(data))
        lay(writer, pack.layer())
        kept = _kept(writer)
        highest = {**kept.highest, signer.key_id: pack.version}
        _keep(writer, _Kept(highest=highest, packs=(*kept.packs, _of(pack))))
        writer.record("layer_used", "vault", desk.vault.header.vault_id)
    renewed(desk)
    return pack


def go_back(desk: Desk) -> PackStanding:
    """Use the pack before again, or what is shipped when there was none; a second time undoes it.

    What was made meanwhile stays readable, and no older pack can be taken because of it. Raises ContentError
    E745 when there is nothing to go back to, E741 when a layer builds on what would be gone.
    """
    with desk.reading() as reader:
        found = _of_the_kreis(stored_layers(reader))
    target = _before(found)
    if not found:
        certificate = device.certificate(desk)
        raise ContentError("E745", layer=certificate.kreis_name if certificate else desk.name)
    if target is None:
        withdraw_layer(desk, found[-1].name)
    else:
        lay_former(desk, target)
    return standing(desk)


def standing(desk: Desk, day: date | None = None) -> PackStanding:
    """Return which pack this desk uses, and what it could go back to."""
    day = day or today()
    with desk.reading() as reader:
        found, kept = _of_the_kreis(stored_layers(reader)), _kept(reader).packs
    newest = found[-1] if found and not found[-1].ended(day) else None
    used = _kept_of(kept, newest) if newest else None
    before = _before(found)
    return PackStanding(
        used=used,
        valid_from=newest.valid_from if newest else None,
        back=before.version if before else 0 if newest else None,
        expired=used is not None and used.not_after < day,
    )


def version_in_use(reader: Reader, day: date | None = None) -> int:
    """Return the version of the pack that counts on ``day`` (today when None), 0 for none."""
    day = day or today()
    return next((one.version for one in _of_the_kreis(stored_layers(reader)) if one.holds(day)), 0)


def _signer(desk: Desk, data: bytes) -> SigningPublic:
    """Return the key with which this desk's Kreis signs packs, as its root says, here or in ``data``."""
    if desk.role != "desk":
        raise BundleError("E807")
    try:
        found = device.trusted(desk, packs.statement(data))
    except BundleError as error:
        raise BundleError("E210" if error.code == "E202" else error.code) from None
    return found.keys.catalogue if found.keys else found.certificate.kreis.signing


def _demand_newer(reader: Reader, pack: Pack, key_id: str) -> None:
    if pack.version <= _kept(reader).highest.get(key_id, 0):
        raise ContentError("E743", layer=pack.kreis_name, version=pack.version)


def _documents(layers: tuple[Layer, ...]) -> dict[str, dict[str, object]]:
    """Return the documents of the Kreis's newest layer that is not withdrawn."""
    found = [one for one in _of_the_kreis(layers) if not one.ended(today())]
    return found[-1].documents if found else {}


def _of_the_kreis(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    return tuple(one for one in layers if one.origin is Origin.KREIS)


def _before(found: tuple[Layer, ...]) -> Layer | None:
    """Return the layer one step back, None for what is shipped."""
    if found and found[-1].ended(today()):
        return found[-1]
    return found[-2] if len(found) > 1 else None


def _kept_of(kept: tuple[KeptPack, ...], layer: Layer) -> KeptPack | None:
    return next(
        (one for one in reversed(kept) if (one.kreis_name, one.version) == (layer.name, layer.version)), None
    )


def _of(pack: Pack) -> KeptPack:
    return KeptPack(
        kreis_name=pack.kreis_name,
        version=pack.version,
        issued=pack.issued,
        not_after=pack.last_day,
        note=pack.note,
        taken=dates.now().isoformat(),
    )


def _kept(reader: Reader) -> _Kept:
    return msgspec.json.decode(get_setting(reader, _KEPT) or "{}", type=_Kept)


def _keep(writer: Writer, kept: _Kept) -> None:
    set_setting(writer, _KEPT, msgspec.json.encode(kept).decode())
