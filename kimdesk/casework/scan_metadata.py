"""Photos say more than they show: place, time, device, earlier previews. What is not picture is left out.

Nothing is compressed again, every pixel stays. JPEG keeps its orientation and colour profile, PNG what is
needed to draw it; in HEIC the place of the metadata is kept and its contents are blanked.
"""

import re
from collections.abc import Iterable, Iterator

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_KEPT_APPLICATION = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # SOF: height and width
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"cICP",
}  # fmt: skip
_EMPTY_TIFF = b"II*\0\x08\0\0\0" + bytes(6)  # one directory without entries


def clean_jpeg(data: bytes) -> tuple[bytes, int]:
    """Return the picture without metadata and what follows its end, and its number of pixels.

    Raises ValueError when it is cut off or no JPEG.
    """
    kept, pixels, turned = [b"\xff\xd8"], 0, 1
    for marker, segment in _segments(data):
        body = bytes(segment[4:32])
        if marker in _FRAMES:
            pixels = max(pixels, int.from_bytes(body[1:3]) * int.from_bytes(body[3:5]))
        if marker == 0xE1 and body.startswith(_EXIF):  # noqa: PLR2004 - APP1
            turned = _orientation(bytes(segment[4:]))
        if _is_picture(marker, body):
            kept.append(bytes(segment))
    if turned != 1:
        kept.insert(1, _orientation_segment(turned))
    return b"".join(kept), pixels


def _segments(data: bytes) -> Iterator[tuple[int, memoryview]]:
    """Yield marker and bytes of each segment, a scan with the picture behind it; the last one is the end."""
    whole, at = memoryview(data), 2
    while True:
        start = at
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise ValueError("cut off")
        marker = data[at + 1]
        if marker == 0xD9:  # noqa: PLR2004 - EOI
            yield marker, whole[at : at + 2]
            return
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xDA:  # noqa: PLR2004 - SOS
            found = _SCAN_ENDS.search(data, at)
            at = found.start() if found else len(data)
        if at <= start + 2:
            raise ValueError("cut off")
        yield marker, whole[start:at]


def _is_picture(marker: int, body: bytes) -> bool:
    if marker in _KEPT_APPLICATION:
        return body.startswith(_KEPT_APPLICATION[marker])
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)  # noqa: PLR2004 - APPn and comments


def _orientation(exif: bytes) -> int:
    from PIL import Image

    found = Image.Exif()
    try:
        found.load(exif)
        turned = int(found.get(_ORIENTATION, 1))
    except Exception:  # metadata of strangers; a picture that is not turned is no loss
        return 1
    return turned if turned in range(1, 9) else 1


def _orientation_segment(turned: int) -> bytes:
    entry = _ORIENTATION.to_bytes(2) + b"\0\x03\0\0\0\x01" + turned.to_bytes(2) + b"\0\0"
    body = _EXIF + b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def clean_png(data: bytes) -> tuple[bytes, int]:
    """Return the picture without metadata and what follows its end, and its number of pixels.

    Raises ValueError when it is cut off or no PNG.
    """
    kept, at = [_PNG_START], len(_PNG_START)
    pixels = int.from_bytes(data[16:20]) * int.from_bytes(data[20:24])
    while True:
        kind = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            raise ValueError("cut off")
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept), pixels
        at = end


def clean_heic(data: bytes, said: Iterable[bytes]) -> tuple[bytes, bool]:
    """Return the picture with what it ``said`` about itself blanked, and whether all of it was found.

    ``said`` are the blocks of metadata the reader of the picture found in it.
    """
    cleaned, whole = bytearray(data), True
    for block in said:
        start = min((at for mark in (b"II*\0", b"MM\0*") if (at := block.find(mark)) >= 0), default=-1)
        found = _blank(cleaned, block[start:], _EMPTY_TIFF) if start >= 0 else _blank(cleaned, block, b"")
        whole = whole and found
    return bytes(cleaned), whole


def _blank(data: bytearray, old: bytes, new: bytes) -> bool:
    at = data.find(old)
    if at < 0:
        return False
    data[at : at + len(old)] = new.ljust(len(old), b"\0")[: len(old)]
    return True
