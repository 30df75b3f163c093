"""The slip (Laufzettel): where to go and what to take, boxes for the office to tick, a code to read in again.

It names nobody and says nothing of health: who loses it tells nobody anything. The letters at the boxes are
those that are typed when the slip comes back (``domain.slip_answers``).
"""

from collections.abc import Iterator
from functools import partial

from kimdesk.casework import checklists, referrals
from kimdesk.casework.desk import Desk
from kimdesk.documents.client_papers.setting import PaperSetting, start
from kimdesk.documents.client_papers.words import SpokenWords
from kimdesk.documents.client_sheet import (
    Both,
    BulletList,
    ClientSheet,
    NoteBox,
    PictureSpace,
    RunningHead,
    SheetBlock,
    SheetHeading,
    SheetParagraph,
    SheetPicture,
    SheetTable,
    SignatureLines,
    lay_out,
)
from kimdesk.documents.letters.offices import Office, of_service
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.documents.print import PaperPart, Sheets, TextStyle
from kimdesk.domain import slip_codes
from kimdesk.domain.records import FollowUp, Referral
from kimdesk.domain.slip_answers import ANSWERS
from kimdesk.domain.terms import FollowUpKind, ItemState
from kimdesk.texts import dates, say

CODE = "referral_slip"
_BARS, _BAR_HEIGHT, _SQUARE = 1.44, 34.0, 58.0  # points; the thinnest bar is three dots of a scan at 150 dpi
_SIGNS = TextStyle(15).bold


def make(desk: Desk, referral_id: str, wish: PaperWish) -> MadePaper:
    """Return the slip of a referral, which is given its code when it has none.

    Raises StoreError E909 when there is no such referral, and as ``setting.start``.
    """
    referral = referrals.with_code(desk, referral_id)
    service = desk.catalogue.service(referral.service, referral.service_version)
    with desk.reading() as reader:
        setting = start(desk, reader, referral.case_id, CODE, wish)
        office = of_service(
            reader, desk.catalogue, setting.file, service, referral.agency, referral.agency_person
        )
    words = setting.words
    sheet = ClientSheet(
        head=setting.head,
        title=words.tell("title"),
        blocks=tuple(_blocks(setting, referral, office)),
        running=RunningHead(partial(_draw, referral.slip_code), _SQUARE + 6),
        language=wish.language,
        fixed=setting.fixed,
        checked=words.own is not None and words.own.checked,
        practice=setting.practice,
    )
    return MadePaper(
        title=words.tell("title").german,
        data=lay_out(sheet),
        case_id=referral.case_id,
        version=words.german.version,
        names_client=False,
    )


def _blocks(setting: PaperSetting, referral: Referral, office: Office) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    where = tuple(setting.words.plain(line) for line in office.lines)
    yield NoteBox((*where, *_term(setting, referral)), tell("go_there"))
    yield _picture(referral.slip_code)
    yield from _papers(setting, referral)
    yield SheetParagraph(tell("bring_back"), strong=True)
    yield from _answers(setting.words)


def _papers(setting: PaperSetting, referral: Referral) -> Iterator[SheetBlock]:
    """Yield what to take: what is there; what is missing is said, so that nobody waits for it."""
    lines = checklists.case_lines(setting.catalogue, referral, setting.file, setting.wish.today)
    for key, state in (("take", ItemState.PRESENT), ("still_missing", ItemState.MISSING)):
        found = tuple(setting.item(one) for one in lines if one.entry.state is state and not one.unclear)
        if found:
            yield SheetHeading(setting.words.tell(key))
            yield BulletList(found)


def _term(setting: PaperSetting, referral: Referral) -> Iterator[Both]:
    coming: list[FollowUp] = [
        one
        for one in setting.file.follow_ups
        if one.about == referral.id and one.kind is FollowUpKind.APPOINTMENT and not one.done_on
        and one.due_on >= setting.wish.today
    ]  # fmt: skip
    if coming:
        first = min(coming, key=lambda one: (one.due_on, one.time))
        day = dates.full(first.due_on)
        told = setting.words.tell
        yield told("term_at", day=day, time=first.time) if first.time else told("term", day=day)


def _answers(words: SpokenWords) -> Iterator[SheetBlock]:
    """Yield what the office fills in: German alone, for it is the office that reads it."""
    said = words.german.said
    yield SheetHeading(Both(said("for_the_office")))
    rows = tuple(
        (Both(each.letter), False, Both(say(f"referrals.answer_{each.key}")), Both(said(f"to_{each.key}")))
        for each in ANSWERS
    )
    heads = (
        Both(said("head_letter")),
        Both(said("head_box")),
        Both(said("head_answer")),
        Both(said("head_more")),
    )
    yield SheetTable(heads, rows, (0.08, 0.1, 0.27, 0.55))
    yield SignatureLines(tuple(Both(said(f"sign_{each}")) for each in ("day", "who", "stamp")))


def _picture(code: str) -> SheetPicture:
    alt = Both(say("referrals.code_alt", code=slip_codes.shown(code)))
    return SheetPicture(partial(_draw, code), _SQUARE + 6, alt)


def _draw(code: str, sheets: Sheets, part: PaperPart | None, space: PictureSpace) -> None:
    """Draw the code for scanners that read lines, for those that read squares, and for people."""
    import segno
    from reportlab.graphics.barcode.code128 import Code128

    rows = tuple(segno.make_qr(code, error="m").matrix)
    side, left = _SQUARE / len(rows), space.x + space.width - _SQUARE
    bars = Code128(code, barWidth=_BARS, barHeight=_BAR_HEIGHT, quiet=False)
    with sheets.drawing(part) as canvas:
        canvas.setFillGray(0)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    top = space.y + _SQUARE - (down + 1) * side
                    canvas.rect(left + across * side, top, side + 0.05, side + 0.05, stroke=0, fill=1)
        bars.drawOn(canvas, space.x, space.y + _SQUARE - _BAR_HEIGHT)
    sheets.write(slip_codes.shown(code), space.x, space.y + 4, _SIGNS, part=part)
