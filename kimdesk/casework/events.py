"""Telling open views what was changed, after it is safely stored."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from kimdesk.domain.kinds import KINDS
from kimdesk.store.conflicts import CONFLICT
from kimdesk.store.passages import PASSAGE
from kimdesk.store.settings import SETTING

__all__ = ["CONFLICT", "PASSAGE", "RECORDS", "REGISTRY", "SETTING", "Changed", "Listener", "Notices", "Shows"]

RECORDS: Final = frozenset(KINDS)
"""The kinds of all records."""
REGISTRY: Final = "registry"
"""The kind of what a Kreis has received."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What one transaction changed: the kinds, and the identities of what changed and of its cases."""

    kinds: frozenset[str]
    ids: frozenset[str]


class Shows:
    """What a view shows: changes of ``kinds`` concern it, with ``ids`` only those that touch one of them."""

    def __init__(self, *kinds: str, ids: Iterable[str] | None = None) -> None:
        self._kinds = frozenset(kinds)
        self._ids = None if ids is None else frozenset(ids)

    def concerned(self, changed: Changed) -> bool:
        """Return whether the view may look otherwise now."""
        touched = self._ids is None or not self._ids.isdisjoint(changed.ids)
        return touched and not self._kinds.isdisjoint(changed.kinds)


Listener = Callable[[Changed], None]


class Notices:
    """The listeners of one desk. They are called in the thread that wrote, after the commit."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` from now on; return what ends that (a second time does nothing)."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def tell(self, touched: Collection[tuple[str, str]], cases: Iterable[str] = ()) -> None:
        """Tell all listeners about ``touched`` (kind, identity) in ``cases``; of nothing, nothing is told."""
        if not touched:
            return
        changed = Changed(
            frozenset(kind for kind, _ in touched), frozenset(each for _, each in touched).union(cases)
        )
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changed)
