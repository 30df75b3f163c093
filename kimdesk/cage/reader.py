"""A function that reads bytes of strangers, called as if it were here."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from math import ceil
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from kimdesk.cage.limits import Limits
from kimdesk.cage.stopping import Stop, heeded
from kimdesk.domain.errors import (
    BundleError,
    CaseworkError,
    ContentError,
    ForeignFileError,
    KimdeskError,
    StoreError,
)

if TYPE_CHECKING:
    from kimdesk.cage.ended import Ended

T = TypeVar("T")

_KINDS = {each.__name__: each for each in (BundleError, CaseworkError, ContentError, StoreError)}


class _Caged(Generic[T]):
    """The function at ``place`` ("module:name") of a helper, and the ``shape`` of what it answers.

    Its module is imported in the helper alone, with all it will ever need: afterwards no file can be opened.
    The arguments behind the bytes, and the answer, are what msgspec can carry. ``refusals`` are the codes of
    errors that it may raise; they are raised here again.
    """

    def __init__(
        self, place: str, shape: type[T], *, refusals: Iterable[str] = (), limits: Limits | None = None
    ) -> None:
        self._module, _, self._function = place.partition(":")
        self._answer = msgspec.msgpack.Decoder(shape)
        self._refusals = frozenset(refusals)
        self.limits = limits or Limits()

    def prepare(self) -> None:
        """Let a helper be started that will soon be needed; nothing is waited for."""
        from kimdesk.cage import pool

        pool.prepare(self._module)

    def _head(self, arguments: tuple[object, ...], size: int | None, bounds: Limits) -> bytes:
        from kimdesk.cage import wire

        return wire.framed(wire.Call(self._function, list(arguments), size, bounds))

    @contextmanager
    def _understood(self, bounds: Limits) -> Iterator[None]:
        """Raise for a helper that is gone, or talks nonsense, the refusal that says so."""
        from kimdesk.cage import process

        broken = {
            process.STOPPED: "E764",
            process.LARGE: "E766",
            process.UNSTARTED: "E765",
            process.LOST: "E763",
            process.UNBEGUN: "E763",
            process.NONSENSE: "E767",
        }
        try:
            yield
        except process.Broken as error:
            raise _refusal(broken.get(error.why, "E761"), bounds) from None
        except OSError:
            raise ForeignFileError("E765") from None
        except (ValueError, RecursionError):  # of msgspec too
            raise ForeignFileError("E767") from None

    def _check(self, how: "Ended", bounds: Limits) -> None:
        from kimdesk.cage import ended

        causes = {ended.MEMORY: "E760", ended.CRASH: "E762", ended.KILLED: "E763"}
        if how.cause != ended.DONE:
            raise _refusal(causes.get(how.cause, "E761"), bounds)

    def _error(self, said: object) -> KimdeskError:
        from kimdesk.cage import wire

        match said:
            case wire.Refused(kind=kind, code=code, facts=facts) if code in self._refusals and kind in _KINDS:
                return _KINDS[kind](code, **facts)
            case wire.Failed(why="memory"):
                return ForeignFileError("E760")
            case wire.Failed(why="crash"):
                return ForeignFileError("E762")
            case wire.Failed(place=place):
                logging.getLogger(__name__).error("%s in %s:%s", place, self._module, self._function)
                return ForeignFileError("E768")
        return ForeignFileError("E767")


def _refusal(code: str, bounds: Limits) -> ForeignFileError:
    return ForeignFileError(code, **({"seconds": ceil(bounds.seconds)} if code == "E761" else {}))


class CagedReader(_Caged[T]):
    """A function that takes bytes and answers once."""

    def __call__(
        self, data: bytes, *arguments: object, limits: Limits | None = None, stop: Stop | None = None
    ) -> T:
        """Return what the function makes of ``data``, within ``limits`` (those of the reader otherwise).

        Raises the error the function raised, if it is one of its ``refusals``; ForeignFileError E760 for want
        of memory, E761 of time, E762 when the reading crashed, E763 when the helper was ended from outside,
        E764 when ``stop`` was asked for, E765 when no helper starts, E766 when the answer is too large, E767
        when it is none, E768 for a fault of the function.
        """
        from kimdesk.cage import pool, wire

        bounds = limits or self.limits
        head = self._head(arguments, len(data), bounds)
        with self._understood(bounds):
            said, how = pool.ask(self._module, head, data, bounds, stop or heeded())
            self._check(how, bounds)
            last, body = wire.answer(said)
            if isinstance(last, wire.Done):
                return self._answer.decode(body)
        raise self._error(last)


class CagedStream(_Caged[T]):
    """A function that takes an iterator of bytes and yields its answers, while it still takes more.

    The limits of time hold for the function's own work in all, and for the wait for each answer; that of the
    answer holds for each.
    """

    def __call__(
        self,
        pieces: Iterable[bytes],
        *arguments: object,
        limits: Limits | None = None,
        stop: Stop | None = None,
    ) -> Iterator[T]:
        """Yield what the function makes of ``pieces``, which are asked for in another thread.

        Raises what ``pieces`` raise and what ``CagedReader`` does; what came before is worth nothing then.
        """
        from kimdesk.cage import pool, wire
        from kimdesk.cage.conversation import Conversation

        bounds = limits or self.limits
        asked = Conversation(self._head(arguments, None, bounds), pieces, bounds, stop or heeded())
        with closing(pool.converse(self._module, asked)) as answers:
            while (found := self._next(answers, bounds)) is not None:
                yield found
        self._check(asked.how, bounds)
        if not isinstance(asked.last, wire.Done):
            raise self._error(asked.last)

    def _next(self, answers: Iterator[bytes], bounds: Limits) -> T | None:
        with self._understood(bounds):
            found = next(answers, None)
            return None if found is None else self._answer.decode(found)
