"""From the blocks of a sheet to its pages."""

from collections.abc import Iterator

from kimdesk.documents.client_sheet.checklists import checklist
from kimdesk.documents.client_sheet.columns import (
    Extent,
    Tongues,
    behind,
    halves,
    kept,
    lines,
    staying,
    together,
)
from kimdesk.documents.client_sheet.frame import Frame
from kimdesk.documents.client_sheet.looks import BOTTOM, GERMAN, HEADING, LEFT, RIGHT, SMALL, TEXT, TOP
from kimdesk.documents.client_sheet.marks import ground
from kimdesk.documents.client_sheet.parts import (
    BulletList,
    ClientSheet,
    NoteBox,
    PictureSpace,
    RunningHead,
    SheetBlock,
    SheetChecklist,
    SheetHeading,
    SheetParagraph,
    SheetPicture,
    SheetTable,
    SignatureLines,
)
from kimdesk.documents.client_sheet.tables import table
from kimdesk.documents.print import PaperPart, Sheets, flow
from kimdesk.documents.print.flow import FlowRow, Stroke, beside, height_of

_GAP, _PAD, _INDENT, _SIGNED = 7.0, 10.0, 13.0, 44.0


def lay_out(sheet: ClientSheet) -> bytes:
    """Return the sheet as PDF. Raises ContentError E797 when no font has a sign of it."""
    sheets = Sheets(sheet.title.german)
    frame = Frame(sheets, sheet)
    rows = [*frame.head(), *_rows(sheets.document, frame.tongues, sheet.blocks)]
    running = sheet.running.height + _GAP if sheet.running else 0.0
    pages = list(flow.pages(rows, TOP - BOTTOM, TOP - BOTTOM - running))
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheets.turn()
            _run(sheets, sheet.running)
        flow.draw(sheets, page, TOP - running if number > 1 else TOP)
        frame.foot(number, len(pages))
    return sheets.finished()


def _run(sheets: Sheets, head: RunningHead | None) -> None:
    if head:
        head.draw(sheets, None, PictureSpace(LEFT, TOP - head.height, RIGHT - LEFT, head.height))


def _rows(document: PaperPart, tongues: Tongues, blocks: tuple[SheetBlock, ...]) -> Iterator[FlowRow]:
    """Yield the rows of all blocks; what is signed is on the page of the end of what it is about."""
    for place, block in enumerate(blocks):
        found = list(_block(document, tongues, block))
        signed = place + 1 < len(blocks) and isinstance(blocks[place + 1], SignatureLines)
        leads = isinstance(block, SheetHeading) or (isinstance(block, SheetParagraph) and block.leads)
        yield from staying(found) if signed or leads else found


def _block(document: PaperPart, tongues: Tongues, block: SheetBlock) -> Iterator[FlowRow]:
    match block:
        case SheetHeading(text):
            parts = tongues.spans(document.add("H2"), text)
            rows = together(tongues.pair(text, HEADING, parts, above=2 * _GAP))
            yield from flow.marked(rows, text.german)
        case SheetParagraph(text):
            style = SMALL if block.quiet else TEXT
            style = style.bold if block.strong else style
            yield from tongues.pair(text, style, tongues.parts(document, "P", text), above=_GAP)
        case NoteBox():
            yield from _note(document, tongues, block)
        case BulletList():
            yield from _list(document, tongues, block)
        case SheetTable():
            yield from table(document, tongues, block)
        case SheetChecklist():
            yield from checklist(document, tongues, block)
        case SignatureLines():
            yield from _signatures(document, tongues, block)
        case SheetPicture():
            yield _picture(document, block)


def _note(document: PaperPart, tongues: Tongues, block: NoteBox) -> Iterator[FlowRow]:
    places = halves(LEFT + _PAD, RIGHT - _PAD)
    rows = list[FlowRow]()
    for text, style in (*((line, TEXT) for line in block.lines), (block.strong, TEXT.bold)):
        if text.german:
            parts = tongues.parts(document, "P", text)
            rows += tongues.pair(text, style, parts, places, above=3.0 if rows else _PAD - 4)
    height = height_of(rows) + _PAD
    yield FlowRow(_GAP + 2, stays=True)
    tint = ground(LEFT, RIGHT, rows[0].step, height, framed=True)
    yield from together([*behind(rows, tint), FlowRow(_PAD)])
    yield FlowRow(3.0)


def _list(document: PaperPart, tongues: Tongues, block: BulletList) -> Iterator[FlowRow]:
    """Yield a list of each language beside each other, row by row."""
    german, other = halves(LEFT, RIGHT)
    listed = document.add("L")
    for number, text in enumerate(block.items, 1):
        mark = f"{number}." if block.numbered else "–"
        item = listed.add("LI")
        two = tongues.own is not None and bool(text.own)
        place = german if two else Extent(german.left, other.right)
        column = lines(mark, TEXT, GERMAN, place, item.add("Lbl"))
        body = item.add("LBody")
        mine, theirs = tongues.parts(body, "P", text) if two else (body, body)
        inner = Extent(place.left + _INDENT, place.right)
        columns = [column, lines(text.german, TEXT, GERMAN, inner, mine)]
        if two and tongues.own:
            columns.append(lines(mark, TEXT, tongues.own, other, None))
            columns.append(lines(text.own, TEXT, tongues.own, _indented(tongues, other), theirs))
        yield from kept(flow.lowered(beside(*columns), 4.0))


def _indented(tongues: Tongues, place: Extent) -> Extent:
    indent = _INDENT * (tongues.own.larger if tongues.own else 1.0)
    if tongues.mirrored:
        return Extent(place.left, place.right - indent)
    return Extent(place.left + indent, place.right)


def _signatures(document: PaperPart, tongues: Tongues, block: SignatureLines) -> Iterator[FlowRow]:
    """Yield lines to sign on, two beside each other; all of them stay on one page."""
    rows = list[FlowRow]()
    for start in range(0, len(block.lines), 2):
        columns, strokes = list[list[FlowRow]](), list[Stroke]()
        for text, place in zip(block.lines[start : start + 2], halves(LEFT, RIGHT), strict=False):
            mine, theirs = tongues.parts(document, "P", text)
            column = lines(text.german, SMALL, GERMAN, place, mine)
            if tongues.own and text.own:
                column += lines(text.own, SMALL, tongues.own, place, theirs)
            columns.append(column)
            strokes.append(Stroke(place.left, place.right, SMALL.size * 1.35))
        found = flow.lowered(beside(*columns), _SIGNED)
        rows += flow.stroked(found, tuple(strokes))
    yield from together(rows)


def _picture(document: PaperPart, block: SheetPicture) -> FlowRow:
    """Return the row of a picture; who listens is told in both languages what it shows."""
    alt = " · ".join(filter(None, (block.alt.german, block.alt.own)))
    part = document.add("Figure", alt=alt)

    def draw(sheets: Sheets, y: float) -> None:
        block.draw(sheets, part, PictureSpace(LEFT, y, RIGHT - LEFT, block.height))

    return FlowRow(block.height + _GAP, drawn=(draw,))
