"""TIFF made anew: each page with the fields that draw it, and nothing else (TIFF 6.0, Technical Note 2)."""

import zlib
from collections.abc import Iterator

from kimdesk.casework.scans import jpeg, profile
from kimdesk.casework.scans.directories import (
    ORIENTATION,
    PLACE_POINTER,
    Directory,
    TagField,
    directories,
    order_of,
)
from kimdesk.casework.scans.scan import DETAILS, OTHER, PICTURES, PLACE, PROFILE, TEXTS, DamagedError, Rebuilt

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _COLOURS, _SAMPLES = 256, 257, 258, 259, 262, 277
_STRIPS, _STRIP_SIZES, _ROWS, _TILES, _TILE_SIZES = 273, 279, 278, 324, 325
_KIND, _OLD_KIND, _PLANES, _TABLES, _PROFILE = 254, 255, 284, 347, 34675
_DRAWS = frozenset(
    {
        _WIDTH, _HEIGHT, _BITS, _COMPRESSION, _COLOURS, 266, ORIENTATION, _SAMPLES, _ROWS, 282, 283,
        _PLANES, 292, 293, 296, 317, 318, 319, 320, 322, 323, 332, 334, 338, 339, 529, 530,
        531, 532,
    }
)  # fmt: skip
_TILED = frozenset({322, 323})
_DATA = frozenset(
    {_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES, _TABLES, _PROFILE, _KIND, _OLD_KIND, 280, 281, 340, 341}
)
_NO_NUMBERS = frozenset({2, 7, 16, 17, 18})  # kinds of fields
_TEXTS = frozenset({269, 270, 285, 305, 315, 316, 33432, 700, 40092, 40095})
_CAMERA = frozenset({271, 272, 306, 34665, 33723, 34377, PLACE_POINTER})
_PLAIN, _JPEG, _PACKED = 1, 7, frozenset({8, 32946})
_MOST_VALUES = 1 << 16
_MOST_PAGES = 2000


def rebuilt(data: bytes) -> Rebuilt:
    """Return the pages without smaller pictures of them. Raises DamagedError when one is cut off."""
    order, removed = order_of(data), set[str]()
    writer, pixels, pages, left = _Writer(order), 0, 0, len(data)
    for found in directories(data):
        removed |= _told(found)
        if _is_smaller(found):
            removed.add(PICTURES)
            continue
        pieces = list(_pieces(data, found))
        left -= sum(map(len, pieces))
        pages += 1
        if left < 0 or pages > _MOST_PAGES:
            raise DamagedError("more than there is")
        writer.add(_kept(found, removed, order), pieces, tiled=_TILES in found)
        pixels = max(pixels, _one(found, _WIDTH) * _one(found, _HEIGHT))
    if not pixels:
        raise DamagedError("no page")
    return Rebuilt(writer.whole(), pixels, pages, removed)


class _Writer:
    """Writes a TIFF page by page: its strips, its values, its directory."""

    def __init__(self, order: str) -> None:
        self.order, self.link = order, 4
        self.out = bytearray((b"II*\0" if order == "little" else b"MM\0*") + bytes(4))

    def add(self, fields: Directory, pieces: list[bytes], *, tiled: bool) -> None:
        """Write a page."""
        places = [self._put(piece) for piece in pieces]
        fields[_TILES if tiled else _STRIPS] = self._numbers(places)
        fields[_TILE_SIZES if tiled else _STRIP_SIZES] = self._numbers([len(piece) for piece in pieces])
        entries = b"".join(self._entry(tag, field) for tag, field in sorted(fields.items()))
        at = self._put(self._number(len(fields), 2) + entries + bytes(4))
        self.out[self.link : self.link + 4] = self._number(at, 4)
        self.link = at + 2 + len(entries)

    def whole(self) -> bytes:
        """Return the file."""
        return bytes(self.out)

    def _entry(self, tag: int, field: TagField) -> bytes:
        value = field.value if len(field.value) <= 4 else self._number(self._put(field.value), 4)  # noqa: PLR2004
        kind = self._number(tag, 2) + self._number(field.kind, 2)
        return kind + self._number(field.count, 4) + value.ljust(4, b"\0")

    def _put(self, body: bytes) -> int:
        self.out += bytes(len(self.out) % 2)
        at = len(self.out)
        self.out += body
        return at

    def _numbers(self, values: list[int]) -> TagField:
        return TagField(4, len(values), b"".join(self._number(each, 4) for each in values), self.order)

    def _number(self, value: int, size: int) -> bytes:
        return value.to_bytes(size, "little" if self.order == "little" else "big")


