"""WebP made anew: its pictures, their colours and transparency (RFC 9649)."""

from collections.abc import Iterator

from kimdesk.casework.scans import profile
from kimdesk.casework.scans.directories import camera, turned
from kimdesk.casework.scans.scan import BEHIND, DETAILS, OTHER, PLACE, PROFILE, DamagedError, Rebuilt

_HEAD = 12
_FRAME = 16
_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_PROFILE_FLAG, _EXIF_FLAG, _KEPT_FLAGS = 0x20, 0x08, 0x12  # transparency and animation are kept
_SIZES = {b"VP8X": 10, b"ANIM": 6}
_TO_SAY = {b"EXIF": DETAILS, b"XMP ": DETAILS}
_MOST_PICTURES = 2000


class _Reading:
    """What is kept and what is known while the chunks are gone through."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.removed: set[str] = set()
        self.head, self.profile, self.turned, self.frames, self.pixels = b"", b"", 1, 0, 0

    def take(self, kind: bytes, body: bytes) -> None:
        """Keep a chunk, or note what it was."""
        if kind == b"VP8X" and len(body) == _SIZES[kind]:
            self.head = body
            self.pixels = (1 + _short(body[4:7])) * (1 + _short(body[7:10]))
        elif kind in _PICTURE or (kind == b"ANIM" and len(body) == _SIZES[kind]):
            self.parts.append(_chunk(kind, body))
        elif kind == b"ANMF":
            self.frames += 1
            within = ((name, each) for name, each in _chunks(body, _FRAME) if name in _PICTURE)
            self.parts.append(_chunk(kind, body[:_FRAME] + b"".join(_chunk(*each) for each in within)))
        elif kind == b"ICCP":
            self.profile = profile.rebuilt(body)
            self.removed |= {PROFILE} if self.profile != body else set()
        else:
            self.removed.add(_TO_SAY.get(kind, OTHER))
            if kind == b"EXIF":
                self.turned, place = camera(body.removeprefix(b"Exif\0\0"))
                self.removed |= {PLACE} if place else set()

    def whole(self) -> bytes:
        """Return the file."""
        flags = self.head[:1] and bytes(
            (
                self.head[0] & _KEPT_FLAGS
                | (_PROFILE_FLAG if self.profile else 0)
                | (_EXIF_FLAG if self.turned != 1 else 0),
            )
        )
        parts = [_chunk(b"VP8X", flags + bytes(3) + self.head[4:])] if self.head else []
        parts += [_chunk(b"ICCP", self.profile)] if self.profile and self.head else []
        parts += self.parts
        parts += [_chunk(b"EXIF", turned(self.turned))] if self.turned != 1 and self.head else []
        body = b"WEBP" + b"".join(parts)
        return b"RIFF" + len(body).to_bytes(4, "little") + body


def rebuilt(data: bytes) -> Rebuilt:
    """Return the pictures alone. Raises DamagedError when one is cut off."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) + 1:
        raise DamagedError("cut off")
    found = _Reading()
    for kind, body in _chunks(data[:end], _HEAD):
        found.take(kind, body)
    if data[end:].strip(b"\0"):
        found.removed.add(BEHIND)
    if not found.parts or found.frames > _MOST_PICTURES:
        raise DamagedError("no picture")
    return Rebuilt(found.whole(), found.pixels, max(1, found.frames), found.removed)


def _chunks(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise DamagedError("cut off")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


def _short(number: bytes) -> int:
    return int.from_bytes(number, "little")
