"""Free letters: a template of the desk or of its Kreis, filled from a case, or with examples to look at."""

from typing import Final

from kimdesk.casework import templates
from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import letterhead
from kimdesk.catalogue.templates import FACTS, About, Template, letter_of
from kimdesk.documents.letter import lay_out
from kimdesk.documents.letters.known import LetterFacts
from kimdesk.documents.letters.making import letter, made
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, CaseFile
from kimdesk.texts import say

NO_TEMPLATE: Final = "E824"


def client_letter(desk: Desk, case_id: str, wish: PaperWish) -> MadePaper:
    """Return a free letter to the client of a case.

    Raises CaseworkError E823 when the template is gone, E824 when there is none, and as ``making.make``.
    """
    return made(letter_of(_template(desk, "client", wish)), desk, case_id, wish)


def office_letter(desk: Desk, referral_id: str, wish: PaperWish) -> MadePaper:
    """Return a free letter to the office of a referral. Raises as ``client_letter``."""
    return made(letter_of(_template(desk, "referral", wish)), desk, referral_id, wish)


def example(desk: Desk, template: Template, wish: PaperWish) -> bytes:
    """Return the letter of ``template`` with examples in place of facts; nothing of a case is in it.

    Raises ContentError as ``letter_of``, E797 when no font has a sign of it.
    """
    facts = {name: say(f"template.example_{name}") for name in FACTS[template.about]}
    client, office = say("template.example_to_client"), say("template.example_to_office")
    case = Case(id="", file_number=say("template.example_sign"), opened_on=wish.today)
    known = LetterFacts(
        file=CaseFile(case=case, persons=()),
        facts={**facts, "desk": desk.name, "worker": desk.actor},
        to=tuple((client if template.about == "client" else office).splitlines()),
        covered=True,
    )
    return lay_out(letter(desk, letter_of(template), known, letterhead(desk), wish))


def _template(desk: Desk, about: About, wish: PaperWish) -> Template:
    if wish.template:
        return templates.find(desk, wish.template, wish.today)
    known = templates.every(desk, about, wish.today)
    if not known:
        raise CaseworkError(NO_TEMPLATE)
    return known[0].template
