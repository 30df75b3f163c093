"""Sheets of an old .xls by its records: what the cells show, which rows are hidden, which cells are one.

source: [MS-XLS]; read by xlrd, which knows the formats of cells.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import xlrd
from xlrd import biffh
from xlrd.sheet import Sheet

from kimdesk.casework.sheets import formats
from kimdesk.casework.sheets.raw import (
    ERROR,
    HIDDEN,
    IMPRECISE,
    LOCKED,
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    NO_RESULT,
    STRUCK,
    TOO_LARGE,
    UNREADABLE,
    Line,
    Merge,
    SheetName,
)
from kimdesk.casework.sheets.styles import Style
from kimdesk.domain.errors import ContentError

_ENCRYPTED = "Workbook is encrypted"
_MOST_MERGES = 20_000
_PLAIN = Style()


class XlsBook:
    """A workbook; ``names`` are its sheets in order. Raises ContentError E720, E721, E723 (encrypted)."""

    def __init__(self, data: bytes) -> None:
        with _refusing():
            self._book = xlrd.open_workbook(
                file_contents=data, logfile=_Nowhere(), formatting_info=True, ragged_rows=True,
                on_demand=True, ignore_workbook_corruption=True,
            )  # fmt: skip
            self._styles = tuple(_styles(self._book))
            self.names = tuple(map(SheetName, self._book.sheet_names(), _hidden(self._book)))
        self.starts_1904 = bool(self._book.datemode)

    def lines(self, sheet: str, most: int = 0) -> tuple[tuple[Line, ...], tuple[Merge, ...]]:
        """Return the lines of a sheet and its merged cells; only the first lines when ``most`` is given."""
        with _refusing():
            found = self._book.sheet_by_name(sheet)
            lines = tuple(self._lines(found, most))
            merged = found.merged_cells[:_MOST_MERGES]
            self._book.unload_sheet(sheet)
        return lines, tuple(Merge(top + 1, left, end, right - 1) for top, end, left, right in merged)

    def _lines(self, sheet: Sheet, most: int) -> Iterator[Line]:
        count = characters = 0
        for row in range(sheet.nrows):
            heard = _Row(sheet, row, self._styles, self.starts_1904)
            if not heard.cells:
                continue
            count, characters = count + 1, characters + sum(map(len, heard.cells))
            if count > MOST_LINES or characters > MOST_CHARACTERS:
                raise ContentError(TOO_LARGE)
            yield Line(row + 1, heard.cells, heard.marks)
            if most and count >= most:
                return


class _Row:
    """One row: ``cells`` that say something, as people see them, and its ``marks``."""

    def __init__(self, sheet: Sheet, row: int, styles: tuple[Style, ...], starts_1904: bool) -> None:
        self._starts_1904, self._marks = starts_1904, set[str]()
        said = []
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            style = _PLAIN
            if kind not in (biffh.XL_CELL_EMPTY, biffh.XL_CELL_BLANK):
                number = sheet.cell_xf_index(row, column)
                style = styles[number] if number < len(styles) else _PLAIN
            said.append(self._said(kind, value, style))
        while said and not said[-1].strip():
            said.pop()
        if len(said) > MOST_COLUMNS or any(len(each) > LONGEST_CELL for each in said):
            raise ContentError(TOO_LARGE)
        about = sheet.rowinfo_map.get(row)
        self.cells = tuple(each if each.strip() else "" for each in said)
        self.marks = (*sorted(self._marks), *((HIDDEN,) if about and about.hidden else ()))

    def _said(self, kind: int, value: object, style: Style) -> str:
        said = self._value(kind, value, style)
        if style.struck and said.strip():
            self._marks.add(STRUCK)
        return said

    def _value(self, kind: int, value: object, style: Style) -> str:
        if kind == biffh.XL_CELL_TEXT:
            if not value:  # the text of a formula that gave none
                self._marks.add(NO_RESULT)
            return str(value)
        if kind == biffh.XL_CELL_BOOLEAN:
            return "WAHR" if value else "FALSCH"
        if kind == biffh.XL_CELL_ERROR:
            self._marks.add(ERROR)
        return self._number(value, style) if isinstance(value, float) else ""

    def _number(self, value: float, style: Style) -> str:
        if style.date and (day := formats.day(value, starts_1904=self._starts_1904)):
            return day
        said = repr(value)
        if not formats.is_exact(said):
            self._marks.add(IMPRECISE)
        return formats.shown(style.code, said)


class _Nowhere(StringIO):
    """Takes what the reader remarks about a file and keeps none of it."""

    def write(self, said: str) -> int:
        return len(said)


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse what the reader stumbles over, whatever it raises: it takes the records at their word."""
    try:
        yield
    except (ContentError, MemoryError):
        raise
    except biffh.XLRDError as error:
        raise ContentError(LOCKED if str(error) == _ENCRYPTED else UNREADABLE) from None
    except Exception:
        raise ContentError(UNREADABLE) from None


def _hidden(book: xlrd.Book) -> Iterator[bool]:
    """Yield which sheets are hidden (1) or very hidden (2); the reader tells it only of those it has read."""
    return (bool(each & 3) for each in vars(book)["_sheet_visibility"])


def _styles(book: xlrd.Book) -> Iterator[Style]:
    """Yield the formats of cells in the order in which cells name them."""
    for each in book.xf_list:
        found = book.format_map.get(each.format_key)
        code = (found.format_str if found else "") or ""
        struck = each.font_index < len(book.font_list) and bool(book.font_list[each.font_index].struck_out)
        date = formats.is_date(each.format_key, code)
        yield Style(date, "" if date else code, struck)
