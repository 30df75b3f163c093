"""Rows that follow each other down the pages: what belongs together stays on one page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kimdesk.documents.print.lines import SetLine
from kimdesk.documents.print.sheets import Edge, Sheets
from kimdesk.documents.print.structure import PaperPart
from kimdesk.documents.print.style import TextStyle

Drawn = Callable[[Sheets, float], None]
"""Draws on a page; it is told where the foot of the words of its row is."""


class SetWord(NamedTuple):
    """Words whose ``edge`` is at one place, and the part of the paper they are read as."""

    text: SetLine | str
    x: float
    style: TextStyle
    part: PaperPart | None
    edge: Edge = "left"


class Stroke(NamedTuple):
    """A line across, ``above`` the foot of the words of its row."""

    start: float
    end: float
    above: float = 0.0
    gray: float = 0.3


@dataclass(frozen=True, slots=True)
class FlowRow:
    """What stands at one height: ``step`` below the row before, with the next one if it ``stays``.

    The outline of the PDF leads to its ``mark``. What is ``drawn`` below its words is told where their foot
    is. Rows stand ``again`` above it where it begins a page: the head of its table.
    """

    step: float
    words: tuple[SetWord, ...] = ()
    stays: bool = False
    strokes: tuple[Stroke, ...] = ()
    mark: str = ""
    drawn: tuple[Drawn, ...] = ()
    again: "tuple[FlowRow, ...]" = ()


def pages(rows: Sequence[FlowRow], first: float, room: float) -> Iterator[list[FlowRow]]:
    """Yield the rows of each page; there is ``first`` room on the first page and ``room`` on the others."""
    page, left = list[FlowRow](), first
    for group in _groups(rows):
        if page and height_of(group) > left:
            yield page
            page, left = [*group[0].again], room - height_of(group[0].again)
        for row in group:
            if page and row.step > left:  # more than a page stays together: nothing of it may be lost
                yield page
                page, left = [*row.again], room - height_of(row.again)
            page.append(row)
            left -= row.step
    yield page


def _is_leftward(word: SetWord) -> bool:
    return isinstance(word.text, SetLine) and word.text.base == 1


def height_of(rows: Sequence[FlowRow]) -> float:
    """Return how high ``rows`` are together."""
    return sum(row.step for row in rows)


def beside(*columns: Sequence[FlowRow]) -> list[FlowRow]:
    """Return columns as rows: their first lines stand at one height, what follows keeps its own steps."""
    filled = [column for column in columns if column]
    first = max((column[0].step for column in filled), default=0.0)
    found = dict[float, list[FlowRow]]()
    for column in filled:
        depth = first - column[0].step
        for row in column:
            depth += row.step
            found.setdefault(round(depth, 2), []).append(row)
    steps = zip(sorted(found), [0.0, *sorted(found)], strict=False)
    return [_together(depth - before, found[depth]) for depth, before in steps]


def _together(step: float, rows: Sequence[FlowRow]) -> FlowRow:
    return FlowRow(
        step,
        tuple(word for row in rows for word in row.words),
        any(row.stays for row in rows),
        tuple(stroke for row in rows for stroke in row.strokes),
        next((row.mark for row in rows if row.mark), ""),
        tuple(picture for row in rows for picture in row.drawn),
        next((row.again for row in rows if row.again), ()),
    )


def draw(sheets: Sheets, rows: Sequence[FlowRow], top: float) -> None:
    """Write ``rows`` below ``top``, first what runs to the right.

    Readers of a PDF take for one line what is drawn one after the other at the same height.
    """
    plain, leftward = list[tuple[SetWord, float]](), list[tuple[SetWord, float]]()
    y = top
    for row in rows:
        y -= row.step
        for picture in row.drawn:
            picture(sheets, y)
        for stroke in row.strokes:
            sheets.rule(stroke.start, stroke.end, y + stroke.above, gray=stroke.gray)
        if row.mark:
            sheets.bookmark(row.mark, y + max(word.style.size for word in row.words))
        for word in row.words:
            (leftward if _is_leftward(word) else plain).append((word, y))
    for word, at in (*plain, *leftward):
        sheets.write(word.text, word.x, at, word.style, word.edge, word.part)


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


def lowered(rows: Sequence[FlowRow], by: float) -> list[FlowRow]:
    """Return ``rows`` with more room above the first."""
    return [*(replace(row, step=row.step + by) for row in rows[:1]), *rows[1:]]


def marked(rows: Sequence[FlowRow], title: str) -> list[FlowRow]:
    """Return ``rows``, to which the outline of the PDF leads by ``title``."""
    return [*(replace(row, mark=title) for row in rows[:1]), *rows[1:]]


def stroked(rows: Sequence[FlowRow], strokes: tuple[Stroke, ...]) -> list[FlowRow]:
    """Return ``rows`` with ``strokes`` at the first."""
    return [*(replace(row, strokes=(*row.strokes, *strokes)) for row in rows[:1]), *rows[1:]]
