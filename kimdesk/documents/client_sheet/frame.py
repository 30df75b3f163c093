"""What is around the text of a sheet: who gives it, what it is called, and what a translation is worth."""

from collections.abc import Iterator, Mapping
from typing import Final

from kimdesk.casework.letterhead import Letterhead
from kimdesk.catalogue.client_words import ClientWords
from kimdesk.documents.client_sheet.columns import Tongues, staying, together
from kimdesk.documents.client_sheet.looks import (
    FOOT,
    GERMAN,
    HEAD,
    LEFT,
    NAME,
    PETROL,
    RIGHT,
    TITLE,
    Voice,
    voice,
)
from kimdesk.documents.client_sheet.parts import ClientSheet
from kimdesk.documents.print import PaperPart, Sheets, TextStyle, flow, one_line
from kimdesk.documents.print.flow import FlowRow, SetWord
from kimdesk.documents.print.images import fitted
from kimdesk.domain.sentences import filled
from kimdesk.texts import say
from kimdesk.texts.bidi import apart

_RULE, _FIRST, _SECOND, _THIRD = 60.0, 46.0, 32.5, 19.5
_ABOUT: Final = TextStyle(9.8, gray=0.25)
_LOGO: Final = (120.0, 34.0)


class Frame:
    """What stands around the blocks of one sheet."""

    def __init__(self, sheets: Sheets, sheet: ClientSheet) -> None:
        self._sheets, self._sheet = sheets, sheet
        self.tongues = Tongues(None if sheet.language == GERMAN.tag else voice(sheet.language))

    def head(self) -> list[FlowRow]:
        """Return who gives the sheet, its title and whom it is for."""
        document, sheet, tongues = self._sheets.document, self._sheet, self.tongues
        rows = [*self._giver(document, sheet.head)]
        parts = tongues.spans(document.add("H1"), sheet.title)
        rows += together(tongues.pair(sheet.title, TITLE, parts, above=17.0))
        if sheet.about.german:
            parts = tongues.parts(document, "P", sheet.about)
            rows += tongues.pair(sheet.about, _ABOUT, parts, above=2.0)
        return staying(together(rows))

    def foot(self, page: int, pages: int) -> None:
        """Write at the foot of a page what the translation is worth, and which page it is.

        Who listens is told once, at the end.
        """
        sheets, sheet, own = self._sheets, self._sheet, self.tongues.own
        sheets.rule(LEFT, RIGHT, _RULE, gray=0.5)
        number = say("paper.page", page=page, pages=pages)
        if own is None:
            sheets.write(_joined(sheet.head.name, *sheet.head.foot[:1]), LEFT, _FIRST, FOOT)
            sheets.write(_joined(*sheet.head.foot[1:]), LEFT, _SECOND, FOOT)
            sheets.write(number, RIGHT, _SECOND, FOOT, "right")
            self._practice(None)
            return
        unchecked = "" if sheet.checked else say("client_sheet.unchecked")
        part = sheets.document.add("P", lang=GERMAN.tag) if page == pages else None
        sheets.write(say("client_sheet.help"), LEFT, _FIRST, FOOT.bold, part=part)
        sheets.write(_joined(unchecked, number), LEFT, _SECOND, FOOT, part=part)
        self._practice(part)
        if sheet.fixed:
            part = sheets.document.add("P", lang=own.tag) if page == pages else None
            self._own_foot(own, sheet.fixed, {"number": page, "pages": pages}, part)

    def _practice(self, part: PaperPart | None) -> None:
        """Say below all else that these are no real people: between the two languages is no room for it."""
        if self._sheet.practice:
            self._sheets.write(say("paper.practice"), LEFT, _THIRD, FOOT, part=part)

    def _own_foot(
        self, own: Voice, fixed: ClientWords, facts: Mapping[str, int], part: PaperPart | None
    ) -> None:
        number = filled(fixed.words.page, facts)
        told = _joined("" if self._sheet.checked else fixed.words.unchecked, number)
        for text, y in ((fixed.words.aid, _FIRST), (told, _SECOND)):
            self._sheets.write(one_line(text, own.base), RIGHT, y, own.style(FOOT), "right", part)

    def _giver(self, document: PaperPart, giver: Letterhead) -> Iterator[FlowRow]:
        """Yield the letterhead: at its right what the language is called, to take the right sheet by."""
        left, steps = LEFT, (NAME.size, HEAD.size * 1.5)
        drawn: tuple[flow.Drawn, ...] = ()
        if giver.logo:
            figure = document.add("Figure", alt=say("letter.logo", name=giver.name))
            size = fitted(giver.logo, _LOGO)
            drawn = (lambda sheets, y: sheets.image(giver.logo, LEFT, y - 3.5 - size[1] / 2, size, figure),)
            left += size[0] + 11.0
        words = [SetWord(giver.name, left, NAME, document.add("P"))]
        if self._sheet.fixed and self.tongues.own:
            name = one_line(self._sheet.fixed.name, self.tongues.own.base)
            style, part = self.tongues.own.style(HEAD), document.add("P", lang=self.tongues.own.tag)
            words.append(SetWord(name, RIGHT, style, part, "right"))
        yield FlowRow(steps[0], tuple(words), stays=True, drawn=drawn)
        unit = (SetWord(giver.unit, left, HEAD, document.add("P")),) if giver.unit else ()
        yield FlowRow(steps[1], unit, stays=True)
        yield FlowRow(16.0, stays=True, drawn=(_rule,))


def _rule(sheets: Sheets, y: float) -> None:
    with sheets.drawing() as canvas:
        canvas.saveState()
        canvas.setStrokeColorRGB(*PETROL)
        canvas.setLineWidth(0.9)
        canvas.line(LEFT, y, RIGHT, y)
        canvas.restoreState()


def _joined(*texts: str) -> str:
    return apart(" · ").join(filter(None, texts))
