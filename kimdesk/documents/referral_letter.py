"""The letter that goes with a referral: who comes, with which papers, by when an answer is asked for."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import Letterhead, known_letterhead
from kimdesk.casework.local_offices import LocalOffice, known_office
from kimdesk.casework.records import known
from kimdesk.catalogue import letters
from kimdesk.catalogue.letters import LetterBlock
from kimdesk.documents.letter import Block, Letter, LetterList, LetterParagraph, lay_out
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain import consent as consent_rule
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Consent, Referral
from kimdesk.domain.terms import ItemState
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart

CODE: Final = "referral_letter"


def make(desk: Desk, referral_id: str, wish: PaperWish) -> MadePaper:
    """Return the letter.

    Raises StoreError E909 when there is no such referral, CaseworkError E853 when its case has no client,
    E850 when neither a consent in force covers it nor a reason stands in the referral, ContentError E797 when
    no font has a sign of it.
    """
    with desk.reading() as reader:
        referral = known(reader, Referral, referral_id)
        file = read_file(reader, referral.case_id)
        office = known_office(reader, desk.catalogue, referral.service, file.case.ags).noted
        letterhead = known_letterhead(reader, desk)
    text = letters.letter(desk.catalogue, CODE)
    data = pdf(desk, file, referral, office, letterhead, wish.today)
    return MadePaper(title=text.title, data=data, case_id=file.case.id, version=text.version)


def pdf(
    desk: Desk,
    file: CaseFile,
    referral: Referral,
    office: LocalOffice | None,
    letterhead: Letterhead,
    day: date,
) -> bytes:
    """Return the letter; it names nobody without a consent or a reason. Raises as ``make``."""
    if file.client is None:
        raise CaseworkError("E853")
    service = desk.catalogue.service(referral.service, referral.service_version)
    consent = consent_rule.fitting(
        file.consents, service.code, referral.purpose, day, service.information_kinds
    )
    if consent is None and not referral.override_reason:
        raise CaseworkError("E850")
    text = letters.letter(desk.catalogue, CODE)
    facts = _facts(desk, file, referral, consent)
    shown = (block for block in text.blocks if _applies(block, referral, consent))
    return lay_out(
        Letter(
            sender=letterhead,
            to=_address(desk, referral, office),
            information=(
                (say("letter.our_sign"), file.case.file_number),
                (say("letter.contact"), desk.actor),
                (say("letter.day"), dates.full(day)),
            ),
            subject=tuple(each.format(**facts) for each in text.subject),
            blocks=tuple(_blocks(desk, referral, shown, facts)),
            signatures=((desk.actor, say("letter.for_desk", desk=desk.name)),),
            practice=desk.practice,
        )
    )


def _facts(desk: Desk, file: CaseFile, referral: Referral, consent: Consent | None) -> dict[str, str]:
    service, client = desk.catalogue.service(referral.service, referral.service_version), file.client
    born = client.birth_date if client else None
    return {
        "client": full_name(client) if client else "",
        "born": dates.partial(born) if born else say("letter.birth_not_recorded"),
        "offer": service.offer,
        "service": service.name,
        "answer_by": dates.full(referral.answer_due_on),
        "consent_on": dates.full(consent.given_on) if consent else "",
    }


def _applies(block: LetterBlock, referral: Referral, consent: Consent | None) -> bool:
    match block.when:
        case "warm":
            return referral.warm
        case "cold":
            return not referral.warm
        case "answer":
            return referral.answer_due_on is not None
        case "consent":
            return consent is not None and consent.given_on is not None
        case _:
            return True


def _blocks(
    desk: Desk, referral: Referral, blocks: Iterator[LetterBlock], facts: dict[str, str]
) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "text":
            yield LetterParagraph(block.text.format(**facts))
        elif papers := _papers(desk, referral):
            yield papers


def _papers(desk: Desk, referral: Referral) -> Block | None:
    """Return what is enclosed and what follows; what is not needed is not spoken of."""
    service = desk.catalogue.service(referral.service, referral.service_version)
    labels = desk.catalogue.item_labels
    by_state: dict[bool, list[str]] = {True: [], False: []}
    for entry in referral.checklist:
        if entry.state is not ItemState.NOT_NEEDED:
            item = service.item(entry.item)
            label = item.label if item else labels.get(entry.item, entry.item)
            by_state[entry.state is ItemState.PRESENT].append(label)
    lists = [
        LetterList(say(f"letter.papers_{key}"), tuple(by_state[there]))
        for key, there in (("enclosed", True), ("following", False))
        if by_state[there]
    ]
    if not lists:
        return None
    return (lists[0], lists[1]) if len(lists) > 1 else lists[0]


def _address(desk: Desk, referral: Referral, office: LocalOffice | None) -> tuple[str, ...]:
    service = desk.catalogue.service(referral.service, referral.service_version)
    lines = [referral.agency or (office.name if office else "") or service.name, referral.agency_person]
    lines += (office.address if office else "").replace(", ", "\n").splitlines()
    return tuple(apart("").join([line]) for line in lines if line.strip())
