"""``kimdeskctl kreis findings`` and ``kreis answer``: what desks have seen, and what the Kreis says to it."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.kreis import findings
from kimdesk.kreis.findings import ReportedFinding
from kimdesk.texts import say


def listing(args: Namespace) -> Outcome:
    """List the findings of all desks with state and answer."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = findings.reported(desk, args.status or "")
        lines = tuple(_line(each, desk.catalogue.label("finding_state", each.state)) for each in found)
    return Outcome({"findings": [_data(each) for each in found]}, lines or (say("cli.no_findings"),))


def answer(args: Namespace) -> Outcome:
    """Set where the Kreis stands with a finding; it goes with the next receipt."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = findings.answer(desk, args.finding, args.status, args.text)
        line = _line(found, desk.catalogue.label("finding_state", found.state))
    return Outcome({"finding": _data(found)}, (line,))


def _data(found: ReportedFinding) -> dict[str, Any]:
    day = found.answered_on
    return asdict(found) | {"answered_on": day.isoformat() if day else None}


def _line(found: ReportedFinding, state: str) -> str:
    return say("cli.finding_line", id=found.id, title=found.title or "–", desk=found.desk, state=state)
