"""The pages of the audit report: a head with facts, a table whose cells wrap, numbered pages."""

from collections.abc import Iterator, Sequence

from kimdesk.documents.print import PaperPart, SetLine, Sheets, TextStyle, broken, spelled
from kimdesk.texts import say

Row = tuple[str, str, str, str, str]  # number, when, who, what, case

_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 547.0, 786.0, 56.0
_COLUMNS = (44.0, 98.0, 102.0, 167.0, 88.0)
_GAP = 8.0
_LEADING, _PAD = 11.5, 3.0
_FACT = 76.0
_TITLE, _CELL, _FACTS = TextStyle(20, "semibold"), TextStyle(8.5), TextStyle(9)
_QUIET, _SMALL = TextStyle(9, gray=0.35), TextStyle(8, gray=0.35)

Cells = tuple[list[SetLine], ...]


def lay_out(facts: Sequence[tuple[str, str]], rows: Sequence[Row], *, practice: bool) -> bytes:
    """Return the report as PDF; ``facts`` are words and values below its title.

    A sign that no font has is spelled: what stands in the trail stays in it, and must come to paper.
    """
    sheets = Sheets(say("audit_report.title"))
    top = _head(sheets, facts, practice)
    pages = list(_pages([_wrapped(row) for row in rows], top))
    table = sheets.document.add("Table")
    for number, cells in enumerate(pages, 1):
        if number > 1:
            sheets.turn()
            top = _TOP
        top = _table_head(sheets, top, table if number == 1 else None)
        for row in cells:
            top = _row(sheets, row, top, table.add("TR"))
        if not rows:
            sheets.write(say("audit_report.none"), _LEFT, top - 14, _CELL, part=sheets.document.add("P"))
        _foot(sheets, number, len(pages))
    return sheets.finished()


def _pages(rows: Sequence[Cells], top: float) -> Iterator[list[Cells]]:
    """Yield what fits on each page; the first one begins at ``top``."""
    page: list[Cells] = []
    room = top - _BOTTOM - _head_height()
    for row in rows:
        height = _height(row)
        if height > room and page:
            yield page
            page, room = [], _TOP - _BOTTOM - _head_height()
        page.append(row)
        room -= height
    yield page


def _head(sheets: Sheets, facts: Sequence[tuple[str, str]], practice: bool) -> float:
    document = sheets.document
    sheets.write(say("audit_report.title"), _LEFT, _TOP - 12, _TITLE, part=document.add("H1"))
    y = _TOP - 34
    if practice:
        sheets.write(say("paper.practice"), _LEFT, y, TextStyle(10, "semibold"), part=document.add("P"))
        y -= 18
    known = document.add("L")
    for word, value in facts:
        item = known.add("LI")
        sheets.write(word, _LEFT, y, _QUIET, part=item.add("Lbl"))
        said = item.add("LBody")
        for line in broken(spelled(value), _RIGHT - _LEFT - _FACT, _FACTS):
            sheets.write(line, _LEFT + _FACT, y, _FACTS, part=said)
            y -= 13
    y -= 4
    reading = document.add("P")
    for line in broken(say("audit_report.reading"), _RIGHT - _LEFT, _SMALL):
        sheets.write(line, _LEFT, y, _SMALL, part=reading)
        y -= 11
    return y - 8


def _table_head(sheets: Sheets, top: float, table: PaperPart | None) -> float:
    """Write the words of the columns; on later pages they are there for the eye alone."""
    row = table.add("TR") if table else None
    words = [say(f"audit_report.column_{name}") for name in ("number", "when", "who", "what", "which")]
    for column, word in enumerate(words):
        part = row.add("TH", scope="Column") if row else None
        _cell(sheets, word, column, top - _LEADING, _CELL.bold, part)
    sheets.rule(_LEFT, _RIGHT, top - _head_height() + 1, width=0.8, gray=0.6)
    return top - _head_height()


def _row(sheets: Sheets, cells: Cells, top: float, row: PaperPart) -> float:
    for column, lines in enumerate(cells):
        part = row.add("TD")
        for number, line in enumerate(lines):
            _cell(sheets, line, column, top - _PAD - _CELL.size - number * _LEADING, _CELL, part)
    bottom = top - _height(cells)
    sheets.rule(_LEFT, _RIGHT, bottom, width=0.3, gray=0.6)
    return bottom


def _cell(
    sheets: Sheets, text: SetLine | str, column: int, y: float, style: TextStyle, part: PaperPart | None
) -> None:
    """Write into a column; the first one holds numbers, which end at its right edge."""
    left = _LEFT + sum(_COLUMNS[:column])
    if column == 0:
        sheets.write(text, left + _COLUMNS[0] - _GAP, y, style, "right", part)
    else:
        sheets.write(text, left, y, style, part=part)


def _foot(sheets: Sheets, page: int, pages: int) -> None:
    sheets.write(say("paper.foot", title=say("audit_report.title")), _LEFT, 34, _SMALL)
    sheets.write(say("paper.page", page=page, pages=pages), _RIGHT, 34, TextStyle(8), "right")


def _wrapped(row: Row) -> Cells:
    return tuple(
        broken(spelled(text), width - _GAP, _CELL) for text, width in zip(row, _COLUMNS, strict=True)
    )


def _height(cells: Cells) -> float:
    return 2 * _PAD + _LEADING * max(len(lines) for lines in cells)


def _head_height() -> float:
    return _LEADING + 6
