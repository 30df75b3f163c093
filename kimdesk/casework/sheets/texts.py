"""A list as text: lines of cells, whatever encoding and separator; a quotation mark swallows nobody."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kimdesk.casework.sheets.encodings import guessed
from kimdesk.casework.sheets.heads import known_in
from kimdesk.casework.sheets.raw import (
    BROKEN,
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    OPEN_QUOTE,
    TOO_LARGE,
    UNREADABLE,
    Line,
    Raw,
)
from kimdesk.domain.errors import ContentError

SEPARATORS = ";,\t|"
_LOOKED_AT = 50  # lines, for the separator
_MOST_WITHIN = 20  # lines that one quoted cell may have
_BLANKS = re.compile(" *")
_UNREAD = "\ufffd"
_DIRECTIVE = re.compile(r"sep=(.)", re.IGNORECASE)  # of Excel: names the separator of what follows
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def read(data: bytes, encoding: str, separator: str, heads: set[str]) -> Raw:
    """Return the lines of a text; what is "" is guessed, the separator by the ``heads`` that come out.

    Raises ContentError E720 when it is no text, E721 when it is too large.
    """
    known = encoding or guessed(data)
    lines = _LINE_ENDS.split(_decoded(data, known))
    first = _DIRECTIVE.fullmatch(lines[0])
    chosen = separator or (first[1] if first else _likely(lines, heads))
    if first:
        lines[0] = ""
    records = islice(_records(lines, chosen), MOST_LINES + 1)
    found = tuple(Line(at, cells, marks) for at, cells, marks in records)
    if len(found) > MOST_LINES:
        raise ContentError(TOO_LARGE)
    return Raw(lines=found, encoding=known, separator=chosen)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding, "replace").lstrip("\ufeff") if encoding else "\0"
    except (LookupError, UnicodeError):
        raise ContentError(UNREADABLE) from None
    if "\0" in text:
        raise ContentError(UNREADABLE)
    if len(text) > MOST_CHARACTERS:
        raise ContentError(TOO_LARGE)
    return text


def _likely(lines: Sequence[str], heads: set[str]) -> str:
    """Return the separator by which most heads are known in a line; else the most lines are as wide."""
    start = list(islice(filter(str.strip, lines), _LOOKED_AT))
    return max(SEPARATORS, key=lambda each: _fits(start, each, heads))


def _fits(lines: Sequence[str], separator: str, heads: set[str]) -> tuple[int, int]:
    cut = [_cut(line, separator)[0] for line in lines]
    widths = Counter(len(cells) for cells in cut if len(cells) > 1)
    return max((known_in(cells, heads) for cells in cut), default=0), max(widths.values(), default=0)


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Yield the number of each record that says something, as a spreadsheet counts, its cells and marks."""
    at = number = 0
    width = _usual_width(lines, separator)
    while at < len(lines):
        number += 1
        cells, open_at = _cut(lines[at], separator)
        marks: tuple[str, ...] = ()
        used = 1
        if open_at:
            cells, used = _continued(lines, at, separator, width)
            marks = () if used > 1 else (OPEN_QUOTE,)
        at += used
        if any(map(str.strip, cells)):
            yield number, _bounded(cells), (*marks, *_broken(cells))


def _usual_width(lines: Sequence[str], separator: str) -> int:
    start = islice(filter(str.strip, lines), _LOOKED_AT)
    widths = Counter(len(_cut(line, separator)[0]) for line in start)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _continued(lines: Sequence[str], at: int, separator: str, width: int) -> tuple[list[str], int]:
    """Return the cells of a record whose quoted cell goes on in the next lines, and how many it takes.

    A mark that is not closed soon, or that would take in whole records, was never meant to open anything:
    then the line stands for itself, with the mark as it is.
    """
    whole = lines[at]
    for used, more in enumerate(islice(lines, at + 1, at + 1 + _MOST_WITHIN), start=2):
        if width > 1 and more.count(separator) >= width - 1 and not _closes_first(more):
            break
        whole = f"{whole}\n{more}"
        cells, still_open = _cut(whole, separator)
        if not still_open:
            if len(cells) <= width:
                return cells, used
            break
    *closed, rest = _cut(lines[at], separator)[0]
    return [*closed, *(each.strip().strip('"') for each in rest.split(separator))], 1


def _closes_first(line: str) -> bool:
    """Return whether the first quotation mark of a line can be the end of a cell begun before."""
    return '"' in line and line.partition('"')[2][:1] in ("", *SEPARATORS)


def _cut(line: str, separator: str) -> tuple[list[str], bool]:
    """Return the cells of a record, and whether its last one is still open: quoted and not closed."""
    if '"' not in line:
        return line.split(separator), False
    cells: list[str] = []
    at = 0
    while True:
        start = _after_blanks(line, at)
        end = line.find(separator, at)
        end = len(line) if end < 0 else end
        cell = line[at:end]
        if line.startswith('"', start):
            quoted, closed = _quoted(line, start + 1, separator)
            if closed >= 0:
                cell, end = quoted, closed
            elif cell.count('"') % 2:
                return [*cells, quoted], True
        cells.append(cell)
        if end >= len(line):
            return cells, False
        at = end + 1


def _quoted(line: str, at: int, separator: str) -> tuple[str, int]:
    """Return a quoted cell that begins at ``at`` and where it ends, -1 for never.

    A mark in the middle of the cell belongs to it, doubled or not.
    """
    cell: list[str] = []
    while (mark := line.find('"', at)) >= 0:
        cell.append(line[at:mark])
        doubled = line.startswith('"', mark + 1)
        end = _after_blanks(line, mark + 1)
        if not doubled and (end == len(line) or line[end] == separator):
            return "".join(cell), end
        cell.append('"')
        at = mark + 1 + doubled
    return "".join([*cell, line[at:]]), -1


def _after_blanks(line: str, at: int) -> int:
    found = _BLANKS.match(line, at)
    return found.end() if found else at


def _bounded(cells: Sequence[str]) -> tuple[str, ...]:
    if any(map(str.strip, cells[MOST_COLUMNS:])) or max(map(len, cells)) > LONGEST_CELL:
        raise ContentError(TOO_LARGE)
    return tuple(cells[:MOST_COLUMNS])


def _broken(cells: Iterable[str]) -> tuple[str, ...]:
    return (BROKEN,) if any(_UNREAD in each for each in cells) else ()
