"""Code lists: what is stored is the code, what people read is its label."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a code list. A code is never reused; it is retired with ``valid_until``."""

    code: str
    label: str
    many: str = ""  # the label of several
    also: tuple[str, ...] = ()  # other words by which it is found: endonyms, synonyms
    short: str = ""  # for axes and segments
    note: str = ""
    icon: str = ""
    warning: str = ""  # to be read before it is chosen
    valid_from: date | None = None
    valid_until: date | None = None

    def offered(self, on: date) -> bool:
        """Return whether this code may be chosen on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


class CodeList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """A named, dated list of codes in the order in which they are shown."""

    name: str
    title: str
    source: str
    valid_from: date
    checked: bool = True  # False: nobody has compared it with its source yet („ungeprüft“)
    codes: tuple[Code, ...] = msgspec.field(name="code")

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code in self._by_code

    def find(self, code: str) -> Code | None:
        """Return the entry for ``code``, retired ones included, or None."""
        return self._by_code.get(code)

    def label(self, code: str) -> str:
        """Return the label of ``code``; an unknown code is shown as it is, nothing as nothing."""
        found = self.find(code)
        return found.label if found else code

    def short(self, code: str) -> str:
        """Return the short label of ``code``, or its label when it has none."""
        found = self.find(code)
        return (found.short or found.label) if found else code

    def counted(self, code: str, n: int) -> str:
        """Return „3 Ziele“: how many there are of ``code``."""
        found = self.find(code)
        return f"{n} {(found.many if found and n != 1 else '') or self.label(code)}"

    def offered(self, on: date | None = None) -> tuple[Code, ...]:
        """Return the codes that may be chosen on the day ``on`` (today when None)."""
        day = on or date.today()  # noqa: DTZ011 - the worker's calendar day
        return tuple(entry for entry in self.codes if entry.offered(day))

    @property
    def _by_code(self) -> dict[str, Code]:
        if "_index" not in self.__dict__:
            self.__dict__["_index"] = {entry.code: entry for entry in self.codes}
        index: dict[str, Code] = self.__dict__["_index"]
        return index


def parse(table: Mapping[str, Any], name: str) -> CodeList:
    """Return the code list that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, CodeList, name)
    for complaint in _complaints(found, name):
        raise ContentError("E700", name=name, place=complaint)
    return found


def _complaints(found: CodeList, name: str) -> Iterator[str]:
    if found.name != name:
        yield "name"
    if not found.codes:
        yield "code"
    if len({entry.code for entry in found.codes}) != len(found.codes):
        yield "code: double"
    if not all(entry.code.strip() and entry.label.strip() for entry in found.codes):
        yield "code: empty"


def merged(lists: Sequence[CodeList]) -> CodeList:
    """Return one list of ``lists`` of one name, the later ones over the earlier.

    A later one adds codes and says known ones anew; what it does not name stays as it is.
    """
    by_code = {entry.code: entry for entry in chain.from_iterable(one.codes for one in lists)}
    return msgspec.structs.replace(lists[-1], codes=tuple(by_code.values()))


def with_retired(found: CodeList, older: CodeList, until: date) -> CodeList:
    """Return ``found`` with the codes that only ``older`` knows, offered no longer than ``until``."""
    retired = (
        msgspec.structs.replace(entry, valid_until=min(entry.valid_until or until, until))
        for entry in older.codes
        if entry.code not in found
    )
    return msgspec.structs.replace(found, codes=(*found.codes, *retired))
