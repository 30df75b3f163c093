"""Identities of other programs: what comes in under one of them is kept under one of the program's own.

Identities leave the desk with records, also where names, places and texts do not. Another program's may be
anything, a name or an address among them ("yilmaz-ayse"). So none is kept: it becomes a UUID that follows
from it and from a key of the vault, always the same, and nobody without the vault can tell what it stood for.
"""

import hmac
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from kimdesk.casework.document_shape import SECTIONS
from kimdesk.domain.characters import tidy
from kimdesk.domain.identity import is_own
from kimdesk.domain.kinds import RECORD_TYPES, Link, described
from kimdesk.domain.records import Case, Member, Person, Record, ResidenceSpell
from kimdesk.store.work import Reader

FOREIGN: Final = "foreign_id"
"""The member in which a record keeps, on the desk, what it is called in the program it came from."""
IDENTITY: Final = re.compile(r"[\w.-]{1,64}")

Naming = Callable[[str], str]


def naming(key: bytes) -> Naming:
    """Return the function from an identity of another program to the one it has here (UUIDv8, RFC 9562)."""

    def own(foreign: str) -> str:
        number = int.from_bytes(hmac.digest(key, foreign.encode(), "sha256")[:16], "big")
        number = number & ~(0xF << 76) & ~(3 << 62) | 8 << 76 | 2 << 62
        return str(uuid.UUID(int=number))

    return own


def with_own_names(reader: Reader, own: Naming, given: Any) -> Any:
    """Return a case document with identities of this program only; what is stored under another one keeps it.

    What is no identity is left to whoever reads the document.
    """
    if not isinstance(given, Mapping):
        return given
    renaming = _Renaming(reader, own)
    lists = {name: (kind, renaming.record) for name, kind in SECTIONS.items()}
    return _each(renaming.record(given, Case), {**lists, "persons": (Person, renaming.person)})


class _Renaming:
    def __init__(self, reader: Reader, own: Naming) -> None:
        self._reader, self._own = reader, own

    def person(self, given: Mapping[str, Any], _: type[Record]) -> dict[str, Any]:
        named = self.record(given, Person)
        if "member_id" in named:
            named["member_id"] = self._name(named["member_id"], (Member,))
        return _each(named, {"residence": (ResidenceSpell, self.record)})

    def record(self, given: Mapping[str, Any], kind: type[Record]) -> dict[str, Any]:
        links = {
            each.field: self._linked(each, given[each.field]) for each in _links(kind) if each.field in given
        }
        if "id" not in given:
            return {**given, **links}
        name = self._name(given["id"], (kind,))
        kept = {} if name == given["id"] else {FOREIGN: given["id"]}
        return {**given, **links, "id": name, **kept}

    def _linked(self, link: Link, value: Any) -> Any:
        kinds = (link.to,) if link.to else RECORD_TYPES
        if isinstance(value, list):
            return [self._name(each, kinds) for each in value]
        return self._name(value, kinds)

    def _name(self, said: Any, kinds: tuple[type[Record], ...]) -> Any:
        if not isinstance(said, str) or not IDENTITY.fullmatch(said) or is_own(said):
            return said
        said = tidy(said)
        here = any(self._reader.get(kind, said) is not None for kind in kinds)
        return said if here else self._own(said)


def _links(kind: type[Record]) -> tuple[Link, ...]:
    return described(kind).links


def _each(
    given: dict[str, Any], lists: Mapping[str, tuple[type[Record], Callable[..., Any]]]
) -> dict[str, Any]:
    """Return ``given`` with the records in its ``lists`` renamed; an entry that is no object stays."""
    found = dict(given)
    for name, (kind, rename) in lists.items():
        entries = given.get(name)
        if isinstance(entries, list):
            found[name] = [rename(each, kind) if isinstance(each, Mapping) else each for each in entries]
    return found