def _kept(found: Directory, removed: set[str], order: str) -> Directory:
    draws = _DRAWS if _TILES in found else _DRAWS - _TILED
    kept = {
        tag: field
        for tag, field in found.items()
        if tag in draws and field.kind not in _NO_NUMBERS and field.count <= _MOST_VALUES
    }
    if _TABLES in found and _one(found, _COMPRESSION) == _JPEG:
        tables = jpeg.strip(found[_TABLES].value)
        kept[_TABLES] = TagField(7, len(tables), tables, order)
    if old := found.get(_PROFILE):
        new = profile.rebuilt(old.value)
        removed |= {PROFILE} if new != old.value else set()
        if new:
            kept[_PROFILE] = TagField(7, len(new), new, order)
    return kept


def _pieces(data: bytes, found: Directory) -> Iterator[bytes]:
    """Yield the strips or tiles of a page, each as it is drawn."""
    tiled = _TILES in found
    places = found.get(_TILES if tiled else _STRIPS)
    sizes = found.get(_TILE_SIZES if tiled else _STRIP_SIZES)
    if not places or not sizes or places.count != sizes.count:
        raise DamagedError("no strips")
    compression, rows = _one(found, _COMPRESSION, _PLAIN), None if tiled else _row_sizes(found)
    for number, (at, size) in enumerate(zip(places.numbers(), sizes.numbers(), strict=True)):
        if at + size > len(data) or not size:
            raise DamagedError("cut off")
        piece = data[at : at + size]
        if compression == _JPEG:
            piece = jpeg.strip(piece)
        elif compression in _PACKED:
            piece = _unpackable(piece)
        elif compression == _PLAIN and rows:
            piece = piece[: rows[min(number, len(rows) - 1)]]
        yield piece


def _row_sizes(found: Directory) -> list[int] | None:
    """Return how many bytes a strip has that is not packed; None where that is not simple."""
    bits = found[_BITS].numbers() if _BITS in found else [1]
    width, height = _one(found, _WIDTH), _one(found, _HEIGHT)
    if _one(found, _COLOURS) == 6 or _one(found, _PLANES, 1) != 1:  # noqa: PLR2004 - YCbCr
        return None
    samples = _one(found, _SAMPLES, 1)
    row = (width * (sum(bits) if len(bits) == samples else bits[0] * samples) + 7) // 8
    return [row * min(_one(found, _ROWS, height), height)]


def _unpackable(piece: bytes) -> bytes:
    """Return a packed strip without what stands behind it; raise DamagedError when it cannot be unpacked."""
    reader, waiting = zlib.decompressobj(), piece
    try:
        while not reader.eof and (reader.decompress(waiting, _MOST_VALUES) or reader.unconsumed_tail):
            waiting = reader.unconsumed_tail
    except zlib.error:
        raise DamagedError("damaged inside") from None
    return piece[: len(piece) - len(reader.unused_data)]


def _is_smaller(found: Directory) -> bool:
    """Return whether it is a smaller picture of another page."""
    return bool(_one(found, _KIND) & 1) or _one(found, _OLD_KIND) == 2  # noqa: PLR2004 - TIFF 6.0, 255


def _told(found: Directory) -> set[str]:
    """Return what a page says besides its picture."""
    told = set[str]()
    for tag in found.keys() - _DRAWS - _DATA:
        told.add(TEXTS if tag in _TEXTS else DETAILS if tag in _CAMERA else PICTURES if tag == 330 else OTHER)  # noqa: PLR2004 - SubIFDs
    return told | ({PLACE} if PLACE_POINTER in found else set())


def _one(found: Directory, tag: int, missing: int = 0) -> int:
    values = found[tag].numbers() if tag in found else []
    return values[0] if values else missing
