"""Sheets of an old .xls, by the native reader."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from kimdesk.casework.sheets import formats
from kimdesk.casework.sheets.raw import (
    LOCKED,
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    TOO_LARGE,
    UNREADABLE,
    Line,
    Merge,
    SheetName,
)
from kimdesk.domain.errors import ContentError

_CELLS_AT_ONCE = 20_000_000  # of the block the native reader makes of a sheet


class XlsBook:
    """A workbook; ``names`` are its sheets in order. Raises ContentError E720, E721, E723 (encrypted)."""

    starts_1904 = False  # days come as days

    def __init__(self, data: bytes) -> None:
        try:
            self._book = CalamineWorkbook.from_object(BytesIO(data))
        except PasswordError:
            raise ContentError(LOCKED) from None
        except (CalamineError, ValueError):
            raise ContentError(UNREADABLE) from None
        except BaseException as error:
            _demand_no_panic(error)
            raise
        self.names = tuple(
            SheetName(each.name, each.visible != SheetVisibleEnum.Visible)
            for each in self._book.sheets_metadata
        )

    def lines(self, sheet: str, most: int = 0) -> tuple[tuple[Line, ...], tuple[Merge, ...]]:
        """Return the lines of a sheet and its merged cells; only the first lines when ``most`` is given."""
        try:
            found = self._book.get_sheet_by_name(sheet)
        except (CalamineError, ValueError):
            raise ContentError(UNREADABLE) from None
        except BaseException as error:
            _demand_no_panic(error)
            raise
        if found.height * found.width > _CELLS_AT_ONCE:
            raise ContentError(TOO_LARGE)
        return _lines(found, most), _merges(found)


def _demand_no_panic(error: BaseException) -> None:
    """Raise ContentError E720 for a panic of the native reader, which cannot be imported (pyo3)."""
    if type(error).__name__ == "PanicException":
        raise ContentError(UNREADABLE) from None


def _lines(sheet: CalamineSheet, most: int) -> tuple[Line, ...]:
    if sheet.start is None:
        return ()
    (first_row, first_column), found, characters = sheet.start, [], 0
    for at, row in enumerate(sheet.iter_rows()):
        cells = _cells(row, first_column)
        if cells:
            characters += sum(map(len, cells))
            found.append(Line(first_row + at + 1, cells))
        if len(found) > MOST_LINES or characters > MOST_CHARACTERS:
            raise ContentError(TOO_LARGE)
        if most and len(found) >= most:
            break
    return tuple(found)


def _cells(row: Sequence[object], before: int) -> tuple[str, ...]:
    cells = [*[""] * before, *map(_text, row)]
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS or any(len(each) > LONGEST_CELL for each in cells):
        raise ContentError(TOO_LARGE)
    return tuple(cells)


def _merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    found = sheet.merged_cell_ranges or []
    return tuple(Merge(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in found)


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "WAHR" if cell else "FALSCH"
        case float() | int():
            return formats.number(repr(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat() if cell != time() else "0"
    return str(cell)
