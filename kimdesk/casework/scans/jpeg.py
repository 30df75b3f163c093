"""JPEG made anew: the tables and scans of one picture, its colours, and how it is turned (ITU T.81)."""

import re
from collections.abc import Iterator

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
from kimdesk.domain.errors import CaseworkError

START, END = b"\xff\xd8", b"\xff\xd9"
_EXIF, _JFIF, _ADOBE, _PROFILE = b"Exif\0\0", b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC9, 0xCA, 0xCB})  # height and width; without the hierarchical
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
_SCAN = 0xDA
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_SCAN_ENDS = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_JFIF_SIZE, _ADOBE_SIZE = 14, 12
_PIECE = 65_000
_FIRST_APPLICATION, _LAST_APPLICATION, _COMMENT = 0xE0, 0xEF, 0xFE
_MOST_DRAWN = 1_200_000_000  # pixels of all scans; a progressive photo has about ten


class _Reading:
    """What is kept and what is known of a picture while its segments are gone through."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []
        self.application: dict[int, bytes] = {}
        self.profile: dict[int, bytes] = {}
        self.removed: set[str] = set()
        self.pixels, self.turned, self.scans = 0, 1, 0

    def take(self, marker: int, body: bytes, scanned: bytes) -> None:
        """Keep a segment and the scan behind it, or note what it was."""
        if marker == _SCAN or marker in _TABLES or marker in _FRAMES:
            self.pictures.append(_segment(marker, body) + scanned)
            self.scans += marker == _SCAN
            if marker in _FRAMES:
                area = int.from_bytes(body[1:3]) * int.from_bytes(body[3:5])
                self.pixels = max(self.pixels, area)
        elif marker in _READ:
            _READ[marker](self, body)
        else:
            self.removed.add(TEXTS if marker == _COMMENT else DETAILS if _said(marker) else OTHER)

    def take_jfif(self, body: bytes) -> None:
        if body.startswith(_JFIF) and len(body) >= _JFIF_SIZE:
            self.application.setdefault(0xE0, body[: _JFIF_SIZE - 2] + b"\0\0")
        if not body.startswith(_JFIF) or len(body) > _JFIF_SIZE:
            self.removed.add(PICTURES)

    def take_exif(self, body: bytes) -> None:
        self.removed.add(DETAILS)
        if body.startswith(_EXIF):
            found, place = camera(body[len(_EXIF) :])
            self.turned = self.turned if self.turned != 1 else found
            self.removed |= {PLACE} if place else set()

    def take_profile(self, body: bytes) -> None:
        if body.startswith(_PROFILE):
            self.profile.setdefault(body[12], body[14:])
        else:
            self.removed.add(PICTURES if body.startswith(b"MPF\0") else DETAILS)

    def take_adobe(self, body: bytes) -> None:
        if body.startswith(_ADOBE) and len(body) >= _ADOBE_SIZE:
            self.application.setdefault(0xEE, _ADOBE + b"\0\x64" + bytes(4) + body[11:12])
        if not body.startswith(_ADOBE) or len(body) > _ADOBE_SIZE:
            self.removed.add(DETAILS)

    def head(self) -> bytes:
        """Return what stands before the picture."""
        parts = [_segment(marker, body) for marker, body in sorted(self.application.items())]
        if self.turned != 1:
            parts.append(_segment(0xE1, _EXIF + turned(self.turned)))
        old = b"".join(body for _, body in sorted(self.profile.items()))
        colours = profile.rebuilt(old)
        self.removed |= {PROFILE} if old and old != colours else set()
        pieces = [colours[at : at + _PIECE] for at in range(0, len(colours), _PIECE)]
        for number, piece in enumerate(pieces, 1):
            parts.append(_segment(0xE2, _PROFILE + bytes((number, len(pieces))) + piece))
        return b"".join(parts)


_READ = {
    0xE0: _Reading.take_jfif,
    0xE1: _Reading.take_exif,
    0xE2: _Reading.take_profile,
    0xEE: _Reading.take_adobe,
}


def rebuilt(data: bytes) -> Rebuilt:
    """Return the picture alone. Raises DamagedError without one, CaseworkError E877 when drawing takes long.

    A file without the mark of its end is given one; whether the picture is whole shows when it is drawn.
    """
    found, end = _Reading(), len(data)
    for marker, body, scanned, at in _segments(data):
        if marker == END[1]:
            end = at
        else:
            found.take(marker, body, scanned)
    if not found.pixels or not found.scans:
        raise DamagedError("no picture")
    if found.pixels * found.scans > _MOST_DRAWN and found.pixels <= MOST_PIXELS:
        raise CaseworkError("E877")
    if data[end:].strip(b"\0"):
        found.removed.add(BEHIND)
    head = found.head()
    return Rebuilt(START + head + b"".join(found.pictures) + END, found.pixels, removed=found.removed)


def strip(data: bytes) -> bytes:
    """Return a strip of a TIFF that is a JPEG (TIFF Technical Note 2): its tables and scans alone."""
    found = _Reading()
    for marker, body, scanned, _ in _segments(data):
        if marker != END[1]:
            found.take(marker, body, scanned)
    adobe = {marker: body for marker, body in found.application.items() if marker == 0xEE}  # noqa: PLR2004
    return START + b"".join(_segment(*each) for each in adobe.items()) + b"".join(found.pictures) + END


def has_end(data: bytes) -> bool:
    """Return whether the picture has a mark of its end."""
    return any(marker == END[1] for marker, *_ in _segments(data))


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes, int]]:
    """Yield marker, body, the scan behind it, and where the next one begins; skip stray bytes."""
    if not data.startswith(START):
        raise DamagedError("no JPEG")
    at = 2
    while (found := _next_marker(data, at)) is not None:
        marker, at = found
        if marker == END[1]:
            yield marker, b"", b"", at
            return
        size = int.from_bytes(data[at : at + 2])
        if size < 2 or at + size > len(data):  # noqa: PLR2004 - the size counts itself
            raise DamagedError("cut off")
        body, at, scanned = data[at + 2 : at + size], at + size, b""
        if marker == _SCAN:
            ends = _SCAN_ENDS.search(data, at)
            scanned = data[at : ends.start() if ends else len(data)]
            at += len(scanned)
        yield marker, body, scanned, at


def _next_marker(data: bytes, at: int) -> tuple[int, int] | None:
    """Return the next marker that has a body, and where that begins; None at the end of the data."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        marker, at = data[at + 1], at + 1
        if marker not in {0, 0xFF} and marker not in _BARE:
            return marker, at + 1
    return None


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def _said(marker: int) -> bool:
    return _FIRST_APPLICATION <= marker <= _LAST_APPLICATION
