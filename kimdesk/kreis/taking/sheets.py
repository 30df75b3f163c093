"""Rows on their way into the registry: all of one kind at one level together, by columns.

The columns hold what is stored. Which they are depends on kind and level: see ``shapes``.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kimdesk.kreis.taking.said import Level
from kimdesk.sync.leaving.allow_list import SHIELDED


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of ``kind`` at ``level``; ``names`` of the columns: ``scope``, ``id`` and ``rev`` come first."""

    kind: str
    level: Level
    names: tuple[str, ...]
    columns: Sequence[Sequence[Any]]

    @property
    def ids(self) -> Sequence[str]:
        """Return the identities."""
        return self.columns[1]

    @property
    def cases(self) -> set[str]:
        """Return the cases the rows belong to; a person belongs to none."""
        return set(self.ids if self.kind == "case" else self._of("case_id")) - {"", None}

    @property
    def municipalities(self) -> set[str]:
        """Return the municipalities (AGS) the rows name, "" where one names none."""
        found = set(self._of("ags")) or {""}
        return {each or "" for each in found}

    @property
    def shielded(self) -> bool:
        """Return whether nothing in the rows can tell a place."""
        return self.level.endswith(SHIELDED)

    def _of(self, name: str) -> Sequence[Any]:
        return self.columns[self.names.index(name)] if name in self.names else ()

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows."""
        return zip(*self.columns, strict=True)

    def each(self) -> Iterator["Incoming"]:
        """Yield the rows to be looked at one by one."""
        return (Incoming(self.kind, self.level, self.names, row) for row in self.rows())


@dataclass(frozen=True)
class Incoming:
    """One row of a sheet."""

    kind: str
    level: Level
    names: tuple[str, ...]
    row: tuple[Any, ...]

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Return what its columns hold by their names, ``scope`` among them."""
        return dict(zip(self.names, self.row, strict=True))

    @property
    def scope(self) -> int:
        """Return the bundle since which its terms hold."""
        return int(self.row[0])

    @property
    def id(self) -> str:
        """Return its identity."""
        return str(self.row[1])

    @property
    def rev(self) -> int:
        """Return its revision."""
        return int(self.row[2])

    @property
    def case(self) -> str:
        """Return the case it belongs to, "" for a person."""
        return self.id if self.kind == "case" else self.values.get("case_id") or ""

    @property
    def shielded(self) -> bool:
        """Return whether nothing in it can tell a place."""
        return self.level.endswith(SHIELDED)

    @property
    def municipality(self) -> str:
        """Return the municipality (AGS) it names, or ""."""
        return self.values.get("ags") or ""


def by_kind(sheets: Collection[Sheet]) -> dict[str, dict[str, Incoming]]:
    """Return the rows by kind and identity; of rows with the same identity the last one."""
    found: dict[str, dict[str, Incoming]] = {}
    for sheet in sheets:
        found.setdefault(sheet.kind, {}).update((each.id, each) for each in sheet.each())
    return found
