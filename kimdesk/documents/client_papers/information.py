"""The information under Art. 13 DSGVO: what is configured or stands in data, a line to fill in for the rest.

Whoever is advised without a name needs none of it, and the paper says so.
"""

from collections.abc import Iterator
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.supervision import supervisory_authority
from kimdesk.documents.client_papers.setting import PaperSetting, signatures, start
from kimdesk.documents.client_sheet import (
    Both,
    BulletList,
    NoteBox,
    SheetBlock,
    SheetHeading,
    SheetParagraph,
    SignatureLines,
)
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.law.spans import SpanName
from kimdesk.texts import dates
from kimdesk.texts.bidi import apart

CODE: Final = "information"
_PURPOSES: Final = ("purpose_advice", "purpose_plan", "purpose_record", "purpose_figures")
_RIGHTS: Final = ("right_access", "right_rectification", "right_erasure", "right_restriction")
_OF_BASIS: Final = {"consent": "right_portability", "public_task": "right_objection"}
"""The right that there is by one legal basis alone (Art. 20 and 21 DSGVO)."""
_MONTHS: Final = 12


def make(desk: Desk, case_id: str, wish: PaperWish) -> MadePaper:
    """Return the information for the client of a case. Raises as ``setting.start``."""
    with desk.reading() as reader:
        setting = start(desk, reader, case_id, CODE, wish)
    return setting.made(_blocks(setting))


def _blocks(setting: PaperSetting) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    yield NoteBox((tell("lead"), *setting.stand()), tell("anonymous"))
    yield from _responsible(setting)
    yield from _why(setting)
    yield from _recipients(setting)
    yield from _kept(setting)
    yield SheetHeading(tell("must"))
    yield SheetParagraph(tell("must_not"))
    yield SheetParagraph(tell("machine"))
    yield from _rights(setting)
    if setting.file.client:
        yield SheetParagraph(tell("received"))
        yield signatures(setting.words, "sign_client")


def _responsible(setting: PaperSetting) -> Iterator[SheetBlock]:
    words, head = setting.words, setting.head
    yield SheetHeading(words.tell("controller"))
    yield SheetParagraph(words.plain(apart(", ").join(filter(None, (head.name, head.unit)))))
    if head.address:
        yield SheetParagraph(words.plain(apart(", ").join(head.address)))
    else:
        yield SignatureLines((words.tell("fill_in_address"),))
    yield SheetHeading(words.tell("officer"))
    yield SheetParagraph(words.tell("officer_why"))
    if head.officer:
        yield SheetParagraph(words.plain(apart(", ").join(head.officer)))
    else:
        yield SignatureLines((words.tell("fill_in_officer"),))


def _why(setting: PaperSetting) -> Iterator[SheetBlock]:
    words, basis = setting.words, setting.file.case.legal_basis
    yield SheetHeading(words.tell("purposes"))
    yield BulletList(tuple(words.tell(one) for one in _PURPOSES))
    yield SheetHeading(words.tell("basis"))
    label = setting.catalogue.label("legal_basis", basis)
    yield BulletList((words.code("basis", basis, label), words.tell("basis_special")))


def _recipients(setting: PaperSetting) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    yield SheetHeading(tell("recipients"))
    yield BulletList((tell("recipients_consent"), tell("recipients_law"), tell("recipients_kreis")))


def _kept(setting: PaperSetting) -> Iterator[SheetBlock]:
    """Yield how long the case is kept: its own day once it is closed, else the length that is usual."""
    yield SheetHeading(setting.words.tell("kept"))
    yield SheetParagraph(_how_long(setting))


def _how_long(setting: PaperSetting) -> Both:
    tell, until = setting.words.tell, setting.file.case.retain_until
    if until:
        return tell("kept_until", day=dates.full(until))
    spans = setting.catalogue.rules.agenda.spans
    months = spans.length(SpanName.RETENTION, setting.wish.today).months
    if months % _MONTHS:
        return tell("kept_months", n=months)
    return tell("kept_years", n=months // _MONTHS)


def _rights(setting: PaperSetting) -> Iterator[SheetBlock]:
    words, own = setting.words, _OF_BASIS.get(setting.file.case.legal_basis, "")
    keys = (*_RIGHTS, *([own] if own else []), "right_withdraw", "right_complain")
    yield SheetHeading(words.tell("rights"))
    yield BulletList(tuple(words.tell(one) for one in keys))
    authority = supervisory_authority(setting.catalogue.stack)
    yield SheetParagraph(words.plain(apart(", ").join(authority.lines)))
