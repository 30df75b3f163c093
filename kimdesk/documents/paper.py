"""A plain paper for the file: title, facts, headings, paragraphs and lists over numbered pages."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kimdesk.casework import giveaway
from kimdesk.texts import say
from kimdesk.texts.bidi import without_isolates

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 531.0, 780.0, 72.0
_FACT = 130.0
_FONT = "Inter"
_SIZES = {"title": 20.0, "heading": 12.5, "text": 10.0, "item": 10.0, "fact": 10.0, "note": 8.5, "sign": 9.0}
_ABOVE = {"heading": 16.0, "note": 8.0, "sign": 46.0}
_LEADING = 1.42

Kind = Literal["heading", "text", "item", "fact", "note", "sign"]


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """One part of the paper. A fact has a ``lead`` before its text, a line to sign on has its word."""

    kind: Kind
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line on the page: where it begins, how far below the one before."""

    text: str
    x: float
    step: float
    size: float
    bold: bool = False
    gray: float = 0.0
    lead: str = ""
    rule: bool = False


def instead() -> dict[giveaway.Kind, str]:
    """Return what stands in a paper without names for what would give somebody away."""
    return {
        "name": say("paper.instead_name"),
        "file_number": say("paper.instead_file_number"),
        "phone": say("paper.instead_phone"),
        "address": say("paper.instead_address"),
    }


def lay_out(title: str, blocks: Sequence[PaperBlock], *, practice: bool) -> bytes:
    """Return the paper as PDF; that it is of the practice town stands below the title."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _load_font()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(title)
    canvas.setAuthor("KIMdesk")
    lines = [_Line(title, _LEFT, 20.0, _SIZES["title"], bold=True)]
    if practice:
        lines.append(_Line(say("paper.practice"), _LEFT, 20.0, _SIZES["text"], bold=True))
    lines += [line for block in blocks for line in _lines_of(block)]
    pages = list(_pages(lines))
    for number, found in enumerate(pages, 1):
        _draw(canvas, found)
        _write(canvas, _Line(say("paper.foot", title=title), _LEFT, 0, 8, gray=0.35), 40)
        _write_right(canvas, say("paper.page", page=number, pages=len(pages)), 40)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _load_font() -> None:
    from fontpkg_inter import ROOT
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(ROOT / "files" / "Inter[opsz,wght].ttf")))


def _lines_of(block: PaperBlock) -> Iterator[_Line]:
    size = _SIZES[block.kind]
    step = size * _LEADING
    if block.kind == "sign":
        yield _Line(block.text, _LEFT, _ABOVE["sign"], size, rule=True)
        return
    indent = {"fact": _FACT, "item": 14.0}.get(block.kind, 0.0)
    lead = block.lead if block.kind == "fact" else "•" if block.kind == "item" else ""
    parts = _broken(without_isolates(block.text) or "–", _RIGHT - _LEFT - indent, size)
    for number, part in enumerate(parts):
        above = _ABOVE.get(block.kind, 4.0 if block.kind == "item" else 2.0) if number == 0 else 0.0
        yield _Line(
            part,
            _LEFT + indent,
            step + above,
            size,
            bold=block.kind == "heading",
            gray=0.35 if block.kind == "note" else 0.0,
            lead=lead if number == 0 else "",
        )


def _pages(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    page: list[_Line] = []
    room = _TOP - _BOTTOM
    for number, line in enumerate(lines):
        follows = lines[number + 1].step if line.bold and number + 1 < len(lines) else 0.0
        if page and line.step + follows > room:
            yield page
            page, room = [], _TOP - _BOTTOM
        page.append(line)
        room -= line.step
    yield page


def _draw(canvas: "Canvas", lines: Sequence[_Line]) -> None:
    y = _TOP
    for line in lines:
        y -= line.step
        if line.rule:
            canvas.setLineWidth(0.6)
            canvas.setStrokeGray(0.3)
            canvas.line(_LEFT, y + line.size * 1.3, _LEFT + 210, y + line.size * 1.3)
        if line.lead:
            _write(canvas, _Line(line.lead, _LEFT, 0, line.size, gray=0.35), y)
        _write(canvas, line, y)


def _write(canvas: "Canvas", line: _Line, y: float) -> None:
    """Draw a line; bold is drawn with an edge, for the font comes in one weight."""
    drawn = canvas.beginText(line.x, y)
    drawn.setFont(_FONT, line.size)
    drawn.setFillGray(line.gray)
    drawn.setStrokeGray(line.gray)
    canvas.setLineWidth(line.size / 32)
    drawn.setTextRenderMode(2 if line.bold else 0)
    drawn.textOut(line.text)
    drawn.setTextRenderMode(0)
    canvas.drawText(drawn)


def _write_right(canvas: "Canvas", text: str, y: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    _write(canvas, _Line(text, _RIGHT - stringWidth(text, _FONT, 8), 0, 8, gray=0.35), y)


def _broken(text: str, width: float, size: float) -> list[str]:
    """Break ``text`` at spaces, and words that are wider than ``width`` wherever they must be."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth

    found: list[str] = []
    for line in simpleSplit(text, _FONT, size, width) or [""]:
        rest = line
        while stringWidth(rest, _FONT, size) > width:
            fits = next(n for n in range(len(rest), 0, -1) if stringWidth(rest[:n], _FONT, size) <= width)
            found.append(rest[:fits])
            rest = rest[fits:]
        found.append(rest)
    return found
