"""Templates of free letters: what a desk or its Kreis words itself, with facts of the case put in.

A template is a plain text; a blank line ends a paragraph, ``{client}`` is a fact. ``letter_of`` makes a
letter of it (``kimdesk.catalogue.letters``): a paragraph that names what is unknown is left out.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from kimdesk.catalogue.letter_kinds import KINDS
from kimdesk.catalogue.letters import LetterBlock, LetterSignature, LetterText, complaints
from kimdesk.domain.errors import ContentError
from kimdesk.domain.sentences import gaps
from kimdesk.forms.shape import shaped

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue

FOLDER: Final = "templates"
About = Literal["client", "referral"]
FACTS: Final[Mapping[About, tuple[str, ...]]] = {
    "client": (
        "addressed", "client", "born", "sign", "opened_on", "next_on", "next_at", "next_place", "worker",
        "desk", "today",
    ),
    "referral": (
        "client", "born", "office", "offer", "service", "office_sign", "answer_by", "consent_on", "worker",
        "desk", "today",
    ),
}  # fmt: skip
"""What a template can name, in the order it is offered: to the client, or to the office of a referral."""
LONGEST: Final = 6000
"""Signs of a text; about three pages."""
NO_FACT, LACKING, LONE_BRACE, TOO_LONG, UNSURE = "E770", "E771", "E772", "E773", "E774"


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One template; ``code`` and ``version`` name what was printed from it."""

    code: str
    version: int = 1
    title: str
    about: About
    subject: str
    body: str
    source: str = ""
    valid_from: date = date(2026, 1, 1)
    valid_until: date | None = None
    checked: bool = False

    def offered(self, on: date) -> bool:
        """Return whether it is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)


def parse(table: Mapping[str, Any], name: str) -> Template:
    """Return the template that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, Template, name)
    try:
        letter_of(found)
    except ContentError as error:
        raise ContentError("E700", name=name, place=error.code) from error
    return found


def shared(catalogue: "Catalogue", on: date) -> tuple[Template, ...]:
    """Return the shipped templates and those of the Kreis that are in force on the day ``on``, by title."""
    newest: dict[str, Template] = {}
    for document in catalogue.stack.folder(FOLDER):
        one = parse(document.table, document.name)
        if document.until is None and one.offered(on):
            newest[one.code] = max(one, newest.get(one.code, one), key=lambda each: each.version)
    return tuple(sorted(newest.values(), key=lambda each: (each.title, each.code)))


def letter_of(template: Template) -> LetterText:
    """Return the letter that ``template`` words.

    Raises ContentError E770 for a fact there is none of, E771 without title, subject or text, E772 for a
    brace that stands alone, E773 for a text that is too long, E774 for a subject that names what may be
    unknown.
    """
    if not all(each.strip() for each in (template.title, template.subject, template.body)):
        raise ContentError(LACKING)
    if len(template.body) > LONGEST:
        raise ContentError(TOO_LONG, most=LONGEST)
    kind = KINDS[template.about]
    letter = LetterText(
        code=template.code,
        version=template.version,
        about=template.about,
        title=template.title,
        source=template.source,
        valid_from=template.valid_from,
        basis="herself" if template.about == "client" else "consent",
        subject=(template.subject,),
        blocks=tuple(
            LetterBlock(text=text, when=tuple(sorted(gaps(text) & kind.known)))
            for text in paragraphs(template.body)
        ),
        signatures=(LetterSignature(who="desk"),),
    )
    _demand_whole(template, letter)
    return letter


def paragraphs(body: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; a line feed within one is a blank."""
    parts = "\n".join(line.strip() for line in body.splitlines()).split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _demand_whole(template: Template, letter: LetterText) -> None:
    """Raise what ``letter_of`` raises of facts and braces."""
    for named in sorted(gaps(template.subject) | gaps(template.body)):
        if named not in FACTS[template.about]:
            raise ContentError(NO_FACT, fact=named)
    for found in complaints(letter):
        if found.what == "unguarded":
            raise ContentError(UNSURE, fact=found.word)
        raise ContentError(LONE_BRACE)
