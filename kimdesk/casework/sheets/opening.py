"""A list of strangers as plain lines: a sheet of a workbook, or a text. Runs in the cage alone."""

import codecs
from contextlib import suppress
from encodings.aliases import aliases
from typing import Protocol

from kimdesk.casework.sheets import ods, texts, xls, xlsx
from kimdesk.casework.sheets.encodings import ENCODINGS
from kimdesk.casework.sheets.heads import known_in, plain
from kimdesk.casework.sheets.parts import Parts
from kimdesk.casework.sheets.raw import (
    LOCKED,
    NO_SHEET,
    UNREADABLE,
    Line,
    Merge,
    Raw,
    SheetName,
)
from kimdesk.domain.errors import ContentError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a workbook with a password
for _each in sorted({*aliases.values(), *ENCODINGS}):  # every encoding now: later nothing can be imported
    with suppress(LookupError):  # some are known to one system alone
        codecs.lookup(_each)

_LOOKED_AT = 50  # lines of each sheet, to find the one with the persons


class Book(Protocol):
    """A workbook of some kind."""

    names: tuple[SheetName, ...]
    starts_1904: bool

    def lines(self, sheet: str, most: int = 0) -> tuple[tuple[Line, ...], tuple[Merge, ...]]:
        """Return the lines of a sheet and its merged cells; only the first lines when ``most`` is given."""


def read(data: bytes, sheet: str, encoding: str, separator: str, heads: list[str]) -> Raw:
    """Return the lines of a list; what is "" is guessed by the ``heads`` that come out.

    Raises ContentError E720 when it is no table, E721 when it is too large, E723 when it has a password, E724
    when it has no such sheet.
    """
    if data.startswith((ZIP, OLE)):
        return _sheet(data, sheet, heads)
    if sheet:
        raise ContentError(NO_SHEET)
    return texts.read(data, encoding, separator, set(heads))


def _sheet(data: bytes, sheet: str, heads: list[str]) -> Raw:
    """Return the sheet named, or the one whose lines best know ``heads``."""
    book = _opened(data)
    if not book.names:
        raise ContentError(UNREADABLE)
    if sheet and sheet not in {each.name for each in book.names}:
        raise ContentError(NO_SHEET)
    chosen = sheet or _likely(book, {plain(each) for each in heads})
    lines, merged = book.lines(chosen)
    return Raw(lines=lines, sheet=chosen, sheets=book.names, merged=merged, starts_1904=book.starts_1904)


def _opened(data: bytes) -> Book:
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise ContentError(LOCKED)
        return xls.XlsBook(data)
    parts = Parts(data)
    if xlsx.WORKBOOK in parts:
        return xlsx.XlsxBook(parts)
    if ods.CONTENT in parts:
        return ods.OdsBook(parts)
    raise ContentError(UNREADABLE)


def _likely(book: Book, heads: set[str]) -> str:
    """Return the sheet that seems to hold the persons: not a cover, and none that is hidden."""
    ranks = []
    for at, each in enumerate(book.names if len(book.names) > 1 else ()):
        lines, _ = book.lines(each.name, _LOOKED_AT)
        known = max((known_in(line.cells, heads) for line in lines), default=0)
        wide = sum(len(list(filter(str.strip, line.cells))) > 1 for line in lines) > 1
        ranks.append((not each.hidden, known, wide, -at))
    return book.names[-max(ranks)[-1]].name if ranks else book.names[0].name
