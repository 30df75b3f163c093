"""What a file of strangers may cost."""

from time import monotonic
from typing import Self

import msgspec

MIB = 1024 * 1024
_LEAST = 0.1  # seconds: what is late fails as any other that takes too long


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The bounds of one call.

    ``seconds`` to wait and to compute, ``memory`` and ``answer`` in bytes (of the whole process; of what it
    may send back), ``files`` that may be open at once besides the pipes: only fonts can be opened at all.
    ``threads`` says whether it may start any.
    """

    seconds: float = 10
    memory: int = 300 * MIB
    answer: int = 64 * MIB
    files: int = 0
    threads: bool = False

    def until(self, end: float) -> Self:
        """Return them with no more time than is left until ``end`` (``monotonic``)."""
        return msgspec.structs.replace(self, seconds=max(_LEAST, min(self.seconds, end - monotonic())))
