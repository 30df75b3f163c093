"""A way to end what is being read, from another thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock


class Stop:
    """Ends the readers that are called within ``heeded``, or are given it, from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stopped = False
        self._end: Callable[[], object] | None = None

    def stop(self) -> None:
        """End the reading, now or as soon as it begins; it is refused with E764."""
        with self._lock:
            self._stopped = True
            if self._end is not None:
                self._end()

    @property
    def stopped(self) -> bool:
        """Return whether ``stop`` was called."""
        return self._stopped

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Let every reader that this thread calls within the block be ended by this."""
        before = _heeded.set(self)
        try:
            yield
        finally:
            _heeded.reset(before)

    @contextmanager
    def ending(self, end: Callable[[], object]) -> Iterator[None]:
        """Call ``end`` when stopped within the block, at once when it was stopped before."""
        with self._lock:
            self._end = end
            if self._stopped:
                end()
        try:
            yield
        finally:
            with self._lock:
                self._end = None


_heeded: ContextVar[Stop | None] = ContextVar("heeded", default=None)


def heeded() -> Stop:
    """Return what the thread heeds, or something nobody can stop."""
    return _heeded.get() or Stop()
