"""The page for an authority: what somebody achieved and can prove, and what was handed out of it.

It leaves by the person's own hand or under a consent to that authority, and each one that was handed out is
kept in the case with its number, its day, to whom it went and on which basis.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kimdesk.casework.attachments import write
from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.paper_issues import HANDED_OUT
from kimdesk.casework.scans.scan import PDF, Scan
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain import achieved
from kimdesk.domain.consent import standing
from kimdesk.domain.dates import age_on
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.never_ask import Unasked, told
from kimdesk.domain.records import Achievement, Attachment, CaseFile, Consent, PaperIssue, Person
from kimdesk.domain.terms import SharingLevel

AUTHORITIES: Final = ("immigration_office", "naturalisation_office")
"""The services the page is for."""
PAPER: Final = "achievements"
"""The name of the page among the papers."""
DOCUMENT: Final = "achievements_page"
"""The kind of document (document_kind) as which a page that was handed out is kept."""
KINDS: Final = frozenset({"person", "regimes"})
"""The kinds of information (information_kind) a consent has to name."""
NOTHING_PROVEN, NO_CONSENT, NOBODY = "E883", "E884", "E885"
_FULL_AGE = 18

Why = Literal["unproven", "kept_back", "telling"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not on the page, and why: no proof, not wanted, or words that tell of faith and the like."""

    achievement: Achievement
    why: Why


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """What the page of a person shows; ``number`` counts those that were handed out, from 1."""

    person: Person
    shown: tuple[Achievement, ...]
    left_out: tuple[LeftOut, ...]
    number: int


@dataclass(frozen=True, slots=True)
class HandedOut:
    """To whom a page goes (one of ``AUTHORITIES``), and under which consent; None: by the person's hand."""

    authority: str
    consent_id: str | None = None


def page_of(catalogue: Catalogue, file: CaseFile, person_id: str) -> AuthorityPage:
    """Return what the page about a person of the case shows. Raises CaseworkError E885 for another person."""
    person = next((one for one in file.persons if one.id == person_id), None)
    if person is None:
        raise CaseworkError(NOBODY)
    own = achieved.of_person(file, person_id)
    topics = catalogue.rules.never_ask.topics
    judged = [(one, _why_not(one, topics)) for one in own]
    return AuthorityPage(
        person,
        tuple(one for one, why in judged if why is None),
        tuple(LeftOut(one, why) for one, why in judged if why),
        1 + sum(one.document == DOCUMENT and one.about == person_id for one in file.attachments),
    )


def consents(file: CaseFile, person: Person, authority: str, day: date) -> tuple[Consent, ...]:
    """Return the consents under which a page about ``person`` may go to ``authority`` on ``day``."""
    given = standing(file.consents, day)
    return tuple(one for one in given if _lets(one, authority) and _speaks_for(one, file, person, day))


def hand_out(
    desk: Desk,
    case_id: str,
    person_id: str,
    to: HandedOut,
    day: date,
    make: Callable[[AuthorityPage, Consent | None], bytes],
    describe: Callable[[AuthorityPage, Consent | None], Attachment],
    out: Callable[[bytes], None],
) -> Attachment:
    """Make the page, give it to ``out``, and keep what was handed out in the case, all or nothing.

    Raises CaseworkError E883 when nothing is proven, E884 when the consent does not allow it, E885 when the
    person is not in the case, and whatever ``make`` and ``out`` raise.
    """
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        page = page_of(desk.catalogue, file, person_id)
        if not page.shown:
            raise CaseworkError(NOTHING_PROVEN)
        allowed = {one.id: one for one in consents(file, page.person, to.authority, day)}
        consent = allowed.get(to.consent_id) if to.consent_id else None
        if to.consent_id and consent is None:
            raise CaseworkError(NO_CONSENT)
        data = make(page, consent)
        kept = write(writer, describe(page, consent), Scan(data, PDF))
        writer.put(_issue(kept, person_id, day))
        writer.record("copied_out", "attachment", kept.id, case_id)
        out(data)
    return kept


def _issue(kept: Attachment, person_id: str, day: date) -> PaperIssue:
    """Return the entry of the case that a page was handed out, as any other paper."""
    return PaperIssue(
        case_id=kept.case_id,
        paper=PAPER,
        title=kept.title,
        language="de",
        how=HANDED_OUT,
        issued_on=day,
        handed_to=", ".join(each.to for each in kept.handed),
        about=person_id,
        attachment_id=kept.id,
    )


def _why_not(one: Achievement, topics: tuple[Unasked, ...]) -> Why | None:
    if one.kept_back:
        return "kept_back"
    if not achieved.is_proven(one):
        return "unproven"
    return "telling" if any(told(topics, (one.title, one.organisation))) else None


def _lets(consent: Consent, authority: str) -> bool:
    named = consent.recipient == authority and consent.level is SharingLevel.IDENTIFIED
    return named and set(consent.kinds) >= KINDS


def _speaks_for(consent: Consent, file: CaseFile, person: Person, day: date) -> bool:
    """Return whether it is the person's own; for a child the client's counts too."""
    client = file.client.id if file.client else ""
    by = consent.person_id or client
    minor = person.birth_date is not None and age_on(person.birth_date, day) < _FULL_AGE
    return by == person.id or (minor and by == client)
