"""What may be attached: looked into by content, never by name, cleaned of what is not picture.

The whole file is read once, at most 25 MB, and everything is done on these bytes: what was checked is what
is stored, whatever happens to the file meanwhile.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from kimdesk.casework.scan_metadata import clean_heic, clean_jpeg, clean_png
from kimdesk.domain.errors import CaseworkError, StoreError

PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 80_000_000
"""A sheet of A3 at 600 dpi has 70 million."""

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that may be attached. ``pages`` is 0 for a PDF that asks for a password.

    ``place_left`` says that a photo may still tell where and with what it was taken.
    """

    data: bytes = field(repr=False)
    media_type: str
    pages: int = 1
    place_left: bool = False

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


def inspect(source: Path | bytes) -> Scan:
    """Look into a file and return what may be attached.

    Raises CaseworkError E870 when it is too large, E871 when it is no PDF, JPEG, PNG or HEIC, E872 when it is
    damaged, E873 when it has too many pixels; StoreError E940 when it cannot be read.
    """
    data = source if isinstance(source, bytes) else _read(source)
    if len(data) > MOST_BYTES:
        raise CaseworkError("E870", most=MOST_BYTES // 1024**2)
    look = _LOOK.get(media_type_of(data))
    if look is None:
        raise CaseworkError("E871")
    try:
        return look(data)
    except CaseworkError:
        raise
    except Exception:  # three libraries read bytes of strangers; each fails in its own words
        raise CaseworkError("E872") from None


def media_type_of(data: bytes) -> str:
    """Return the kind a file claims by its first bytes, "" for any other."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return HEIC
    return ""


def _read(path: Path) -> bytes:
    """Read at most one byte more than may be attached."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise StoreError("E940") from None


def _pdf(data: bytes) -> Scan:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            return Scan(data, PDF, pages=0)
        raise
    try:
        pages = len(document)
        document[0].close()
    finally:
        document.close()
    return Scan(data, PDF, pages)


def _jpeg(data: bytes) -> Scan:
    cleaned, pixels = clean_jpeg(data)
    _demand_small(pixels)
    picture = _opened(cleaned, "JPEG")
    picture.draft(
        "L", (picture.width // 8, picture.height // 8)
    )  # an eighth tells as well whether it is whole
    picture.load()
    return Scan(cleaned, JPEG)


def _png(data: bytes) -> Scan:
    cleaned, pixels = clean_png(data)
    _demand_small(pixels)
    _opened(cleaned, "PNG").verify()
    return Scan(cleaned, PNG)


def _heic(data: bytes) -> Scan:
    from pi_heif import open_heif

    found = open_heif(data)
    _demand_small(found.size[0] * found.size[1])
    cleaned, whole = clean_heic(data, [each for image in found for each in _said(image.info)])
    _ = open_heif(cleaned).data  # decodes the picture, so that a damaged one is noticed
    return Scan(cleaned, HEIC, place_left=not whole)


def _said(info: dict[str, Any]) -> list[bytes]:
    """Return what a picture in HEIC says about itself."""
    others = (each["data"] for each in info.get("metadata") or ())
    return [each for each in (info.get("exif"), info.get("xmp"), *others) if each]


def _opened(data: bytes, kind: str) -> Any:
    from PIL import Image

    return Image.open(BytesIO(data), formats=(kind,))


def _demand_small(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise CaseworkError("E873", most=MOST_PIXELS // 1_000_000)


_LOOK: dict[str, Callable[[bytes], Scan]] = {PDF: _pdf, JPEG: _jpeg, PNG: _png, HEIC: _heic}
