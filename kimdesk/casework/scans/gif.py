"""GIF made anew: its pictures and how they follow each other, without comments and extensions (GIF89a)."""

from dataclasses import dataclass, field

from kimdesk.casework.scans.scan import BEHIND, DETAILS, OTHER, TEXTS, DamagedError, Rebuilt

_TABLE = 0x80
_PICTURE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _COMMENT, _PLAIN_TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_CONTROL_SIZE = 4
_MOST_PICTURES = 2000
_CODES_END = 12  # bits


@dataclass(slots=True)
class _Reading:
    """What is kept while the blocks are gone through."""

    data: bytes
    at: int = 13
    pictures: list[bytes] = field(default_factory=list)
    control: bytes = b""
    pixels: int = 0
    removed: set[str] = field(default_factory=set)

    def piece(self, size: int) -> bytes:
        """Return the next ``size`` bytes; raise DamagedError when there are not so many."""
        found = self.data[self.at : self.at + size]
        if len(found) < size:
            raise DamagedError("cut off")
        self.at += size
        return found

    def blocks(self) -> bytes:
        """Return the contents of the blocks that follow, up to the empty one."""
        found = bytearray()
        while size := self.piece(1)[0]:
            found += self.piece(size)
        return bytes(found)

    def table(self, flags: int) -> bytes:
        """Return the table of colours that ``flags`` announce."""
        return self.piece(3 * 2 ** ((flags & 7) + 1)) if flags & _TABLE else b""

    def take_picture(self) -> None:
        """Keep a picture and what was said about its time and transparency."""
        place = self.piece(9)
        colours, width = self.table(place[8]), self.piece(1)
        codes = self.blocks()
        length = _codes_length(codes, width[0])
        if codes[length:].strip(b"\0"):
            self.removed.add(BEHIND)
        area = int.from_bytes(place[4:6], "little") * int.from_bytes(place[6:8], "little")
        self.pixels = max(self.pixels, area)
        self.pictures.append(self.control + b"," + place + colours + width + _blocks(codes[:length]))
        self.control = b""

    def take_extension(self) -> None:
        """Keep how a picture is shown, and note what else there was."""
        kind = self.piece(1)[0]
        body = self.blocks()
        if kind == _CONTROL and len(body) == _CONTROL_SIZE:
            self.control = bytes((_EXTENSION, _CONTROL)) + _blocks(body)
        elif kind != _APPLICATION or not body.startswith(b"NETSCAPE2.0"):
            said = DETAILS if body.startswith(b"XMP Data") else OTHER
            self.removed.add(TEXTS if kind in {_COMMENT, _PLAIN_TEXT} else said)


def rebuilt(data: bytes) -> Rebuilt:
    """Return the pictures alone. Raises DamagedError when one is cut off."""
    if len(data) < 13:  # noqa: PLR2004 - the head and the size of the screen
        raise DamagedError("cut off")
    found = _Reading(data)
    colours = found.table(data[10])
    screen = int.from_bytes(data[6:8], "little") * int.from_bytes(data[8:10], "little")
    while found.at < len(data) and (kind := found.piece(1)[0]) != _END:
        if kind == _PICTURE:
            found.take_picture()
        elif kind == _EXTENSION:
            found.take_extension()
        elif kind:
            raise DamagedError("no block")
    if not 0 < len(found.pictures) <= _MOST_PICTURES:
        raise DamagedError("no picture")
    if data[found.at :].strip(b"\0"):
        found.removed.add(BEHIND)
    whole = b"GIF89a" + data[6:13] + colours + b"".join(found.pictures) + bytes((_END,))
    return Rebuilt(whole, max(screen, found.pixels), len(found.pictures), found.removed)


def _blocks(body: bytes) -> bytes:
    pieces = (body[at : at + 255] for at in range(0, len(body), 255))
    return b"".join(bytes((len(piece),)) + piece for piece in pieces) + b"\0"


def _codes_length(codes: bytes, width: int) -> int:
    """Return how many bytes the codes of a picture take, up to the one that ends it."""
    if not 1 <= width <= 11:  # noqa: PLR2004 - GIF89a, appendix F
        raise DamagedError("no codes")
    clear, end = 1 << width, (1 << width) + 1
    size, known, bits, held, at = width + 1, end + 1, 0, 0, 0
    while at < len(codes) or held >= size:
        while held < size and at < len(codes):
            bits |= codes[at] << held
            held, at = held + 8, at + 1
        if held < size:
            break
        code, bits, held = bits & ((1 << size) - 1), bits >> size, held - size
        if code == end:
            return at
        if code == clear:
            size, known = width + 1, end + 1
        else:
            known += 1
        if known > (1 << size) and size < _CODES_END:
            size += 1
    return len(codes)
