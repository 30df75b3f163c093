"""The page of A4 that recovery sheets are: facts, the code in large groups and as a QR code, and advice."""

from collections.abc import Iterator, Sequence
from typing import Any

from kimdesk.documents.print import PaperPart, Sheets, TextStyle, broken, spelled, width_of

_LEFT, _TOP, _WIDTH = 62.0, 770.0, 471.0
_QR_SIDE = 104.0
_GROUPS_PER_LINE, _GROUP_WIDTH = 4, 79.0
_WORD_WIDTH = 92.0
_TITLE, _HEADING, _MARK = TextStyle(24, "semibold"), TextStyle(12.5, "semibold"), TextStyle(13, "semibold")
_WORD, _QUIET, _VALUE, _CODE = (
    TextStyle(10),
    TextStyle(10, gray=0.35),
    TextStyle(10.5, "semibold"),
    TextStyle(17.5, "semibold"),
)

Facts = Sequence[tuple[str, str]]


def sheet_page(texts: dict[str, Any], code: str, facts: Facts, *, practice: bool = False) -> bytes:
    """Return the page as PDF.

    ``texts`` has ``title``, ``lead``, ``code``, ``reading``, ``practice`` and a list ``part`` of titles with
    ``lines``. ``facts`` are words and values; an empty value leaves a line to write on.
    """
    sheets = Sheets(texts["title"])
    if practice:
        _practice_mark(sheets, texts["practice"])
    y = _head(sheets, texts, facts)
    y = _code(sheets, texts, code, y)
    for part in texts["part"]:
        y = _part(sheets, part, y)
    return sheets.finished()


def _head(sheets: Sheets, texts: dict[str, Any], facts: Facts) -> float:
    sheets.write(texts["title"], _LEFT, _TOP, _TITLE, part=sheets.document.add("H1"))
    y = _paragraph(sheets, texts["lead"], _TOP - 28, sheets.document.add("P"), size=11.5) - 6
    known = sheets.document.add("L")
    for word, value in facts:
        y = _fact(sheets, word, value, y, known.add("LI"))
    return y


def _fact(sheets: Sheets, word: str, value: str, y: float, item: PaperPart) -> float:
    """Write one fact, or a line to write it on by hand; return where the next one begins."""
    if not value:
        y -= 6
    sheets.write(word, _LEFT, y, _QUIET, part=item.add("Lbl"))
    if value:
        shown = _shortened(spelled(value))
        sheets.write(shown, _LEFT + _WORD_WIDTH, y, _VALUE, part=item.add("LBody"))
    else:
        sheets.rule(_LEFT + _WORD_WIDTH, _LEFT + _WIDTH, y - 3, part=item.add("LBody"))
    return y - 17


def _code(sheets: Sheets, texts: dict[str, Any], code: str, y: float) -> float:
    height = _QR_SIDE + 52
    bottom = y - height
    with sheets.drawing() as canvas:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(1.2)
        canvas.roundRect(_LEFT, bottom, _WIDTH, height, 8)
    sheets.write(texts["code"], _LEFT + 16, y - 22, _WORD, part=sheets.document.add("P"))
    groups = sheets.document.add("P")
    for number, line in enumerate(_lines_of(code)):
        for place, group in enumerate(line):
            sheets.write(group, _LEFT + 16 + place * _GROUP_WIDTH, y - 58 - 30 * number, _CODE, part=groups)
    _qr(sheets, texts["code"], code, _LEFT + _WIDTH - _QR_SIDE - 18, bottom + (height - _QR_SIDE) / 2)
    return _paragraph(sheets, texts["reading"], bottom - 20, sheets.document.add("P"), size=9.5) - 12


def _part(sheets: Sheets, part: dict[str, Any], y: float) -> float:
    sheets.write(part["title"], _LEFT, y, _HEADING, part=sheets.document.add("H2"))
    y -= 18
    steps = sheets.document.add("L")
    for line in part["lines"]:
        with sheets.drawing() as canvas:
            canvas.circle(_LEFT + 4, y + 3.4, 1.6, fill=1)
        y = _paragraph(sheets, line, y, steps.add("LI").add("LBody"), size=10.5, indent=16)
    return y - 12


def _paragraph(
    sheets: Sheets, text: str, y: float, part: PaperPart, *, size: float, indent: float = 0
) -> float:
    """Write ``text`` over as many lines as it needs; return where the next one begins."""
    style = TextStyle(size)
    for line in broken(text, _WIDTH - indent, style):
        sheets.write(line, _LEFT + indent, y, style, part=part)
        y -= size * 1.42
    return y - 2


def _qr(sheets: Sheets, name: str, code: str, left: float, bottom: float) -> None:
    """Draw what the camera reads; who listens is told that it is the same code."""
    import segno

    rows = tuple(segno.make_qr("".join(code.split()), error="m").matrix)
    side = _QR_SIDE / len(rows)
    with sheets.drawing(sheets.document.add("Figure", alt=f"QR-Code: {name}")) as canvas:
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    top = bottom + _QR_SIDE - (down + 1) * side
                    canvas.rect(left + across * side, top, side + 0.05, side + 0.05, stroke=0, fill=1)


def _lines_of(code: str) -> Iterator[list[str]]:
    groups = code.replace("-", " ").split()
    for start in range(0, len(groups), _GROUPS_PER_LINE):
        yield groups[start : start + _GROUPS_PER_LINE]


def _shortened(text: str) -> str:
    while width_of(text, _VALUE) > _WIDTH - 96:
        text = f"{text[:-2]}…"
    return text


def _practice_mark(sheets: Sheets, words: str) -> None:
    width = width_of(words, _MARK) + 24
    left = _LEFT + _WIDTH - width
    with sheets.drawing() as canvas:
        canvas.saveState()
        canvas.setDash(4, 3)
        canvas.roundRect(left, _TOP + 26, width, 24, 6)
        canvas.restoreState()
    sheets.write(words, left + 12, _TOP + 33, _MARK, part=sheets.document.add("P"))
