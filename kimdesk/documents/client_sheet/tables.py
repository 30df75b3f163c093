"""Tables of a sheet, from the right where the language runs to the left; their head stands on each page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kimdesk.documents.client_sheet import marks
from kimdesk.documents.client_sheet.columns import Extent, Tongues, behind, staying, together
from kimdesk.documents.client_sheet.looks import LEFT, RIGHT, TEXT
from kimdesk.documents.client_sheet.parts import Both, SheetTable
from kimdesk.documents.print import PaperPart, TextStyle
from kimdesk.documents.print.flow import FlowRow, Stroke, beside
from kimdesk.documents.print.structure import add_cells
from kimdesk.texts import say

HEAD = TextStyle(9, "semibold", 0.3)
PAD, FOOT, ABOVE = 4.0, 6.5, 8.0
_GAP, _NARROW = 10.0, 0.3


def table(document: PaperPart, tongues: Tongues, block: SheetTable) -> Iterator[FlowRow]:
    """Yield the rows of a table; both languages stand in one cell."""
    made, places = document.add("Table"), _places(block, mirrored=tongues.mirrored and _is_told(block))
    yield FlowRow(ABOVE, stays=True)
    yield from staying(list(_head(tongues, block.heads, places, made.add("TR"))))
    again = tuple(_head(tongues, block.heads, places, None))
    for cells in block.rows:
        row = made.add("TR")
        parts = add_cells(row, len(block.heads), len(block.rows))
        styles = [TEXT.bold, *[TEXT] * (len(cells) - 1)]
        rows = [_cell(tongues, *each) for each in zip(cells, places, parts, styles, strict=True)]
        yield from repeated(ruled(beside(*rows)), again)


def _is_told(block: SheetTable) -> bool:
    """Say whether anything of it is told in the language of the sheet: else it is for who reads German."""
    return any(cell.own for row in (block.heads, *block.rows) for cell in row if isinstance(cell, Both))


def ruled(rows: Sequence[FlowRow], *, strong: bool = False) -> list[FlowRow]:
    """Return ``rows`` as one row of a table, with a line below."""
    stroke = Stroke(LEFT, RIGHT, 0.0, 0.35 if strong else 0.8)
    return together([*rows, FlowRow(FOOT if not strong else PAD, strokes=(stroke,))])


def repeated(rows: Sequence[FlowRow], head: tuple[FlowRow, ...]) -> Iterator[FlowRow]:
    """Yield ``rows``, above which the ``head`` of their table stands again where a page begins."""
    return (replace(row, again=head) for row in rows)


def ticked(*, done: bool) -> str:
    """Return what a box says to who listens."""
    return say("client_sheet.done") if done else say("client_sheet.open")


def _places(block: SheetTable, *, mirrored: bool) -> list[Extent]:
    """Return where each column is: the first one at the right when the table is mirrored."""
    shares = block.widths or tuple(
        _NARROW if block.rows and all(isinstance(row[at], bool) for row in block.rows) else 1.0
        for at in range(len(block.heads))
    )
    found, start = list[Extent](), LEFT
    for number, share in enumerate(shares, 1):
        end = start + (RIGHT - LEFT) * share / sum(shares)
        found.append(Extent(start, end - _GAP if number < len(shares) else end))
        start = end
    turned = [Extent(LEFT + RIGHT - each.right, LEFT + RIGHT - each.left, ends=True) for each in found]
    return turned if mirrored else found


def _head(
    tongues: Tongues, heads: Sequence[Both], places: Sequence[Extent], row: PaperPart | None
) -> Iterator[FlowRow]:
    """Yield the head; without ``row`` it is there for the eye alone."""
    columns = []
    for text, place in zip(heads, places, strict=True):
        part = row.add("TH", scope="Column") if row else None
        columns.append(tongues.stacked(text, HEAD, part, place))
    yield from ruled(beside(*columns), strong=True)


def _cell(
    tongues: Tongues, cell: Both | bool, place: Extent, part: PaperPart, style: TextStyle
) -> list[FlowRow]:
    if not isinstance(cell, bool):
        return lower(tongues.stacked(cell, style, part, place))
    figure = part.add("Figure", alt=ticked(done=cell))
    x = place.right - marks.SIDE if place.ends else place.left
    return lower(behind([FlowRow(TEXT.size * 1.42)], marks.tick_box(x, figure, done=cell)))


def lower(rows: list[FlowRow]) -> list[FlowRow]:
    """Return the lines of a cell with room above them."""
    return [*(replace(row, step=row.step + PAD) for row in rows[:1]), *rows[1:]]
