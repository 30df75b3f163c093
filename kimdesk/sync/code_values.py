"""Which texts are codes: of a code list, of the catalogue of services, or by their shape (AGS)."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from kimdesk.catalogue.codes import code_list
from kimdesk.catalogue.services import services
from kimdesk.domain.errors import ContentError

_REGIMES: Final = ("legal_regime", "insurance", "course", "school", "work")
_AGS: Final = re.compile(r"\d{8}")


@cache
def _service_names() -> Mapping[str, str]:
    return {each.code: each.name for each in services()}


@cache
def _item_names() -> Mapping[str, str]:
    return {item.code: item.label for each in services() for item in each.items}


def _item_label(code: str) -> str | None:
    return _item_names().get(code)


def _service_label(code: str) -> str | None:
    return _service_names().get(code)


def _recipient_label(code: str) -> str | None:
    return "Kreis" if code == "ki" else _service_label(code)


def _regime_label(code: str) -> str | None:
    found = (code_list(name).find(code) for name in _REGIMES)
    return next((each.label for each in found if each), None)


def _ags_label(code: str) -> str | None:
    return code if _AGS.fullmatch(code) else None


SOURCES: Final[Mapping[str, Callable[[str], str | None]]] = {
    "service": _service_label,
    "checklist_item": _item_label,
    "recipient": _recipient_label,
    "regime": _regime_label,
    "ags": _ags_label,
}
"""Vocabularies that are not one code list: each returns the label of a code, None for anything else."""


def exists(name: str) -> bool:
    """Return whether there is a vocabulary ``name``."""
    try:
        return name in SOURCES or bool(code_list(name))
    except ContentError:
        return False


def label(name: str, code: str) -> str | None:
    """Return the German label of ``code`` in the vocabulary ``name``, None if it is no code of it."""
    if name in SOURCES:
        return SOURCES[name](code)
    found = code_list(name).find(code)
    return found.label if found else None
