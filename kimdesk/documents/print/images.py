"""A picture inside a PDF as it is: the rows of a PNG need no reading here, whoever opens the PDF reads them.

Source: ISO/IEC 15948 (PNG), ISO 32000-1:2008, 7.4.4.4 (predictors) and 8.9.5.
"""

import struct
from typing import Any, NamedTuple

_START = b"\x89PNG\r\n\x1a\n"
_PLAIN = b"\x08\x02\x00\x00\x00"  # 8 bits, red, green and blue, not interlaced


class PngRows(NamedTuple):
    """A PNG of 8 bits in red, green and blue; ``rows`` are packed as they stand in it."""

    width: int
    height: int
    rows: bytes


def png_rows(data: bytes) -> PngRows:
    """Return what a PNG holds that this program has drawn. Raises ValueError for any other file."""
    if data[:8] != _START or data[12:16] != b"IHDR" or data[24:29] != _PLAIN:
        raise ValueError("no PNG of this program")
    width, height = struct.unpack(">II", data[16:24])
    at, rows = 8, b""
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        rows += data[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return PngRows(width, height, rows)


def fitted(data: bytes, most: tuple[float, float]) -> tuple[float, float]:
    """Return how wide and high a PNG of this program is drawn within ``most``. Raises ValueError as above."""
    found = png_rows(data)
    scale = min(most[0] / found.width, most[1] / found.height)
    return found.width * scale, found.height * scale


def entered(document: Any, png: PngRows, name: str) -> None:
    """Write ``png`` into ``document`` of reportlab as the picture ``name``."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    told = PDFDictionary({
        "Type": PDFName("XObject"), "Subtype": PDFName("Image"), "Width": png.width, "Height": png.height,
        "ColorSpace": PDFName("DeviceRGB"), "BitsPerComponent": 8, "Filter": PDFName("FlateDecode"),
        "DecodeParms": PDFDictionary({"Predictor": 15, "Colors": 3, "Columns": png.width}),
    })  # fmt: skip
    document.Reference(PDFStream(told, png.rows), document.getXObjectName(name))
