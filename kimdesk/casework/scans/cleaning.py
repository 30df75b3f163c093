"""From the bytes of a stranger to what may be attached: seen by content, rebuilt, one format only."""

from hashlib import sha256
from io import BytesIO

from PIL import Image

from kimdesk.casework.scans import gif, heif, jpeg, pdf, png, tiff, webp
from kimdesk.casework.scans.both import is_also_another
from kimdesk.casework.scans.kinds import media_type_of
from kimdesk.casework.scans.scan import (
    BEHIND,
    GIF,
    HEIC,
    JPEG,
    MOST_BYTES,
    MOST_PIXELS,
    PDF,
    PNG,
    REMOVED,
    TIFF,
    WEBP,
    DamagedError,
    Rebuilt,
    Scan,
)
from kimdesk.domain.errors import CaseworkError

_PICTURES = {
    JPEG: jpeg.rebuilt,
    PNG: png.rebuilt,
    HEIC: heif.rebuilt,
    TIFF: tiff.rebuilt,
    GIF: gif.rebuilt,
    WEBP: webp.rebuilt,
}
_LEAST_TAIL, _TOLD_TAIL = 8, 64  # bytes
_COMPARED = 32_000_000  # pixels that may be drawn in full to compare them
_BAND = 512  # rows


def clean(data: bytes) -> Scan:
    """Return what may be attached of a file.

    Raises CaseworkError E870 when it is too large, E871 when it is no kind of scan, E872 when it is damaged,
    E873 when it has too many pixels, E876 when it is two formats at once, E877 when it takes too long to
    draw.
    """
    if len(data) > MOST_BYTES:
        raise CaseworkError("E870", most=MOST_BYTES // 1024**2)
    kind = media_type_of(data)
    if not kind:
        raise CaseworkError("E871")
    try:
        scan = pdf.alone(data) if kind == PDF else _picture(data, kind)
    except (DamagedError, IndexError):
        raise CaseworkError("E872") from None
    if is_also_another(scan.data, kind):
        raise CaseworkError("E876")
    return scan


def _picture(data: bytes, kind: str) -> Scan:
    found = _PICTURES[kind](data)
    if found.pixels > MOST_PIXELS:
        raise CaseworkError("E873", most=MOST_PIXELS // 1_000_000)
    if kind == JPEG:
        _end(found, whole=jpeg.has_end(data))
    removed = tuple(each for each in REMOVED if each in found.removed)
    return Scan(found.data, kind, found.pages, removed=removed)


def _end(found: Rebuilt, *, whole: bool) -> None:
    """Let a JPEG end where its picture does; raise DamagedError when it ends before.

    Nobody says how long the last scan is. What follows the picture changes no pixel, whatever it is; what
    follows a picture that was cut off is drawn.
    """
    if found.pixels > _COMPARED:
        return
    if not whole and _pixels(_with(found.data, b"\x55")) != _pixels(_with(found.data, b"\xaa")):
        raise DamagedError("cut off")
    room = len(found.data) - found.data.rfind(b"\xff\xda") - 16
    picture, tail = _pixels(found.data), _LEAST_TAIL
    while tail < room and _pixels(_shorter(found.data, tail)) == picture:
        tail *= 2
    if tail > _LEAST_TAIL:
        tail = _longest_tail(found.data, picture, tail // 2, min(tail, room))
        found.data = _shorter(found.data, tail)
        found.removed |= {BEHIND} if tail >= _TOLD_TAIL else set()


def _longest_tail(data: bytes, picture: bytes, known: int, most: int) -> int:
    """Return how many bytes at the end draw nothing: at least ``known``, fewer than ``most``."""
    while known + 1 < most:
        middle = (known + most) // 2
        if _pixels(_shorter(data, middle)) == picture:
            known = middle
        else:
            most = middle
    return known


def _with(data: bytes, byte: bytes) -> bytes:
    return data[: -len(jpeg.END)] + byte * 64 + jpeg.END


def _shorter(data: bytes, by: int) -> bytes:
    kept = data[: -len(jpeg.END) - by]
    return kept.rstrip(b"\xff") + jpeg.END


def _pixels(data: bytes) -> bytes:
    """Return a digest of what a JPEG shows."""
    digest = sha256()
    try:
        picture = Image.open(BytesIO(data), formats=("JPEG",))
        picture.load()
    except (OSError, SyntaxError, ValueError):
        raise DamagedError("cannot be drawn") from None
    for top in range(0, picture.height, _BAND):
        digest.update(picture.crop((0, top, picture.width, min(top + _BAND, picture.height))).tobytes())
    return digest.digest()
