"""All papers by name: what each is about, in which languages there is one, and what makes it.

``make`` of a paper is "module:function", imported on use. It is called with the desk, the identity of the
record the paper is about and a ``PaperWish``, and returns a ``MadePaper``; it writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from kimdesk.casework import paper_issues
from kimdesk.casework.desk import Desk
from kimdesk.catalogue import client_words, paper_words
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain import media
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import PaperIssue, Person

GERMAN: Final = "de"

About = Literal["case", "person", "referral", "deadline", "contact", "follow_up", "consent", "residence"]
"""What record a paper is about."""
Receiver = Literal["client", "office", "desk"]
"""Who holds the paper in the end: the client, another office, or the desk itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWish:
    """How a paper is wanted: ``language`` (BCP 47, beside German unless it is that) and the day it bears.

    ``template`` is the code of the template of a free letter; without one the first there is.
    """

    language: str = GERMAN
    today: date = field(default_factory=calendar_day)
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePaper:
    """A paper as it was made. ``version``: that of its text, 0 where the program itself is the text.

    ``case_id`` is that of the case it belongs to; ``names_client`` says whether it tells who the client is,
    ``own`` whether she signs and sends it herself, so that it needs no consent. ``template`` is the code of
    the text of a letter. ``beside``: what is to be known besides and does not stand on the paper.
    """

    title: str
    data: bytes
    case_id: str
    version: int = 0
    names_client: bool = True
    template: str = ""
    own: bool = False
    beside: str = ""

    @property
    def action(self) -> str:
        """Return as what the audit trail tells that it left the program (audit_action)."""
        return "own_letter" if self.own else "copied_out"


Make = Callable[[Desk, str, PaperWish], MadePaper]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One row of the table of papers. ``name`` is that of ``kimdeskctl document``."""

    name: str
    about: About
    receiver: Receiver
    make: str
    languages: tuple[str, ...] = (GERMAN,)

    @property
    def key(self) -> str:
        """Its name as it stands in the names of texts."""
        return self.name.replace("-", "_")


CLIENT_LETTER, OFFICE_LETTER = "client-letter", "office-letter"
"""Free letters, made of a template."""

CLIENT_LANGUAGES: Final = (GERMAN, "ar", "prs", "fa", "kmr", "ckb", "uk", "ru", "tr", "en", "fr", "ti")
"""In what a paper for the client can be wanted; ``offered`` says which of them there are words in."""

PAPERS: Final = (
    PaperKind(
        name="referral-letter", about="referral", receiver="office",
        make="kimdesk.documents.letters.making:referral_letter",
    ),
    PaperKind(
        name="handover-protocol", about="case", receiver="office",
        make="kimdesk.documents.handover_protocol:make",
    ),
    PaperKind(
        name="client-checklist", about="referral", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.checklist:make",
    ),
    PaperKind(
        name="referral-slip", about="referral", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.referral_slip:make",
    ),
    PaperKind(
        name="goal-agreement", about="case", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.goals:make",
    ),
    PaperKind(
        name="help-plan", about="case", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.plan:make",
    ),
    PaperKind(
        name="assessment", about="case", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.assessment:make",
    ),
    PaperKind(
        name="consent", about="consent", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.consent:make",
    ),
    PaperKind(
        name="information", about="case", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.information:make",
    ),
    PaperKind(
        name="deadline-application", about="referral", receiver="office",
        make="kimdesk.documents.letters.making:deadline_application",
    ),
    PaperKind(
        name="advance-request", about="referral", receiver="office",
        make="kimdesk.documents.letters.making:advance_request",
    ),
    PaperKind(
        name="file-access", about="referral", receiver="office",
        make="kimdesk.documents.letters.making:file_access",
    ),
    PaperKind(
        name="fiction-certificate-request", about="residence", receiver="office",
        make="kimdesk.documents.letters.making:fiction_certificate_request",
    ),
    PaperKind(
        name="objection", about="deadline", receiver="office",
        make="kimdesk.documents.letters.making:objection",
    ),
    PaperKind(
        name="invitation", about="follow_up", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.appointment:invitation",
    ),
    PaperKind(
        name="appointment-card", about="follow_up", receiver="client", languages=CLIENT_LANGUAGES,
        make="kimdesk.documents.client_papers.appointment:card",
    ),
    PaperKind(
        name="interpreter-order", about="follow_up", receiver="office",
        make="kimdesk.documents.letters.making:interpreter_order",
    ),
    PaperKind(
        name="closing-report", about="case", receiver="client",
        make="kimdesk.documents.letters.making:closing_report",
    ),
    PaperKind(
        name="conference-record", about="case", receiver="desk",
        make="kimdesk.documents.conference_record:make",
    ),
    PaperKind(
        name=CLIENT_LETTER, about="case", receiver="client",
        make="kimdesk.documents.letters.free:client_letter",
    ),
    PaperKind(
        name=OFFICE_LETTER, about="referral", receiver="office",
        make="kimdesk.documents.letters.free:office_letter",
    ),
)  # fmt: skip


def paper(name: str) -> PaperKind:
    """Return the paper ``name``. Raises KeyError when there is none."""
    return {each.name: each for each in PAPERS}[name]


def offered(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Return the languages (BCP 47) in which ``catalogue`` has the paper, German first.

    Raises KeyError when there is no such paper, ContentError E700 when its words are broken.
    """
    wanted = paper(name)
    if wanted.languages == (GERMAN,):
        return wanted.languages
    tags = {catalogue.client_words[one].tag for one in paper_words.languages(catalogue, wanted.key)}
    return tuple(one for one in wanted.languages if one in tags)


def usual_language(catalogue: Catalogue, name: str, client: Person | None) -> str:
    """Return the first language of the client in which there is the paper, else German.

    Raises as ``offered``.
    """
    known = offered(catalogue, name)
    spoken = [skill.language for skill in client.languages] if client else []
    fitting = client_words.fitting(catalogue.client_words.values(), spoken)
    return next((one.tag for one in fitting if one.tag in known), GERMAN)


def make(desk: Desk, name: str, record_id: str, wish: PaperWish) -> MadePaper:
    """Return the paper ``name`` about a record.

    Raises StoreError E909 when there is no such record, ContentError E797 when no font has a sign of it, and
    what the paper itself refuses. Raises KeyError for a name or a language there is none of.
    """
    wanted = paper(name)
    if wish.language not in wanted.languages:
        raise KeyError(wish.language)
    module, _, function = wanted.make.partition(":")
    called: Make = getattr(import_module(module), function)
    return called(desk, record_id, wish)


def save(desk: Desk, name: str, record_id: str, path: Path, wish: PaperWish) -> MadePaper:
    """Write the paper to ``path`` as PDF; the case tells of it.

    Raises as ``make``, and StoreError E920 to E923 when it cannot be written; then nothing is left behind.
    """
    made = make(desk, name, record_id, wish)
    one = issued(paper(name), record_id, made, wish, paper_issues.SAVED)
    paper_issues.issue(desk, one, made.action, lambda: media.write(path, made.data))
    return made


def issued(
    kind: PaperKind, record_id: str, made: MadePaper, wish: PaperWish, how: paper_issues.Way,
    handed_to: str = "",
) -> PaperIssue:  # fmt: skip
    """Return the entry of the case that a paper about a record was printed, saved, handed out or kept."""
    return PaperIssue(
        case_id=made.case_id,
        paper=kind.name,
        title=made.title,
        version=made.version,
        language=wish.language,
        how=how,
        issued_on=wish.today,
        handed_to=handed_to,
        about="" if kind.about == "case" else record_id,
    )
