"""What a file says before anything is made of it: lines of cells with the row numbers people see."""

import msgspec

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576  # as in Excel
MOST_LINES = 220_000  # that say something
MOST_CHARACTERS = 60_000_000  # of all cells together
LONGEST_CELL = 32_767  # as in Excel
UNREADABLE, TOO_LARGE, EMPTY, LOCKED, NO_SHEET = "E720", "E721", "E722", "E723", "E724"

HIDDEN, STRUCK, MERGED, ERROR, NO_RESULT, IMPRECISE = (
    "hidden", "struck", "merged", "cell_error", "no_result", "imprecise",
)  # fmt: skip
OPEN_QUOTE, BROKEN = "open_quote", "broken_letter"
"""What is to be said about a line: hidden, struck through, filled from a merged cell, a formula that failed
or was never calculated, a number with more digits than a workbook keeps; of texts a quotation mark that is
never closed, bytes that are no letter."""


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A line that says something: its number as a spreadsheet counts, its cells, what is to be said."""

    number: int
    cells: tuple[str, ...]
    marks: tuple[str, ...] = ()


class SheetName(msgspec.Struct, frozen=True, array_like=True):
    """A sheet of a workbook, and whether it is hidden."""

    name: str
    hidden: bool = False


class Merge(msgspec.Struct, frozen=True, array_like=True):
    """Cells that are one: rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet of a file as it stands. A text has no sheets; ``encoding`` and ``separator`` are its own."""

    lines: tuple[Line, ...]
    sheet: str = ""
    sheets: tuple[SheetName, ...] = ()
    merged: tuple[Merge, ...] = ()
    starts_1904: bool = False
    encoding: str = ""
    separator: str = ""
