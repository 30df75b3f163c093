"""The pages of a report of figures: headings, facts, tables whose heads stand again, charts, numbered."""

from collections.abc import Callable, Sequence
from typing import Final

from kimdesk.documents.print import PaperPart, Sheets, TextStyle, broken, flow
from kimdesk.documents.print.drawings import draw_on_paper, paper_pen
from kimdesk.documents.print.flow import FlowRow, SetWord, Stroke
from kimdesk.documents.print.structure import add_cells
from kimdesk.pictures.drawing import Chart, ChartPen
from kimdesk.texts import say

_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 531.0, 780.0, 72.0
_FACT: Final = 120.0
_GAP: Final = 6.0
_TITLE, _HEAD, _UNDER = TextStyle(20, "semibold"), TextStyle(13, "semibold"), TextStyle(10.5, "semibold")
_TEXT, _CELL, _SMALL = TextStyle(9.5), TextStyle(9), TextStyle(8, gray=0.35)
_QUIET: Final = TextStyle(9.5, gray=0.35)
_LEADING: Final = 1.38


class FigureSheet:
    """Takes the parts of a report in the order they are read in."""

    def __init__(self, title: str, *, practice: bool) -> None:
        self._sheets, self._title = Sheets(title), title
        self._document = self._sheets.document
        self._rows = [FlowRow(20.0, (SetWord(title, _LEFT, _TITLE, self._document.add("H1")),), stays=True)]
        if practice:
            self._lines(say("paper.practice"), _TEXT.bold, self._document.add("P"), above=4)

    def facts(self, known: Sequence[tuple[str, str]]) -> None:
        """Write words and values."""
        listed = self._document.add("L")
        for word, value in known:
            item = listed.add("LI")
            lead, body = item.add("Lbl"), item.add("LBody").add("P")
            lines = broken(value or "–", _RIGHT - _LEFT - _FACT, _TEXT)
            for number, line in enumerate(lines):
                words = [SetWord(line, _LEFT + _FACT, _TEXT, body)]
                if number == 0:
                    words.insert(0, SetWord(word, _LEFT, _QUIET, lead))
                self._rows.append(FlowRow(_TEXT.size * _LEADING + (1 if number else 2), tuple(words)))

    def heading(self, text: str) -> None:
        """Write a heading that stays with what follows."""
        self._lines(text, _HEAD, self._document.add("H2"), above=18, stays=True, mark=text)

    def under_heading(self, text: str) -> None:
        """Write the heading of a table."""
        self._lines(text, _UNDER, self._document.add("H3"), above=12, stays=True)

    def text(self, text: str) -> None:
        """Write a paragraph."""
        self._lines(text, _TEXT, self._document.add("P"), above=3)

    def small(self, text: str) -> None:
        """Write a small paragraph."""
        self._lines(text, _SMALL, self._document.add("P"), above=5)

    def defined(self, word: str, text: str) -> None:
        """Write a word and below it what it means."""
        self._lines(word, _TEXT.bold, self._document.add("H3"), above=6, stays=True)
        self._lines(text, _TEXT, self._document.add("P"), above=0)

    def items(self, texts: Sequence[str]) -> None:
        """Write a list."""
        listed = self._document.add("L")
        for text in texts:
            item = listed.add("LI")
            lead, body = item.add("Lbl"), item.add("LBody").add("P")
            for number, line in enumerate(broken(text, _RIGHT - _LEFT - 12, _TEXT)):
                words = [SetWord(line, _LEFT + 12, _TEXT, body)]
                if number == 0:
                    words.insert(0, SetWord("•", _LEFT, _TEXT, lead))
                self._rows.append(FlowRow(_TEXT.size * _LEADING + (0 if number else 3), tuple(words)))

    def chart(self, make: Callable[[ChartPen], Chart | None]) -> None:
        """Draw what ``make`` lays out with the pen of this page, if anything."""
        found = make(paper_pen(_RIGHT - _LEFT))
        if found is None:
            return
        part = self._document.add("Figure", alt=found.alt)

        def drawn(sheets: Sheets, y: float) -> None:
            draw_on_paper(found, sheets, part, _LEFT, y + found.height)

        self._rows.append(FlowRow(found.height + 8, stays=True, drawn=(drawn,)))

    def table(self, head: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """Write a table; its head stands again on each further page."""
        table = self._document.add("Table")
        first = table.add("TR")
        parts = [first.add("TH", scope="Column") for _ in head]
        self._rows.append(self._head(head, widths, parts))
        again = (self._head(head, widths, [None] * len(head)),)
        for cells in rows:
            line = add_cells(table.add("TR"), len(head), len(rows))
            self._rows += self._cells(cells, widths, line, again)

    def finished(self) -> bytes:
        """Return the PDF."""
        room = _TOP - _BOTTOM
        pages = list(flow.pages(self._rows, room, room))
        for number, page in enumerate(pages, 1):
            if number > 1:
                self._sheets.turn()
            flow.draw(self._sheets, page, _TOP)
            self._sheets.write(say("paper.foot", title=self._title), _LEFT, 40, _SMALL)
            told = say("paper.page", page=number, pages=len(pages))
            self._sheets.write(told, _RIGHT, 40, _SMALL, "right")
        return self._sheets.finished()

    def _lines(
        self,
        text: str,
        style: TextStyle,
        part: PaperPart,
        *,
        above: float,
        stays: bool = False,
        mark: str = "",
    ) -> None:
        for number, line in enumerate(broken(text, _RIGHT - _LEFT, style)):
            step = style.size * _LEADING + (0 if number else above)
            word = SetWord(line, _LEFT, style, part)
            self._rows.append(FlowRow(step, (word,), stays=stays, mark="" if number else mark))

    def _head(
        self, head: Sequence[str], widths: Sequence[float], parts: Sequence[PaperPart | None]
    ) -> FlowRow:
        style = TextStyle(8, "semibold", gray=0.25)
        words = tuple(
            SetWord(text or "–", left, style, part)
            for text, left, part in zip(head, _lefts(widths), parts, strict=True)
        )
        return FlowRow(16, words, stays=True, strokes=(Stroke(_LEFT, _RIGHT, -4, 0.5),))

    def _cells(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        parts: Sequence[PaperPart],
        again: tuple[FlowRow, ...],
    ) -> list[FlowRow]:
        texts = [broken(text or "–", width - _GAP, _CELL) for text, width in zip(cells, widths, strict=True)]
        deepest, found = max(map(len, texts)), []
        for number in range(deepest):
            words = tuple(
                SetWord(lines[number], left, _CELL, part)
                for lines, left, part in zip(texts, _lefts(widths), parts, strict=True)
                if number < len(lines)
            )
            last = number == deepest - 1
            strokes = (Stroke(_LEFT, _RIGHT, -3.5, 0.85),) if last else ()
            step = _CELL.size * _LEADING + (0 if number else 4)
            found.append(FlowRow(step, words, stays=not last, strokes=strokes, again=again))
        return found


def _lefts(widths: Sequence[float]) -> list[float]:
    return [_LEFT + sum(widths[:column]) for column in range(len(widths))]
