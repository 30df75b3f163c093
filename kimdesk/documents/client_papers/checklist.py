"""The checklist to take home: what an office needs, missing first; no note of the file, no name of others.

An office that may be reached by a safe way alone is not named: the sheet lies at home.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from kimdesk.casework import checklists
from kimdesk.casework.checklists import ChecklistLine
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known
from kimdesk.documents.client_papers.setting import PaperSetting, start
from kimdesk.documents.client_sheet import (
    Both,
    CheckRow,
    CheckSection,
    NoteBox,
    SheetBlock,
    SheetChecklist,
    SheetParagraph,
)
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.records import FollowUp, Referral
from kimdesk.domain.shielding import is_shielded
from kimdesk.domain.terms import FollowUpKind, ItemState
from kimdesk.texts import dates

CODE = "client_checklist"
_PARTS: Final[tuple[tuple[str, Literal["plain", "missing", "there"]], ...]] = (
    ("part_missing", "missing"),
    ("part_requested", "plain"),
    ("part_unclear", "plain"),
    ("part_present", "there"),
)


def make(desk: Desk, referral_id: str, wish: PaperWish) -> MadePaper:
    """Return the checklist of a referral.

    Raises StoreError E909 when there is no such referral, and as ``setting.start``.
    """
    with desk.reading() as reader:
        case_id = known(reader, Referral, referral_id).case_id
        setting = start(desk, reader, case_id, CODE, wish)
    referral = next(one for one in setting.file.referrals if one.id == referral_id)
    title = setting.words.tell("title", service=setting.service(referral.service))
    return setting.made(_blocks(setting, referral, desk.actor), title)


def _blocks(setting: PaperSetting, referral: Referral, actor: str) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    yield NoteBox((*setting.stand(), *_appointment(setting, referral)), tell("lead"))
    lines = checklists.case_lines(setting.catalogue, referral, setting.file, setting.wish.today)
    sections = tuple(_sections(setting, lines))
    if not sections:
        yield SheetParagraph(tell("no_items"))
        return
    if all(one.tone == "there" for one in sections):
        yield SheetParagraph(tell("none_missing"), strong=True)
    yield SheetChecklist(tell("head_what"), tell("head_when"), sections)
    yield SheetParagraph(tell("originals"), strong=True)
    yield SheetParagraph(tell("copies"))
    yield SheetParagraph(tell("contact", name=actor))


def _sections(setting: PaperSetting, lines: Sequence[ChecklistLine]) -> Iterator[CheckSection]:
    """Yield what is missing, what is asked for, what nobody knows yet, and what is there."""
    for key, tone in _PARTS:
        rows = tuple(_row(setting, one) for one in lines if _part(one) == key)
        if rows:
            yield CheckSection(setting.words.tell(key), rows, tone)


def _part(line: ChecklistLine) -> str:
    if line.entry.state is ItemState.MISSING:
        return "part_unclear" if line.unclear else "part_missing"
    found = {ItemState.REQUESTED: "part_requested", ItemState.PRESENT: "part_present"}
    return found.get(line.entry.state, "")


def _row(setting: PaperSetting, line: ChecklistLine) -> CheckRow:
    return CheckRow(
        setting.item(line),
        _detail(setting, line),
        _when(setting, line),
        done=line.entry.state is ItemState.PRESENT,
    )


def _detail(setting: PaperSetting, line: ChecklistLine) -> Both:
    """Return for whom it is, as the client calls them, or when it is needed (in German alone)."""
    if line.unclear:
        condition = line.paper.condition if line.paper else ""
        return Both(setting.words.german.said("needed_if", condition=condition)) if condition else Both("")
    kept_back = {one.id for one in setting.file.persons if is_shielded(one)}
    client = setting.file.client
    own = client.id if client else ""
    persons = [one for one in line.persons if one == own or one not in kept_back]
    told = tuple(dict.fromkeys(setting.whose(one) for one in persons))
    return setting.words.listed(told) if told else Both("")


def _when(setting: PaperSetting, line: ChecklistLine) -> Both:
    """Return until when it is valid, or since when it stands as it does."""
    entry, tell = line.entry, setting.words.tell
    if entry.state is ItemState.PRESENT and entry.valid_until:
        return tell("valid_until", day=dates.full(entry.valid_until))
    return tell("since", day=dates.full(entry.since)) if entry.since else Both("")


def _appointment(setting: PaperSetting, referral: Referral) -> Iterator[Both]:
    """Yield the next appointment there is about this referral."""
    coming = [
        one
        for one in setting.file.follow_ups
        if one.about == referral.id and one.kind is FollowUpKind.APPOINTMENT and not one.done_on
        and one.due_on >= setting.wish.today
    ]  # fmt: skip
    if coming:
        yield from _told(setting, min(coming, key=lambda one: (one.due_on, one.time)))


def _told(setting: PaperSetting, one: FollowUp) -> Iterator[Both]:
    tell, day = setting.words.tell, dates.full(one.due_on)
    yield tell("appointment_time", day=day, time=one.time) if one.time else tell("appointment", day=day)
    if one.place:
        yield tell("appointment_place", place=setting.free(one.place))
