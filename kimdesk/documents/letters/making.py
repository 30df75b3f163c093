"""Makes a letter of a text of the catalogue about a record; each paper of the table has its name here."""

from collections.abc import Callable
from functools import partial
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import Letterhead, known_letterhead
from kimdesk.catalogue.letters import LetterText
from kimdesk.documents.letter import Letter, lay_out
from kimdesk.documents.letters import known as knowing
from kimdesk.documents.letters import (
    of_appointment,
    of_case,
    of_client,
    of_deadline,
    of_referral,
    of_residence,
)
from kimdesk.documents.letters.known import LetterFacts
from kimdesk.documents.letters.moment import received
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.naming import full_name
from kimdesk.domain.shielding import any_shielded
from kimdesk.store.work import Reader
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import isolated

Knowing = Callable[[Desk, Reader, str, PaperWish], LetterFacts]

_KNOWING: Final[dict[str, Knowing]] = {
    "client": of_client.known,
    "referral": of_referral.known,
    "residence": of_residence.known,
    "deadline": of_deadline.known,
    "appointment": of_appointment.known,
    "case": of_case.known,
}
_LACKING: Final = {"forwarding": "E844", "inspection": "E845", "advance_by": "E846", "language": "E831"}
"""What is said when a letter needs a fact that is not known."""
_UNCOVERED: Final = "E850"


def make(code: str, desk: Desk, record_id: str, wish: PaperWish) -> MadePaper:
    """Return the letter ``code`` of ``desk`` about a record, in the version in force on the day of ``wish``.

    Raises StoreError E909 when there is no such record, CaseworkError E843 when it speaks of the client and
    the case knows none, E844 to E846 when the law gives its office nothing to name, E850 when neither a
    consent in force covers a letter that needs one nor a reason is noted, what the record itself refuses,
    ContentError E797 when no font has a sign of it.
    """
    return made(desk.catalogue.letters.find(code, on=wish.today), desk, record_id, wish)


def made(text: LetterText, desk: Desk, record_id: str, wish: PaperWish) -> MadePaper:
    """Return the letter ``text`` about a record. Raises as ``make``."""
    with desk.reading() as reader:
        known = _KNOWING[text.about](desk, reader, record_id, wish)
        head = known_letterhead(reader, desk)
    _demand(text, known)
    data = lay_out(letter(desk, text, known, head, wish))
    return MadePaper(
        title=text.title, template=text.code, data=data, case_id=known.file.case.id, version=text.version,
        names_client=text.basis != "nobody", own=text.basis == "own", beside=known.beside,
    )  # fmt: skip


def _demand(text: LetterText, known: LetterFacts) -> None:
    if lacking := next((each for each in text.needs if not known.facts.get(each)), None):
        raise CaseworkError(_LACKING[lacking])
    if text.basis == "consent" and not known.covered:
        raise CaseworkError(_UNCOVERED)


def letter(desk: Desk, text: LetterText, known: LetterFacts, head: Letterhead, wish: PaperWish) -> Letter:
    """Return ``text`` filled with what is ``known``."""
    return Letter(
        sender=_sender(text, known, head),
        to=known.to or tuple(knowing.said(each, known) for each in text.to),
        information=tuple(_information(desk, text, known, wish)),
        subject=knowing.subject(text, known),
        title=text.title,
        blocks=tuple(knowing.blocks(text, known, wish.today)),
        signatures=tuple(_signature(desk, known, each.who, each.role) for each in text.signatures),
        received=received(wish.today) if text.received else None,
        slip=known.slip,
        practice=desk.practice,
    )


def _sender(text: LetterText, known: LetterFacts, head: Letterhead) -> Letterhead:
    """Return who writes; a client who must not be found is written to at the desk."""
    if text.sender == "desk" or known.person is None:
        return head
    address = knowing.address_of(known.file, known.person)
    if any_shielded(known.file.persons):
        address = (say("letter.care_of", desk=isolated(head.name)), *head.address)
    return Letterhead(name=isolated(full_name(known.person)), address=tuple(map(isolated, address)))


def _information(desk: Desk, text: LetterText, known: LetterFacts, wish: PaperWish) -> list[tuple[str, str]]:
    lines = [(say("letter.their_sign"), isolated(known.their_sign))] if known.their_sign else []
    if text.sender == "desk":
        lines.insert(0, (say("letter.our_sign"), isolated(known.file.case.file_number)))
        lines.append((say("letter.contact"), isolated(desk.actor)))
    return [*lines, (say("letter.day"), dates.full(wish.today))]


def _signature(desk: Desk, known: LetterFacts, who: str, role: str) -> tuple[str, str]:
    if who == "desk":
        return isolated(desk.actor), say("letter.for_desk", desk=isolated(desk.name))
    if known.person is None:
        raise CaseworkError(knowing.NO_CLIENT)
    return isolated(full_name(known.person)), knowing.said(role, known)


referral_letter = partial(make, "referral_letter")
deadline_application = partial(make, "deadline_application")
advance_request = partial(make, "advance_request")
file_access = partial(make, "file_access")
fiction_certificate_request = partial(make, "fiction_certificate_request")
objection = partial(make, "objection")
interpreter_order = partial(make, "interpreter_order")
closing_report = partial(make, "closing_report")
