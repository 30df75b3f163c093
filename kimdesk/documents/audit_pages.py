"""The pages of the audit report: a head with facts, a table whose cells wrap, numbered pages."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kimdesk.texts import say
from kimdesk.texts.bidi import without_isolates

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Row = tuple[str, str, str, str, str]  # number, when, who, what, case

_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 547.0, 786.0, 56.0
_COLUMNS = (44.0, 98.0, 102.0, 167.0, 88.0)
_GAP = 8.0
_SIZE, _LEADING, _PAD = 8.5, 11.5, 3.0
_FONT = "Inter"
_FACT = 76.0

Cells = tuple[list[str], ...]


def lay_out(facts: Sequence[tuple[str, str]], rows: Sequence[Row], *, practice: bool) -> bytes:
    """Return the report as PDF; ``facts`` are words and values below its title."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _load_font()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(say("audit_report.title"))
    canvas.setAuthor("KIMdesk")
    top = _head(canvas, facts, practice)
    pages = list(_pages([_wrapped(row) for row in rows], top))
    for number, cells in enumerate(pages, 1):
        top = _table_head(canvas, top)
        for row in cells:
            top = _row(canvas, row, top)
        if not rows:
            _text(canvas, say("audit_report.none"), _LEFT, top - 14)
        _foot(canvas, number, len(pages))
        canvas.showPage()
        top = _TOP
    canvas.save()
    return out.getvalue()


def _load_font() -> None:
    from fontpkg_inter import ROOT
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(ROOT / "files" / "Inter[opsz,wght].ttf")))


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


def _head(canvas: "Canvas", facts: Sequence[tuple[str, str]], practice: bool) -> float:
    _text(canvas, say("audit_report.title"), _LEFT, _TOP - 12, size=20, bold=True)
    y = _TOP - 34
    if practice:
        _text(canvas, say("paper.practice"), _LEFT, y, size=10, bold=True)
        y -= 18
    for word, value in ((word, without_isolates(value)) for word, value in facts):
        _text(canvas, word, _LEFT, y, size=9, gray=0.35)
        for line in _lines(value, _RIGHT - _LEFT - _FACT, 9):
            _text(canvas, line, _LEFT + _FACT, y, size=9)
            y -= 13
    y -= 4
    for line in _lines(say("audit_report.reading"), _RIGHT - _LEFT, 8):
        _text(canvas, line, _LEFT, y, size=8, gray=0.35)
        y -= 11
    return y - 8


def _table_head(canvas: "Canvas", top: float) -> float:
    words = [say(f"audit_report.column_{name}") for name in ("number", "when", "who", "what", "which")]
    for word, left, width in zip(words, _lefts(), _COLUMNS, strict=True):
        if left == _LEFT:
            _right(canvas, word, left + width - _GAP, top - _LEADING, bold=True)
        else:
            _text(canvas, word, left, top - _LEADING, bold=True)
    _line(canvas, top - _head_height() + 1, 0.8)
    return top - _head_height()


def _row(canvas: "Canvas", cells: Cells, top: float) -> float:
    for column, (lines, left, width) in enumerate(zip(cells, _lefts(), _COLUMNS, strict=True)):
        for number, line in enumerate(lines):
            y = top - _PAD - _SIZE - number * _LEADING
            if column == 0:
                _right(canvas, line, left + width - _GAP, y)
            else:
                _text(canvas, line, left, y)
    bottom = top - _height(cells)
    _line(canvas, bottom, 0.3)
    return bottom


def _foot(canvas: "Canvas", page: int, pages: int) -> None:
    _text(canvas, say("paper.foot", title=say("audit_report.title")), _LEFT, 34, size=8, gray=0.35)
    _right(canvas, say("paper.page", page=page, pages=pages), _RIGHT, 34, size=8)


def _wrapped(row: Row) -> Cells:
    return tuple(_lines(text, width - _GAP) for text, width in zip(row, _COLUMNS, strict=True))


def _lines(text: str, width: float, size: float = _SIZE) -> list[str]:
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


def _lefts() -> Iterator[float]:
    left = _LEFT
    for width in _COLUMNS:
        yield left
        left += width


def _height(cells: Cells) -> float:
    return 2 * _PAD + _LEADING * max(len(lines) for lines in cells)


def _head_height() -> float:
    return _LEADING + 6


def _text(canvas: "Canvas", text: str, x: float, y: float, *, size: float = _SIZE, gray: float = 0.0,
          bold: bool = False) -> None:  # fmt: skip
    """Draw ``text``; bold is drawn with an edge, for the font comes in one weight."""
    drawn = canvas.beginText(x, y)
    drawn.setFont(_FONT, size)
    drawn.setFillGray(gray)
    drawn.setStrokeGray(gray)
    canvas.setLineWidth(size / 32)
    drawn.setTextRenderMode(2 if bold else 0)
    drawn.textOut(text)
    drawn.setTextRenderMode(0)
    canvas.drawText(drawn)


def _right(
    canvas: "Canvas", text: str, x: float, y: float, *, size: float = _SIZE, bold: bool = False
) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    _text(canvas, text, x - stringWidth(text, _FONT, size), y, size=size, bold=bold)


def _line(canvas: "Canvas", y: float, width: float) -> None:
    canvas.setLineWidth(width)
    canvas.setStrokeGray(0.6)
    canvas.line(_LEFT, y, _RIGHT, y)
