"""``kimdeskctl kreis``: the desk of the Kreis."""

from argparse import Namespace
from dataclasses import asdict
from itertools import chain
from typing import Any

from kimdesk.catalogue.municipalities import key_of, named
from kimdesk.cli.asking import at_terminal, confirmed
from kimdesk.cli.files_in import read_file
from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import opened
from kimdesk.cli.stopping import stoppable
from kimdesk.domain import media
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.arriving import DeskRow
from kimdesk.kreis.arriving import desks as overview
from kimdesk.kreis.desk_facts import DeskFacts, desk_facts
from kimdesk.kreis.enrolled.enrolling import Application, examine
from kimdesk.kreis.enrolled.enrolling import enrol as enrol_desk
from kimdesk.kreis.enrolled.roster import ending_keys
from kimdesk.kreis.taking.folders import bundles_in
from kimdesk.kreis.taking.inbox import import_files as read_in
from kimdesk.sync.sealing.gaps import numbers
from kimdesk.texts import registry, say

_NOT_TOLD = frozenset({"revoked_from", "not_after"})  # the sentence says them


def enrol(args: Namespace) -> Outcome:
    """Enrol a desk and write its certificate; at a terminal only what is confirmed there is granted."""
    with opened(args.vault, args.passphrase_file) as desk:
        request = read_file(args.request)
        if args.ags is None and at_terminal():
            _confirm(examine(desk, request, args.replaces))
        enrolled = enrol_desk(
            desk,
            request,
            fingerprint=args.fingerprint,
            replaces=args.replaces,
            municipalities=args.ags if args.ags is None else [*map(key_of, args.ags)],
            hand_out=lambda certificate: media.write(args.out, certificate),
        )
    data = {
        "certificate": str(args.out),
        "desk": enrolled.desk_id,
        "standing": str(enrolled.standing),
        "fingerprint": enrolled.fingerprint,
        "kreis_fingerprint": enrolled.kreis_fingerprint,
        "municipalities": list(enrolled.municipalities),
        "asked": list(enrolled.asked),
    }
    lines = (
        say("cli.desk_enrolled", name=enrolled.name, fingerprint=enrolled.fingerprint),
        say("cli.desk_granted", places=named(enrolled.municipalities) or "–"),
        say("cli.kreis_digits", fingerprint=enrolled.kreis_fingerprint),
    )
    return Outcome(data, lines)


def _confirm(asked: Application) -> None:
    """Show who asks for what, and ask. Raises BundleError E223 unless somebody says yes."""
    new = [each for each in asked.request.municipalities if each not in asked.held]
    question = say(
        "cli.enrol_question",
        name=asked.request.name,
        fingerprint=asked.request.fingerprint(),
        places=named(asked.request.municipalities) or "–",
        new=named(new) or "–",
    )
    if not confirmed(question):
        raise BundleError("E223")


def import_files(args: Namespace) -> Outcome:
    """Import bundles and write their receipts; of a folder, the bundles in it, whatever they are called."""
    with opened(args.vault, args.passphrase_file) as desk, stoppable():
        named = (bundles_in(desk, each) if each.is_dir() else [each] for each in args.files)
        files = list(chain.from_iterable(named))
        results = read_in(desk, files, args.receipts, progress=progress_bar(say("cli.reading_in")))
    rows = [
        {
            "file": str(row.file),
            "result": str(row.result),
            "code": row.code,
            "seq": row.seq,
            "cases": row.cases,
        }
        for row in results
    ]
    return Outcome({"results": rows}, tuple(f"{row['file']}: {row['result']} {row['code']}" for row in rows))


def desks(args: Namespace) -> Outcome:
    """List the enrolled desks, their last bundle and what is missing."""
    with opened(args.vault, args.passphrase_file) as desk:
        facts, ending, listed = desk_facts(desk), ending_keys(desk), overview(desk)
        rows = [
            {
                **_desk_data(row),
                "pack": facts.get(row.id, DeskFacts()).pack or 0,
                "pack_behind": facts.get(row.id, DeskFacts()).behind,
                "cases_here": facts.get(row.id, DeskFacts()).here,
                "cases_reported": facts.get(row.id, DeskFacts()).reported,
                "former_keys": [asdict(each) for each in ending.get(row.id, ())],
            }
            for row in listed
        ]
    lines = tuple(_desk_line(row, facts.get(row.id, DeskFacts())) for row in listed)
    return Outcome({"desks": rows}, lines or (say("cli.no_desks"),))


def _desk_line(row: DeskRow, facts: DeskFacts) -> str:
    return say(
        "cli.desk_line",
        name=row.name,
        seq=row.last_seq or "–",
        places=named(row.municipalities) or "–",
        state=registry.of_desk(row),
        heard=registry.heard(row),
        cases=registry.cases_of_desk(facts),
        catalogue=registry.catalogue_of_desk(facts),
    )


def _desk_data(row: DeskRow) -> dict[str, Any]:
    known = {name: value for name, value in asdict(row).items() if name not in _NOT_TOLD}
    return {**known, "missing": numbers(row.missing), "sentence": registry.of_desk(row)}
