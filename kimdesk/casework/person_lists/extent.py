"""How far a workbook reaches, before anything is made of it.

A sheet is read as one block from its first cell to its last: a file of a kilobyte whose last cell stands in
the last row and column of Excel would need more memory than any desk has.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from kimdesk.domain.errors import ContentError

MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all parts together
MOST_CELLS = 10_000_000  # of the block of a sheet, empty ones too
UNREADABLE, TOO_LARGE = "E720", "E721"

_SHEETS = "xl/worksheets/"
_BINARY = "xl/workbook.bin"  # .xlsb, whose places are not read here
_PLACE = re.compile(rb"\br\s{0,9}=\s{0,9}[\"']([A-Za-z]{0,7})(\d{1,9})[\"']")
_PIECE, _LONGEST = 1024 * 1024, 64
_LETTERS = 26


def demand_bounded(data: bytes) -> None:
    """Raise ContentError E721 when a zipped workbook is too large unpacked or spread out, E720 for no zip."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = [each.filename.lower() for each in parts.infolist()]
            if sum(each.file_size for each in parts.infolist()) > MOST_UNPACKED:
                raise ContentError(TOO_LARGE)
            if _BINARY in names:
                raise ContentError(UNREADABLE)
            for part in parts.infolist():
                if part.filename.lower().startswith(_SHEETS):
                    _demand_small(_places(_read(parts, part)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise ContentError(UNREADABLE) from None


def _demand_small(places: Iterable[tuple[int, int]]) -> None:
    rows = columns = 1
    for column, row in places:
        rows, columns = max(rows, row), max(columns, column)
        if rows * columns > MOST_CELLS:
            raise ContentError(TOO_LARGE)


def _places(pieces: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the column and row of each cell, column 1 for a row of its own."""
    rest = b""
    for piece in pieces:
        for found in _PLACE.finditer(rest + piece):
            yield _column(found[1]), int(found[2])
        rest = (rest + piece)[-_LONGEST:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return max(number, 1)


def _read(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece
