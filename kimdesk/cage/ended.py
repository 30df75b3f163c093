"""How a helper's work on one call ended."""

import signal
import struct
import sys
from dataclasses import dataclass
from typing import Self

DONE, MEMORY, TIME, CRASH, KILLED = range(5)

_SHAPE = struct.Struct("<BQ")
_NO_MEMORY = (b"memory allocation of", b"bad_alloc", b"ut of memory")
if sys.platform == "win32":
    _CAUSES = {0: DONE, 1: KILLED}  # whatever is ended from outside leaves 1
else:
    _CAUSES = {0: DONE, -signal.SIGXCPU: TIME, -signal.SIGKILL: KILLED}


@dataclass(frozen=True, slots=True)
class Ended:
    """``cause`` is one of the above, ``peak`` the most memory it used, in bytes (0: unknown)."""

    cause: int
    peak: int = 0

    def packed(self) -> bytes:
        """Return it as bytes of a fixed length."""
        return _SHAPE.pack(self.cause, self.peak)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Return what ``packed`` made; a helper that is gone has sent less and was killed."""
        return cls(*_SHAPE.unpack(data)) if len(data) == _SHAPE.size else cls(KILLED)

    @classmethod
    def of(cls, status: int, last_words: bytes = b"", peak: int = 0) -> Self:
        """Return how a process ended that left ``status`` (negative: a signal) and said ``last_words``."""
        if any(each in last_words for each in _NO_MEMORY):
            return cls(MEMORY, peak)
        return cls(_CAUSES.get(status, CRASH), peak)


SIZE = _SHAPE.size
