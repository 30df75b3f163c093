"""Files that are two formats at once: what is left after cleaning is one, or nothing is taken."""

from kimdesk.casework.scans.scan import PDF

_ZIP_END, _ZIP_ENTRY, _ZIP_END_SIZE, _ZIP_FARTHEST = b"PK\5\6", b"PK\1\2", 22, 65_557
_ANYWHERE = (b"Rar!\x1a\7", b"7z\xbc\xaf\x27\x1c")
_AT = ((257, b"ustar"), (128, b"DICM"), (0x8001, b"CD001"), (0x8801, b"CD001"), (0x9001, b"CD001"))
_PDF_WITHIN = 1024


def is_also_another(data: bytes, media_type: str) -> bool:
    """Return whether another program could take ``data``, of ``media_type``, for an archive or a document."""
    if media_type != PDF and b"%PDF-" in data[:_PDF_WITHIN]:
        return True
    if any(data[at : at + len(mark)] == mark for at, mark in _AT) or any(mark in data for mark in _ANYWHERE):
        return True
    return _is_archive(data)


def _is_archive(data: bytes) -> bool:
    """Return whether there is a table of contents of a ZIP where readers look for it."""
    at = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_FARTHEST))
    if at < 0 or at + _ZIP_END_SIZE > len(data):
        return False
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    return size == 0 or data[max(0, at - size) :].startswith(_ZIP_ENTRY)
