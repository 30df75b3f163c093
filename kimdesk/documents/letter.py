"""A letter of a municipality by DIN 5008, form B: address, information block, subject, text, signatures.

Places are those of DIN 5008:2020-03, form B, in millimetres from the upper and the left edge of the sheet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kimdesk.casework.letterhead import Letterhead
from kimdesk.documents.print import PaperPart, Sheets, TextStyle, broken, flow
from kimdesk.documents.print.flow import FlowRow, SetWord, Stroke
from kimdesk.documents.print.images import fitted
from kimdesk.documents.print.structure import add_cells
from kimdesk.texts import say
from kimdesk.texts.bidi import apart

__all__ = ["Letter", "LetterList", "LetterParagraph", "LetterTable", "Letterhead", "lay_out"]

_MM: Final = 72 / 25.4
_HEIGHT, _LEFT, _RIGHT = 297.0, 25.0, 190.0
_HEAD, _RULE, _RETURN, _ADDRESS, _BLOCK, _BLOCK_VALUE = 17.0, 31.0, 50.0, 62.7, 125.0, 151.0
_SUBJECT, _FOLLOWING, _FOOT, _FOOT_LINES = 100.0, 27.0, 268.0, 279.0
_FOLDS: Final = ((105.0, 5.0), (148.5, 7.0), (210.0, 5.0))  # where to fold and to punch, how long the mark is
_WINDOW, _ADDRESS_HIGH = 80.0, 30.6  # what the window of an envelope shows of the address
_NAME, _TEXT, _LIST = TextStyle(14, "semibold"), TextStyle(10.5), TextStyle(9.8)
_QUIET, _SMALL, _RETURNED = TextStyle(9.2, gray=0.35), TextStyle(7.9, gray=0.35), TextStyle(7.4, gray=0.35)
_LEADING, _GAP = 1.42, 6.0
_SIGNED: Final = 46.0  # room to sign in
_LOGO: Final = (45 * _MM, 12 * _MM)  # at most


@dataclass(frozen=True, slots=True)
class LetterParagraph:
    """A paragraph; ``heading``: it says what follows."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class LetterList:
    """Points below a title."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table with a head; the first cell of a row says whose row it is."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = LetterParagraph | LetterList | LetterTable | tuple[LetterList, LetterList]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. ``received``: the day and hour at which something came in, which counts before the law.

    ``title``: what the PDF says it is; it names nobody, as a subject may.
    """

    sender: Letterhead
    to: tuple[str, ...]
    information: tuple[tuple[str, str], ...]
    subject: tuple[str, ...]
    blocks: tuple[Block, ...]
    title: str = ""
    signatures: tuple[tuple[str, str], ...] = ()
    received: tuple[str, str] | None = None
    slip: str = ""
    practice: bool = False


def lay_out(letter: Letter) -> bytes:
    """Return the letter as PDF. Raises ContentError E797 when no font has a sign of it."""
    sheets = Sheets(letter.title or letter.subject[0])
    _head(sheets, letter)
    rows = [*_subject(sheets, letter), *_text(sheets.document, letter), *_signatures(sheets.document, letter)]
    first, room = (_FOOT - _SUBJECT) * _MM, (_FOOT - _FOLLOWING) * _MM
    pages = list(flow.pages(rows, first, room))
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheets.turn()
        flow.draw(sheets, page, _y(_SUBJECT if number == 1 else _FOLLOWING))
        _foot(sheets, letter, number, len(pages))
    return sheets.finished()


def _y(millimetres: float) -> float:
    return (_HEIGHT - millimetres) * _MM


def _head(sheets: Sheets, letter: Letter) -> None:
    document, sender, left = sheets.document, letter.sender, _LEFT * _MM
    _sender(sheets, sender)
    sheets.rule(left, _RIGHT * _MM, _y(_RULE), width=0.8, gray=0.3)
    returned = apart(" · ").join((sender.name, *sender.address))
    sheets.write(returned, left, _y(_RETURN), _RETURNED)
    sheets.rule(left, left + 80 * _MM, _y(_RETURN + 1.6), width=0.4, gray=0.6)
    address = document.add("P")
    lines = [line for each in letter.to for line in broken(each, _WINDOW * _MM, _TEXT)]
    step = min(5.1, _ADDRESS_HIGH / max(1, len(lines)))
    for number, line in enumerate(lines):
        sheets.write(line, left, _y(_ADDRESS + 3.5 + step * number), _TEXT, part=address)
    _information(sheets, letter)
    for place, length in _FOLDS:
        sheets.rule(0, length * _MM, _y(place), width=0.5, gray=0.5)


