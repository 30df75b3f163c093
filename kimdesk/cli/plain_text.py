"""The first line of a small file of words, whatever editor or pipe it came from.

Windows alone writes four: UTF-8 with and without a mark, UTF-16 (PowerShell's ``>``), cp1252 (older editors)
and cp850 (``echo`` in a console). Words read wrongly would open nothing, or worse: be what a vault is made
with. So an encoding counts only when it is marked, is UTF, or is the only one in which all letters are usual.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO

from kimdesk.domain.errors import StoreError
from kimdesk.vault.passphrase import usual_letters

LIMIT = 64 * 1024
_LONGEST = 4096
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_LINE_END, _LINE_END_BYTES = re.compile(r"[\r\n]"), re.compile(rb"[\r\n]")
_WORD = re.compile(r"\w+")
_FORBIDDEN = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")


def first_line_of(data: bytes) -> str:
    """Return the first line of ``data``, without its end and without a byte order mark.

    Raises StoreError E919 when the encoding cannot be told or it is no line of words, E925 for an empty one.
    """
    line = _LINE_END.split(_decoded(data).lstrip("\ufeff"), maxsplit=1)[0]
    if len(line) > _LONGEST or _FORBIDDEN.search(line):
        raise StoreError("E919")
    if not line:
        raise StoreError("E925")
    return line


def read_line(stream: BinaryIO) -> bytes:
    """Return the bytes of the next line of ``stream`` with its end; what follows stays there to be read.

    Raises StoreError E919 for one longer than 64 KiB.
    """
    data = b""
    while not _is_complete(data):
        piece = stream.read(1)
        if not piece:
            break
        data += piece
        if len(data) > LIMIT:
            raise StoreError("E919")
    return data


def _is_complete(data: bytes) -> bool:
    if not data.rstrip(b"\0").endswith(b"\n"):
        return False
    encoding = _marked(data) or _unmarked_wide(data)
    width = _WIDE.get(encoding, 1)
    end = "\n".encode(encoding if width > 1 else "ascii")
    return len(data) % width == 0 and data.endswith(end)


def _decoded(data: bytes) -> str:
    encoding, line = _marked(data) or _unmarked_wide(data), data
    if encoding not in _WIDE:
        line = _LINE_END_BYTES.split(data, maxsplit=1)[0]
    try:
        return line.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise StoreError("E919") from None
    return _legacy(line)


def _marked(data: bytes) -> str:
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def _unmarked_wide(data: bytes) -> str:
    """Return the UTF of two or four bytes that the zeros in ``data`` speak for; empty without zeros."""
    if b"\0" not in data:
        return ""
    first, second, third, last = (not any(data[at::4]) for at in range(4))
    if third and last:
        return "utf-32-le"
    if first and second:
        return "utf-32-be"
    return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"


def _legacy(line: bytes) -> str:
    found = set(_readings(line, usual_letters()))
    if len(found) != 1 or not found >= set(_readings(line, usual_letters(doubtful=True))):
        raise StoreError("E919")
    return found.pop()


def _readings(line: bytes, encodings: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for encoding, usual in encodings.items():
        with suppress(UnicodeDecodeError):
            text = line.decode(encoding)
            if _foreign(text) <= usual and all(map(_is_latin, _WORD.findall(text))):
                yield text


def _foreign(text: str) -> set[str]:
    return {letter for letter in text if not letter.isascii()}


def _is_latin(word: str) -> bool:
    """Say whether a word is one in Latin letters: Cyrillic ones, taken for these, have an accent each."""
    return sum(not letter.isascii() for letter in word) * 2 <= len(word)
