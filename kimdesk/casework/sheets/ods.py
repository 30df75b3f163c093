"""Sheets of an .ods by its XML: the text that is shown, days by their value.

source: OpenDocument 1.3 part 3, chapter 9 (tables).
"""

from kimdesk.casework.sheets.parts import Enough, Parts
from kimdesk.casework.sheets.raw import (
    ERROR,
    HIDDEN,
    LOCKED,
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    TOO_LARGE,
    Line,
    Merge,
    SheetName,
)
from kimdesk.domain.errors import ContentError

CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_UNSEEN = frozenset({"collapse", "filter"})
_MOST_MERGES = 20_000


class OdsBook:
    """A workbook; ``names`` are its sheets in order. Raises ContentError E720, E721, E723 (encrypted)."""

    starts_1904 = False  # days are written out

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        parts.hear(_MANIFEST, _demand_open)
        heard = _Names()
        parts.hear(CONTENT, heard.start)
        self.names = tuple(SheetName(name, heard.hidden.get(style, False)) for name, style in heard.found)

    def lines(self, sheet: str, most: int = 0) -> tuple[tuple[Line, ...], tuple[Merge, ...]]:
        """Return the lines of a sheet and its merged cells; only the first lines when ``most`` is given."""
        heard = _Sheet(sheet, most)
        self._parts.hear(CONTENT, heard.start, heard.end, heard.text)
        return tuple(heard.lines), tuple(heard.merged)


def _demand_open(name: str, _: dict[str, str]) -> None:
    if name == "encryption-data":
        raise ContentError(LOCKED)


def _given(given: dict[str, str], wanted: str) -> str:
    return next((value for key, value in given.items() if key.rpartition(":")[2] == wanted), "")


class _Names:
    """The names of the tables, and which styles hide one."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.hidden: dict[str, bool] = {}
        self._style = ""
        self._depth = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "style":
            self._style = _given(given, "name")
        elif name == "table-properties":
            self.hidden[self._style] = _given(given, "display") == "false"
        elif name == "table" and len(self.found) < MOST_COLUMNS:
            self.found.append((_given(given, "name"), _given(given, "style-name")))


class _Sheet:
    """One table while it is heard."""

    def __init__(self, wanted: str, most: int) -> None:
        self.lines: list[Line] = []
        self.merged: list[Merge] = []
        self._wanted, self._most = wanted, most
        self._inside, self._row, self._column, self._characters = False, 1, 0, 0
        self._repeat, self._repeat_row, self._hidden, self._aside = 1, 1, False, 0
        self._cells: dict[int, str] = {}
        self._marks: set[str] = set()
        self._said: list[str] = []
        self._day = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        """Hear where an element begins."""
        if name == "table":
            self._inside = not self._inside and _given(given, "name") == self._wanted
        elif not self._inside:
            return
        elif name == "table-row":
            self._repeat_row = max(int(_given(given, "number-rows-repeated") or 1), 1)
            self._hidden, self._column = _given(given, "visibility") in _UNSEEN, 0
        elif name in _CELLS:
            self._begin_cell(given)
        elif name == "annotation":
            self._aside += 1
        elif name == "p" and self._said:
            self._said.append("\n")
        elif name in ("s", "tab", "line-break") and not self._aside:
            self._said.append(" ")

    def end(self, name: str) -> None:
        """Hear where an element ends."""
        if name == "table" and self._inside:
            raise Enough
        if not self._inside:
            return
        if name in _CELLS:
            self._end_cell()
        elif name == "annotation":
            self._aside -= 1
        elif name == "table-row":
            self._end_row()

    def text(self, said: str) -> None:
        """Hear what stands in an element."""
        if self._inside and not self._aside:
            self._said.append(said)

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._said, self._day = [], _given(given, "date-value").partition("T")[0]
        self._repeat = max(int(_given(given, "number-columns-repeated") or 1), 1)
        down = int(_given(given, "number-rows-spanned") or 1)
        right = int(_given(given, "number-columns-spanned") or 1)
        if max(down, right) > 1 and len(self.merged) < _MOST_MERGES:
            last = (min(self._row + down - 1, MOST_ROWS), min(self._column + right - 1, MOST_COLUMNS))
            self.merged.append(Merge(self._row, self._column, *last))

    def _end_cell(self) -> None:
        said = self._day or "".join(self._said).strip()
        if said.startswith(("#", "Err:")) and said.rstrip("!?/").isupper() and not said[1:].isalpha():
            self._marks.add(ERROR)
            said = ""
        if said:
            if self._column + self._repeat > MOST_COLUMNS or len(said) > LONGEST_CELL:
                raise ContentError(TOO_LARGE)
            self._cells.update(dict.fromkeys(range(self._column, self._column + self._repeat), said))
            self._characters += len(said) * self._repeat * self._repeat_row
        self._column = min(self._column + self._repeat, MOST_ROWS)
        self._said = []

    def _end_row(self) -> None:
        if self._cells:
            if len(self.lines) + self._repeat_row > MOST_LINES or self._characters > MOST_CHARACTERS:
                raise ContentError(TOO_LARGE)
            cells = tuple(self._cells.get(at, "") for at in range(max(self._cells) + 1))
            marks = (*sorted(self._marks), *((HIDDEN,) if self._hidden else ()))
            self.lines += [Line(self._row + at, cells, marks) for at in range(self._repeat_row)]
        self._row = min(self._row + self._repeat_row, MOST_ROWS)
        self._cells, self._marks = {}, set()
        if self._most and len(self.lines) >= self._most:
            raise Enough
