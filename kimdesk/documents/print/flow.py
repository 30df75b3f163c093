"""Rows that follow each other down the pages: what belongs together stays on one page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kimdesk.documents.print.sheets import SetLine, Sheets
from kimdesk.documents.print.structure import PaperPart
from kimdesk.documents.print.style import TextStyle


class SetWord(NamedTuple):
    """Words at one place, and the part of the paper they are read as."""

    text: SetLine | str
    x: float
    style: TextStyle
    part: PaperPart


class Stroke(NamedTuple):
    """A line across, ``above`` the foot of the words of its row."""

    start: float
    end: float
    above: float = 0.0
    gray: float = 0.3


@dataclass(frozen=True, slots=True)
class FlowRow:
    """What stands at one height: ``step`` below the row before, with the next one if it ``stays``.

    The outline of the PDF leads to its ``mark``.
    """

    step: float
    words: tuple[SetWord, ...] = ()
    stays: bool = False
    strokes: tuple[Stroke, ...] = ()
    mark: str = ""


def pages(rows: Sequence[FlowRow], first: float, room: float) -> Iterator[list[FlowRow]]:
    """Yield the rows of each page; there is ``first`` room on the first page and ``room`` on the others."""
    page, left = list[FlowRow](), first
    for group in _groups(rows):
        height = sum(row.step for row in group)
        if page and height > left:
            yield page
            page, left = [], room
        page += group
        left -= height
    yield page


def draw(sheets: Sheets, rows: Sequence[FlowRow], top: float) -> None:
    """Write ``rows`` below ``top``."""
    y = top
    for row in rows:
        y -= row.step
        for stroke in row.strokes:
            sheets.rule(stroke.start, stroke.end, y + stroke.above, gray=stroke.gray)
        if row.mark:
            sheets.bookmark(row.mark, y + max(word.style.size for word in row.words))
        for word in row.words:
            sheets.write(word.text, word.x, y, word.style, part=word.part)


def _groups(rows: Sequence[FlowRow]) -> Iterator[list[FlowRow]]:
    """Yield what stays together on a page."""
    group = list[FlowRow]()
    for row in rows:
        group.append(row)
        if not row.stays:
            yield group
            group = []
    if group:
        yield group
