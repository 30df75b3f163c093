"""Which texts are codes: of a code list, of the catalogue of services, or by their shape (AGS)."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError

KREIS: Final = "ki"
"""The office of the Kreis as a recipient; it is in no catalogue of services."""
_REGIMES: Final = ("legal_regime", "insurance", "course", "school", "work")
_AGS: Final = re.compile(r"\d{8}")


def _item_label(catalogue: Catalogue, code: str) -> str | None:
    return catalogue.item_labels.get(code)


def _service_label(catalogue: Catalogue, code: str) -> str | None:
    return catalogue.service_name(code) if catalogue.versions(code) else None


def _recipient_label(catalogue: Catalogue, code: str) -> str | None:
    return code if code == KREIS else _service_label(catalogue, code)


def _regime_label(catalogue: Catalogue, code: str) -> str | None:
    found = (catalogue.code_list(name).find(code) for name in _REGIMES)
    return next((each.label for each in found if each), None)


def _ags_label(_: Catalogue, code: str) -> str | None:
    return code if _AGS.fullmatch(code) else None


SOURCES: Final[Mapping[str, Callable[[Catalogue, str], str | None]]] = {
    "service": _service_label,
    "checklist_item": _item_label,
    "recipient": _recipient_label,
    "regime": _regime_label,
    "ags": _ags_label,
}
"""Vocabularies that are not one code list: each returns the label of a code, None for anything else."""


def exists(catalogue: Catalogue, name: str) -> bool:
    """Return whether there is a vocabulary ``name``."""
    try:
        return name in SOURCES or bool(catalogue.code_list(name))
    except ContentError:
        return False


def codes(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Return all codes of a code list, or of the catalogue of services, in their order."""
    if name == "service":
        return tuple(each.code for each in catalogue.services())
    return tuple(each.code for each in catalogue.code_list(name).codes)


def label(catalogue: Catalogue, name: str, code: str) -> str | None:
    """Return the German label of ``code`` in the vocabulary ``name``, None if it is no code of it."""
    if name in SOURCES:
        return SOURCES[name](catalogue, code)
    found = catalogue.code_list(name).find(code)
    return found.label if found else None
