"""A draft as it is published: what changed gets its next version, what is gone stays readable.

A desk that never saw an earlier pack must still read what was made with it elsewhere. So each edition
carries the older versions of its services and forms, services that were taken out with their last day, and
codes that were taken out likewise.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import msgspec

from kimdesk.catalogue.layers import Layer, LayerSource, Origin, Shipped, Table
from kimdesk.catalogue.stack import name_of

Documents = dict[str, dict[str, Any]]

_FILES: Final = Shipped()
_NUMBERED: Final = ("services", "forms", "forms/records")
_DATED: Final = frozenset({"version", "valid_from", "valid_until"})


def edition(documents: Documents, layers: tuple[Layer, ...], day: date) -> Documents:
    """Return ``documents`` as what follows the newest layer of the Kreis in ``layers``, from ``day`` on."""
    before = next((one.documents for one in reversed(layers) if one.origin is Origin.KREIS), {})
    older = {**before, **documents}.items()
    found: Documents = {path: msgspec.to_builtins(table) for path, table in older if _is_older(path)}
    for path in sorted(path for path in before.keys() | documents.keys() if not _is_older(path)):
        table, known = documents.get(path), before.get(path) or _shipped(path)
        if table is None:
            found |= _ended(path, known, layers, day)
        else:
            found |= _next(path, table, known, layers, day)
        now = found.get(path, {})
        if path in before and now.get("version") != before[path].get("version"):
            found |= _kept(path, before[path], day)
        if path.startswith("services/") and now.get("valid_until"):
            found |= _shipped_ended(path, now)
    return found


def _next(path: str, table: Table, before: Table | None, layers: tuple[Layer, ...], day: date) -> Documents:
    plain = msgspec.to_builtins(dict(table))
    folder = path.rpartition("/")[0]
    if folder == "codelists":
        return {path: _with_retired(plain, before or {}, day)}
    if folder not in _NUMBERED or (before and _content(before) == _content(plain)):
        return {path: plain}
    number = max(_versions(path, layers), default=0) + 1
    return {path: {**plain, "version": number, "valid_from": day.isoformat()}}


def _content(table: Table) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name not in _DATED}


def _ended(path: str, before: Table | None, layers: tuple[Layer, ...], day: date) -> Documents:
    """Return the document that was taken out with its last day; what is shipped counts again."""
    if before is None or not path.startswith("services/"):
        return {}
    shipped = _shipped(path)
    return _next(path, shipped, before, layers, day) if shipped else {path: _until(before, day)}


def _shipped_ended(path: str, table: dict[str, Any]) -> Documents:
    """Return the shipped version below a service that ends; it would be offered again otherwise."""
    shipped = _shipped(path)
    if shipped is None or shipped["version"] == table["version"]:
        return {}
    ended = {**shipped, "valid_until": table["valid_until"]}
    return {f"services/{name_of(path)}@{shipped['version']}.toml": ended}


def _until(table: Table, day: date) -> dict[str, Any]:
    last = (day - timedelta(days=1)).isoformat()
    return {**table, "valid_until": min(table.get("valid_until") or last, last)}


def _kept(path: str, older: dict[str, Any], day: date) -> Documents:
    folder, _, _ = path.rpartition("/")
    name, version = name_of(path), older.get("version")
    if folder == "services":
        return {f"services/{name}@{version}.toml": _until(older, day)}
    return {f"forms/archive/{name}.v{version}.toml": older} if folder == "forms" else {}


def _with_retired(table: dict[str, Any], before: Table, day: date) -> dict[str, Any]:
    """Return a code list with the codes that an edition before had added, offered no longer."""
    here = {one.get("code") for one in table.get("code", ())}
    gone = [one for one in before.get("code", ()) if one.get("code") not in here]
    ended = [_until(one, day) for one in gone]
    return {**table, "code": [*table.get("code", ()), *ended]}


def _versions(path: str, layers: tuple[Layer, ...]) -> Iterator[int]:
    """Yield every version of a service or form that anybody can have."""
    folder, name = path.rpartition("/")[0], name_of(path)
    sources: tuple[LayerSource, ...] = (_FILES, *layers)
    found = [(source, each) for source in sources for each in source.paths(folder)]
    found += [(layer, each) for layer in layers for each in layer.paths("forms/archive")]
    for source, each in found:
        if re.split(r"@|\.v", name_of(each))[0] == name:
            version = (source.table(each) or {}).get("version")
            yield version if isinstance(version, int) else 0


def _shipped(path: str) -> dict[str, Any] | None:
    found = _FILES.table(path)
    return None if found is None else msgspec.to_builtins(found)


def _is_older(path: str) -> bool:
    return "@" in path or path.startswith("forms/archive/")
