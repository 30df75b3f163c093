"""A function that reads bytes of strangers, called as if it were here."""

import logging
from collections.abc import Iterable
from math import ceil
from typing import Generic, TypeVar

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

T = TypeVar("T")

_KINDS = {each.__name__: each for each in (BundleError, CaseworkError, ContentError, StoreError)}


class CagedReader(Generic[T]):
    """The function at ``place`` ("module:name"), which takes bytes and answers with a ``shape``.

    Its module is imported in the helper alone, with all it will ever need: afterwards no file can be opened.
    The arguments behind the bytes, and the answer, are what msgspec can carry. ``refusals`` are the codes of
    errors that it may raise; they are raised here again.
    """

    def __init__(
        self, place: str, shape: type[T], *, refusals: Iterable[str] = (), limits: Limits | None = None
    ) -> None:
        self._module, _, self._function = place.partition(":")
        self._shape = shape
        self._refusals = frozenset(refusals)
        self.limits = limits or Limits()

    def __call__(
        self, data: bytes, *arguments: object, limits: Limits | None = None, stop: Stop | None = None
    ) -> T:
        """Return what the function makes of ``data``, within ``limits`` (those of the reader otherwise).

        Raises the error the function raised, if it is one of its ``refusals``; ForeignFileError E760 for want
        of memory, E761 of time, E762 when the reading crashed, E763 when the helper was ended from outside,
        E764 when ``stop`` was asked for, E765 when no helper starts, E766 when the answer is too large, E767
        when it is none, E768 for a fault of the function.
        """
        from kimdesk.cage import wire

        bounds = limits or self.limits
        head = wire.framed(wire.Call(self._function, list(arguments), len(data), bounds))
        try:
            said, body = wire.answer(self._asked(head, data, bounds, stop or heeded()))
            if isinstance(said, wire.Done):
                return msgspec.msgpack.decode(body, type=self._shape)
        except (ValueError, RecursionError):  # of msgspec too
            raise ForeignFileError("E767") from None
        raise self._error(said)

    def prepare(self) -> None:
        """Let a helper be started that will soon be needed; nothing is waited for."""
        from kimdesk.cage import pool

        pool.prepare(self._module)

    def _asked(self, head: bytes, data: bytes, bounds: Limits, stop: Stop) -> bytes:
        from kimdesk.cage import ended, pool, process

        broken = {
            process.STOPPED: "E764",
            process.LARGE: "E766",
            process.UNSTARTED: "E765",
            process.LOST: "E763",
            process.UNBEGUN: "E763",
        }
        causes = {ended.MEMORY: "E760", ended.CRASH: "E762", ended.KILLED: "E763"}
        try:
            said, how = pool.ask(self._module, head, data, bounds, stop)
        except process.Broken as error:
            code = broken.get(error.why, "E761")
        except OSError:
            code = "E765"
        else:
            if how.cause == ended.DONE:
                return said
            code = causes.get(how.cause, "E761")
        raise ForeignFileError(code, **({"seconds": ceil(bounds.seconds)} if code == "E761" else {}))

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
