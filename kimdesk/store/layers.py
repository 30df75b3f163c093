"""The layers of the catalogue that a desk keeps, inside the vault."""

import msgspec

from kimdesk.catalogue.layers import Layer
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer

_KEY = "catalogue_layers"


def stored_layers(reader: Reader) -> tuple[Layer, ...]:
    """Return the layers of this desk, withdrawn ones included, in the order they came."""
    found = get_setting(reader, _KEY)
    return msgspec.json.decode(found, type=tuple[Layer, ...]) if found else ()


def store_layers(writer: Writer, layers: tuple[Layer, ...]) -> None:
    """Keep ``layers`` instead of those of now."""
    set_setting(writer, _KEY, msgspec.json.encode(layers).decode())
