"""What the preview of a paper needs to know, worked out in the background. Plain values, no widgets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kimdesk.casework import paper_issues, templates
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.client_words import by_tag
from kimdesk.catalogue.templates import About, Template
from kimdesk.documents import papers
from kimdesk.documents.papers import CLIENT_LETTER, GERMAN, OFFICE_LETTER, MadePaper, PaperKind, PaperWish
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, PaperIssue
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk


ABOUT: Final[Mapping[str, About]] = {CLIENT_LETTER: "client", OFFICE_LETTER: "referral"}
"""Which templates a free letter can be made by."""


@dataclass(frozen=True, slots=True)
class PaperOf:
    """Which paper about which record; a free letter by which template, "" for the first there is."""

    kind: PaperKind
    record_id: str
    template: str = ""

    @property
    def about(self) -> str:
        """Return the record as an entry of the case names it."""
        return "" if self.kind.about == "case" else self.record_id


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper as it is looked at, in one of ``languages`` (BCP 47).

    ``receiver`` is who will probably get it, ``before`` what became of it; a free letter can be made by any
    of its ``templates``.
    """

    made: MadePaper
    language: str
    languages: tuple[str, ...]
    receiver: str
    before: tuple[PaperIssue, ...]
    templates: tuple[Template, ...] = ()

    def issue(self, of: PaperOf, how: paper_issues.Way, day: date, handed_to: str = "") -> PaperIssue:
        """Return the entry that it was printed, saved, handed out or kept."""
        wish = PaperWish(language=self.language, today=day)
        return papers.issued(of.kind, of.record_id, self.made, wish, how, handed_to)


def show(desk: "Desk", of: PaperOf, day: date, language: str = "") -> ShownPaper:
    """Make a paper in a ``language`` (BCP 47), "" for that of the client.

    Raises as ``papers.make`` and ``paper_issues.file_of``.
    """
    file = paper_issues.file_of(desk, of.kind.about, of.record_id)
    known = papers.offered(desk.catalogue, of.kind.name)
    chosen = language or papers.usual_language(desk.catalogue, of.kind.name, file.client)
    made = papers.make(
        desk, of.kind.name, of.record_id, PaperWish(language=chosen, today=day, template=of.template)
    )
    before = paper_issues.of_paper(file, of.kind.name, of.about)
    return ShownPaper(
        made, chosen, known, _receiver(desk.catalogue, file, of), before, _templates(desk, of.kind, day)
    )


def _templates(desk: "Desk", kind: PaperKind, day: date) -> tuple[Template, ...]:
    """Return the templates a free letter can be made by; other papers have none."""
    about = ABOUT.get(kind.name)
    return tuple(each.template for each in templates.every(desk, about, day)) if about else ()


def language_words(catalogue: Catalogue, tag: str) -> str:
    """Return „Deutsch“, or „Deutsch und Arabisch“."""
    words = by_tag(catalogue.client_words.values(), tag)
    if tag == GERMAN or words is None:
        return say("papers.german")
    return say("papers.with_german", language=catalogue.label("language", words.language).partition(" (")[0])


def issue_words(catalogue: Catalogue, one: PaperIssue) -> str:
    """Return what became of a paper: „gedruckt am 30.11.2026, Deutsch und Arabisch“."""
    how = catalogue.label("paper_way", one.how)
    who = say("case.handed_to_who", who=one.handed_to) if one.handed_to else ""
    language = language_words(catalogue, one.language) if one.language != GERMAN else ""
    return apart(", ").join(filter(None, (f"{dates.full(one.issued_on)} {how}", who, language)))


def _receiver(catalogue: Catalogue, file: CaseFile, of: PaperOf) -> str:
    if of.kind.receiver == "client":
        return full_name(file.client) if file.client else ""
    referral = next((one for one in file.referrals if one.id == of.record_id), None)
    return (referral.agency or catalogue.service_name(referral.service)) if referral else ""
