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
_BLOCK = 1024  # bytes, more than a block of a picture takes
_SCAN = b"\xff\xda"


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
    follows a picture that was cut off is drawn. An eighth of the size tells nearly as well, and quickly.
    """
    data, in_full = found.data, found.pixels <= _COMPARED
    eighth = data.count(_SCAN) == 1
    if not eighth and not in_full:
        return
    if not whole and len({_pixels(_with(data, fill), not in_full) for fill in (b"\x55", b"\xaa")}) > 1:
        raise DamagedError("cut off")
    tail = _tail(data, 0, len(data) - data.rindex(_SCAN) - 16, eighth)
    if eighth and tail:
        nearly = max(0, tail - _BLOCK)
        tail = _tail(data, nearly, tail, False) if in_full else nearly
    if tail:
        found.data = _shorter(data, tail)
        found.removed |= {BEHIND} if tail >= _TOLD_TAIL else set()


def _tail(data: bytes, known: int, most: int, eighth: bool) -> int:
    """Return about how many bytes at the end draw nothing, at most ``most``; ``known`` of them surely do."""
    picture, step = _pixels(data, eighth), _LEAST_TAIL
    while known + step <= most and _pixels(_shorter(data, known + step), eighth) == picture:
        known, step = known + step, 4 * step
    end = min(most, known + step)
    while end - known > _LEAST_TAIL:
        middle = (known + end) // 2
        if _pixels(_shorter(data, middle), eighth) == picture:
            known = middle
        else:
            end = middle
    return known


def _with(data: bytes, byte: bytes) -> bytes:
    return data[: -len(jpeg.END)] + byte * 64 + jpeg.END


def _shorter(data: bytes, by: int) -> bytes:
    kept = data[: -len(jpeg.END) - by]
    return kept.rstrip(b"\xff") + jpeg.END


def _pixels(data: bytes, eighth: bool) -> bytes:
    """Return a digest of what a JPEG shows, in full or in an eighth of its size."""
    digest = sha256()
    try:
        picture = Image.open(BytesIO(data), formats=("JPEG",))
        if eighth:
            picture.draft(None, (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()
    except (OSError, SyntaxError, ValueError):
        raise DamagedError("cannot be drawn") from None
    for top in range(0, picture.height, _BAND):
        digest.update(picture.crop((0, top, picture.width, min(top + _BAND, picture.height))).tobytes())
    return digest.digest()
