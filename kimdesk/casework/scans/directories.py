"""Directories of TIFF, as they stand in TIFF files and in the metadata of cameras (TIFF 6.0, BigTIFF)."""

from collections.abc import Iterator
from dataclasses import dataclass

from kimdesk.casework.scans.scan import DamagedError

ORIENTATION = 0x0112
PLACE_POINTER = 0x8825
_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_WHOLE_NUMBERS = {1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8}
_MOST_DIRECTORIES = 4096


@dataclass(frozen=True, slots=True)
class TagField:
    """What stands behind a tag: ``count`` values of ``kind`` in the byte order of the file."""

    kind: int
    count: int
    value: bytes
    order: str

    def numbers(self) -> list[int]:
        """Return the values; raise DamagedError when they are no whole numbers."""
        size = _WHOLE_NUMBERS.get(self.kind)
        if size is None:
            raise DamagedError("no numbers")
        return [_number(self.value, at, size, self.order) for at in range(0, len(self.value), size)]


Directory = dict[int, TagField]


def order_of(data: bytes) -> str:
    """Return the byte order of a TIFF, "little" or "big"; raise DamagedError when it is none."""
    if data[:2] not in (b"II", b"MM"):
        raise DamagedError("no TIFF")
    return "little" if data.startswith(b"II") else "big"


def directories(data: bytes) -> Iterator[Directory]:
    """Yield the directories of a TIFF one after the other; raise DamagedError where they lead nowhere."""
    order = order_of(data)
    wide = _number(data, 2, 2, order) == 43  # noqa: PLR2004 - BigTIFF
    size = 8 if wide else 4
    at, seen = _number(data, size, size, order), set[int]()
    while at:
        if at in seen or len(seen) >= _MOST_DIRECTORIES:
            raise DamagedError("a circle of directories")
        seen.add(at)
        found, at = _directory(data, at, order, wide=wide)
        yield found


def _directory(data: bytes, at: int, order: str, *, wide: bool) -> tuple[Directory, int]:
    head, entry, size = (8, 20, 8) if wide else (2, 12, 4)
    entries = _number(data, at, head, order)
    end = at + head + entries * entry
    if end + size > len(data):
        # cameras leave out the last link
        if end > len(data):
            raise DamagedError("cut off")
        return dict(_fields(data, at + head, end, order, wide=wide)), 0
    return dict(_fields(data, at + head, end, order, wide=wide)), _number(data, end, size, order)


def _fields(data: bytes, start: int, end: int, order: str, *, wide: bool) -> Iterator[tuple[int, TagField]]:
    entry, size = (20, 8) if wide else (12, 4)
    for at in range(start, end, entry):
        tag, kind = _number(data, at, 2, order), _number(data, at + 2, 2, order)
        count = _number(data, at + 4, size, order)
        length, place = _SIZES.get(kind, 0) * count, at + 4 + size
        if length > size:
            place = _number(data, place, size, order)
        if length > 0 and place + length <= len(data):
            yield tag, TagField(kind, count, data[place : place + length], order)


def _number(data: bytes, at: int, size: int, order: str) -> int:
    if at < 0 or at + size > len(data):
        raise DamagedError("cut off")
    return int.from_bytes(data[at : at + size], "little" if order == "little" else "big")


def camera(tiff: bytes) -> tuple[int, bool]:
    """Return how metadata say a picture is turned (1 to 8), and whether they name a place."""
    try:
        first = next(directories(tiff), {})
    except DamagedError:
        return 1, False
    turned = first.get(ORIENTATION)
    try:
        found = turned.numbers()[0] if turned else 1
    except (DamagedError, IndexError):
        found = 1
    return found if found in range(1, 9) else 1, PLACE_POINTER in first


def turned(orientation: int) -> bytes:
    """Return a TIFF that says nothing but how a picture is turned."""
    entry = ORIENTATION.to_bytes(2) + b"\0\x03\0\0\0\x01" + orientation.to_bytes(2) + b"\0\0"
    return b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)
