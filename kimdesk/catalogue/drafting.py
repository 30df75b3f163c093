"""The documents of a layer while somebody edits them: what can be edited, and one edit after the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from kimdesk.catalogue.differences import in_force
from kimdesk.catalogue.editing import EditableKind, kind_of
from kimdesk.catalogue.fitting import FIXED
from kimdesk.catalogue.layers import Shipped, Table
from kimdesk.catalogue.services import BASE
from kimdesk.catalogue.stack import name_of
from kimdesk.domain.terms import Phase

Documents = dict[str, dict[str, Any]]

_FILES: Final = Shipped()
_UNSEEN: Final = frozenset({"record_kind", "audit_action", "scan_removal"})  # words of the program itself


class DraftStanding(StrEnum):
    """Where a document of the layer stands against the shipped ones."""

    SHIPPED = "shipped"
    CHANGED = "changed"
    OWN = "own"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Editable:
    """A document that can be edited, by its path."""

    path: str
    name: str
    standing: DraftStanding


def editable(documents: Mapping[str, Table], folder: str) -> tuple[Editable, ...]:
    """Return what can be edited in ``folder`` (``editing.kinds``), by name; forms in their order."""
    found = [_editable(documents, path) for path in _paths(documents, folder)]
    return tuple(found if folder == "forms" else sorted(found, key=lambda one: one.name.casefold()))


def edited(documents: Documents, path: str, table: dict[str, Any]) -> Documents:
    """Return ``documents`` with ``table`` at ``path``; what says the same as the shipped one is left out."""
    shipped = in_force({}, path)
    if shipped is not None and _content(shipped) == _content(table):
        return reset(documents, path)
    if path.startswith("codelists/") and shipped is not None and not table["code"]:
        return reset(documents, path)
    return {**documents, path: table}


def reset(documents: Documents, path: str) -> Documents:
    """Return ``documents`` without the one at ``path``: the shipped one counts again, if there is one."""
    return {each: table for each, table in documents.items() if each != path}


def lost(path: str, table: Table) -> frozenset[str]:
    """Return which shipped papers, sections or fields ``table`` no longer has: what is stored names them."""
    shipped, kind = _FILES.table(path), kind_of(path)
    return frozenset() if shipped is None or kind is None else _named(kind, shipped) - _named(kind, table)


def _named(kind: EditableKind, table: Table) -> frozenset[str]:
    entries = (one for member in kind.kept for one in table.get(member, ()))
    fields = (
        f"{section['id']}.{field['id']}" for section in table.get("section", ()) for field in section["field"]
    )
    return frozenset((*(one if isinstance(one, str) else one["code"] for one in entries), *fields))


def taken_codes(documents: Mapping[str, Table], folder: str) -> set[str]:
    """Return the names that documents of ``folder`` have."""
    paths = (*_FILES.paths(folder), *(path for path in documents if path.startswith(f"{folder}/")))
    return {name_of(path).partition("@")[0] for path in paths}


def _content(table: Table) -> dict[str, Any]:
    return {name: value for name, value in table.items() if value not in (None, "", False, [])}


def _paths(documents: Mapping[str, Table], folder: str) -> Iterator[str]:
    if folder == "forms":
        yield from (f"forms/{phase.value}.toml" for phase in Phase)
        return
    for path in sorted({*_FILES.paths(folder), *documents}):
        hidden = path == BASE or "@" in path or (folder == "codelists" and name_of(path) in FIXED | _UNSEEN)
        if path.rpartition("/")[0] == folder and not hidden:
            yield path


def _editable(documents: Mapping[str, Table], path: str) -> Editable:
    table = in_force(documents, path) or {}
    kind = kind_of(path)
    name = str((table.get(kind.named) if kind else "") or name_of(path))
    if path not in documents:
        return Editable(path, name, DraftStanding.SHIPPED)
    if table.get("valid_until"):
        return Editable(path, name, DraftStanding.ENDED)
    known = _FILES.table(path) is not None
    return Editable(path, name, DraftStanding.CHANGED if known else DraftStanding.OWN)
