"""The list of cases as a table for a spreadsheet: the rows of a list, all of them, in its order."""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from kimdesk.casework.case_list import CaseRow, rows
from kimdesk.casework.desk import Desk
from kimdesk.domain import media
from kimdesk.store import lists
from kimdesk.store.lists import CaseQuery
from kimdesk.store.work import Writer

PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    desk: Desk,
    query: CaseQuery,
    path: Path,
    heads: Sequence[str],
    cells: Callable[[CaseRow], Sequence[str]],
    only: Collection[str] | None = None,
) -> int:
    """Write the list ``query`` to ``path`` as CSV, one line per row under ``heads``; return how many rows.

    ``only``: not all of its cases, but these (by identity), in the order of the list.

    Semicolons, UTF-8 with byte order mark, as the German Excel reads it; a cell that a spreadsheet would
    compute gets an apostrophe. All rows are read in one transaction, and the audit trail tells of it. Raises
    StoreError E920 to E923 when the folder refuses; then nothing is left behind.
    """
    with desk.writing() as writer:
        every = (row for row in _rows(writer, desk, query) if only is None or row.id in only)
        lines = [cells(row) for row in every]
        writer.record("list_exported", "case", "")
    write_table(path, heads, lines)
    return len(lines)


def write_table(path: Path, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write ``lines`` under ``heads`` as ``write_csv`` does. Raises StoreError E920 to E923."""
    text = io.StringIO()
    harmless = ([_harmless(cell) for cell in line] for line in lines)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([heads, *harmless])
    media.write(path, text.getvalue().encode("utf-8-sig"))


def _rows(writer: Writer, desk: Desk, query: CaseQuery) -> Iterator[CaseRow]:
    after = None
    while True:
        found, after = lists.page(writer.connection, query, after, PAGE)
        yield from rows(writer, desk, found)
        if after is None:
            return


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