def _sender(sheets: Sheets, sender: Letterhead) -> None:
    """Write who writes at the upper edge, beside the logo."""
    left = _LEFT * _MM
    if sender.logo:
        part = sheets.document.add("Figure", alt=say("letter.logo", name=sender.name))
        size = fitted(sender.logo, _LOGO)
        sheets.image(sender.logo, left, _y(_HEAD + 2) - size[1] / 2, size, part)
        left += size[0] + 4 * _MM
    for line, y, style in ((sender.name, _HEAD, _NAME), (sender.unit, _HEAD + 6, _QUIET)):
        if line:
            sheets.write(line, left, _y(y), style, part=sheets.document.add("P"))


def _information(sheets: Sheets, letter: Letter) -> None:
    known, y = sheets.document.add("L"), _RETURN
    for word, value in letter.information:
        item = known.add("LI")
        sheets.write(word, _BLOCK * _MM, _y(y), _QUIET, part=item.add("Lbl"))
        said = item.add("LBody")
        for line in broken(value, (_RIGHT - _BLOCK_VALUE) * _MM, TextStyle(9.2)):
            sheets.write(line, _BLOCK_VALUE * _MM, _y(y), TextStyle(9.2), part=said)
            y += 4.5
    if letter.received:
        _received(sheets, *letter.received, y)


def _received(sheets: Sheets, word: str, moment: str, y: float) -> None:
    """Write when something came in into a frame: by law that moment counts (§ 16 Abs. 2 SGB I)."""
    with sheets.drawing() as canvas:
        canvas.setStrokeGray(0.3)
        canvas.setLineWidth(0.8)
        canvas.roundRect(_BLOCK * _MM, _y(y + 11.5), (_RIGHT - _BLOCK) * _MM, 12.5 * _MM, 4)
    part = sheets.document.add("P")
    sheets.write(word, (_BLOCK + 3) * _MM, _y(y + 3.5), TextStyle(7.9, gray=0.35), part=part)
    sheets.write(moment, (_BLOCK + 3) * _MM, _y(y + 9), TextStyle(11, "semibold"), part=part)


def _subject(sheets: Sheets, letter: Letter) -> Iterator[FlowRow]:
    part = sheets.document.add("H1")
    for number, subject in enumerate(letter.subject):
        style = TextStyle(11.5 if number == 0 else 10.5, "semibold")
        for line in broken(subject, (_RIGHT - _LEFT) * _MM, style):
            yield FlowRow(style.size * _LEADING, (SetWord(line, _LEFT * _MM, style, part),), stays=True)


def _text(document: PaperPart, letter: Letter) -> Iterator[FlowRow]:
    for place, block in enumerate(letter.blocks):
        before_signing = place >= len(letter.blocks) - 2 and bool(letter.signatures)  # no greeting alone
        match block:
            case LetterParagraph():
                yield from _paragraph(document, block, stays=before_signing)
            case LetterList():
                yield from _lists(document, (block,))
            case LetterTable():
                yield from _table(document.add("Table"), block)
            case _:
                yield from _lists(document, block)


def _paragraph(document: PaperPart, block: LetterParagraph, *, stays: bool) -> Iterator[FlowRow]:
    """Yield its lines; neither its first nor its last one stands alone on a page."""
    style = _TEXT.bold if block.heading else _TEXT
    part = document.add("H2" if block.heading else "P")
    lines = broken(block.text, (_RIGHT - _LEFT) * _MM, style)
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        together = not last and number in (0, len(lines) - 2)
        step = style.size * _LEADING + (_GAP * (2 if block.heading else 1) if number == 0 else 0.0)
        word = SetWord(line, _LEFT * _MM, style, part)
        yield FlowRow(step, (word,), stays=together or block.heading or (stays and last))


def _lists(document: PaperPart, lists: Sequence[LetterList]) -> Iterator[FlowRow]:
    """Yield one list, or two beside each other."""
    width = (_RIGHT - _LEFT) / len(lists) - (4 if len(lists) > 1 else 0)
    lefts = (_LEFT, _LEFT + (_RIGHT - _LEFT) / 2)
    columns = [_column(document, one, left, width) for one, left in zip(lists, lefts, strict=False)]
    for number in range(max(map(len, columns))):
        words = [word for column in columns if number < len(column) for word in column[number]]
        above = 2 * _GAP if number == 0 else 0.0
        yield FlowRow(_LIST.size * 1.5 + above, tuple(words), stays=number == 0)


