"""The page for an authority: what somebody achieved and can prove, on one sheet that she signs herself."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from kimdesk.casework import authority_page
from kimdesk.casework.authority_page import DOCUMENT, AuthorityPage, HandedOut
from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.local_offices import known_office
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.paper import PaperBlock, lay_out
from kimdesk.domain import media
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Achievement, Attachment, Consent, HandOver
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import achievements, dates, offices, say
from kimdesk.texts.bidi import apart

_GROUPS: Final = (
    ("german", ("german_certificate", "civic_test")),
    ("school", ("school", "school_degree", "training", "study", "recognition")),
    ("work", ("job", "work_reference")),
    ("commitment", ("voluntary_work", "mso_role")),
    ("skills", ("course", "skill_formal", "skill_non_formal", "skill_informal")),
)
_PLAIN: Final = frozenset(
    {"german_certificate", "school", "training", "study", "job", "voluntary_work", "course"}
)
"""Kinds whose group says what they are, once they have a name."""
_YES = "yes"


def save(
    desk: Desk, case_id: str, person_id: str, to: HandedOut, path: Path, today: date | None = None
) -> Attachment:
    """Write the page to ``path`` as PDF and keep it in the case as handed out.

    Raises StoreError E920 to E923 when it cannot be written, ContentError E797 when no font has a sign of it,
    CaseworkError as ``authority_page.hand_out``; then nothing is left behind.
    """
    day = today or calendar_day()
    addressee = _addressee(desk, case_id, to.authority)

    def make(page: AuthorityPage, consent: Consent | None) -> bytes:
        return pdf(desk, page, consent, addressee, day)

    def describe(page: AuthorityPage, consent: Consent | None) -> Attachment:
        return _kept(desk, case_id, page, consent, to, day)

    return authority_page.hand_out(
        desk, case_id, person_id, to, day, make, describe, lambda data: media.write(path, data)
    )


def pdf(desk: Desk, page: AuthorityPage, consent: Consent | None, addressee: str, day: date) -> bytes:
    """Return the page; nothing on it says what is missing, doubtful or of a special category."""
    name = full_name(page.person)
    given = consent.given_on if consent else None
    basis = say("authority_page.basis_consent", day=given) if given else say("authority_page.basis_hand")
    blocks = [
        *_head(page, addressee),
        PaperBlock("note", say("authority_page.lead", name=name)),
        *_groups(desk.catalogue, page.shown),
        PaperBlock("sign", say("authority_page.sign", name=name)),
        PaperBlock("note", basis),
        PaperBlock(
            "note",
            say("authority_page.version", number=page.number, day=day, by=desk.actor, desk=desk.name),
        ),
    ]
    return lay_out(say("authority_page.title"), blocks, practice=desk.practice, about=name)


def _kept(
    desk: Desk, case_id: str, page: AuthorityPage, consent: Consent | None, to: HandedOut, day: date
) -> Attachment:
    given = consent.given_on if consent else None
    note = say("authority_page.note_consent", day=given) if given else say("authority_page.note_hand")
    authority = desk.catalogue.service_name(to.authority)
    return Attachment(
        case_id=case_id,
        title=say("authority_page.attached", number=page.number, name=full_name(page.person)),
        document=DOCUMENT,
        added_on=day,
        original_at="agency" if consent else "client",
        person_id=page.person.id,
        handed=(HandOver(authority, to.authority, day, original=True),),
        about=page.person.id,
        note=note,
    )


def _addressee(desk: Desk, case_id: str, authority: str) -> str:
    """Return the authority that is responsible where the client lives, as far as that is known.

    Where an address of the case is kept secret, no place is told.
    """
    name = desk.catalogue.service_name(authority)
    with desk.reading() as reader:
        file = read_file(reader, case_id)
        found = known_office(reader, desk.catalogue, authority, file.case.ags)
    return name if any_shielded(file.persons) else offices.addressed(found, name)


def _head(page: AuthorityPage, addressee: str) -> Iterator[PaperBlock]:
    person = page.person
    names = apart(" · ").join(filter(None, (full_name(person), person.original_name)))
    yield _fact("name", names)
    if person.birth_date:
        yield _fact("born", dates.partial(person.birth_date))
    if person.arrived_on:
        yield _fact("since", dates.partial(person.arrived_on))
    yield _fact("for", addressee)


def _groups(catalogue: Catalogue, shown: tuple[Achievement, ...]) -> Iterator[PaperBlock]:
    """Yield what was achieved, group by group, in each the latest first."""
    for group, kinds in _GROUPS:
        own = sorted((one for one in shown if one.kind in kinds), key=_latest, reverse=True)
        if own:
            yield PaperBlock("heading", say(f"authority_page.group_{group}"))
        for one in own:
            yield PaperBlock("entry", _what(catalogue, one), achievements.days(one))
            yield PaperBlock("under", _below(catalogue, one))


def _latest(one: Achievement) -> date:
    return max((day for day in (one.achieved_on, one.ends_on, one.starts_on) if day), default=date.min)


def _what(catalogue: Catalogue, one: Achievement) -> str:
    named = one.title or achievements.kind(catalogue, one)
    return apart(", ").join(filter(None, (named, achievements.level(catalogue, one))))


def _below(catalogue: Catalogue, one: Achievement) -> str:
    parts = [
        achievements.kind(catalogue, one) if one.title and one.kind not in _PLAIN else "",
        one.organisation,
        say("authority_page.points", n=one.points) if one.points is not None else "",
        say("authority_page.registered", day=one.registered_on) if one.registered_on else "",
        say("authority_page.hours", n=one.weekly_hours) if one.weekly_hours else "",
        say("authority_page.insured") if one.insured == _YES else "",
        _proof(catalogue, one),
    ]
    return apart(" · ").join(filter(None, parts))


def _proof(catalogue: Catalogue, one: Achievement) -> str:
    code = catalogue.code_list("proof_kind").find(one.proof)
    word = (code.short or code.label) if code else ""
    if one.seen_on is None:
        return say("authority_page.proof", proof=word)
    return say("authority_page.proof_seen", proof=word, day=dates.full(one.seen_on))


def _fact(name: str, text: str) -> PaperBlock:
    return PaperBlock("fact", text, say(f"authority_page.fact_{name}"))
