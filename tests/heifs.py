"""HEIC files of own making with all that telephones put beside the picture."""

import struct
from dataclasses import dataclass

from tests.heic import _SIDE, _box, _configuration, _full, _sized, _slice


@dataclass(frozen=True)
class Item:
    """An item of a file: its kind, its bytes, its links, its properties (numbers from 1), its name."""

    kind: bytes
    data: bytes
    links: tuple[tuple[bytes, tuple[int, ...]], ...] = ()
    properties: tuple[int, ...] = ()
    name: bytes = b""


PICTURE = Item(b"hvc1", _sized(_slice()), properties=(1, 2))


def properties(*more: bytes, note: bytes = b"") -> list[bytes]:
    """Return those every picture needs, then others; ``note`` is a unit of the encoder in the first."""
    tables = _configuration()
    if note:
        unit = b"\x4e\x01\x05" + bytes([len(note)]) + note
        tables = tables[:22] + bytes([tables[22] + 1]) + tables[23:]
        tables += b"\xa7" + struct.pack(">HH", 1, len(unit)) + unit
    size = _full(b"ispe", 0, struct.pack(">II", _SIDE, _SIDE))
    return [_box(b"hvcC", tables), size, *more]


def heif(
    *items: Item,
    known: list[bytes] | None = None,
    behind: bytes = b"",
    gap: bytes = b"",
    handler: bytes = b"",
    also: bytes = b"",
) -> bytes:
    """Return a file whose first item is the picture.

    ``gap`` stands between the items, ``also`` within the tables, ``behind`` after the last box.
    """
    items = items or (PICTURE,)
    start = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    size = len(_tables(items, known, 0, len(gap), handler, also))
    whole = start + _tables(items, known, len(start) + size + 8, len(gap), handler, also)
    return whole + _box(b"mdat", *(item.data + gap for item in items)) + behind


def of(luma: bytes, properties: tuple[int, ...] = (1, 2)) -> Item:
    """Return a picture of these 256 shades of grey."""
    return Item(b"hvc1", _sized(_slice(luma)), properties=properties)


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box."""
    return _box(kind, *parts)


def full(kind: bytes, *parts: bytes) -> bytes:
    """Return a box with a version."""
    return _full(kind, 0, *parts)


def grid(columns: int, rows: int = 1) -> Item:
    """Return a picture put together of the items that follow it."""
    size = struct.pack(">HH", columns * _SIDE, rows * _SIDE)
    tiles = tuple(range(2, 2 + columns * rows))
    return Item(b"grid", bytes((0, 0, rows - 1, columns - 1)) + size, ((b"dimg", tiles),), (3,))


def _tables(
    items: tuple[Item, ...], known: list[bytes] | None, at: int, gap: int, handler: bytes, also: bytes
) -> bytes:
    entries, places, links, uses = [], b"", [], b""
    for number, item in enumerate(items, 1):
        name = item.name + b"\0" + (b"application/rdf+xml\0" if item.kind == b"mime" else b"")
        entries.append(_full(b"infe", 2, struct.pack(">HH", number, 0), item.kind, name))
        places += struct.pack(">HHHII", number, 0, 1, at, len(item.data))
        at += len(item.data) + gap
        for kind, others in item.links:
            links.append(_box(kind, struct.pack(f">HH{len(others)}H", number, len(others), *others)))
        uses += struct.pack(">HB", number, len(item.properties)) + bytes(item.properties)
    return _full(
        b"meta", 0,
        _full(b"hdlr", 0, bytes(4), b"pict", bytes(12), handler, b"\0"),
        _full(b"pitm", 0, struct.pack(">H", 1)),
        _full(b"iloc", 0, bytes((0x44, 0)), struct.pack(">H", len(items)), places),
        _full(b"iinf", 0, struct.pack(">H", len(entries)), *entries),
        *([_full(b"iref", 0, *links)] if links else []),
        _box(
            b"iprp",
            _box(b"ipco", *(known or properties())),
            _full(b"ipma", 0, struct.pack(">I", len(items)), uses),
        ),
        also,
    )  # fmt: skip
