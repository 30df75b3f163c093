"""Sheets of an .xlsx by its XML: what the cells show, which rows are hidden, which cells are one.

source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

import posixpath
import re
from collections.abc import Sequence
from functools import cache

from kimdesk.casework.sheets import formats
from kimdesk.casework.sheets.parts import Enough, Parts
from kimdesk.casework.sheets.raw import (
    ERROR,
    HIDDEN,
    IMPRECISE,
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    NO_RESULT,
    STRUCK,
    TOO_LARGE,
    UNREADABLE,
    Line,
    Merge,
    SheetName,
)
from kimdesk.casework.sheets.styles import Style, styles_of
from kimdesk.domain.errors import ContentError

WORKBOOK, BINARY = "xl/workbook.xml", "xl/workbook.bin"
_STRINGS, _RELATIONS = "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
_MOST_MERGES = 20_000
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true"})
_PLAIN = Style()


class XlsxBook:
    """A workbook; ``names`` are its sheets in order. Raises ContentError E720, E721."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.names: tuple[SheetName, ...] = ()
        self.starts_1904 = False
        self._targets: dict[str, str] = {}
        self._places: dict[str, str] = {}
        parts.hear(_RELATIONS, self._relation)
        parts.hear(WORKBOOK, self._about)
        self._styles = styles_of(parts)
        self._strings: list[str] | None = None

    def lines(self, sheet: str, most: int = 0) -> tuple[tuple[Line, ...], tuple[Merge, ...]]:
        """Return the lines of a sheet and its merged cells; only the first lines when ``most`` is given."""
        if self._strings is None:
            self._strings = _strings(self._parts)
        heard = _Sheet(self._strings, self._styles, self.starts_1904, most)
        self._parts.hear(self._places[sheet], heard.start, heard.end, heard.text)
        return tuple(heard.lines), tuple(heard.merged)

    def _relation(self, name: str, given: dict[str, str]) -> None:
        if name == "Relationship" and "Id" in given:
            target = given.get("Target", "")
            self._targets[given["Id"]] = (
                target if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            )

    def _about(self, name: str, given: dict[str, str]) -> None:
        if name == "workbookPr":
            self.starts_1904 = given.get("date1904", "") in _TRUE
        elif name == "sheet" and "name" in given:
            by_prefix = (value for key, value in given.items() if key.rpartition(":")[2] == "id")
            place = self._targets.get(next(by_prefix, ""), "")
            if place in self._parts and "chartsheet" not in place:
                hidden = given.get("state", "visible") != "visible"
                self._places[given["name"]] = place
                self.names = (*self.names, SheetName(given["name"], hidden))


def _strings(parts: Parts) -> list[str]:
    """Return the shared strings; the reading aid of East Asian ones (rPh) is no part of them."""
    found: list[str] = []
    piece: list[str] = []
    aside, heard = 0, False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal aside, heard
        if name == "si":
            piece.clear()
        elif name == "rPh":
            aside += 1
        heard = name == "t" and not aside

    def end(name: str) -> None:
        nonlocal aside, heard
        heard = False
        if name == "si":
            found.append(_unescaped("".join(piece)))
        elif name == "rPh":
            aside -= 1

    def text(said: str) -> None:
        if heard:
            piece.append(said)

    parts.hear(_STRINGS, start, end, text)
    return found


class _Sheet:
    """One sheet while it is heard."""

    def __init__(self, strings: Sequence[str], styles: Sequence[Style], starts_1904: bool, most: int) -> None:
        self.lines: list[Line] = []
        self.merged: list[Merge] = []
        self._strings, self._styles, self._starts_1904, self._most = strings, styles, starts_1904, most
        self._row, self._column, self._characters = 0, -1, 0
        self._cells: dict[int, str] = {}
        self._marks: set[str] = set()
        self._hidden = self._heard = self._formula = self._aside = False
        self._kind, self._style, self._said = "", _PLAIN, [""]

    def start(self, name: str, given: dict[str, str]) -> None:
        """Hear where an element begins."""
        if name == "c":
            self._begin_cell(given)
        elif name in ("v", "t"):
            self._heard = not self._aside
        elif name == "row":
            self._row = _within(int(given.get("r") or self._row + 1))
            self._column, self._hidden = -1, given.get("hidden", "") in _TRUE
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True
        elif name == "mergeCell" and len(self.merged) < _MOST_MERGES:
            self._merge(given.get("ref", ""))

    def end(self, name: str) -> None:
        """Hear where an element ends."""
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._heard = False
        elif name == "rPh":
            self._aside = False
        elif name == "row":
            self._end_row()

    def text(self, said: str) -> None:
        """Hear what stands in an element."""
        if self._heard:
            self._said.append(said)

    def _begin_cell(self, given: dict[str, str]) -> None:
        place = given.get("r")
        self._column = _column(place.rstrip("0123456789")) if place else self._column + 1
        self._kind, self._said, self._formula = given.get("t", "n"), [], False
        number = int(given.get("s") or 0)
        self._style = self._styles[number] if number < len(self._styles) else _PLAIN

    def _end_cell(self) -> None:
        said = self._value("".join(self._said))
        if self._formula and not said and self._kind != "e":
            self._marks.add(NO_RESULT)
        if not said.strip():
            return
        if self._column >= MOST_COLUMNS or len(said) > LONGEST_CELL:
            raise ContentError(TOO_LARGE)
        if self._style.struck:
            self._marks.add(STRUCK)
        self._cells[self._column] = said
        self._characters += len(said)

    def _value(self, said: str) -> str:
        if self._kind == "s":
            at = int(said or -1)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if self._kind in ("inlineStr", "str"):
            return _unescaped(said)
        if self._kind == "e":
            self._marks.add(ERROR)
            return ""
        if self._kind == "b":
            return "WAHR" if said in _TRUE else "FALSCH"
        return self._number(said) if said and self._kind != "d" else said.partition("T")[0]

    def _number(self, said: str) -> str:
        if self._style.date and (day := formats.day(_real(said), starts_1904=self._starts_1904)):
            return day
        if not formats.is_exact(said):
            self._marks.add(IMPRECISE)
        return formats.shown(self._style.code, said)

    def _end_row(self) -> None:
        if self._cells:
            width = max(self._cells) + 1
            cells = tuple(self._cells.get(at, "") for at in range(width))
            marks = (*sorted(self._marks), *((HIDDEN,) if self._hidden else ()))
            self.lines.append(Line(self._row, cells, marks))
        self._cells, self._marks = {}, set()
        if len(self.lines) > MOST_LINES or self._characters > MOST_CHARACTERS:
            raise ContentError(TOO_LARGE)
        if self._most and len(self.lines) >= self._most:
            raise Enough

    def _merge(self, given: str) -> None:
        if (found := _RANGE.fullmatch(given)) and found[3]:
            ends = (int(found[2]), _column(found[1]), int(found[4]), _column(found[3]))
            self.merged.append(Merge(*ends))


@cache
def _column(letters: str) -> int:
    """Return the number of a column, from 0: A, B, … Z, AA, …"""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ContentError(UNREADABLE)
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _within(row: int) -> int:
    if not 1 <= row <= MOST_ROWS:
        raise ContentError(UNREADABLE)
    return row


def _real(said: str) -> float:
    try:
        found = float(said)
    except ValueError:
        return -1
    return found if abs(found) < 1e9 else -1  # noqa: PLR2004 - no day, and neither infinite nor no number


def _unescaped(said: str) -> str:
    if "_x" not in said:
        return said
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said)
