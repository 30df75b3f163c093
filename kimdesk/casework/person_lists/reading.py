"""A table from a file: workbooks as they are, text with its encoding and separator guessed."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import msgspec

from kimdesk.cage import CagedReader
from kimdesk.domain.errors import ContentError, StoreError

LARGEST = 25 * 1024 * 1024  # bytes
MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_LINES = 100_000  # titles, heads and empty ones too
UNREADABLE, TOO_LARGE, EMPTY = "E720", "E721", "E722"
SEPARATORS = ";,\t|"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman", "cp1254")
"""What lists from German offices are written in; the first that fits by its letters is taken."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_USUAL = set("äöüÄÖÜßéèêáàâçñığşİŞĞčćšžøåôóíîïëúû–’'")
_LEAST_CELLS = 2


class Workbook(msgspec.Struct, frozen=True):
    """The cells of one ``sheet`` as text, line by line, and the names of all ``sheets``."""

    sheet: str
    sheets: tuple[str, ...]
    lines: list[list[str]]


_CELLS = "kimdesk.casework.person_lists.cells:workbook"
_WORKBOOK = CagedReader(_CELLS, Workbook, refusals=(UNREADABLE, TOO_LARGE))


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as text: its heads, its rows (each as long as the heads), and how it was read.

    ``encoding`` is "" for a workbook; ``sheet`` is one of ``sheets``, both empty for a text.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def column(self, number: int) -> tuple[str, ...]:
        """Return the cells of a column."""
        return tuple(row[number] for row in self.rows)


def read_table(path: Path, *, sheet: str = "", encoding: str = "") -> TableFile:
    """Return the table in a file: .xlsx, .xls, .ods, or text with separators.

    The first line with two cells is taken for the heads. Raises StoreError E910 when the file cannot be
    read, ContentError E720 when it is no table, E721 when it is too large, E722 when it has no rows,
    ForeignFileError E760 to E768 when a workbook could not be read in the cage.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ContentError(TOO_LARGE)
        data = path.read_bytes()
    except OSError:
        raise StoreError("E910") from None
    if data.startswith((_ZIP, _OLE)):
        return _workbook(data, sheet)
    known = encoding or _encoding(data)
    return replace(_table(_separated(data, known)), encoding=known)


def _workbook(data: bytes, wanted: str) -> TableFile:
    book = _WORKBOOK(data, wanted)
    return replace(_table(_lines(book.lines)), sheet=book.sheet, sheets=book.sheets)


def _encoding(data: bytes) -> str:
    if marked := next((name for mark, name in _MARKS.items() if data.startswith(mark)), ""):
        return marked
    if b"\0" in data:
        raise ContentError(UNREADABLE)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(ENCODINGS[2:], key=lambda name: _likely(data, name))
    return "utf-8-sig"


def _likely(data: bytes, name: str) -> int:
    """Return how usual the letters beyond ASCII are if ``data`` is read as ``name``."""
    letters = [each for each in data.decode(name, "replace") if ord(each) > 127]  # noqa: PLR2004 - ASCII
    return sum(1 if each in _USUAL else -1 for each in letters)


def _separated(data: bytes, encoding: str) -> list[list[str]]:
    try:
        text = data.decode(encoding).lstrip("\ufeff")
        head = "\n".join(text.splitlines()[:5])
        separator = max(SEPARATORS, key=head.count)
        return _lines(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (UnicodeDecodeError, csv.Error):
        raise ContentError(UNREADABLE) from None


def _lines(read: Iterable[list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for line in islice(read, MOST_LINES + 1):
        if len(line) > MOST_COLUMNS and any(map(str.strip, line[MOST_COLUMNS:])):
            raise ContentError(TOO_LARGE)
        found.append(line[:MOST_COLUMNS])
    if len(found) > MOST_LINES:
        raise ContentError(TOO_LARGE)
    return found


def _table(lines: Iterable[Sequence[str]]) -> TableFile:
    filled = [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]
    start = next((at for at, line in enumerate(filled) if sum(map(bool, line)) >= _LEAST_CELLS), None)
    if start is None or start + 1 >= len(filled):
        raise ContentError(EMPTY)
    heads, rows = filled[start], filled[start + 1 :]
    width = max(len(line) for line in filled[start:])
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise ContentError(TOO_LARGE)
    return TableFile(tuple(_padded(heads, width)), tuple(tuple(_padded(row, width)) for row in rows))


def _padded(line: Sequence[str], width: int) -> list[str]:
    return [*line, *[""] * (width - len(line))]
