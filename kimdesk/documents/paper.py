"""A plain paper for the file: title, facts, headings, paragraphs and lists over numbered pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from kimdesk.casework import giveaway
from kimdesk.documents.print import SetLine, Sheets, TextStyle, broken
from kimdesk.texts import say
from kimdesk.texts.bidi import apart

_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 531.0, 780.0, 72.0
_FACT, _ITEM, _SIGN, _GAP = 130.0, 14.0, 246.0, 25.0
_TITLE, _TEXT, _SMALL = TextStyle(20, "semibold"), TextStyle(10), TextStyle(8, gray=0.35)
_STYLES = {
    "heading": TextStyle(12.5, "semibold"),
    "entry": TextStyle(10, "semibold"),
    "under": TextStyle(8.5, gray=0.35),
    "note": TextStyle(8.5, gray=0.35),
    "sign": TextStyle(9),
}
_LEAD = TextStyle(10, gray=0.35)
_ABOVE = {"heading": 16.0, "note": 8.0, "sign": 46.0, "item": 4.0, "entry": 5.0, "under": 0.0}
_INDENTED = frozenset({"fact", "entry", "under"})
_LEADING = 1.42

Kind = Literal["heading", "text", "item", "fact", "entry", "under", "note", "sign"]


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """One part of the paper. A fact has a ``lead`` before its text, a line to sign on has its word.

    An entry is a fact of weight, with what is ``under`` it on the same page.
    """

    kind: Kind
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands at one height: ``step`` below the row before, with the next one if it ``stays``."""

    step: float
    words: tuple[tuple[SetLine | str, float, TextStyle], ...]
    stays: bool = False
    rules: tuple[tuple[float, float], ...] = ()


def instead() -> dict[giveaway.Kind, str]:
    """Return what stands in a paper without names for what would give somebody away."""
    return {
        "name": say("paper.instead_name"),
        "file_number": say("paper.instead_file_number"),
        "phone": say("paper.instead_phone"),
        "address": say("paper.instead_address"),
    }


def lay_out(title: str, blocks: Sequence[PaperBlock], *, practice: bool, about: str = "") -> bytes:
    """Return the paper as PDF; that it is of the practice town stands below the title.

    Whom it is ``about`` stands at the foot of each page.

    Raises ContentError E797 when no font has a sign of it.
    """
    rows = [_Row(20.0, ((title, _LEFT, _TITLE),), stays=True)]
    if practice:
        rows.append(_Row(20.0, ((say("paper.practice"), _LEFT, _TEXT.bold),), stays=True))
    foot = apart(" · ").join(filter(None, (title, about)))
    sheets, pages = Sheets(title), list(_pages([*rows, *_rows(blocks)]))
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheets.turn()
        _draw(sheets, page)
        sheets.write(say("paper.foot", title=foot), _LEFT, 40, _SMALL)
        sheets.write(say("paper.page", page=number, pages=len(pages)), _RIGHT, 40, _SMALL, "right")
    return sheets.finished()


def _rows(blocks: Sequence[PaperBlock]) -> Iterator[_Row]:
    """Yield the rows of all blocks; what is signed stays with the last lines before it."""
    for place, block in enumerate(blocks):
        if block.kind == "sign":
            if place == 0 or blocks[place - 1].kind != "sign":
                yield from _signatures([each.text for each in takewhile(_is_signed, blocks[place:])])
            continue
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        before = after is not None and after.kind in ("sign", "under")
        yield from _paragraph(block, stays=before or block.kind == "heading")


def _is_signed(block: PaperBlock) -> bool:
    return block.kind == "sign"


def _paragraph(block: PaperBlock, *, stays: bool) -> Iterator[_Row]:
    """Yield its lines; neither its first nor its last one stands alone on a page."""
    style = _STYLES.get(block.kind, _TEXT)
    indent = _ITEM if block.kind == "item" else _FACT if block.kind in _INDENTED else 0.0
    lead = "•" if block.kind == "item" else block.lead
    lines = broken(block.text or "–", _RIGHT - _LEFT - indent, style)
    for number, line in enumerate(lines):
        words: tuple[tuple[SetLine | str, float, TextStyle], ...] = ((line, _LEFT + indent, style),)
        above = 0.0
        if number == 0:
            above = _ABOVE.get(block.kind, 2.0)
            words = ((lead, _LEFT, _LEAD), *words) if lead else words
        last = number == len(lines) - 1
        together = not last and number in (0, len(lines) - 2)
        yield _Row(style.size * _LEADING + above, words, stays=together or (stays and last))


def _signatures(words: Sequence[str]) -> Iterator[_Row]:
    """Yield two lines to sign on beside each other, then the next two; they all stay on one page."""
    style, size = _STYLES["sign"], _SIGN - _GAP
    for start in range(0, len(words), 2):
        pair = words[start : start + 2]
        lefts = [_LEFT + place * _SIGN for place in range(len(pair))]
        rules = tuple((left, left + size) for left in lefts)
        cells = [broken(word, size, style) for word in pair]
        deepest = max(map(len, cells))
        for row in range(deepest):
            found = tuple((c[row], left, style) for c, left in zip(cells, lefts, strict=True) if row < len(c))
            stays = row < deepest - 1 or start + 2 < len(words)
            step = style.size * _LEADING + (_ABOVE["sign"] if row == 0 else 0.0)
            yield _Row(step, found, stays, rules if row == 0 else ())


def _pages(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    page, room = list[_Row](), _TOP - _BOTTOM
    for group in _groups(rows):
        height = sum(row.step for row in group)
        if page and height > room:
            yield page
            page, room = [], _TOP - _BOTTOM
        page += group
        room -= height
    yield page


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield what stays together on a page."""
    group = list[_Row]()
    for row in rows:
        group.append(row)
        if not row.stays:
            yield group
            group = []
    if group:
        yield group


def _draw(sheets: Sheets, rows: Sequence[_Row]) -> None:
    y = _TOP
    for row in rows:
        y -= row.step
        for start, end in row.rules:
            sheets.rule(start, end, y + _STYLES["sign"].size * 1.3, gray=0.3)
        for text, x, style in row.words:
            sheets.write(text, x, y, style)
