"""HEIC made anew: one picture, the tiles it is made of, its colours and transparency (ISO 23008-12).

Nothing is compressed again. What stands in no table of the picture, or in a unit of its stream that draws
nothing, is not copied.
"""

from collections.abc import Iterator

from kimdesk.casework.scans import profile
from kimdesk.casework.scans.boxes import Bytes, HeifItem, Pictures, box, boxes, full, pictures
from kimdesk.casework.scans.directories import camera
from kimdesk.casework.scans.scan import (
    BEHIND,
    DETAILS,
    FILM,
    OTHER,
    PICTURES,
    PLACE,
    PROFILE,
    DamagedError,
    Rebuilt,
)

_STREAM = b"hvc1"
_PUT_TOGETHER = frozenset({b"grid", b"iovl", b"iden"})
_ALPHA = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"
_ALPHAS = frozenset({_ALPHA, b"urn:mpeg:hevc:2015:auxid:1\0"})
_FIXED = {
    b"ispe": 12, b"irot": 1, b"imir": 1, b"clap": 32, b"pasp": 8, b"clli": 4, b"mdcv": 24,
}  # fmt: skip
_TURNS = frozenset({b"irot", b"imir"})
_LAST_DRAWN_UNIT, _FIRST_TABLE_UNIT = 34, 32
_DEEPEST, _MOST_KEPT = 4, 2000
_NEEDED = frozenset({b"ftyp", b"meta", b"mdat"})
_TABLES = frozenset({b"hdlr", b"dinf", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"grpl"})
_FILMS = frozenset({b"moov", b"mpvd", b"moof", b"sefd"})
_ABOUT = {b"Exif": DETAILS, b"mime": DETAILS, b"uri ": DETAILS}
_TURNED = {
    2: ((b"imir", 1),), 3: ((b"irot", 2),), 4: ((b"imir", 0),), 5: ((b"irot", 1), (b"imir", 0)),
    6: ((b"irot", 3),), 7: ((b"irot", 3), (b"imir", 0)), 8: ((b"irot", 1),),
}  # fmt: skip
"""What EXIF says about turning, as HEIF says it: quarters against the clock, then the axis of the mirror."""


def rebuilt(data: bytes) -> Rebuilt:
    """Return the picture alone. Raises DamagedError when its tables do not fit together."""
    outer = list(boxes(data))
    meta = next((body for kind, body in outer if kind == b"meta"), b"")
    found = pictures(data, meta)
    removed = {_other(kind) for kind, _ in outer if kind not in _NEEDED}
    removed |= {_other(kind) for kind, _ in boxes(meta[4:]) if kind not in _TABLES}
    alpha = _transparency(found)
    kept = list(dict.fromkeys(key for first in (found.primary, *alpha) for key in _parts(found, first)))
    if len(kept) > _MOST_KEPT:
        raise DamagedError("too many tiles")
    orientation = _read_about(found, kept, removed)
    writer = _Writer(found, kept, alpha, _TURNED.get(orientation, ()), removed)
    whole = writer.whole()
    return Rebuilt(whole, writer.pixels, removed=removed)


def _other(kind: bytes) -> str:
    """Return what a box is that no picture needs."""
    if not kind:
        return BEHIND
    return FILM if kind in _FILMS else OTHER


def _parts(found: Pictures, key: int, depth: int = 0) -> Iterator[int]:
    """Yield a picture and those it is put together from."""
    item = found.items.get(key)
    if item is None or depth > _DEEPEST or item.kind not in {_STREAM, *_PUT_TOGETHER}:
        raise DamagedError("no picture")
    yield key
    for part in item.made_of if item.kind in _PUT_TOGETHER else ():
        yield from _parts(found, part, depth + 1)


def _transparency(found: Pictures) -> list[int]:
    """Return the picture that says how transparent the other is, if there is one."""
    return [
        key
        for key, item in found.items.items()
        if (b"auxl", found.primary) in item.about
        and any(kind == b"auxC" and body[4:] in _ALPHAS for kind, body in _said(found, item))
    ][:1]


def _said(found: Pictures, item: HeifItem) -> list[tuple[bytes, bytes]]:
    """Return the properties of an item."""
    if any(place > len(found.properties) for place, _ in item.properties):
        raise DamagedError("no property")
    return [found.properties[place - 1] for place, _ in item.properties if place]


def _read_about(found: Pictures, kept: list[int], removed: set[str]) -> int:
    """Note what is left out; return how the camera says the picture is turned, where nothing else does."""
    turned = 1
    for key, item in found.items.items():
        if key in kept:
            continue
        removed.add(_ABOUT.get(item.kind, PICTURES if item.kind in {_STREAM, *_PUT_TOGETHER} else OTHER))
        if item.kind == b"Exif":
            start = 4 + int.from_bytes(item.data[:4])
            turned, place = camera(item.data[start:].removeprefix(b"Exif\0\0"))
            removed |= {PLACE} if place else set()
    own = {kind for kind, _ in _said(found, found.items[found.primary])}
    return 1 if own & _TURNS else turned


