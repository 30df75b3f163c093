"""``kimdeskctl kreis``: which history of a desk counts, and what becomes of records that were set aside."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.kreis.taking import histories, returned
from kimdesk.kreis.taking.histories import HistoryDispute
from kimdesk.store.columns import moment_text
from kimdesk.texts import registry, say


def disputes(args: Namespace) -> Outcome:
    """List the desks of which more than one history has come, and the histories of each."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = histories.disputes(desk)
    lines = tuple(line for each in found for line in _lines(each))
    return Outcome({"disputes": [_data(each) for each in found]}, lines or (say("cli.no_disputes"),))


def decide(args: Namespace) -> Outcome:
    """Decide which history of a desk counts, and read in what was kept of it."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = histories.choose(desk, args.desk, args.bundle, args.receipts)
    rows = [
        {"file": each.file.name, "result": str(each.result), "code": each.code, "seq": each.seq}
        for each in found
    ]
    lines = (say("cli.history_chosen"), *(f"{row['file']}: {row['result']} {row['code']}" for row in rows))
    return Outcome({"results": rows}, lines)


def set_aside(args: Namespace) -> Outcome:
    """List the records that were not taken over, by desk and reason."""
    with opened(args.vault, args.passphrase_file) as desk:
        found, catalogue = returned.set_aside(desk), desk.catalogue
    rows = [{**asdict(each), "newest_at": moment_text(each.newest_at)} for each in found]
    lines = tuple(f"{each.desk}: {registry.of_aside(each.kinds, each.reason, catalogue)}" for each in found)
    return Outcome({"aside": rows}, lines or (say("cli.nothing_aside"),))


def release(args: Namespace) -> Outcome:
    """Have a desk send again what was set aside for a reason."""
    with opened(args.vault, args.passphrase_file) as desk:
        number = returned.release(desk, args.desk, args.reason)
    return Outcome({"records": number}, (say("cli.released", n=number),))


def _data(dispute: HistoryDispute) -> dict[str, Any]:
    rows = [
        {
            **asdict(each),
            "written_at": moment_text(each.written_at) if each.written_at else None,
            "arrived_at": moment_text(each.arrived_at),
            "digits": each.digits,
        }
        for each in dispute.histories
    ]
    return {"desk": dispute.desk_id, "name": dispute.desk, "histories": rows}


def _lines(dispute: HistoryDispute) -> tuple[str, ...]:
    told = (f"  {registry.of_history(each)} {each.digest}" for each in dispute.histories)
    return (f"{dispute.desk} ({dispute.desk_id})", *told)
