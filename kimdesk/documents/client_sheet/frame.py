"""What is around the text of a sheet: who gives it, what it is called, and what a translation is worth."""

from collections.abc import Iterator

from kimdesk.documents.client_sheet.columns import Tongues, staying, together
from kimdesk.documents.client_sheet.looks import FOOT, HEAD, LEFT, NAME, RIGHT, TITLE
from kimdesk.documents.client_sheet.parts import Both, ClientSheet
from kimdesk.documents.print import PaperPart, Sheets, TextStyle
from kimdesk.documents.print.flow import FlowRow, Stroke
from kimdesk.texts import say
from kimdesk.texts.bidi import apart

_RULE, _FIRST, _SECOND = 59.0, 46.0, 34.0
_ABOUT = TextStyle(9.8, gray=0.25)


def head(document: PaperPart, tongues: Tongues, sheet: ClientSheet) -> Iterator[FlowRow]:
    """Yield who gives the sheet, its title and whom it is for."""
    name, unit = Both(sheet.head.name), Both(sheet.head.unit)
    yield from staying(tongues.pair(name, NAME, (document.add("P"),) * 2))
    if unit.german:
        yield from staying(tongues.pair(unit, HEAD, (document.add("P"),) * 2))
    yield FlowRow(14.0, stays=True, strokes=(Stroke(LEFT, RIGHT, 0.0, 0.3),))
    parts = tongues.spans(document.add("H1"), sheet.title)
    yield from staying(together(tongues.pair(sheet.title, TITLE, parts, above=18.0)))
    if sheet.about.german:
        parts = tongues.parts(document, "P", sheet.about)
        yield from staying(together(tongues.pair(sheet.about, _ABOUT, parts, above=3.0)))


def foot(sheets: Sheets, tongues: Tongues, sheet: ClientSheet, page: int, pages: int) -> None:
    """Write at the foot of a page what the translation is worth, and which page it is."""
    sheets.rule(LEFT, RIGHT, _RULE, gray=0.5)
    number = say("paper.page", page=page, pages=pages)
    practice = say("paper.practice") if sheet.practice else ""
    if tongues.own is None:
        sheets.write(apart(" · ").join((sheet.head.name, *sheet.head.foot)), LEFT, _FIRST, FOOT)
        sheets.write(practice, LEFT, _SECOND, FOOT)
        sheets.write(number, RIGHT, _SECOND, FOOT, "right")
        return
    unchecked = "" if sheet.checked else say("client_sheet.unchecked")
    part = sheets.document.add("P") if page == pages else None
    sheets.write(say("client_sheet.help"), LEFT, _FIRST, FOOT.bold, part=part)
    sheets.write(
        apart(" · ").join(filter(None, (unchecked, practice, number))), LEFT, _SECOND, FOOT, part=part
    )
