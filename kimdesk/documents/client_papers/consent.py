"""The consent and release of confidentiality as its record says it; a line to fill in where it is silent."""

from collections.abc import Iterator
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known
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
from kimdesk.domain.dates import age_on
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Consent, Person
from kimdesk.texts import dates

CODE: Final = "consent"
_OF_AGE: Final = 18
_FORMS: Final = frozenset({"written", "electronic"})


def make(desk: Desk, consent_id: str, wish: PaperWish) -> MadePaper:
    """Return the paper of a consent.

    Raises StoreError E909 when there is no such consent, and as ``setting.start``.
    """
    with desk.reading() as reader:
        consent = known(reader, Consent, consent_id)
        setting = start(desk, reader, consent.case_id, CODE, wish)
    return setting.made(_blocks(setting, consent))


def _blocks(setting: PaperSetting, consent: Consent) -> Iterator[SheetBlock]:
    yield NoteBox(setting.stand(), setting.words.tell("lead"))
    yield from _ended(setting, consent)
    yield from _people(setting, consent)
    yield from _what(setting, consent)
    yield from _terms(setting, consent)
    yield from _signed(setting, consent)


def _ended(setting: PaperSetting, consent: Consent) -> Iterator[SheetBlock]:
    """Yield that it counts no more, where that is so on the day of the paper."""
    tell, today = setting.words.tell, setting.wish.today
    if consent.withdrawn_on and consent.withdrawn_on <= today:
        yield SheetParagraph(tell("withdrawn", day=dates.full(consent.withdrawn_on)), strong=True)
    elif consent.valid_until and consent.valid_until < today:
        yield SheetParagraph(tell("expired", day=dates.full(consent.valid_until)), strong=True)


def _people(setting: PaperSetting, consent: Consent) -> Iterator[SheetBlock]:
    words, person = setting.words, _person(setting, consent)
    yield SheetHeading(words.tell("who"))
    yield _or_line(setting, _named(setting, person))
    yield SheetHeading(words.tell("giver"))
    yield SheetParagraph(words.plain(", ".join(filter(None, (setting.head.name, setting.head.unit)))))
    yield SheetHeading(words.tell("recipient"))
    service = setting.catalogue.service_name(consent.recipient) if consent.recipient else ""
    yield _or_line(setting, words.plain(consent.recipient_name or service))


def _what(setting: PaperSetting, consent: Consent) -> Iterator[SheetBlock]:
    words, catalogue = setting.words, setting.catalogue
    yield SheetHeading(words.tell("purpose"))
    label = catalogue.label("consent_purpose", consent.purpose)
    yield _or_line(setting, words.code("purpose", consent.purpose, label) if consent.purpose else Both(""))
    yield SheetHeading(words.tell("necessity"))
    yield _or_line(setting, setting.free(consent.necessity))
    yield SheetHeading(words.tell("kinds"))
    kinds = tuple(words.code("kind", one, catalogue.label("information_kind", one)) for one in consent.kinds)
    yield BulletList(kinds) if kinds else SignatureLines((words.tell("fill_in"),))
    yield SheetHeading(words.tell("special"))
    special = tuple(
        words.code("special", one, catalogue.label("special_category", one))
        for one in consent.special_categories
    )
    yield BulletList(special) if special else SheetParagraph(words.tell("special_none"))
    yield SheetHeading(words.tell("level"))
    level = catalogue.label("sharing_level", consent.level)
    yield SheetParagraph(words.code("level", consent.level, level))
    yield SheetHeading(words.tell("direction"))
    yield SheetParagraph(words.tell("both_ways" if consent.mutual else "one_way"))


def _terms(setting: PaperSetting, consent: Consent) -> Iterator[SheetBlock]:
    tell, until = setting.words.tell, consent.valid_until
    yield SheetHeading(tell("how_long"))
    yield SheetParagraph(tell("until_day", day=dates.full(until)) if until else tell("until_withdrawn"))
    yield SheetParagraph(tell("only_this"))
    yield SheetHeading(tell("voluntary_head"))
    yield SheetParagraph(tell("voluntary"))
    yield SheetHeading(tell("refusal"))
    yield _or_line(setting, setting.free(consent.refusal_consequences))
    yield SheetHeading(tell("withdraw_head"))
    yield SheetParagraph(tell("withdraw"))


def _signed(setting: PaperSetting, consent: Consent) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    if consent.given_on and consent.given_on <= setting.wish.today:
        day = dates.full(consent.given_on)
        form = tell(f"given_{consent.form}") if consent.form in _FORMS else Both(consent.form)
        yield SheetParagraph(tell("given_on", day=day, form=form))
    if consent.interpreter:
        yield SheetParagraph(tell("interpreted"))
    yield SheetParagraph(tell("law"), quiet=True)
    yield SheetParagraph(tell("agree"), strong=True)
    young = _is_minor(setting, _person(setting, consent))
    keys = (
        "sign_client",
        *(["sign_guardian"] if young else []),
        *(["sign_interpreter"] if consent.interpreter else []),
    )
    yield signatures(setting.words, *keys)


def _or_line(setting: PaperSetting, text: Both) -> SheetParagraph | SignatureLines:
    """Return ``text``, or a line to fill in where nobody has said it."""
    return SheetParagraph(text) if text.german else SignatureLines((setting.words.tell("fill_in"),))


def _person(setting: PaperSetting, consent: Consent) -> Person | None:
    if not consent.person_id:
        return setting.file.client
    return next((one for one in setting.file.persons if one.id == consent.person_id), None)


def _named(setting: PaperSetting, person: Person | None) -> Both:
    name = full_name(person) if person else ""
    if person and name and person.birth_date:
        return setting.words.tell("who_born", name=name, born=dates.partial(person.birth_date))
    return setting.words.plain(name) if name else Both("")


def _is_minor(setting: PaperSetting, person: Person | None) -> bool:
    return bool(person and person.birth_date and age_on(person.birth_date, setting.wish.today) < _OF_AGE)
