"""Whether the log beside the database was damaged where saves had been acknowledged.

After a crash SQLite takes the log up to its first damaged frame and drops the rest in silence: right for a
save that was cut off, wrong for a bit that flipped among finished ones. The two can be told apart without
the key (docs/decisions/0016): every frame is chained to the one before it by its checksum, and is written
only once the transaction before it is on the disk. So where a frame is chained to the end of a transaction,
everything before it was on the disk, and must be whole. Format: sqlite.org/fileformat2.html, section 4.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

Sum = tuple[int, int]

_PAGE = 4096  # SQLCipher 4 has no other
_HEADER = struct.Struct(">IIII8sII")  # magic, version, page size, checkpoints, salts, checksum
_FRAME = struct.Struct(">II8sII")  # page, size after a commit (0: none), salts, checksum
_MAGIC = 0x377F0682  # its last bit says whether the checksums are over big-endian words
_WORDS = 2**32 - 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame as it lies there; ``due`` is the checksum its content should have after the one before it.

    ``due_again``: the same, had the one before it the checksum that is due there.
    """

    ends: bool
    salts: bytes
    stored: Sum
    due: Sum
    due_again: Sum

    @property
    def is_chained(self) -> bool:
        """Say whether it was written after the frame before it, of which one part may be damaged."""
        return self.stored in (self.due, self.due_again)


def is_damaged(log: Path) -> bool:
    """Say whether saves that were acknowledged would be dropped when the database is opened with ``log``.

    False for a log that ends in a save that was cut off, and for one that is missing. Damage of the last
    save alone looks the same and is not noticed. Raises OSError.
    """
    try:
        with log.open("rb") as file:
            return _is_damaged(file)
    except FileNotFoundError:
        return False


def _is_damaged(file: BinaryIO) -> bool:
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return False
    magic, *_, salts, first, second = _HEADER.unpack(head)
    order, stored = ">" if magic & 1 else "<", (first, second)
    due = _sum((0, 0), head[: _HEADER.size - 8], order)
    whole = due == stored and magic | 1 == _MAGIC | 1
    known: bytes | None = salts if whole else None  # a damaged header's are those of the first frame
    ends = True  # the header is on the disk before the first frame is written
    for frame in _frames(file, order, stored, due):
        known = known or frame.salts
        current = frame.salts == known
        if not whole and ends and current and frame.is_chained:
            return True
        whole = whole and current and frame.stored == frame.due
        ends = frame.ends
    return False


def _frames(file: BinaryIO, order: str, stored: Sum, due: Sum) -> Iterator[_Frame]:
    while len(data := file.read(_FRAME.size + _PAGE)) == _FRAME.size + _PAGE:
        _, size, salts, *found = _FRAME.unpack_from(data)
        content = data[:8] + data[_FRAME.size :]
        after = _sum(stored, content, order)
        again = after if due == stored else _sum(due, content, order)
        stored = found[0], found[1]
        yield _Frame(bool(size), salts, stored, after, again)
        due = after


def _sum(seed: Sum, content: bytes, order: str) -> Sum:
    """Return SQLite's checksum of ``content``, begun with ``seed``."""
    first, second = seed
    for one, other in struct.iter_unpack(f"{order}II", content):
        first = (first + one + second) & _WORDS
        second = (second + other + first) & _WORDS
    return first, second
