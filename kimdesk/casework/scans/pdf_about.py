"""What a PDF says about itself: author, program, times, titles. A document is written anew without it.

source: ISO 32000-2, 14.3 (information dictionary and XMP), 14.4 (identity), 14.5 (data of programs).
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_GetSecurityHandlerRevision, FPDF_GetSignatureCount

from kimdesk.casework.scans.scan import MOST_BYTES

_DRAWN, _WIDE = 3, 120  # pages that are drawn to compare them, and pixels
_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_HEAD = re.compile(rb"(\d+) \d+ obj\s*")
_INFO_IS = re.compile(rb"/Info\s+(\d+) \d+ R\b")
_END = re.compile(rb"\s*endobj\s*$")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_XMP = re.compile(rb"/Type\s*/Metadata\b|/Subtype\s*/XML\b")
_INFO = re.compile(rb"<<(?:(?!/Type\b|/Kids\b).)*?/(?:Producer|Creator|CreationDate|ModDate)\b", re.DOTALL)
_PAGE_LIKE = re.compile(rb"/(?:Type|Subtype|Rect|S|FT)\b")
_REFERENCE = re.compile(rb"\s*\d+ \d+ R\b")
_IDENTITY = re.compile(rb"/ID\s*\[\s*(?:(?:<[^>]*>|\((?:[^()\\]|\\.)*\))\s*)*\]", re.DOTALL)
_TEXT = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_WORD = re.compile(rb"\((?:[^()\\]|\\.)*\)|<(?!<)[^>]*>|<<|>>|/[^\x00\t\n\f\r ()<>\[\]{}/%]*", re.DOTALL)
_TRACES = re.compile(rb"/(?:Author|Producer|Creator|CreationDate|ModDate|Metadata|PieceInfo)\b|<\?xpacket")
_SAID = frozenset({b"/Metadata", b"/PieceInfo", b"/LastModified"})


def bare(data: bytes) -> bytes:
    """Return the document without what it says about itself, or as it is.

    It stays as it is when it says nothing, when it is signed or encrypted, and when the new one would not be
    the same to look at. Raises PdfiumError when it cannot be written.
    """
    document = PdfDocument(data)
    try:
        if FPDF_GetSecurityHandlerRevision(document) != -1 or FPDF_GetSignatureCount(document) > 0:
            return data
        out = BytesIO()
        document.save(out)
        plain = out.getvalue()
        spans = [*_spans(plain)]
        more = len(_TRACES.findall(data)) > len(_TRACES.findall(plain))  # in an earlier version
        if not (spans or more) or len(plain) > MOST_BYTES:
            return data
        found = _without(plain, [*spans, *_identity(plain)])
        return found if _looks(found) == _looks_of(document) else data
    finally:
        document.close()


def tells(plain: bytes) -> bool:
    """Return whether a document that pdfium has written out says something about itself."""
    return next(_spans(plain), None) is not None


def _looks(data: bytes) -> tuple[object, ...]:
    try:
        document = PdfDocument(data)
    except PdfiumError:
        return ()
    try:
        return _looks_of(document)
    finally:
        document.close()


def _looks_of(document: PdfDocument) -> tuple[object, ...]:
    """Return the number and the sizes of the pages, and what the first of them look like."""
    sizes = tuple(document.get_page_size(at) for at in range(len(document)))
    drawn = []
    for at, (across, _) in enumerate(sizes[:_DRAWN]):
        page = document[at]
        drawn.append(bytes(page.render(scale=_WIDE / max(across, 1)).buffer))
        page.close()
    return sizes, *drawn


def _without(plain: bytes, spans: list[tuple[int, int, bytes]]) -> bytes:
    """Return the document with other bytes in some places, as many as before."""
    found = bytearray(plain)
    for start, end, said in spans:
        found[start:end] = said.ljust(end - start)
    return bytes(found)


def _spans(plain: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where something is said, and what may stand there instead."""
    start = _START.search(plain)
    if start is None:
        return
    table, end = int(start[1]), plain.rfind(b"trailer")
    places = [int(each[1]) for each in _ENTRY.finditer(plain, table, end)]
    info = _INFO_IS.search(plain, max(end, 0))
    for begin, stop in pairwise(sorted({*places, table})):
        yield from _of_object(plain, begin, stop, info[1] if info else b"")
    if info:
        yield (*info.span(), b"")


def _identity(plain: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where the identity stands: it tells versions of one document, and is another each time."""
    if found := _IDENTITY.search(plain, plain.rfind(b"trailer")):
        yield (*found.span(), b"")


def _of_object(plain: bytes, begin: int, end: int, info: bytes) -> Iterator[tuple[int, int, bytes]]:
    head, tail = _HEAD.match(plain, begin, end), _END.search(plain, max(begin, end - 20), end)
    if head is None or tail is None:
        return
    start, stop = head.end(), tail.start()
    stream = _STREAM.search(plain, start, stop)
    said = plain[start : stream.start() if stream else stop]
    if head[1] == info or (_XMP.search(said) if stream else _is_info(said)):
        yield start, stop, b"null"
    elif said.startswith(b"<<"):
        for first, last in _entries(said):
            yield start + first, start + last, b""


def _is_info(said: bytes) -> bool:
    """Return whether an object is what an earlier version of the document said about itself."""
    return bool(_INFO.match(said)) and not _PAGE_LIKE.search(_TEXT.sub(b"", said))


def _entries(said: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a dictionary, or one within, has an entry of ``_SAID``."""
    at = 0
    while word := _WORD.search(said, at):
        at = word.end()
        if word[0] in _SAID and (end := _value_ends(said, at)):
            yield word.start(), end
            at = end


def _value_ends(said: bytes, at: int) -> int:
    """Return where the value that begins at ``at`` ends, 0 when it is none of those that are known."""
    if reference := _REFERENCE.match(said, at):
        return reference.end()
    depth = 0
    while word := _WORD.search(said, at):
        if said[at : word.start()].strip() and not depth:
            return 0
        at = word.end()
        depth += (word[0] == b"<<") - (word[0] == b">>")
        if depth <= 0:
            return at if word[0][:1] != b"/" and depth == 0 else 0
    return 0
