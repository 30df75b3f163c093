"""What the client takes home of an appointment: a card, or an invitation; never what it is about."""

from collections.abc import Iterator
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.documents.client_papers.setting import PaperSetting, start
from kimdesk.documents.client_sheet import Both, NoteBox, SheetBlock, SheetHeading, SheetParagraph
from kimdesk.documents.letters.of_appointment import appointment
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.records import FollowUp
from kimdesk.texts import dates
from kimdesk.texts.bidi import apart

_COMING: Final = "booked"  # interpreter_booking


def card(desk: Desk, record_id: str, wish: PaperWish) -> MadePaper:
    """Return the card of an appointment. Raises as ``appointment`` and ``setting.start``."""
    with desk.reading() as reader:
        found = appointment(reader, record_id, wish)
        setting = start(desk, reader, found.case_id, "appointment_card", wish)
    return setting.made((*_box(setting, found, desk.actor), *_reaching(setting)))


def invitation(desk: Desk, record_id: str, wish: PaperWish) -> MadePaper:
    """Return the invitation to a talk. Raises as ``card``."""
    with desk.reading() as reader:
        found = appointment(reader, record_id, wish)
        setting = start(desk, reader, found.case_id, "invitation", wish)
    tell = setting.words.tell
    return setting.made((
        SheetParagraph(tell("lead")),
        *_box(setting, found, desk.actor),
        SheetParagraph(tell("voluntary")),
        *_reaching(setting),
    ))  # fmt: skip


def _box(setting: PaperSetting, found: FollowUp, worker: str) -> Iterator[SheetBlock]:
    words = setting.words
    yield SheetHeading(words.tell("when"))
    yield NoteBox((), _when(setting, found))
    if found.place:
        yield SheetHeading(words.tell("where"))
        yield SheetParagraph(setting.free(found.place, found.place))
    if worker:
        yield SheetHeading(words.tell("who"))
        yield SheetParagraph(words.plain(worker))
    if found.interpreter == _COMING:
        yield SheetParagraph(words.tell("interpreter"), strong=True)


def _when(setting: PaperSetting, found: FollowUp) -> Both:
    weekday = setting.words.tell(f"weekday_{found.due_on.weekday()}")
    day = dates.full(found.due_on)
    if found.time:
        return setting.words.tell("day_time", weekday=weekday, day=day, time=found.time)
    return setting.words.tell("day_alone", weekday=weekday, day=day)


def _reaching(setting: PaperSetting) -> Iterator[SheetBlock]:
    words, head = setting.words, setting.head
    yield SheetParagraph(words.tell("cannot_come"))
    if lines := (*head.address, *head.foot):
        yield SheetParagraph(words.tell("reach"), quiet=True, leads=True)
        yield SheetParagraph(words.plain(apart(" · ").join(lines)))
