"""``kimdeskctl kreis findings`` and ``kreis answer``: what desks have seen, and what the Kreis says to it."""

from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import Any

from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.kreis import findings
from kimdesk.kreis.findings import ReportedFinding
from kimdesk.kreis.steering import board
from kimdesk.kreis.steering.values import FindingCluster
from kimdesk.texts import say, steering

_WHERE = ("desk", "desk_id", "ags")
"""What of a finding is not told once it is in a bundle: from there on only bands are."""


def listing(args: Namespace) -> Outcome:
    """List the findings of all desks as they are bundled, with state, decision and answer."""
    state = args.status or ""
    with opened(args.vault, args.passphrase_file) as desk:
        found = findings.reported(desk, state)
        bundles = [each for each in board.read(desk).clusters if state in ("", each.state)]
        label = desk.catalogue.code_list("finding_state").label
        lines = [_bundle_line(each, label(each.state)) for each in bundles]
        lines += [_line(each, label(each.state)) for each in found if not each.cluster]
    data = {"findings": [_data(each) for each in found], "clusters": [_bundle_data(each) for each in bundles]}
    return Outcome(data, tuple(lines) or (say("cli.no_findings"),))


def answer(args: Namespace) -> Outcome:
    """Set where the Kreis stands with a finding; it goes with the next receipt."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = findings.answer(desk, args.finding, args.status, args.text)
        line = _line(found, desk.catalogue.label("finding_state", found.state))
    return Outcome({"finding": _data(found)}, (line,))


def _data(found: ReportedFinding) -> dict[str, Any]:
    hidden = _WHERE if found.cluster else ("desk_id",)
    said = {name: value for name, value in asdict(found).items() if name not in hidden}
    return said | {"answered_on": _iso(found.answered_on), "first_on": _iso(found.first_on)}


def _bundle_data(found: FindingCluster) -> dict[str, Any]:
    reach, dealing = found.reach, found.dealing
    return {
        "id": found.id,
        "state": found.state,
        "since": found.since.isoformat(),
        **asdict(found.wording),
        "group": dealing.group,
        "meets_on": _iso(dealing.meets_on),
        "decision": dealing.decision,
        "answer": dealing.answer,
        "released": found.released,
        "findings": reach.findings,
        "times": reach.times,
        "municipalities": {"from": reach.municipalities.first, "to": reach.municipalities.last},
        "desks": reach.desks,
        "acknowledged": reach.told if found.released else 0,
        "adopted": len(found.adopted),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _bundle_line(found: FindingCluster, state: str) -> str:
    band = steering.band(found.reach.municipalities)
    return say("cli.bundle_line", id=found.id, title=found.wording.title, band=band, state=state)


def _line(found: ReportedFinding, state: str) -> str:
    return say("cli.finding_line", id=found.id, title=found.title or "–", desk=found.desk, state=state)
