"""A way to end what is being read, from another thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class Stop:
    """Handed to a reader when it is called; ``stop`` ends it then, now or as soon as it begins."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stopped = False
        self._end: Callable[[], object] | None = None

    def stop(self) -> None:
        """End the reading; it is refused with E764."""
        with self._lock:
            self._stopped = True
            if self._end is not None:
                self._end()

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
