"""Municipalities by name: the chosen ones as chips, all others searched; a key is understood as well."""

from collections.abc import Iterable

from kimdesk.catalogue.municipalities import Municipality, municipalities, municipality_name
from kimdesk.domain.municipality import is_ags
from kimdesk.forms.values import typed_of
from ui.forms.editors.choices import PickerEditor
from ui.forms.sources import Option


class MunicipalitiesEditor(PickerEditor):
    """``value()`` is the keys (AGS) that were chosen, in their order."""

    def __init__(self, chosen: Iterable[str] = ()) -> None:
        super().__init__(tuple(map(_option, municipalities())))
        self.set_value(list(chosen))

    def keys(self) -> tuple[str, ...] | None:
        """Return the keys that were chosen; None while something is typed that is no municipality."""
        self.input.settle()
        given = self.value() or []
        return None if any(map(typed_of, given)) else tuple(given)

    def meant(self, typed: str) -> str | None:
        """Return ``typed`` when it is a key: municipalities of other Länder are not in the list."""
        return typed if is_ags(typed) else None

    def words(self, code: str) -> str:
        """Return the name of the municipality with the key ``code``."""
        return municipality_name(code)


def _option(one: Municipality) -> Option:
    return Option(one.ags, f"{one.name} ({one.kreis})" if one.kreis else one.name, also=(one.name, one.ags))
