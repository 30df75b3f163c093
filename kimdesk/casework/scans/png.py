"""PNG made anew: what is needed to draw its one picture (W3C PNG, third edition)."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kimdesk.casework.scans import profile
from kimdesk.casework.scans.directories import camera, turned
from kimdesk.casework.scans.scan import (
    BEHIND,
    DETAILS,
    MOST_PIXELS,
    OTHER,
    PICTURES,
    PLACE,
    PROFILE,
    TEXTS,
    DamagedError,
    Rebuilt,
)

START = b"\x89PNG\r\n\x1a\n"
_SIZES = {
    b"PLTE": range(3, 769, 3), b"tRNS": range(1, 257), b"gAMA": range(4, 5), b"cHRM": range(32, 33),
    b"sRGB": range(1, 2), b"sBIT": range(1, 5), b"bKGD": range(1, 7), b"pHYs": range(9, 10),
    b"cICP": range(4, 5),
}  # fmt: skip
_WORDS = {
    b"tEXt": TEXTS, b"zTXt": TEXTS, b"iTXt": TEXTS, b"eXIf": DETAILS, b"tIME": DETAILS, b"zxIf": DETAILS,
    b"acTL": PICTURES, b"fcTL": PICTURES, b"fdAT": PICTURES,
}  # fmt: skip
_CHECKED = frozenset({b"IDAT", b"PLTE", b"tRNS"})  # a head that is wrong does not fit its rows
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_AT_ONCE = 1024 * 1024
_MOST_PROFILE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Shape:
    """The head of a picture."""

    width: int
    height: int
    bits: int  # of a pixel
    interlaced: bool

    @classmethod
    def read(cls, head: bytes) -> "_Shape":
        """Return what IHDR says; raise DamagedError when it says nothing."""
        if len(head) != 13 or head[9] not in _CHANNELS or head[8] not in {1, 2, 4, 8, 16}:  # noqa: PLR2004
            raise DamagedError("no head")
        width, height = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
        if not width or not height or head[12] > 1:
            raise DamagedError("no picture")
        return cls(width, height, head[8] * _CHANNELS[head[9]], head[12] == 1)

    @property
    def size(self) -> int:
        """Return how many bytes the rows have, each with the byte of its filter."""
        if not self.interlaced:
            return self._rows(self.width, self.height)
        return sum(
            self._rows((self.width - x + across - 1) // across, (self.height - y + down - 1) // down)
            for x, y, across, down in _PASSES
            if self.width > x and self.height > y
        )

    def _rows(self, width: int, height: int) -> int:
        return height * (1 + (width * self.bits + 7) // 8)


def rebuilt(data: bytes) -> Rebuilt:
    """Return the picture alone. Raises DamagedError when it is cut off or damaged inside."""
    found, end = _Reading(), 0
    for kind, body, end in _chunks(data):  # noqa: B007 - the last end counts
        found.take(kind, body)
    if data[end:].strip(b"\0"):
        found.removed.add(BEHIND)
    shape = _Shape.read(found.head)
    pixels, packed = shape.width * shape.height, bytes(found.packed)
    if pixels <= MOST_PIXELS:  # others are refused without unpacking them
        packed = _exact(packed, shape.size)
        found.removed |= {BEHIND} if len(packed) < len(found.packed) else set()
    if found.turned != 1:
        found.before.append(_chunk(b"eXIf", turned(found.turned)))
    parts = (START, _chunk(b"IHDR", found.head), *found.before, _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    return Rebuilt(b"".join(parts), pixels, removed=found.removed)


class _Reading:
    """What is kept and what is known of a picture while its chunks are gone through."""

    def __init__(self) -> None:
        self.head, self.turned = b"", 1
        self.before: list[bytes] = []
        self.packed = bytearray()
        self.removed: set[str] = set()

    def take(self, kind: bytes, body: bytes) -> None:
        """Keep a chunk, or note what it was."""
        if kind == b"IHDR":
            self.head = self.head or body
        elif kind == b"IDAT":
            self.packed += body
        elif kind == b"iCCP":
            self.before.append(_profile(body, self.removed))
        elif kind in _SIZES and len(body) in _SIZES[kind]:
            self.before.append(_chunk(kind, body))
        elif kind != b"IEND":
            self.removed.add(_WORDS.get(kind, OTHER))
            if kind == b"eXIf":
                self.turned, place = camera(body.removeprefix(b"Exif\0\0"))
                self.removed |= {PLACE} if place else set()


def _exact(packed: bytes, size: int) -> bytes:
    """Return the packed rows alone; raise DamagedError when they do not fill the picture."""
    reader, writer, waiting, rows = zlib.decompressobj(), zlib.compressobj(), packed, 0
    again = bytearray()
    for look in (True, False):  # packed anew only where rows are too many or their end is missing
        reader, waiting, rows = zlib.decompressobj(), packed, 0
        while rows < size and (found := _unpacked(reader, waiting, size - rows)):
            waiting, rows = reader.unconsumed_tail, rows + len(found)
            again += b"" if look else writer.compress(found)
        if rows < size:
            raise DamagedError("rows are missing")
        if look and not _unpacked(reader, waiting, 1) and reader.eof:
            return packed[: len(packed) - len(reader.unused_data)]
    return bytes(again) + writer.flush()


def _unpacked(reader: "zlib._Decompress", packed: bytes, most: int) -> bytes:
    try:
        return reader.decompress(packed, min(most, _AT_ONCE))
    except zlib.error:
        raise DamagedError("damaged inside") from None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield kind, body and end of each chunk; raise DamagedError where one is cut off or wrong."""
    at, kind = len(START), b""
    while kind != b"IEND":
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        start, at = at + 8, at + 12 + size
        if at > len(data):
            raise DamagedError("cut off")
        body = data[start : at - 4]
        if kind in _CHECKED and zlib.crc32(kind + body) != int.from_bytes(data[at - 4 : at]):
            raise DamagedError("damaged inside")
        yield kind, body, at


def _profile(body: bytes, removed: set[str]) -> bytes:
    _, _, packed = body.partition(b"\0")
    try:
        old = zlib.decompressobj().decompress(packed[1:], _MOST_PROFILE)
    except zlib.error:
        old = b""
    new = profile.rebuilt(old)
    if new != old or not new:
        removed.add(PROFILE)
    return _chunk(b"iCCP", b"c\0\0" + zlib.compress(new)) if new else b""


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