def _column(document: PaperPart, one: LetterList, left: float, width: float) -> list[list[SetWord]]:
    x, rows = left * _MM, list[list[SetWord]]()
    if one.title:
        rows.append([SetWord(one.title, x, _TEXT.bold, document.add("H2"))])
    listed = document.add("L")
    for text in one.items:
        item = listed.add("LI")
        mark, body = item.add("Lbl"), item.add("LBody")
        lines = broken(text, (width - 4.5) * _MM, _LIST)
        for number, line in enumerate(lines):
            word = SetWord(line, x + 4.5 * _MM, _LIST, body)
            rows.append([SetWord("–", x, _LIST, mark), word] if number == 0 else [word])
    return rows


def _table(table: PaperPart, block: LetterTable) -> Iterator[FlowRow]:
    widths = [(_RIGHT - _LEFT) * _MM / len(block.heads)] * len(block.heads)
    lefts = [_LEFT * _MM + sum(widths[:at]) for at in range(len(widths))]
    stroke = Stroke(_LEFT * _MM, _RIGHT * _MM, -4.5, 0.5)
    row = table.add("TR")
    heads = zip(block.heads, lefts, strict=True)
    words = [SetWord(head, x, _QUIET.bold, row.add("TH", scope="Column")) for head, x in heads]
    yield FlowRow(_LIST.size * 1.5 + 2 * _GAP, tuple(words), stays=True, strokes=(stroke,))
    for cells in block.rows:
        row = table.add("TR")
        parts = add_cells(row, len(block.heads), len(block.rows))
        lines = [broken(cell, width - 6, _LIST) for cell, width in zip(cells, widths, strict=True)]
        for number in range(max(map(len, lines))):
            words = [
                SetWord(cell[number], x, _LIST.bold if part is parts[0] else _LIST, part)
                for cell, x, part in zip(lines, lefts, parts, strict=True)
                if number < len(cell)
            ]
            last = number == max(map(len, lines)) - 1
            step = _LIST.size * (1.95 if number == 0 else 1.4)
            yield FlowRow(step, tuple(words), stays=not last, strokes=(stroke,) if last else ())


def _signatures(document: PaperPart, letter: Letter) -> Iterator[FlowRow]:
    """Yield the lines to sign on, beside each other and on one page with the end of the text."""
    half, style = (_RIGHT - _LEFT) / 2, _LIST
    for start in range(0, len(letter.signatures), 2):
        pair = letter.signatures[start : start + 2]
        lefts = [(_LEFT + at * (half + 5)) * _MM for at in range(len(pair))]
        parts = [document.add("P") for _ in pair]
        strokes = tuple(Stroke(left, left + (half - 5) * _MM, style.size * 1.3) for left in lefts)
        placed = list(zip(pair, lefts, parts, strict=True))
        names = [SetWord(name, x, style.bold, part) for (name, _), x, part in placed]
        roles = [SetWord(role, x, _QUIET, part) for (_, role), x, part in placed]
        more = start + 2 < len(letter.signatures)
        yield FlowRow(_SIGNED, tuple(names), stays=True, strokes=strokes)
        yield FlowRow(style.size * 1.45, tuple(roles), stays=more)


def _foot(sheets: Sheets, letter: Letter, page: int, of: int) -> None:
    """Write who writes and how many pages there are: for the eye, on each page."""
    sheets.rule(_LEFT * _MM, _RIGHT * _MM, _y(_FOOT_LINES - 4), width=0.5, gray=0.6)
    foot = apart(" · ").join(filter(None, (letter.sender.name, *letter.sender.foot)))
    for number, line in enumerate(broken(foot, 76 * _MM, _SMALL)):
        sheets.write(line, _LEFT * _MM, _y(_FOOT_LINES + 4 * number), _SMALL)
    slip = say("letter.slip", code=letter.slip) if letter.slip else ""
    right = apart(" · ").join(filter(None, (slip, say("paper.practice") if letter.practice else "")))
    sheets.write(right, _RIGHT * _MM, _y(_FOOT_LINES), _SMALL, "right")
    sheets.write(say("paper.page", page=page, pages=of), _RIGHT * _MM, _y(_FOOT_LINES + 4), _SMALL, "right")
