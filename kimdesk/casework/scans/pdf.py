"""What a PDF holds besides its pages: scripts, actions, files within. It is told and never carried out."""

import re
from collections import Counter
from io import BytesIO

from pypdfium2 import PdfDocument, PdfiumError

from kimdesk.casework.scans import pdf_about
from kimdesk.casework.scans.kinds import PDF_WITHIN
from kimdesk.casework.scans.scan import (
    ABOUT,
    BEHIND,
    CONTAINED,
    FILES,
    LAUNCHES,
    LINKS,
    LOCKED,
    MEDIA,
    OPENING,
    PDF,
    PHOTOS,
    REMOTE,
    SCRIPTS,
    SUBMITS,
    UNSEEN,
    XFA,
    Content,
    DamagedError,
    Scan,
)

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_OPENED_UP = 3  # FPDF_REMOVE_SECURITY
_END = b"%%EOF"
_GOES_ON = re.compile(rb"startxref|\d+ \d+ obj\b")
_NOTHING = b"\0\t\n\f\r \x1a"

_WORDS = re.compile(
    rb"%[^\r\n]*"
    rb"|\((?:[^()\\]|\\.)*\)"
    rb"|<(?!<)[^>]*>"
    rb"|/Length (?P<length>\d+)"
    rb"|\bstream\r?\n"
    rb"|/[^\x00\t\n\f\r ()<>\[\]{}/%]*"
    rb"|<<|\[",
    re.DOTALL,
)
_STREAM_ENDS = re.compile(rb"[\r\n]*endstream")
_ACTIONS = {
    b"/JavaScript": SCRIPTS, b"/Launch": LAUNCHES, b"/SubmitForm": SUBMITS, b"/ImportData": SUBMITS,
    b"/GoToR": REMOTE, b"/GoToE": REMOTE, b"/URI": LINKS, b"/Rendition": MEDIA, b"/Movie": MEDIA,
    b"/Sound": MEDIA, b"/RichMediaExecute": MEDIA, b"/GoTo3DView": MEDIA,
}  # fmt: skip
_KINDS = {b"/RichMedia": MEDIA, b"/Screen": MEDIA, b"/Movie": MEDIA, b"/Sound": MEDIA, b"/3D": MEDIA}
_KEYS = {b"/EF": FILES, b"/AA": OPENING, b"/XFA": XFA}


def alone(data: bytes) -> Scan:
    """Return the document without what stands before its head and behind its end. Raises DamagedError.

    Nothing within is changed: it may be signed.
    """
    whole = _alone(data)
    removed = (BEHIND,) if len(whole) < len(data.strip(_NOTHING)) else ()
    try:
        document = PdfDocument(whole)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            return Scan(whole, PDF, 0, removed=removed, contains=(Content(LOCKED, 1),), drawable=False)
        raise DamagedError("no PDF") from None
    try:
        pages = len(document)
        document.get_page_size(0)  # a page itself is not read: that may take all memory
    except PdfiumError:
        raise DamagedError("no page") from None
    finally:
        document.close()
    return Scan(whole, PDF, pages, removed=removed)


def bare(data: bytes) -> bytes:
    """Return the document without author, program, times and titles; as it is when it may not be changed."""
    try:
        return pdf_about.bare(data)
    except PdfiumError:
        return data


def contents(data: bytes) -> tuple[Content, ...]:
    """Return what a document holds besides its pages, in the order of ``CONTAINED``."""
    out = BytesIO()
    try:
        document = PdfDocument(data)
        # all objects are written out, none encrypted or packed, names without escapes
        document.save(out, flags=_OPENED_UP)
        document.close()
    except PdfiumError as error:
        return (Content(LOCKED if error.err_code == _PASSWORD else UNSEEN, 1),)
    plain = out.getvalue()
    found = _counted(plain)
    found[PHOTOS] = plain.count(b"Exif\0\0")
    found[ABOUT] = int(pdf_about.tells(plain))
    return tuple(Content(code, found[code]) for code in CONTAINED if found[code])


def _alone(data: bytes) -> bytes:
    """Return the document without what stands before its head and behind its last end."""
    start = data.find(b"%PDF-", 0, PDF_WITHIN)
    end = data.rfind(_END)
    behind = data[end + len(_END) :]
    if end < 0 or _GOES_ON.search(behind):
        return data[start:]
    return data[start:] if not behind.strip(_NOTHING) else data[start : end + len(_END)] + b"\n"


def _counted(plain: bytes) -> Counter[str]:
    """Return how often which action, file or form stands among the objects, outside texts and streams."""
    found, before, at, length = Counter[str](), b"", 0, 0
    while word := _WORDS.search(plain, at):
        each, at = word.group(), word.end()
        if word["length"]:
            length = int(word["length"])
        elif each.startswith(b"stream"):
            ends = _STREAM_ENDS.match(plain, at + length) or _STREAM_ENDS.search(plain, at)
            at = ends.end() if ends else len(plain)
        elif not each.startswith(b"%"):
            if code := _meaning(before, each):
                found[code] += 1
            before = each
    return found


def _meaning(before: bytes, word: bytes) -> str:
    """Return what a word says after another one, "" for nothing of note."""
    if before == b"/S":
        return _ACTIONS.get(word, "")
    if before == b"/Subtype":
        return _KINDS.get(word, "")
    if before == b"/OpenAction" and word != b"[":
        return OPENING
    return _KEYS.get(word, "")
