"""A layer of a municipality for tests: a service of its own, in one document."""

from copy import deepcopy
from datetime import date
from typing import Any

import resources
from kimdesk.catalogue.layers import Layer, Origin

DAY = date(2026, 1, 1)
MOTHERS: dict[str, Any] = {
    "code": "district_mothers",
    "version": 1,
    "name": "Stadtteilmütter Eschenried",
    "offer": "Begleitung in der Muttersprache",
    "responsible": "municipality",
    "source": "Gemeinde Eschenried",
    "valid_from": DAY,
    "purposes": ["counselling"],
    "information_kinds": ["person"],
    "answer_days": 7,
    "icon": "hand-heart",
    "include": ["identity"],
    "item": [{"code": "wish", "label": "Anliegen in Stichworten"}],
}


def table(path: str, **changes: Any) -> dict[str, Any]:
    """Return a shipped document as a fresh table, with ``changes``."""
    return {**deepcopy(resources.read_toml(path)), **changes}


def layer(
    documents: dict[str, dict[str, Any]] | None = None,
    *,
    name: str = "Eschenried",
    version: int = 1,
    origin: Origin = Origin.MUNICIPALITY,
    valid_from: date = DAY,
) -> Layer:
    """Return a layer with ``documents``, by default the service of Eschenried."""
    found = {"services/district_mothers.toml": MOTHERS} if documents is None else documents
    return Layer(name=name, origin=origin, version=version, valid_from=valid_from, documents=found)
