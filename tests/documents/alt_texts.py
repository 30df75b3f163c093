"""What a PDF says instead of its pictures, as PDFium reads it."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw


def alt_texts(data: bytes) -> list[str]:
    """Return the texts that are read instead of pictures, page by page."""
    found = list[str]()
    for page in pypdfium2.PdfDocument(data):
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            found += _within(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
    return found


def _within(element: Any) -> Iterator[str]:
    size = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if size > 2:
        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetAltText(element, buffer, size)
        yield buffer.raw[: size - 2].decode("utf-16-le")
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield from _within(child)
