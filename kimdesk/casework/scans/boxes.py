"""Boxes of ISO 14496-12, and the tables in which HEIF says where its pictures are (ISO 23008-12)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kimdesk.casework.scans.scan import DamagedError

_MOST_ITEMS = 5000


class Bytes:
    """Reads numbers one after the other; raises DamagedError where there are not so many bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, size: int) -> int:
        """Return the next ``size`` bytes as a number; 0 for none."""
        return int.from_bytes(self.take(size))

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes."""
        self._at += size
        if self._at > len(self._data):
            raise DamagedError("cut off")
        return self._data[self._at - size : self._at]

    def rest(self) -> bytes:
        """Return what is left."""
        return self.take(len(self._data) - self._at)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of each box; what is no box is yielded as the kind ``b""``."""
    at = 0
    while at < len(data):
        size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        size = size or len(data) - at
        if size < head or at + size > len(data):
            yield b"", data[at:]
            return
        yield kind, data[at + head : at + size]
        at += size


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box."""
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4) + kind + body


def full(kind: bytes, version: int, *parts: bytes) -> bytes:
    """Return a box with a version and no flags."""
    return box(kind, bytes((version, 0, 0, 0)), *parts)


@dataclass(slots=True)
class HeifItem:
    """A picture, or something about one; ``properties``: places among those of the file, essential or not."""

    kind: bytes
    data: bytes = b""
    properties: list[tuple[int, bool]] = field(default_factory=list)
    made_of: tuple[int, ...] = ()  # pictures this one is put together from
    about: tuple[tuple[bytes, int], ...] = ()  # how it belongs to which other


@dataclass(slots=True)
class Pictures:
    """What the tables of a HEIF say: its items, their properties, and which of them is the picture."""

    primary: int
    items: dict[int, HeifItem]
    properties: list[tuple[bytes, bytes]]


def pictures(data: bytes, meta: bytes) -> Pictures:
    """Return what the box ``meta`` of a file says. Raises DamagedError when it does not fit together."""
    tables = dict(boxes(meta[4:]))
    try:
        items = _items(tables[b"iinf"])
        primary = _primary(tables[b"pitm"])
        properties = _properties(tables[b"iprp"], items)
        for key, places in _places(tables[b"iloc"]).items():
            if key in items:
                items[key].data = _data(places, (data, tables.get(b"idat", b"")), items[key].kind)
    except KeyError:
        raise DamagedError("no tables") from None
    _link(tables.get(b"iref", b""), items)
    if primary not in items or len(items) > _MOST_ITEMS:
        raise DamagedError("no picture")
    return Pictures(primary, items, properties)


def _primary(body: bytes) -> int:
    read = Bytes(body)
    return _key(read, wide=read.number(4) >> 24 > 0)


def _key(read: Bytes, *, wide: bool) -> int:
    return read.number(4 if wide else 2)


def _items(body: bytes) -> dict[int, HeifItem]:
    version = body[:1]
    found = {}
    for kind, entry in boxes(body[8 if version > b"\0" else 6 :]):
        read = Bytes(entry)
        number = read.number(4) >> 24
        if kind != b"infe" or number < 2:  # noqa: PLR2004 - older ones know no kinds
            continue
        key, protected = _key(read, wide=number > 2), read.number(2)  # noqa: PLR2004
        found[key] = HeifItem(b"" if protected else read.take(4))
    return found


def _properties(body: bytes, items: dict[int, HeifItem]) -> list[tuple[bytes, bytes]]:
    found = list(boxes(body))
    for kind, entry in found:
        if kind == b"ipma":
            _associate(Bytes(entry), items)
    return list(boxes(dict(found)[b"ipco"]))


def _associate(read: Bytes, items: dict[int, HeifItem]) -> None:
    head = read.number(4)
    size, bit = (2, 0x8000) if head & 1 else (1, 0x80)
    for _ in range(read.number(4)):
        key = _key(read, wide=head >> 24 > 0)
        for _ in range(read.number(1)):
            place = read.number(size)
            if key in items:
                items[key].properties.append((place & (bit - 1), bool(place & bit)))


Place = tuple[int, list[tuple[int, int]]]
"""In which data (0 the file, 1 the tables) and from where how many bytes."""


def _places(body: bytes) -> dict[int, Place]:
    read = Bytes(body)
    version, sizes = read.number(4) >> 24, read.number(2)
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    wide, found = version > 1, {}
    for _ in range(_key(read, wide=wide)):
        key, within = _key(read, wide=wide), read.number(2) & 15 if version else 0
        read.number(2)
        start, extents = read.number(base), list[tuple[int, int]]()
        for _ in range(read.number(2)):
            read.number(index if version else 0)
            at = start + read.number(offset)
            extents.append((at, read.number(length)))
        found[key] = within, extents
    return found


def _data(place: Place, sources: tuple[bytes, bytes], kind: bytes) -> bytes:
    within, extents = place
    if within > 1:
        raise DamagedError(f"{kind!r} is put together")
    source = sources[within]
    if sum(size for _, size in extents) > len(source):
        raise DamagedError("more than there is")
    return b"".join(source[at : at + size if size else len(source)] for at, size in extents)


def _link(body: bytes, items: dict[int, HeifItem]) -> None:
    wide = body[:1] > b"\0"
    for kind, entry in boxes(body[4:]):
        read = Bytes(entry)
        source = items.get(_key(read, wide=wide))
        targets = [_key(read, wide=wide) for _ in range(read.number(2))]
        if source is None:
            continue
        if kind == b"dimg":
            source.made_of += tuple(targets)
        else:
            source.about += tuple((kind, target) for target in targets)
