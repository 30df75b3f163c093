"""What a file of strangers may cost."""

import msgspec

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The bounds of one call.

    ``seconds`` to wait and to compute, ``memory`` and ``answer`` in bytes (of the whole process; of what it
    may send back), ``files`` that may be open at once besides the pipes: only fonts can be opened at all.
    ``threads`` says whether it may start any.
    """

    seconds: int = 10
    memory: int = 300 * MIB
    answer: int = 64 * MIB
    files: int = 0
    threads: bool = False
