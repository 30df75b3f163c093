"""Telling open views what was changed, after it is safely stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Changed:
    """What one transaction changed: the kinds of records, and the identities of them and of their cases."""

    kinds: frozenset[str]
    ids: frozenset[str]


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

    def tell(self, touched: Iterable[tuple[str, str]]) -> None:
        """Tell all listeners about ``touched`` (kind, identity); nothing touched is nothing told."""
        pairs = tuple(touched)
        if not pairs:
            return
        changed = Changed(frozenset(kind for kind, _ in pairs), frozenset(each for _, each in pairs))
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changed)
