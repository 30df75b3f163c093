"""A helper seen from the program: it is started, asked, and ended."""

import os
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Timer
from typing import IO

from kimdesk.cage import wire
from kimdesk.cage.ended import SIZE, Ended
from kimdesk.cage.helper import FLAG, ONCE, SERVE
from kimdesk.cage.job_object import confine, release
from kimdesk.cage.limits import Limits
from kimdesk.cage.stopping import Stop

_STARTING = 60  # seconds a slow computer may take to load the readers
_DYING = 1  # second after its last word
_PIECE = 1024 * 1024
TIME, STOPPED, LARGE, LOST, UNSTARTED, UNBEGUN = "time", "stopped", "large", "lost", "unstarted", "unbegun"
NONSENSE = "nonsense"
_PIPE, _NOWHERE = subprocess.PIPE, subprocess.DEVNULL


class Broken(Exception):  # noqa: N818 - what it is, not what to do
    """The helper was ended by us, or never began; ``why`` is one of the above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Helper(ABC):
    """One helper process with the readers of one module."""

    reusable: bool
    """Whether it may be asked again."""

    def __init__(self, module: str) -> None:
        self._why = ""
        self._ready = False
        self._process = self._start(module)

    @property
    def alive(self) -> bool:
        """Return whether it still runs."""
        return not self._why and self._process.poll() is None

    def ask(self, head: bytes, data: bytes, limits: Limits, stop: Stop) -> tuple[bytes, Ended]:
        """Return the answer to a request and how the work ended.

        Raises Broken when it did not begin, was lost or stopped, took too long or said too much.
        """
        with self.working(stop), self.at_most(limits.seconds, TIME), self.pipes() as (giving, taking):
            with suppress(OSError), giving:
                for each in (head, data):
                    put(giving, each)
            return self._heard(taking.read, limits.answer), self.ended()

    @contextmanager
    def working(self, stop: Stop) -> Iterator[None]:
        """Wait until it is ready; raise Broken when it is not, or was broken off within the block."""
        with stop.ending(lambda: self.break_off(STOPPED)):
            with self.at_most(_STARTING, UNSTARTED):
                self._ready = self._ready or self._first_byte() == wire.READY
            if not self._ready:
                self.break_off(UNBEGUN if self._was_killed() else UNSTARTED)
                raise Broken(self._why)
            try:
                yield
            except (OSError, ValueError):
                if not self._why:
                    raise
        if self._why:
            raise Broken(self._why)

    def end(self) -> None:
        """End it at once, whatever it does."""
        self.break_off(STOPPED)
        self._process.wait()
        self._close()

    @contextmanager
    def at_most(self, seconds: float, why: str) -> Iterator[None]:
        """Break the work off when the block takes longer."""
        timer = Timer(seconds, self.break_off, (why,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def break_off(self, why: str) -> None:
        """End the work because of ``why``; the first reason counts."""
        self._why = self._why or why
        with suppress(OSError):
            self._kill()

    def _was_killed(self) -> bool:
        """Return whether it has ended, and not by itself: somebody else ended it."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_DYING) < 0
        return False

    def _heard(self, read: Callable[[int], bytes], most: int) -> bytes:
        """Return what is said until the end, or end the helper when it says more than ``most`` bytes."""
        pieces, size = [], 0
        while piece := read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                self.break_off(LARGE)
                break
        return b"".join(pieces)

    @abstractmethod
    def _start(self, module: str) -> "subprocess.Popen[bytes]":
        """Start the process."""

    @abstractmethod
    def _first_byte(self) -> bytes:
        """Return what it says first."""

    @abstractmethod
    def pipes(self) -> AbstractContextManager[tuple[IO[bytes], IO[bytes]]]:
        """Let work begin, and give the way in and the way out. Raises Broken."""

    @abstractmethod
    def ended(self) -> Ended:
        """Wait until the work has ended and return how."""

    @abstractmethod
    def _kill(self) -> None:
        """Kill it and what it started."""

    @abstractmethod
    def _close(self) -> None:
        """Let go of what leads to it."""


class SingleHelper(Helper):
    """A helper for one call: Windows cannot copy a process."""

    reusable = False

    def _start(self, module: str) -> "subprocess.Popen[bytes]":
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        process = subprocess.Popen(  # noqa: S603 - ourselves
            command(ONCE, module), stdin=_PIPE, stdout=_PIPE, stderr=_NOWHERE, creationflags=flags
        )
        self._job = confine(process)
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        self._in, self._out = process.stdin, process.stdout
        return process

    def _first_byte(self) -> bytes:
        return self._out.read(1)

    @contextmanager
    def pipes(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Give standard input and output."""
        yield self._in, self._out

    def ended(self) -> Ended:
        """Return how the process ended."""
        return Ended.of(self._process.wait())

    def _kill(self) -> None:
        self._process.kill()

    def _close(self) -> None:
        with suppress(OSError):
            self._in.close()
        self._out.close()
        release(self._job)


if sys.platform != "win32":
    import signal
    import socket

    class CopyingHelper(Helper):
        """A helper that answers each call by a copy of itself."""

        reusable = True

        def _start(self, module: str) -> "subprocess.Popen[bytes]":
            self._control, theirs = socket.socketpair()
            with theirs:
                try:
                    return subprocess.Popen(  # noqa: S603 - ourselves
                        command(SERVE, module), stdin=theirs.fileno(), stdout=_NOWHERE, stderr=_NOWHERE,
                        start_new_session=True,
                    )  # fmt: skip
                except OSError:
                    self._control.close()
                    raise

        def _first_byte(self) -> bytes:
            return self._received(1)

        @contextmanager
        def pipes(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
            """Make two pipes and hand their other ends over."""
            source, feed = os.pipe()
            hear, sink = os.pipe()
            with open(feed, "wb", buffering=0) as giving, open(hear, "rb") as taking:  # noqa: PTH123
                with suppress(OSError):  # it is gone; there will be no ending either
                    socket.send_fds(self._control, [b"?"], [source, sink])
                os.close(source)
                os.close(sink)
                if self._received(1) != wire.BEGUN:
                    self.break_off(UNBEGUN)
                    raise Broken(self._why)
                yield giving, taking

        def ended(self) -> Ended:
            """Return how the copy ended."""
            told = self._received(SIZE)
            if len(told) != SIZE:
                self.break_off(LOST)
            return Ended.unpacked(told)

        def _received(self, size: int) -> bytes:
            with suppress(OSError):
                return self._control.recv(size, socket.MSG_WAITALL)
            return b""

        def _kill(self) -> None:
            if self._process.returncode is None:
                os.killpg(self._process.pid, signal.SIGKILL)

        def _close(self) -> None:
            self._control.close()


def put(pipe: IO[bytes], data: bytes) -> None:
    """Write all of ``data``, however little a single write takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[pipe.write(rest) :]


def start(module: str) -> Helper:
    """Start a helper, of the kind this system can have."""
    return SingleHelper(module) if sys.platform == "win32" else CopyingHelper(module)


def command(mode: str, module: str) -> list[str]:
    """Return the command line of a helper; a frozen program is its own interpreter."""
    start = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "kimdesk.cage"]
    )
    return [*start, FLAG, mode, module]
