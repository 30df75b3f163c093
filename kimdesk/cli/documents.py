"""``kimdeskctl document``: the papers of a case as PDF."""

from argparse import Namespace
from datetime import date

from kimdesk.casework import cases
from kimdesk.casework.authority_page import AUTHORITIES, HandedOut
from kimdesk.casework.desk import Desk
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Person
from kimdesk.texts import say

PAPERS = {"achievements": ("de",), "handover-protocol": ("de",), "referral-letter": ("de",)}
"""The papers by name, with the languages there are."""
_NOBODY = "E885"


def listing(_: Namespace) -> Outcome:
    """List the papers: their names, languages, and what ID means."""
    found = [
        {
            "name": name,
            "languages": list(languages),
            "id": say(f"cli_help.document_id_{name.replace('-', '_')}"),
        }
        for name, languages in PAPERS.items()
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
        "handed_to": kept.handed_to,
    }
    return Outcome(data, (say("cli.paper_written", title=kept.title, path=args.out),))


def handover_protocol(args: Namespace) -> Outcome:
    """Write the hand-over protocol of a case."""
    from kimdesk.documents import handover_protocol as paper

    with opened(args.vault, args.passphrase_file) as desk:
        found = paper.save(desk, cases.peek(desk, args.id), args.out, _day(args.today))
    data = {"document": str(args.out), "names_the_client": found.is_open}
    return Outcome(data, (say("cli.paper_written", title=say("handover_protocol.title"), path=args.out),))


def referral_letter(args: Namespace) -> Outcome:
    """Write the letter that goes with a referral."""
    from kimdesk.documents import referral_letter as paper

    with opened(args.vault, args.passphrase_file) as desk:
        title = paper.save(desk, args.id, args.out, _day(args.today))
    return Outcome({"document": str(args.out)}, (say("cli.paper_written", title=title, path=args.out),))


def _key(name: str) -> str:
    return name.replace("-", "_")


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
