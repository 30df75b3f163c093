"""Where the documents of a catalogue come from: the shipped ones, and layers laid over them."""

from collections.abc import Iterable, Iterator, Mapping
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

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders that stand in ``folder``, sorted."""
        return resources.folders(folder)

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

    It counts from ``valid_from`` on, until the day before ``withdrawn_on``. One that was withdrawn, or
    replaced by a newer version, keeps what was made from its documents readable, and offers nothing.
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
        """Return this layer, of which nothing is offered from the day ``on``, if not earlier."""
        return msgspec.structs.replace(self, withdrawn_on=min(on, self.withdrawn_on or on))

    def ended(self, on: date) -> bool:
        """Return whether it was withdrawn or replaced by the day ``on``."""
        return self.withdrawn_on is not None and self.withdrawn_on <= on

    def holds(self, on: date) -> bool:
        """Return whether its documents are offered on the day ``on``."""
        return self.valid_from <= on and not self.ended(on)


def next_change(layers: Iterable[Layer], after: date) -> date | None:
    """Return the first day later than ``after`` on which one of ``layers`` begins or ends."""
    days = (day for one in layers for day in (one.valid_from, one.withdrawn_on))
    return min((day for day in days if day and day > after), default=None)
