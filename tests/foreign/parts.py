"""Files taken apart and put together again, lengths and checksums right, so that a change reaches the reader.

A file is a list of parts: a name that stays with it, and bytes that are changed.
"""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from tests.foreign import tables

Parts = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Form:
    """How files of a kind are taken apart and put together."""

    split: Callable[[bytes], Parts]
    join: Callable[[Parts], bytes]


def _zip_parts(data: bytes) -> Parts:
    return [(name.encode(), body) for name, body in tables.unzipped(data)]


def _zip(parts: Parts) -> bytes:
    return tables.zipped({name.decode("utf-8", "replace"): body for name, body in parts})


def _records(data: bytes) -> Parts:
    return [(struct.pack("<H", kind), body) for kind, body in tables.records()]


def _xls(parts: Parts) -> bytes:
    return tables.xls([(struct.unpack("<H", kind)[0], body) for kind, body in parts])


def _png_parts(data: bytes) -> Parts:
    found, at = [], 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _png(parts: Parts) -> bytes:
    chunks = (
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _jpeg_parts(data: bytes) -> Parts:
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in {0xD9, 0xDA}:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        found.append((data[at : at + 2], data[at + 4 : end]))
        at = end
    return [*found, (b"", data[at:])]


def _jpeg(parts: Parts) -> bytes:
    return b"\xff\xd8" + b"".join(
        kind + (len(body) + 2 & 0xFFFF).to_bytes(2) + body if kind else body for kind, body in parts
    )


def _box_parts(data: bytes) -> Parts:
    found, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4]) or len(data) - at
        found.append((data[at + 4 : at + 8], data[at + 8 : at + size]))
        at += max(8, size)
    return found


def _heif_parts(data: bytes) -> Parts:
    """Return the boxes, those within ``meta`` by themselves."""
    found: Parts = []
    for kind, body in _box_parts(data):
        found += (
            [(b"<", kind + body[:4]), *_box_parts(body[4:]), (b">", b"")]
            if kind == b"meta"
            else [(kind, body)]
        )
    return found


def _heif(parts: Parts) -> bytes:
    open_at: list[tuple[bytes, list[bytes]]] = [(b"", [])]
    for kind, body in parts:
        if kind == b"<":
            open_at.append((body, []))
        elif kind == b">":
            if len(open_at) > 1:
                head, within = open_at.pop()
                whole = head + b"".join(within)
                open_at[-1][1].append((len(whole) + 4).to_bytes(4) + whole)
        else:
            open_at[-1][1].append((len(body) + 8).to_bytes(4) + kind + body)
    return b"".join(piece for _, within in open_at for piece in within)


def _cut(data: bytes, before: bytes) -> Parts:
    return [(b"", piece) for piece in re.split(b"(?=" + before + b")", data) if piece]


def _glued(parts: Parts) -> bytes:
    return b"".join(kind + body for kind, body in parts)


def _chunks(data: bytes) -> Parts:
    found, at = [], 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def _webp(parts: Parts) -> bytes:
    body = b"WEBP" + b"".join(
        kind + len(each).to_bytes(4, "little") + each + bytes(len(each) % 2) for kind, each in parts
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _entries(data: bytes) -> Parts:
    """Return the entries of the first directory of a TIFF by themselves."""
    at = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[at : at + 2], "little")
    places = [at + 2 + 12 * number for number in range(count + 1)]
    entries = [(b"", data[start:end]) for start, end in pairwise(places)]
    return [(data[: at + 2], b""), *entries, (b"", data[places[-1] :])]


FORMS = {
    "csv": Form(lambda data: _cut(data, rb"[\n;]"), _glued),
    "xlsx": Form(_zip_parts, _zip),
    "ods": Form(_zip_parts, _zip),
    "xls": Form(_records, _xls),
    "png": Form(_png_parts, _png),
    "jpeg": Form(_jpeg_parts, _jpeg),
    "heic": Form(_heif_parts, _heif),
    "webp": Form(_chunks, _webp),
    "tiff": Form(_entries, _glued),
    "gif": Form(lambda data: _cut(data, rb"[,!]"), _glued),
    "pdf": Form(lambda data: _cut(data, rb"\n\d+ 0 obj|<<|/"), _glued),
}
