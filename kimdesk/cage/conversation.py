"""A call whose bytes go in piece by piece, and whose answers come out so: neither side holds them all."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from threading import Thread
from typing import IO

from kimdesk.cage import wire
from kimdesk.cage.ended import KILLED, Ended
from kimdesk.cage.limits import Limits
from kimdesk.cage.process import LARGE, NONSENSE, STOPPED, TIME, Helper, put
from kimdesk.cage.stopping import Stop


class Conversation:
    """One call of a stream; ``last`` is what the helper said last, ``how`` how its work ended."""

    def __init__(self, head: bytes, pieces: Iterable[bytes], limits: Limits, stop: Stop) -> None:
        self._head = head
        self._pieces = pieces
        self._limits = limits
        self._stop = stop
        self.last: wire.Head | None = None
        self.how = Ended(KILLED)

    def answers(self, helper: Helper) -> Generator[bytes, None, None]:
        """Yield the answers of ``helper`` as they come.

        The pieces are asked for in another thread. Raises what they raise, and Broken as ``Helper.ask`` does.
        """
        with helper.working(self._stop), helper.pipes() as (giving, taking):
            feeder = _Feeder(giving, self._head, self._pieces)
            feeder.start()
            try:
                while (found := self._next(helper, taking)) is not None:
                    yield found
                with helper.at_most(self._limits.seconds, TIME):
                    self.how = helper.ended()
            except BaseException:
                helper.break_off(STOPPED)
                raise
            finally:
                feeder.join()
        if feeder.fault:
            raise feeder.fault

    def _next(self, helper: Helper, taking: IO[bytes]) -> bytes | None:
        with helper.at_most(self._limits.seconds, TIME):
            try:
                self.last = wire.head(taking.read)
                if not isinstance(self.last, wire.Spoken):
                    return None
                if self.last.size <= self._limits.answer:
                    return wire.exactly(taking.read, self.last.size)
                helper.break_off(LARGE)
            except EOFError:  # how it ended tells why
                self.last = None
            except ValueError:
                helper.break_off(NONSENSE)
        return None


class _Feeder(Thread):
    """Gives a helper what it asks for, at the speed it takes it."""

    def __init__(self, giving: IO[bytes], head: bytes, pieces: Iterable[bytes]) -> None:
        super().__init__(daemon=True)
        self._giving = giving
        self._head = head
        self._pieces = pieces
        self.fault: Exception | None = None

    def run(self) -> None:
        with suppress(OSError), self._giving:  # a helper that has ended takes nothing
            put(self._giving, self._head)
            for each in self._each():
                put(self._giving, wire.piece(each))
                put(self._giving, each)
            if self.fault is None:
                put(self._giving, wire.piece())

    def _each(self) -> Iterator[bytes]:
        try:
            yield from filter(None, self._pieces)
        except Exception as error:
            self.fault = error
