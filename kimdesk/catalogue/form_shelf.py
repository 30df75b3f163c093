"""The forms of a catalogue, each in all its versions.

``forms/<name>.toml`` is the newest version of a layer; one it replaced stays beside it as
``forms/archive/<name>.v<version>.toml``, because old answers are read with the form they were given on.
"""

import re
from collections.abc import Callable
from datetime import date

import msgspec

from kimdesk.catalogue.layers import Table
from kimdesk.catalogue.stack import Shelf, Stack
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.load import parse

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class FormShelf:
    """The forms in one folder of a stack of documents."""

    def __init__(self, stack: Stack, folder: str, find_list: Callable[[str], CodeList]) -> None:
        self._stack, self._folder, self._find_list = stack, folder, find_list
        self._read: Shelf[tuple[str, int], FormDefinition] = Shelf(self._parse)

    def form(self, name: str, version: int | None = None) -> FormDefinition:
        """Return the form ``name`` in ``version``, by default the newest in force.

        Raises ContentError E707 when there is no such form or version, E700 when it is broken.
        """
        if not _NAME.fullmatch(name):
            raise ContentError("E707", name="?")
        return self._read[name, self._newest(name) if version is None else version]

    def _newest(self, name: str) -> int:
        tables = self._stack.tables(f"{self._folder}/{name}.toml")
        if not tables:
            raise ContentError("E707", name=name)
        begun = [_version(table) for table in tables if _begun(table)]
        return max(begun) if begun else _version(tables[0])

    def _parse(self, key: tuple[str, int]) -> FormDefinition:
        name, version = key
        newest, archived = f"{self._folder}/{name}.toml", f"{self._folder}/archive/{name}.v{version}.toml"
        filed = self._offered_and_old(archived)
        if any(_version(table) != version for table in filed):
            raise ContentError("E700", name=name, place="version")
        found = [table for table in (*self._offered_and_old(newest), *filed) if _version(table) == version]
        if not found:
            raise ContentError("E707", name=name)
        return parse(found[0], name, self._find_list)

    def _offered_and_old(self, path: str) -> list[Table]:
        """Return the documents at ``path``, the highest first and the withdrawn ones last."""
        old = [document.table for document in self._stack.old_tables(path)]
        return [*reversed(self._stack.tables(path)), *reversed(old)]


def _version(table: Table) -> int:
    found = table.get("version")
    return found if isinstance(found, int) else 0  # refused when it is read


def _begun(table: Table) -> bool:
    try:
        return msgspec.convert(table.get("valid_from"), date) <= today()
    except msgspec.ValidationError:
        return True  # refused when it is read
