"""The page of A4 that recovery sheets are: facts, the code in large groups and as a QR code, and advice."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LEFT, _TOP, _WIDTH = 62.0, 770.0, 471.0
_QR_SIDE = 104.0
_GROUPS_PER_LINE = 4
_WORD_WIDTH = 92.0

Facts = Sequence[tuple[str, str]]


def sheet_page(texts: dict[str, Any], code: str, facts: Facts, *, practice: bool = False) -> bytes:
    """Return the page as PDF.

    ``texts`` has ``title``, ``lead``, ``code``, ``reading``, ``practice`` and a list ``part`` of titles with
    ``lines``. ``facts`` are words and values; an empty value leaves a line to write on.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setTitle(texts["title"])
    canvas.setAuthor("KIMdesk")
    if practice:
        _practice_mark(canvas, texts["practice"])
    y = _head(canvas, texts, facts)
    y = _code(canvas, texts, code, y)
    for part in texts["part"]:
        y = _part(canvas, part, y)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head(canvas: "Canvas", texts: dict[str, Any], facts: Facts) -> float:
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(_LEFT, _TOP, texts["title"])
    y = _paragraph(canvas, texts["lead"], _TOP - 28, size=11.5) - 6
    for word, value in facts:
        y = _fact(canvas, word, value, y)
    return y


def _fact(canvas: "Canvas", word: str, value: str, y: float) -> float:
    """Draw one fact, or a line to write it on by hand; return where the next one begins."""
    if not value:
        y -= 6
    canvas.setFont("Helvetica", 10)
    canvas.setFillGray(0.35)
    canvas.drawString(_LEFT, y, word)
    canvas.setFillGray(0)
    if value:
        canvas.setFont("Helvetica-Bold", 10.5)
        canvas.drawString(_LEFT + _WORD_WIDTH, y, _shortened(canvas, value))
    else:
        canvas.setLineWidth(0.6)
        canvas.line(_LEFT + _WORD_WIDTH, y - 3, _LEFT + _WIDTH, y - 3)
    return y - 17


def _code(canvas: "Canvas", texts: dict[str, Any], code: str, y: float) -> float:
    height = _QR_SIDE + 52
    bottom = y - height
    canvas.setLineWidth(1.2)
    canvas.roundRect(_LEFT, bottom, _WIDTH, height, 8)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(_LEFT + 16, y - 22, texts["code"])
    canvas.setFont("Courier-Bold", 19)
    for number, line in enumerate(_lines_of(code)):
        canvas.drawString(_LEFT + 16, y - 58 - 30 * number, line)
    _qr(canvas, code, _LEFT + _WIDTH - _QR_SIDE - 18, bottom + (height - _QR_SIDE) / 2)
    return _paragraph(canvas, texts["reading"], bottom - 20, size=9.5) - 12


def _part(canvas: "Canvas", part: dict[str, Any], y: float) -> float:
    canvas.setFont("Helvetica-Bold", 12.5)
    canvas.drawString(_LEFT, y, part["title"])
    y -= 18
    for line in part["lines"]:
        canvas.circle(_LEFT + 4, y + 3.4, 1.6, fill=1)
        y = _paragraph(canvas, line, y, size=10.5, indent=16)
    return y - 12


def _paragraph(canvas: "Canvas", text: str, y: float, *, size: float, indent: float = 0) -> float:
    """Draw ``text`` over as many lines as it needs; return where the next one begins."""
    from reportlab.lib.utils import simpleSplit

    canvas.setFont("Helvetica", size)
    for line in simpleSplit(text, "Helvetica", size, _WIDTH - indent):
        canvas.drawString(_LEFT + indent, y, line)
        y -= size * 1.42
    return y - 2


def _qr(canvas: "Canvas", code: str, left: float, bottom: float) -> None:
    import segno

    rows = tuple(segno.make_qr("".join(code.split()), error="m").matrix)
    side = _QR_SIDE / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                top = bottom + _QR_SIDE - (down + 1) * side
                canvas.rect(left + across * side, top, side + 0.05, side + 0.05, stroke=0, fill=1)


def _lines_of(code: str) -> Iterator[str]:
    groups = code.replace("-", " ").split()
    for start in range(0, len(groups), _GROUPS_PER_LINE):
        yield "  ".join(groups[start : start + _GROUPS_PER_LINE])


def _shortened(canvas: "Canvas", text: str) -> str:
    while canvas.stringWidth(text, "Helvetica-Bold", 10.5) > _WIDTH - 96:
        text = f"{text[:-2]}…"
    return text


def _practice_mark(canvas: "Canvas", words: str) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica-Bold", 13)
    canvas.setDash(4, 3)
    width = canvas.stringWidth(words, "Helvetica-Bold", 13) + 24
    canvas.roundRect(_LEFT + _WIDTH - width, _TOP + 26, width, 24, 6)
    canvas.drawString(_LEFT + _WIDTH - width + 12, _TOP + 33, words)
    canvas.restoreState()
