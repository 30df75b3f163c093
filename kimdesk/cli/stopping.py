"""Ctrl-C while a bundle is written or read in: nothing is left half, and what was done before is told."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from kimdesk.cage import Stop


@contextmanager
def stoppable() -> Iterator[None]:
    """Let the first Ctrl-C end the work within the block at the next good moment; the second ends it now."""
    stop, before = Stop(), signal.getsignal(signal.SIGINT)

    def heard(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        Thread(target=stop.stop).start()  # the lock it takes may be held by what was interrupted

    signal.signal(signal.SIGINT, heard)
    try:
        with stop.heeded():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
