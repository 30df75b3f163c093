"""From the lines of a file to a table: where its heads are, which lines are rows, and what became of all."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kimdesk.casework.sheets.heads import known_in, plain
from kimdesk.casework.sheets.raw import EMPTY, MERGED, TOO_LARGE, Line, Raw
from kimdesk.domain.errors import ContentError

MOST_ROWS = 200_000
NO_HEAD_ROW = "E725"
_LOOKED_AT = 300  # lines, for the heads
_LEAST_COLUMNS = 2  # of a table without heads, or it is any text
_TOP = 10  # lines shown as they stand
_MOST_FILLED = 500_000  # cells of merged ones


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as text: its heads, its rows (each as long as the heads), and how it was read.

    ``numbers`` are those of the rows in the file, as a spreadsheet counts, ``marks`` what is to be said about
    each (see ``sheets.raw``); both may be left out. ``head_row`` is 0 when no line names the columns.
    ``above``, ``empty`` and ``repeated`` count the other lines: before the rows, empty or of separators only,
    heads once more. ``encoding`` and ``separator`` are "" for a workbook; ``sheet`` is one of ``sheets``, of
    which some are ``hidden``, all empty for a text. ``top`` are some lines around the heads as they stand,
    with their numbers.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    separator: str = ""
    head_row: int = 1
    numbers: tuple[int, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    above: int = 0
    empty: int = 0
    repeated: int = 0
    starts_1904: bool = False
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def read(self) -> int:
        """Return how many lines there are from the first row on, or from the heads, to the last row."""
        return len(self.rows) + self.empty + self.repeated

    def start(self, most: int) -> "TableFile":
        """Return the same table with its first ``most`` rows only."""
        return replace(self, rows=self.rows[:most], numbers=self.numbers[:most], marks=self.marks[:most])

    def column(self, number: int) -> tuple[str, ...]:
        """Return the cells of a column."""
        return tuple(row[number] for row in self.rows)

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
        """Yield the number, the cells and the marks of each row."""
        for at, row in enumerate(self.rows):
            number = self.numbers[at] if self.numbers else at + 1
            yield number, row, self.marks[at] if self.marks else ()


def table(raw: Raw, head_row: int | None, heads: Collection[str], *, chosen: bool = False) -> TableFile:
    """Return the table in ``raw``; ``head_row`` is the row of its heads, 0 for none, None to guess.

    A single column without heads is any text, unless somebody has ``chosen`` to read it so.

    Raises ContentError E721 when it is too large, E722 when it has no rows and no other sheet has, E725 when
    there is no such row.
    """
    lines = _filled(raw)
    at = _head(lines, heads) if head_row is None else _at(lines, head_row)
    found = _cut(lines, at)
    any_text = not chosen and not found.head_row and len(found.heads) < _LEAST_COLUMNS
    if (any_text or not found.rows) and len(raw.sheets) <= 1:  # else another sheet may be chosen
        raise ContentError(EMPTY)
    return replace(
        found,
        encoding=raw.encoding,
        separator=raw.separator,
        sheet=raw.sheet,
        sheets=tuple(each.name for each in raw.sheets),
        hidden=tuple(each.name for each in raw.sheets if each.hidden),
        starts_1904=raw.starts_1904,
        top=tuple((line.number, line.cells) for line in _around(lines, at)),
    )


def _around(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """Return the first lines, or those around the heads when they stand further below."""
    first = at - _TOP // 2 if at >= _TOP else 0
    return lines[first : first + _TOP]


def says_something(cell: str) -> bool:
    """Return whether there is more in a cell than blanks, dashes and other signs."""
    return any(each.isalnum() for each in cell)


def _filled(raw: Raw) -> list[Line]:
    """Return the lines with what stands in a merged cell in every row of it, as people see it."""
    lines = list(_in_order(raw.lines))
    numbers = [line.number for line in lines]
    filled = 0
    for merge in raw.merged:
        first, last = bisect_left(numbers, merge.first_row), bisect_right(numbers, merge.last_row)
        filled += max(last - first, 0)
        if filled > _MOST_FILLED:
            raise ContentError(TOO_LARGE)
        if last - first > 1 and (said := _cell(lines[first], merge.first_column)):
            for at in range(first + 1, last):
                lines[at] = _with(lines[at], merge.first_column, said)
    return lines


def _in_order(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines by their numbers; one whose number was there before gets the next."""
    last = 0
    for line in sorted(lines, key=lambda line: line.number):
        last = max(line.number, last + 1)
        yield line if line.number == last else Line(last, line.cells, line.marks)


def _cell(line: Line, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""


def _with(line: Line, column: int, said: str) -> Line:
    if _cell(line, column).strip():
        return line
    cells = [*line.cells, *[""] * (column + 1 - len(line.cells))]
    cells[column] = said
    return Line(line.number, tuple(cells), (*line.marks, MERGED))


def _head(lines: Sequence[Line], heads: Collection[str]) -> int:
    """Return at which place the heads stand, -1 for nowhere: a line that knows none is a row, not heads."""
    known = [known_in(line.cells, heads) for line in islice(lines, _LOOKED_AT)]
    return known.index(max(known)) if any(known) else -1


def _at(lines: Sequence[Line], head_row: int) -> int:
    if head_row == 0:
        return -1
    found = (at for at, line in enumerate(lines) if line.number == head_row)
    at = next(found, None)
    if at is None:
        raise ContentError(NO_HEAD_ROW)
    return at


def _cut(lines: Sequence[Line], at: int) -> TableFile:
    """Return the table whose heads are the line ``at`` (-1: none), each line accounted for."""
    heads = [each.strip() for each in lines[at].cells] if at >= 0 else []
    again = [plain(each) for each in heads]
    below = lines[at + 1 :]
    rows = [line for line in below if any(map(says_something, line.cells))]
    if not rows:
        return TableFile(tuple(heads), (), head_row=lines[at].number if at >= 0 else 0)
    kept = [line for line in rows if not heads or [plain(each) for each in line.cells] != again]
    before = lines[at].number if at >= 0 else rows[0].number - 1
    width = max(len(heads), *(len(line.cells) for line in rows))
    if len(kept) > MOST_ROWS:
        raise ContentError(TOO_LARGE)
    return TableFile(
        tuple(_padded(heads, width)),
        tuple(_padded([each.strip() for each in line.cells], width) for line in kept),
        head_row=lines[at].number if at >= 0 else 0,
        numbers=tuple(line.number for line in kept),
        marks=tuple(line.marks for line in kept),
        above=max(at, 0),
        empty=rows[-1].number - before - len(rows),
        repeated=len(rows) - len(kept),
    )


def _padded(line: Sequence[str], width: int) -> tuple[str, ...]:
    return (*line, *[""] * (width - len(line)))
