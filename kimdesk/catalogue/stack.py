"""The documents of a catalogue, one layer over the other."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

import msgspec

from kimdesk.catalogue.layers import Layer, LayerSource, Shipped, Table
from kimdesk.domain.dates import today

_FILES: Final = Shipped()

K = TypeVar("K")
V = TypeVar("V")
Dated = TypeVar("Dated", bound=msgspec.Struct)


class Document(NamedTuple):
    """One document: its name („jobcenter@1“), what stands in it, and its last day when it was withdrawn."""

    name: str
    table: Table
    until: date | None


class Stack:
    """The shipped documents, those of ``layers`` over them, and below all those that were withdrawn."""

    def __init__(self, layers: tuple[Layer, ...], on: date | None = None) -> None:
        self._layers, self._day = layers, on or today()

    @cached_property
    def current(self) -> tuple[LayerSource, ...]:
        """Return the sources whose documents are offered, the highest last."""
        offered = (one for one in self._layers if one.holds(self._day))
        return (_FILES, *sorted(offered, key=lambda one: one.origin.rank))

    @cached_property
    def withdrawn(self) -> tuple[Layer, ...]:
        """Return the layers that only keep readable what was made from them, the newest last."""
        return tuple(one for one in self._layers if one.ended(self._day))

    def table(self, path: str) -> Table:
        """Return the highest document at ``path``. Raises KeyError when there is none."""
        for source in reversed(self.current):
            if (found := source.table(path)) is not None:
                return found
        raise KeyError(path)

    def tables(self, path: str) -> list[Table]:
        """Return the documents at ``path`` that are offered, the highest last."""
        return [found for source in self.current if (found := source.table(path)) is not None]

    def old_tables(self, path: str) -> list[Document]:
        """Return the withdrawn documents at ``path``, the newest last."""
        return [
            Document(name_of(path), layer.documents[path], last_day(layer))
            for layer in self.withdrawn
            if path in layer.documents
        ]

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders within ``folder``; a layer can have documents in them."""
        return _FILES.folders(folder)

    def folder(self, folder: str) -> Iterator[Document]:
        """Yield the documents of ``folder``, withdrawn ones first, the highest last."""
        for layer in self.withdrawn:
            for path in layer.paths(folder):
                yield Document(name_of(path), layer.documents[path], last_day(layer))
        for source in self.current:
            for path in source.paths(folder):
                yield Document(name_of(path), source.table(path) or {}, None)

    def hidden(self, folder: str) -> Iterator[Document]:
        """Yield the shipped documents of ``folder`` in whose place stands one that a layer offers."""
        layers = self.current[1:]
        for path in _FILES.paths(folder):
            if any(source.table(path) is not None for source in layers):
                yield Document(name_of(path), _FILES.table(path) or {}, None)


class Shelf(dict[K, V]):
    """Values that are read when they are first asked for."""

    def __init__(self, read: Callable[[K], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: K) -> V:
        """Read the value of ``key`` and keep it."""
        found = self[key] = self._read(key)
        return found


def last_day(layer: Layer) -> date:
    """Return the last day on which the documents of a withdrawn layer were offered."""
    return (layer.withdrawn_on or date.max) - timedelta(days=1)


def name_of(path: str) -> str:
    """Return the name of the document at ``path``."""
    return path.rpartition("/")[2].removesuffix(".toml")


def ended(one: Dated, until: date | None) -> Dated:
    """Return ``one`` (it has a ``valid_until``) offered no longer than ``until``."""
    if until is None:
        return one
    last: date = getattr(one, "valid_until", None) or until
    return msgspec.structs.replace(one, valid_until=min(last, until))
