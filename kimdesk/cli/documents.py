"""``kimdeskctl document``: the papers of a case as PDF."""

from argparse import Namespace
from datetime import date

from kimdesk.casework import cases
from kimdesk.casework.authority_page import AUTHORITIES, HandedOut
from kimdesk.casework.desk import Desk
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.documents import papers
from kimdesk.documents.papers import GERMAN, PAPERS, PaperWish
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Person
from kimdesk.texts import say

ACHIEVEMENTS = "achievements"
"""The page for an authority: it goes by a person's hand or a consent, and is kept as it was handed out."""
_NOBODY = "E885"


def listing(_: Namespace) -> Outcome:
    """List the papers: their names, languages, and what ID means."""
    known = {each.name: (each.key, each.languages) for each in PAPERS}
    known[ACHIEVEMENTS] = (ACHIEVEMENTS, (GERMAN,))
    found = [
        {"name": name, "languages": list(languages), "id": say(f"cli_help.document_id_{key}")}
        for name, (key, languages) in sorted(known.items())
    ]
    lines = (say("cli.paper", name=each["name"], id=each["id"]) for each in found)
    return Outcome({"documents": found}, tuple(lines))


def achievements(args: Namespace) -> Outcome:
    """Write the page for an authority about a person, or about the client of a case."""
    from kimdesk.documents import authority_page

    to = HandedOut(args.authority or AUTHORITIES[0], args.consent)
    with opened(args.vault, args.passphrase_file) as desk:
        case_id, person_id = _meant(desk, args.id)
        kept = authority_page.save(desk, case_id, person_id, to, args.out, _day(args.today))
    data = {
        "document": str(args.out),
        "attachment": kept.id,
        "title": kept.title,
        "handed_to": kept.handed[0].to,
    }
    return Outcome(data, (say("cli.paper_written", title=kept.title, path=args.out),))


def write(args: Namespace) -> Outcome:
    """Write any other paper about a record."""
    wish = PaperWish(language=args.language, today=_day(args.today), template=args.template)
    with opened(args.vault, args.passphrase_file) as desk:
        made = papers.save(desk, args.paper, args.id, args.out, wish)
    data = {
        "document": str(args.out),
        "title": made.title,
        "version": made.version,
        "language": wish.language,
        "names_the_client": made.names_client,
        "beside": made.beside,
    }
    lines = (say("cli.paper_written", title=made.title, path=args.out), made.beside)
    return Outcome(data, tuple(filter(None, lines)))


def _day(given: date | None) -> date:
    return given or today()


def _meant(desk: Desk, key: str) -> tuple[str, str]:
    """Return the case and the person that an ID means: of a case its client, of a person its newest case."""
    with desk.reading() as reader:
        if reader.get(Person, key):
            found = sorted(reader.cases_of(key))
            if found:
                return found[-1], key
    client = cases.peek(desk, key).client
    if client is None:
        raise CaseworkError(_NOBODY)
    return key, client.id
