"""Where the documents of a catalogue come from: the shipped ones, and layers laid over them."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

import msgspec

import resources

Table = Mapping[str, Any]


class LayerSource(Protocol):
    """Documents by their path, in the shapes of ``resources/`` („services/jobcenter.toml“)."""

    def paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of the documents that stand in ``folder``, sorted."""
        ...

    def table(self, path: str) -> Table | None:
        """Return the document at ``path``, None when there is none."""
        ...


class Shipped:
    """The documents that come with the program; each is read when it is first asked for."""

    def paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of the documents that stand in ``folder``, sorted."""
        return resources.names(folder)

    def table(self, path: str) -> Table | None:
        """Return the document at ``path``, None when there is none."""
        try:
            return resources.read_toml(path)
        except OSError:  # not there, or a name that no file can have
            return None


class Origin(StrEnum):
    """Who gives a layer out; those of a municipality lie over those of the Kreis."""

    KREIS = "kreis"
    MUNICIPALITY = "municipality"

    @property
    def rank(self) -> int:
        """Return its height above what is shipped."""
        return list(Origin).index(self)


class Layer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set of documents from elsewhere, in one of its versions.

    It counts from ``valid_from`` on. One that was withdrawn, or replaced by a newer version, keeps what was
    made from its documents readable, and offers nothing.
    """

    name: str
    origin: Origin
    version: int
    valid_from: date
    documents: dict[str, dict[str, Any]]
    withdrawn_on: date | None = None

    def paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of the documents that stand in ``folder``, sorted."""
        return (path for path in sorted(self.documents) if path.rpartition("/")[0] == folder)

    def table(self, path: str) -> Table | None:
        """Return the document at ``path``, None when there is none."""
        return self.documents.get(path)

    def withdrawn(self, on: date) -> "Layer":
        """Return this layer as it is from the day ``on``: nothing of it is offered."""
        return self if self.withdrawn_on else msgspec.structs.replace(self, withdrawn_on=on)

    def holds(self, on: date) -> bool:
        """Return whether its documents are offered on the day ``on``."""
        return self.withdrawn_on is None and self.valid_from <= on
