"""What goes in and out of a helper: a short head that says what follows, then the bytes themselves.

Nothing that comes back is ever unpickled or trusted: heads have a type and a size, answers the type their
reader was declared with.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

import msgspec

from kimdesk.cage.limits import Limits

READY, BEGUN = b"R", b"B"
_SIZE = 4
_LONGEST_HEAD = 64 * 1024

Word = Annotated[str, msgspec.Meta(max_length=60)]
Fact = Annotated[str, msgspec.Meta(max_length=300)] | int


class Call(msgspec.Struct, frozen=True):
    """A call: ``function`` of the module the helper was made for, with the ``size`` bytes that follow.

    Of a stream, ``size`` is None: pieces follow, each with its size before it, up to an empty one.
    """

    function: str
    arguments: list[Any]
    size: int | None
    limits: Limits


class Spoken(msgspec.Struct, frozen=True, tag=True):
    """One answer of a stream, of ``size`` bytes, follows; another head comes after it."""

    size: Annotated[int, msgspec.Meta(ge=0)]


class Done(msgspec.Struct, frozen=True, tag=True):
    """The function returned; its answer follows."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The function raised a KimdeskError, of the class ``kind``."""

    kind: Word
    code: Annotated[str, msgspec.Meta(pattern=r"^E[0-9]{3}\Z")]
    facts: dict[Word, Fact]


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The function failed: for lack of memory, in its native part, or by a fault of ours at ``place``."""

    why: Literal["memory", "crash", "fault"]
    place: Word = ""


Head = Spoken | Done | Refused | Failed
_HEAD: msgspec.msgpack.Decoder[Head] = msgspec.msgpack.Decoder(Head)


def framed(head: object) -> bytes:
    """Return a head, its size before it."""
    packed = msgspec.msgpack.encode(head)
    return len(packed).to_bytes(_SIZE) + packed


def request(read: Callable[[int], bytes]) -> Call:
    """Return the request that ``read`` begins with; raise EOFError when there is none."""
    return msgspec.msgpack.decode(exactly(read, int.from_bytes(exactly(read, _SIZE))), type=Call)


def exactly(read: Callable[[int], bytes], size: int) -> bytes:
    """Return the next ``size`` bytes; raise EOFError when there are fewer."""
    found = read(size)
    if len(found) != size:
        raise EOFError
    return found


def pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Yield the pieces of a stream; raise EOFError when it ends before its end."""
    while size := int.from_bytes(exactly(read, _SIZE)):
        yield exactly(read, size)


def piece(data: bytes = b"") -> bytes:
    """Return what stands before a piece of a stream, or its end."""
    return len(data).to_bytes(_SIZE)


def head(read: Callable[[int], bytes]) -> Head:
    """Return the head that comes next; raise EOFError when nothing does, ValueError when it is none."""
    size = int.from_bytes(exactly(read, _SIZE))
    if not 0 < size <= _LONGEST_HEAD:
        raise ValueError("no head")
    return _HEAD.decode(exactly(read, size))


def answer(data: bytes) -> tuple[Head, memoryview]:
    """Return the head of an answer and what follows it; raise ValueError when it has none."""
    end = _SIZE + int.from_bytes(data[:_SIZE])
    if not _SIZE < end <= min(len(data), _LONGEST_HEAD):
        raise ValueError("no head")
    return _HEAD.decode(data[_SIZE:end]), memoryview(data)[end:]
