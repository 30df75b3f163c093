"""From the bytes of a scan to a picture of one page: as the document shows itself, upright, on white."""

from collections.abc import Callable, Iterator
from io import BytesIO
from math import sqrt
from typing import Any

import pi_heif
from PIL import Image, ImageOps
from pypdfium2 import PdfDocument, PdfiumError

from kimdesk.casework.scans.directories import ORIENTATION
from kimdesk.casework.scans.scan import GIF, HEIC, JPEG, PDF, PNG, TIFF, WEBP, Drawing

MOST = 16_000_000
"""Pixels of a page on the screen."""

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", TIFF: "TIFF", WEBP: "WEBP"}
_TURNED_BY_HAND = frozenset({JPEG, PNG, WEBP})  # the others are turned where they are read
_SIDEWAYS = range(5, 9)
_BAND = 2_000_000  # pixels that are worked on at once
_BYTE, _TWO_BYTES = 255, 65_535

Rows = Callable[[int, int], Any]
"""Gives the rows from the first up to the second as a picture."""


def drawn(data: bytes, media_type: str, page: int, width: int) -> Drawing:
    """Return ``page`` (from 0) about ``width`` pixels wide, less if that were too many pixels.

    Raises in the words of the library that draws when the page cannot be drawn.
    """
    if media_type == PDF:
        return _pdf(data, page, width)
    return _heic(data, width) if media_type == HEIC else _photo(data, media_type, page, width)


def _pdf(data: bytes, page: int, width: int) -> Drawing:
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            return Drawing(b"", 0, 0, 0)
        raise
    try:
        document.init_forms()  # else what was filled in is not drawn
        sheet = document[page]
        across, down = sheet.get_size()
        scale = min(width / across, sqrt(MOST / (across * down)))
        shown = sheet.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        return _drawing(shown, len(document))
    finally:
        document.close()


def _heic(data: bytes, width: int) -> Drawing:
    found = pi_heif.open_heif(data)
    pixels, stride, mode = found.data, found.stride, found.mode

    def rows(first: int, end: int) -> Any:
        band = pixels[first * stride : end * stride]
        return Image.frombuffer(mode, (found.size[0], end - first), band, "raw", mode, stride, 1)

    return _drawing(_on_white(rows, found.size, _shrink(found.size, width)), 1)


def _photo(data: bytes, media_type: str, page: int, width: int) -> Drawing:
    picture = Image.open(BytesIO(data), formats=(_FORMATS[media_type],))
    pages = getattr(picture, "n_frames", 1)
    picture.seek(page)
    turned = picture.getexif().get(ORIENTATION, 1) if media_type in _TURNED_BY_HAND else 1
    across, down = picture.size
    shrink = _shrink((down, across) if turned in _SIDEWAYS else (across, down), width)
    if media_type == JPEG:
        picture.draft(None, (max(1, round(across * shrink)), max(1, round(down * shrink))))
        shrink *= across / picture.width
    picture.load()
    shown = _on_white(lambda first, end: picture.crop((0, first, picture.width, end)), picture.size, shrink)
    if turned != 1:
        shown.getexif()[ORIENTATION] = turned
        shown = ImageOps.exif_transpose(shown)
    return _drawing(shown, pages)


def _drawing(shown: Any, pages: int) -> Drawing:
    return Drawing(shown.tobytes(), shown.width, shown.height, pages)


def _shrink(size: tuple[int, int], width: int) -> float:
    """Return by how much a picture is made smaller to be ``width`` wide; never more than 1."""
    return min(1.0, width / size[0], sqrt(MOST / (size[0] * size[1])))


def _on_white(rows: Rows, size: tuple[int, int], shrink: float) -> Any:
    """Return a picture in colours and smaller, put together band by band, so that it takes little memory."""
    factor = max(1, int(1 / shrink))
    small = Image.new("RGB", (-(-size[0] // factor), -(-size[1] // factor)))
    for first, end in _bands(size, factor):
        band = coloured(rows(first, end))
        small.paste(band.reduce(factor) if factor > 1 else band, (0, first // factor))
    wanted = (max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink)))
    return small if small.size == wanted else small.resize(wanted)


def _bands(size: tuple[int, int], factor: int) -> Iterator[tuple[int, int]]:
    step = max(1, _BAND // size[0] // factor) * factor
    for first in range(0, size[1], step):
        yield first, min(size[1], first + step)


def coloured(picture: Any) -> Any:
    """Return a picture in red, green and blue; transparent parts white, sixteen bits as eight."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I")
    if picture.mode in {"I", "F"}:
        deepest = max(_TWO_BYTES if picture.mode == "I" else _BYTE, *picture.getextrema())
        return (
            picture.convert("F")
            .point(lambda value: value * (_BYTE / deepest) + 0)
            .convert("L")
            .convert("RGB")
        )
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")
