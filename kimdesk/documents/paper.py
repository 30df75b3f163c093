"""A plain paper for the file: title, facts, headings, paragraphs and lists over numbered pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from kimdesk.casework import giveaway
from kimdesk.documents.print import PaperPart, Sheets, TextStyle, broken, flow
from kimdesk.documents.print.flow import FlowRow, SetWord, Stroke
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
_LISTED = frozenset({"item", "fact", "entry"})
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


class _Reading:
    """Adds the parts of a paper as its blocks are read: items and facts in a row are one list."""

    def __init__(self, document: PaperPart) -> None:
        self._document = document
        self._list: PaperPart | None = None
        self._body = document

    def parts(self, block: PaperBlock) -> tuple[PaperPart, PaperPart]:
        """Return the parts of what leads a block and of its text."""
        if block.kind == "under":  # goes on with the entry above
            return self._body, self._body.add("P")
        if block.kind not in _LISTED:
            self._list = None
            part = self._document.add("H2" if block.kind == "heading" else "P")
            return part, part
        self._list = self._list or self._document.add("L")
        item = self._list.add("LI")
        lead, self._body = item.add("Lbl"), item.add("LBody")
        return lead, self._body.add("P")


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
    sheets = Sheets(title)
    head, foot = sheets.document.add("H1"), apart(" · ").join(filter(None, (title, about)))
    rows = [FlowRow(20.0, (SetWord(title, _LEFT, _TITLE, head),), stays=True)]
    if practice:
        mark = SetWord(say("paper.practice"), _LEFT, _TEXT.bold, sheets.document.add("P"))
        rows.append(FlowRow(20.0, (mark,), stays=True))
    room = _TOP - _BOTTOM
    pages = list(flow.pages([*rows, *_rows(blocks, _Reading(sheets.document))], room, room))
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheets.turn()
        flow.draw(sheets, page, _TOP)
        sheets.write(say("paper.foot", title=foot), _LEFT, 40, _SMALL)
        sheets.write(say("paper.page", page=number, pages=len(pages)), _RIGHT, 40, _SMALL, "right")
    return sheets.finished()


def _rows(blocks: Sequence[PaperBlock], reading: _Reading) -> Iterator[FlowRow]:
    """Yield the rows of all blocks; what is signed stays with the last lines before it."""
    for place, block in enumerate(blocks):
        if block.kind == "sign":
            if place == 0 or blocks[place - 1].kind != "sign":
                yield from _signatures(list(takewhile(_is_signed, blocks[place:])), reading)
            continue
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        before = after is not None and after.kind in ("sign", "under")
        yield from _paragraph(block, reading, stays=before or block.kind == "heading")


def _is_signed(block: PaperBlock) -> bool:
    return block.kind == "sign"


def _paragraph(block: PaperBlock, reading: _Reading, *, stays: bool) -> Iterator[FlowRow]:
    """Yield its lines; neither its first nor its last one stands alone on a page."""
    style = _STYLES.get(block.kind, _TEXT)
    indent = _ITEM if block.kind == "item" else _FACT if block.kind in _INDENTED else 0.0
    lead = "•" if block.kind == "item" else block.lead
    lead_part, part = reading.parts(block)
    lines = broken(block.text or "–", _RIGHT - _LEFT - indent, style)
    for number, line in enumerate(lines):
        words: tuple[SetWord, ...] = (SetWord(line, _LEFT + indent, style, part),)
        above = 0.0
        if number == 0:
            above = _ABOVE.get(block.kind, 2.0)
            words = (SetWord(lead, _LEFT, _LEAD, lead_part), *words) if lead else words
        last = number == len(lines) - 1
        together = not last and number in (0, len(lines) - 2)
        mark = block.text if block.kind == "heading" and number == 0 else ""
        yield FlowRow(style.size * _LEADING + above, words, stays=together or (stays and last), mark=mark)


def _signatures(blocks: Sequence[PaperBlock], reading: _Reading) -> Iterator[FlowRow]:
    """Yield two lines to sign on beside each other, then the next two; they all stay on one page."""
    style, size = _STYLES["sign"], _SIGN - _GAP
    for start in range(0, len(blocks), 2):
        pair = blocks[start : start + 2]
        parts = [reading.parts(block)[1] for block in pair]
        lefts = [_LEFT + place * _SIGN for place in range(len(pair))]
        strokes = tuple(Stroke(left, left + size, style.size * 1.3) for left in lefts)
        cells = [broken(block.text, size, style) for block in pair]
        deepest = max(map(len, cells))
        for row in range(deepest):
            found = tuple(
                SetWord(cell[row], left, style, part)
                for cell, left, part in zip(cells, lefts, parts, strict=True)
                if row < len(cell)
            )
            stays = row < deepest - 1 or start + 2 < len(blocks)
            step = style.size * _LEADING + (_ABOVE["sign"] if row == 0 else 0.0)
            yield FlowRow(step, found, stays, strokes if row == 0 else ())