class _Writer:
    """Writes the kept items, numbered anew, with the properties that draw them."""

    def __init__(
        self,
        found: Pictures,
        kept: list[int],
        alpha: list[int],
        turned: tuple[tuple[bytes, int], ...],
        removed: set[str],
    ) -> None:
        self._found, self._alpha, self._removed = found, alpha, removed
        self._numbers = {key: number for number, key in enumerate(kept, 1)}
        self._properties: dict[bytes, int] = {}
        self.pixels = 0
        self._data = [self._item(found.items[key]) for key in kept]
        self._uses = [self._use(found.items[key]) for key in kept]
        for kind, value in turned:
            self._uses[0] += self._place(box(kind, bytes((value,))), essential=True)

    def whole(self) -> bytes:
        """Return the file."""
        start = box(b"ftyp", b"heic", bytes(4), b"mif1heicheix")
        size = len(self._meta(0))
        return start + self._meta(len(start) + size + 8) + box(b"mdat", *self._data)

    def _item(self, item: HeifItem) -> bytes:
        if item.kind == _STREAM:
            config = next((body for kind, body in _said(self._found, item) if kind == b"hvcC"), b"")
            if len(config) < 23:  # noqa: PLR2004 - its fixed part
                raise DamagedError("no tables of the stream")
            return b"".join(_units(item.data, (config[21] & 3) + 1))
        return _recipe(item)

    def _use(self, item: HeifItem) -> bytes:
        """Return which properties an item has, each with whether it is essential."""
        uses = b""
        if any(place > len(self._found.properties) for place, _ in item.properties):
            raise DamagedError("no property")
        for place, essential in item.properties:
            kind, body = self._found.properties[place - 1] if place else (b"", b"")
            if kind == b"ispe":
                self.pixels = max(self.pixels, int.from_bytes(body[4:8]) * int.from_bytes(body[8:12]))
            if made := self._property(kind, body):
                uses += self._place(made, essential=essential)
        return uses

    def _place(self, made: bytes, *, essential: bool) -> bytes:
        place = self._properties.setdefault(made, len(self._properties) + 1)
        return (place | (0x8000 if essential else 0)).to_bytes(2)

    def _property(self, kind: bytes, body: bytes) -> bytes:
        """Return a property without what draws nothing, b"" for one that is not known."""
        if kind in _FIXED and len(body) >= _FIXED[kind]:
            return box(kind, body[: _FIXED[kind]])
        if kind == b"pixi" and len(body) > 4:  # noqa: PLR2004 - version and flags
            return box(kind, body[: 5 + body[4]])
        if kind == b"hvcC":
            return box(kind, _configuration(body))
        if kind == b"auxC" and body[4:] in _ALPHAS:
            return full(kind, 0, _ALPHA)
        return self._colours(body) if kind == b"colr" else b""

    def _colours(self, body: bytes) -> bytes:
        if body[:4] == b"nclx":
            return box(b"colr", body[:11])
        new = profile.rebuilt(body[4:])
        self._removed |= {PROFILE} if new != body[4:] else set()
        return box(b"colr", b"prof", new) if new else b""

    def _meta(self, at: int) -> bytes:
        kinds = [self._found.items[key].kind for key in self._numbers]
        entries = [_entry(number, kind) for number, kind in enumerate(kinds, 1)]
        places = b""
        for number, data in enumerate(self._data, 1):
            places += number.to_bytes(2) + b"\0\0\0\1" + at.to_bytes(4) + len(data).to_bytes(4)
            at += len(data)
        count = len(kinds).to_bytes(2)
        uses = b"".join(
            number.to_bytes(2) + (len(use) // 2).to_bytes(1) + use for number, use in enumerate(self._uses, 1)
        )
        association = box(b"ipma", b"\0\0\0\1", len(kinds).to_bytes(4), uses)
        return full(
            b"meta", 0,
            full(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
            full(b"pitm", 0, (1).to_bytes(2)),
            full(b"iloc", 0, b"\x44\0", count, places),
            full(b"iinf", 0, count, *entries),
            *self._links(),
            box(b"iprp", box(b"ipco", *self._properties), association),
        )  # fmt: skip

    def _links(self) -> list[bytes]:
        links = []
        for key, number in self._numbers.items():
            item = self._found.items[key]
            parts = [self._numbers[part] for part in item.made_of if item.kind in _PUT_TOGETHER]
            if parts:
                links.append(_link(b"dimg", number, parts))
            if key in self._alpha:
                links.append(_link(b"auxl", number, [1]))
        return [full(b"iref", 0, *links)] if links else []


def _entry(number: int, kind: bytes) -> bytes:
    """Return the entry of an item; all but the first are hidden: they are parts of it."""
    return box(b"infe", bytes((2, 0, 0, number > 1)), number.to_bytes(2), bytes(2), kind, b"\0")


def _recipe(item: HeifItem) -> bytes:
    """Return how a picture is put together, as long as that takes (ISO 23008-12, 6.6.2)."""
    wide = item.data[1:2] > b"\0"
    if item.kind == b"grid":
        return item.data[: 12 if wide else 8]
    size = 4 if wide else 2
    return item.data[: 10 + size * 2 * (1 + len(item.made_of))] if item.kind == b"iovl" else b""


def _link(kind: bytes, source: int, targets: list[int]) -> bytes:
    return box(kind, source.to_bytes(2), len(targets).to_bytes(2), *(each.to_bytes(2) for each in targets))


def _units(stream: bytes, size: int) -> Iterator[bytes]:
    """Yield the units of a stream that draw something (ITU H.265, table 7-1), each with its length."""
    read, left = Bytes(stream), len(stream)
    while left > size:
        length = read.number(size)
        unit = read.take(length)
        left -= size + length
        if unit and unit[0] >> 1 <= _LAST_DRAWN_UNIT:
            yield length.to_bytes(size) + unit


def _configuration(body: bytes) -> bytes:
    """Return the tables of a stream without the notes of its encoder."""
    read = Bytes(body)
    head, kept = read.take(22), []
    for _ in range(read.number(1)):
        kind, units = read.number(1), b""
        count = read.number(2)
        for _ in range(count):
            length = read.number(2)
            units += length.to_bytes(2) + read.take(length)
        if _FIRST_TABLE_UNIT <= kind & 63 <= _LAST_DRAWN_UNIT:
            kept.append(bytes((kind,)) + count.to_bytes(2) + units)
    return head + bytes((len(kept),)) + b"".join(kept)
