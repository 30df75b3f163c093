"""What kind of file the first bytes claim; the name counts for nothing."""

from kimdesk.casework.scans.scan import GIF, HEIC, JPEG, PDF, PNG, TIFF, WEBP

PDF_WITHIN = 1024
"""Bytes within which readers look for the head of a PDF."""

_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})


def media_type_of(data: bytes) -> str:
    """Return the kind a file claims by its first bytes, "" for any other.

    What begins as a picture is one, whatever else it may be: cleaning leaves nothing of that.
    """
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and (data[8:12] in _HEIC_BRANDS or b"heic" in data[16:64]):
        return HEIC
    return PDF if b"%PDF-" in data[:PDF_WITHIN] else ""
