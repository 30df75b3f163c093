"""What one set of documents says otherwise than another: by document, entry and field."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import chain
from typing import Any, Final, NamedTuple

import msgspec

from kimdesk.catalogue.layers import Shipped, Table

Documents = Mapping[str, Table]
Entries = dict[str, Table]

_FILES: Final = Shipped()
_KEYS: Final = ("code", "id", "name", "one")
_UNTOLD: Final = frozenset({"version", "valid_from"})  # both follow from the change itself


class Turn(StrEnum):
    """What happens to something."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class DocumentEntry(NamedTuple):
    """An entry of a list in a document: the member it stands in („item“), and its table."""

    member: str
    table: Table


class DocumentDifference(NamedTuple):
    """One difference in the document at ``path``, whose newest state is ``table``.

    ``trail``: the entries it lies in, from outside; ``member``: the field, "" for a whole document or entry.
    ``before`` and ``after`` are JSON values, None where there is nothing.
    """

    change: Turn
    path: str
    table: Table
    trail: tuple[DocumentEntry, ...] = ()
    member: str = ""
    before: Any = None
    after: Any = None


def differences(before: Documents, after: Documents) -> Iterator[DocumentDifference]:
    """Yield what becomes otherwise where the layer ``after`` takes the place of ``before``, by path.

    What only one of them says is compared with the shipped document. Documents that only keep an older
    version readable are no difference.
    """
    for path in sorted(before.keys() | after.keys()):
        if "@" in path or path.startswith("forms/archive/"):
            continue
        old, new = in_force(before, path), in_force(after, path)
        if old is None or new is None:
            change = Turn.ADDED if old is None else Turn.WITHDRAWN
            yield DocumentDifference(change, path, new or old or {})
        elif new.get("valid_until") and not old.get("valid_until"):
            yield DocumentDifference(
                Turn.WITHDRAWN, path, new, member="valid_until", after=new["valid_until"]
            )
        else:
            yield from _inside(path, new, (), old, new)


def in_force(documents: Documents, path: str) -> Table | None:
    """Return what the document at ``path`` says in words of JSON: of ``documents``, else the shipped one.

    A code list is what both say together.
    """
    shipped, own = _FILES.table(path), documents.get(path)
    found = own if own is not None else shipped
    if found is None:
        return None
    if path.startswith("codelists/") and shipped and own:
        codes = {one.get("code"): one for one in chain(shipped["code"], own.get("code", ()))}
        found = {**shipped, **own, "code": list(codes.values())}
    plain: Table = msgspec.to_builtins(found)
    return plain


def _inside(
    path: str, table: Table, trail: tuple[DocumentEntry, ...], old: Table, new: Table
) -> Iterator[DocumentDifference]:
    for member in dict.fromkeys((*new, *old)):
        before, after = old.get(member), new.get(member)
        if before == after or member in _UNTOLD:
            continue
        was, now = _entries(before), _entries(after)
        if was is None or now is None:
            yield DocumentDifference(Turn.CHANGED, path, table, trail, member, before, after)
        else:
            yield from _of_entries(path, table, trail, member, was, now)


def _of_entries(
    path: str,
    table: Table,
    trail: tuple[DocumentEntry, ...],
    member: str,
    was: Entries,
    now: Entries,
) -> Iterator[DocumentDifference]:
    for key in dict.fromkeys((*now, *was)):
        old, new = was.get(key), now.get(key)
        inner = (*trail, DocumentEntry(member, new or old or {}))
        if old is None or new is None:
            change = Turn.ADDED if old is None else Turn.WITHDRAWN
            yield DocumentDifference(change, path, table, inner)
        else:
            yield from _inside(path, table, inner, old, new)
    kept = [key for key in was if key in now]
    if kept != [key for key in now if key in was]:
        yield DocumentDifference(Turn.CHANGED, path, table, trail, f"{member}.order")


def _entries(value: Any) -> Entries | None:
    """Return the tables in a list or table of tables by their keys; None for other values."""
    if value is None:
        return None
    if isinstance(value, Mapping) and value and all(isinstance(one, Mapping) for one in value.values()):
        return {str(key): {"code": key, **one} for key, one in value.items()}
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return None
    keys = [next((str(one[key]) for key in _KEYS if key in one), str(at)) for at, one in enumerate(value)]
    return dict(zip(keys, value, strict=True)) if len(set(keys)) == len(keys) else None
