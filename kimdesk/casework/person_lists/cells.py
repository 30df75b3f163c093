"""The cells of workbooks (.xlsx, .xls, .ods), read in the cage: their native reader may end its process."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kimdesk.casework.person_lists.extent import demand_bounded
from kimdesk.casework.person_lists.reading import MOST_LINES, UNREADABLE, Workbook
from kimdesk.domain.errors import ContentError

_ZIP = b"PK\x03\x04"
_PANIC = "PanicException"  # of the native reader (pyo3); it is no Exception and cannot be imported


def workbook(data: bytes, wanted: str) -> Workbook:
    """Return the cells of the sheet ``wanted``, or of the first.

    Raises ContentError E720 when it is no workbook, E721 when it is too large.
    """
    if data.startswith(_ZIP):
        demand_bounded(data)
    try:
        book = CalamineWorkbook.from_object(BytesIO(data))
        sheets = tuple(book.sheet_names)
        sheet = wanted if wanted in sheets else sheets[0]
        cells = book.get_sheet_by_name(sheet).to_python(nrows=MOST_LINES + 1)
    except (CalamineError, IndexError, ValueError):
        raise ContentError(UNREADABLE) from None
    except BaseException as error:
        if type(error).__name__ == _PANIC:
            raise ContentError(UNREADABLE) from None
        raise
    return Workbook(sheet, sheets, [[_text(cell) for cell in line] for line in cells])


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
