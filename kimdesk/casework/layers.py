"""What a desk works with besides the shipped catalogue: layers of the Kreis and of the municipality."""

from datetime import date

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.fitting import demand_fitting, laid
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.store.layers import store_layers, stored_layers
from kimdesk.store.work import Writer


def use_layer(desk: Desk, layer: Layer) -> Catalogue:
    """Lay ``layer`` over the catalogue of the desk, from its first day on, and return the new catalogue.

    On that day, not before, it takes the place of its own earlier versions, which keep readable what was
    made from them. Raises ContentError as ``fitting.demand_fitting``, E743 unless its version is newer than
    all before; then everything stays as it was.
    """
    with desk.writing() as writer:
        known = stored_layers(writer)
        if any(_same(one, layer) and one.version >= layer.version for one in known):
            raise ContentError("E743", layer=layer.name, version=layer.version)
        lay(writer, layer)
        writer.record("layer_used", "vault", desk.vault.header.vault_id)
    return renewed(desk)


def lay(writer: Writer, layer: Layer) -> None:
    """Store ``layer`` within the transaction of ``writer``. Raises as ``fitting.demand_fitting``."""
    others = others_for(stored_layers(writer), layer)
    demand_fitting(others, layer)
    store_layers(writer, (*others, layer))


def others_for(layers: tuple[Layer, ...], new: Layer) -> tuple[Layer, ...]:
    """Return ``layers`` once ``new`` lies over them: its earlier versions end on its first day."""
    return _until(layers, new, max(new.valid_from, today()))


def withdraw_layer(desk: Desk, name: str) -> Catalogue:
    """Take a layer back and return the new catalogue; what was made from it stays readable.

    Raises ContentError E745 when the desk has no such layer, E741 when another one builds on it.
    """
    day = today()
    with desk.writing() as writer:
        known = stored_layers(writer)
        if all(one.name != name or one.ended(day) for one in known):
            raise ContentError("E745", layer=name)
        found = next(one for one in reversed(known) if one.name == name)
        _keep(desk, writer, _until(known, found, day))
        writer.record("layer_withdrawn", "vault", desk.vault.header.vault_id)
    return renewed(desk)


def lay_former(desk: Desk, former: Layer) -> Catalogue:
    """Offer the stored layer ``former`` again, from its first day on, instead of its newer versions.

    What was made from those stays readable. Raises ContentError E745 when the desk has no such layer, E741
    when another one builds on what it lacks.
    """
    day = today()
    with desk.writing() as writer:
        known = stored_layers(writer)
        if former not in known:
            raise ContentError("E745", layer=former.name)
        others = _until(tuple(one for one in known if one != former), former, max(former.valid_from, day))
        _keep(desk, writer, (*others, msgspec.structs.replace(former, withdrawn_on=None)))
        writer.record("layer_restored", "vault", desk.vault.header.vault_id)
    return renewed(desk)


def renewed(desk: Desk) -> Catalogue:
    """Return the catalogue of ``desk``, read again; open views hear of it."""
    desk.read_catalogue()
    desk.announce("catalogue")
    return desk.catalogue


def _keep(desk: Desk, writer: Writer, layers: tuple[Layer, ...]) -> None:
    before = {error.facts["layer"] for error in desk.left_out}
    for refusal in laid(layers)[1]:
        if refusal.facts["layer"] not in before:
            raise refusal
    store_layers(writer, layers)


def _until(layers: tuple[Layer, ...], new: Layer, day: date) -> tuple[Layer, ...]:
    """Return ``layers``, those in the place of ``new`` offered no longer than until ``day``."""
    return tuple(one.withdrawn(day) if _same(one, new) else one for one in layers)


def _same(one: Layer, other: Layer) -> bool:
    """Return whether one takes the place of the other: of the Kreis a desk has one, whatever its name."""
    return one.origin is other.origin and (one.origin is Origin.KREIS or one.name == other.name)
