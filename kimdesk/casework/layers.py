"""What a desk works with besides the shipped catalogue: layers of the Kreis and of the municipality."""

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.fitting import demand_fitting, laid
from kimdesk.catalogue.layers import Layer
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.store.layers import store_layers, stored_layers


def use_layer(desk: Desk, layer: Layer) -> Catalogue:
    """Lay ``layer`` over the catalogue of the desk, from its first day on, and return the new catalogue.

    It takes the place of its own earlier version, which keeps readable what was made from it. Raises
    ContentError as ``fitting.demand_fitting``, E743 unless its version is newer than all before; then
    everything stays as it was.
    """
    with desk.writing() as writer:
        known = stored_layers(writer)
        if any(one.name == layer.name and one.version >= layer.version for one in known):
            raise ContentError("E743", layer=layer.name, version=layer.version)
        others = _without(known, layer.name)
        demand_fitting(others, layer)
        store_layers(writer, (*others, layer))
        writer.record("layer_used", "vault", desk.vault.header.vault_id)
    return _renewed(desk)


def withdraw_layer(desk: Desk, name: str) -> Catalogue:
    """Take a layer back and return the new catalogue; what was made from it stays readable.

    Raises ContentError E745 when the desk has no such layer, E741 when another one builds on it.
    """
    with desk.writing() as writer:
        known = stored_layers(writer)
        if all(one.name != name or one.withdrawn_on for one in known):
            raise ContentError("E745", layer=name)
        others = _without(known, name)
        for refusal in laid(others)[1]:
            raise refusal
        store_layers(writer, others)
        writer.record("layer_withdrawn", "vault", desk.vault.header.vault_id)
    return _renewed(desk)


def _without(layers: tuple[Layer, ...], name: str) -> tuple[Layer, ...]:
    return tuple(one.withdrawn(today()) if one.name == name else one for one in layers)


def _renewed(desk: Desk) -> Catalogue:
    desk.read_catalogue()
    desk.announce("catalogue")
    return desk.catalogue
