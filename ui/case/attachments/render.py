"""From the bytes of a scan to a picture of one page, in memory only; done in the background."""

from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from typing import Any

from PySide6.QtGui import QImage

from kimdesk.domain.errors import CaseworkError

_MOST = 16_000_000  # pixels of a page on the screen
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page. ``image`` is None for a PDF that asks for a password."""

    image: QImage | None
    pages: int


def render(data: bytes, media_type: str, page: int, width: int) -> RenderedPage:
    """Return ``page`` (from 0) about ``width`` pixels wide, less if that were too many pixels.

    Raises CaseworkError E875 when the page cannot be drawn.
    """
    try:
        if media_type == "application/pdf":
            return _pdf(data, page, width)
        return RenderedPage(_photo(data, media_type, width), 1)
    except Exception:  # libraries that draw bytes of strangers fail in their own words
        raise CaseworkError("E875") from None


def _pdf(data: bytes, page: int, width: int) -> RenderedPage:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            return RenderedPage(None, 0)
        raise
    try:
        return RenderedPage(_page(document[page], width), len(document))
    finally:
        document.close()


def _page(page: Any, width: int) -> QImage:
    across, down = page.get_size()
    scale = min(width / across, sqrt(_MOST / (across * down)))
    drawn = page.render(scale=scale, prefer_bgrx=True)
    shown = QImage(
        bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
    ).copy()
    drawn.close()
    page.close()
    return shown


def _photo(data: bytes, media_type: str, width: int) -> QImage:
    from PIL import ImageOps

    picture = _opened(data, media_type)
    height = round(picture.height * width / picture.width)
    if picture.format == "JPEG":
        picture.draft(None, (width, height))
    shrink = min(1.0, max(width, height) / max(picture.size), sqrt(_MOST / (picture.width * picture.height)))
    picture.thumbnail((max(1, round(picture.width * shrink)), max(1, round(picture.height * shrink))))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    return QImage(
        upright.tobytes(), upright.width, upright.height, 4 * upright.width, QImage.Format.Format_RGBA8888
    ).copy()


def _opened(data: bytes, media_type: str) -> Any:
    if media_type == "image/heic":
        from pi_heif import open_heif

        return open_heif(data).to_pillow()
    from PIL import Image

    return Image.open(BytesIO(data), formats=("JPEG", "PNG"))
