"""The checklist of a sheet: box, German, the other language, day; box at the right where that runs left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kimdesk.documents.client_sheet import marks
from kimdesk.documents.client_sheet.columns import Extent, Tongues, behind, lines, numbered, staying
from kimdesk.documents.client_sheet.looks import (
    GERMAN,
    GREEN,
    HEADING,
    LEFT,
    RED,
    RIGHT,
    SMALL,
    TEXT,
    Voice,
)
from kimdesk.documents.client_sheet.parts import Both, CheckRow, CheckSection, SheetChecklist
from kimdesk.documents.client_sheet.tables import ABOVE, HEAD, lower, repeated, ruled, ticked
from kimdesk.documents.print import PaperPart, TextStyle
from kimdesk.documents.print.flow import FlowRow, beside, height_of

_DAY, _BOX, _GAP = 100.0, 28.0, 13.0
_INKS = {"plain": None, "missing": RED, "there": GREEN}

Parts = tuple[PaperPart | None, PaperPart | None]
Told = tuple[Both, TextStyle]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns are; ``box`` is the left edge of the boxes."""

    box: float
    words: tuple[Extent, Extent]
    when: Extent

    @classmethod
    def of(cls, *, mirrored: bool, dated: bool) -> "_Grid":
        """Return them; without a ``dated`` row the words have the place of the days."""
        day = _DAY + _GAP if dated else 0.0
        start, end = (LEFT + day, RIGHT - _BOX) if mirrored else (LEFT + _BOX, RIGHT - day)
        middle = (start + end) / 2
        words = Extent(start, middle - _GAP / 2), Extent(middle + _GAP / 2, end)
        if mirrored:
            return cls(RIGHT - 4 - marks.SIDE, words, Extent(LEFT, LEFT + _DAY, ends=True))
        return cls(LEFT + 4, words, Extent(RIGHT - _DAY, RIGHT))


class _Setting:
    """Sets one checklist."""

    def __init__(self, document: PaperPart, tongues: Tongues, block: SheetChecklist) -> None:
        self._tongues, self._block = tongues, block
        self._table = document.add("Table")
        self._dated = any(row.when.german for section in block.sections for row in section.rows)
        self._grid = _Grid.of(mirrored=tongues.mirrored, dated=self._dated)

    def rows(self) -> Iterator[FlowRow]:
        """Yield all rows."""
        yield FlowRow(ABOVE, stays=True)
        yield from staying(self._head(self._table.add("TR")))
        again, number = tuple(self._head(None)), 1
        for section in self._block.sections:
            titles = list(numbered([row.title for row in section.rows], number))
            number += len(titles)
            if section.title.german:
                yield from repeated(self._section(section), again)
            for title, row in zip(titles, section.rows, strict=True):
                yield from repeated(self._row(replace(row, title=title)), again)

    def _head(self, row: PaperPart | None) -> list[FlowRow]:
        """Return the head; without ``row`` it is there for the eye alone."""
        words = self._columns(((self._block.what, HEAD),), self._cells(row, self._block.what, head=True))
        day = self._when(self._block.when, row.add("TH", scope="Column") if row and self._dated else None)
        return ruled(beside(*words, day), strong=True)

    def _section(self, section: CheckSection) -> list[FlowRow]:
        columns = (2 if self._tongues.own else 1) + self._dated
        head = self._table.add("TR").add("TH", scope="Row", span=columns)
        style = replace(HEADING, size=10.4, ink=_INKS[section.tone])
        parts = self._tongues.spans(head, section.title)
        found = ruled(beside(*self._columns(((section.title, style),), parts)))
        if section.tone != "plain":
            found = behind(found, marks.tone_sign(self._grid.box + marks.SIDE / 2, section.tone))
        height = height_of(found)
        return staying(behind(found, marks.ground(LEFT, RIGHT, found[0].step, height, framed=False)))

    def _row(self, row: CheckRow) -> list[FlowRow]:
        part = self._table.add("TR")
        cells = self._cells(part, row.title, head=False)
        box = cells[0].add("Figure", alt=ticked(done=row.done)) if cells[0] else None
        told = ((row.title, TEXT.bold), (row.detail, SMALL))
        columns = self._columns(told, cells)
        day = self._when(row.when, part.add("TD") if self._dated else None)
        return behind(ruled(beside(*columns, day)), marks.tick_box(self._grid.box, box, done=row.done))

    def _columns(self, told: Sequence[Told], cells: Parts) -> list[list[FlowRow]]:
        """Return a column for each language: the texts below each other."""
        own, (german, other) = self._tongues.own, self._grid.words
        if own is None or not told[0][0].own:
            return [_column(told, GERMAN, Extent(german.left, other.right), cells[0])]
        return [_column(told, GERMAN, german, cells[0]), _column(told, own, other, cells[1])]

    def _when(self, text: Both, part: PaperPart | None) -> list[FlowRow]:
        """Return the cell of a day, nothing where no row has one."""
        return lower(self._tongues.stacked(text, TEXT, part, self._grid.when)) if self._dated else []

    def _cells(self, row: PaperPart | None, text: Both, *, head: bool) -> Parts:
        """Return the cells of both languages; German alone takes both."""
        own = self._tongues.own
        if row is None:
            return None, None
        if own is None or not text.own:
            span = 2 if own else 1
            cell = row.add("TH", scope="Column", span=span) if head else row.add("TD", span=span)
            return cell, cell
        german = row.add("TH", lang=GERMAN.tag, scope="Column" if head else "Row")
        return german, row.add("TH", lang=own.tag, scope="Column") if head else row.add("TD", lang=own.tag)


def checklist(document: PaperPart, tongues: Tongues, block: SheetChecklist) -> Iterator[FlowRow]:
    """Yield the rows of a checklist; its head stands on each page."""
    return _Setting(document, tongues, block).rows()


def _column(told: Sequence[Told], tongue: Voice, place: Extent, cell: PaperPart | None) -> list[FlowRow]:
    found = list[FlowRow]()
    for text, style in told:
        words = text.german if tongue is GERMAN else text.own
        if words:
            part = cell.add("P") if cell and len(told) > 1 else cell
            found += lines(words, style, tongue, place, part)
    return lower(found)
