"""``kimdeskctl sync``: cases on their way between this desk and those of colleagues."""

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from kimdesk.casework import responsible
from kimdesk.casework.desk import Desk
from kimdesk.cli.files_in import read_file
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.domain import dates
from kimdesk.domain.custody import CaseStanding, Passage
from kimdesk.domain.errors import BundleError
from kimdesk.sync import arrivals
from kimdesk.sync.arrivals import FileKind, Step, Told
from kimdesk.sync.passing import covers, moves, sensitive
from kimdesk.sync.trust import colleagues
from kimdesk.sync.trust.cards import Neighbour
from kimdesk.texts import passing, say
from kimdesk.texts.passing import told


def known(args: Namespace) -> Outcome:
    """Show the colleagues' desks whose cards count."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = colleagues.known(desk)
    return Outcome({"desks": [_desk(each) for each in found]}, tuple(each.name for each in found))


def passages(args: Namespace) -> Outcome:
    """Show whose each case is that ever passed between desks."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = responsible.under_way(desk)
    held = [each for each in found if each.passage]
    lines = (f"{each.passage.case_id}: {told(each)}" for each in held if each.passage)
    return Outcome({"cases": [_standing(each) for each in held]}, tuple(lines))


def offer(args: Namespace) -> Outcome:
    """Offer a case to a colleague's desk, or write the same offer once more."""
    with opened(args.vault, args.passphrase_file) as desk:
        to = _to(desk, args.to)
        found = moves.offer(
            desk, args.case, to, args.out, basis=args.basis, until=args.until, addresses=args.addresses
        )
        return _with_staying(desk, found, _written(desk, found, args.out))


def withdraw(args: Namespace) -> Outcome:
    """Withdraw the offer of a case."""
    with opened(args.vault, args.passphrase_file) as desk:
        return _written(desk, moves.withdraw(desk, args.case, args.out, reason=args.reason), args.out)


def answer(args: Namespace) -> Outcome:
    """Accept an offered case, or refuse it with a reason."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = moves.answer(desk, args.file, args.out, accept=args.refuse is None, reason=args.refuse or "")
        return _written(desk, found, args.out)


def add(args: Namespace) -> Outcome:
    """Write what was changed after an offer that was accepted."""
    with opened(args.vault, args.passphrase_file) as desk:
        return _written(desk, moves.add(desk, args.case, args.out), args.out)


def cover(args: Namespace) -> Outcome:
    """Lend a copy of a case to a colleague's desk until a day."""
    with opened(args.vault, args.passphrase_file) as desk:
        to = _to(desk, args.to)
        found = covers.lend(
            desk, args.case, to, args.out, until=args.until, basis=args.basis, addresses=args.addresses
        )
        return _with_staying(desk, found, _written(desk, found, args.out))


def give_back(args: Namespace) -> Outcome:
    """Give a copy back with what was done here."""
    with opened(args.vault, args.passphrase_file) as desk:
        return _written(desk, covers.give_back(desk, args.case, args.out), args.out)


def confirm(args: Namespace) -> Outcome:
    """Write the word that a cover came back."""
    with opened(args.vault, args.passphrase_file) as desk:
        return _written(desk, covers.confirm(desk, args.case, args.out), args.out)


def recall(args: Namespace) -> Outcome:
    """Wait no longer for a cover that does not come back."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = covers.recall(desk, args.case, args.reason)
        return Outcome(_passage(desk, found), (told(responsible.of_case(desk, found.case_id)),))


def take(args: Namespace) -> Outcome:
    """Take whatever a file from a colleague brings; an offer is shown."""
    with opened(args.vault, args.passphrase_file) as desk:
        kind = arrivals.kind_of(args.file)
        if kind is FileKind.CARD:
            met = arrivals.meet(desk, args.file)
            return Outcome({"step": "card", **_desk(met)}, (say("passing.met", desk=met.name),))
        if kind is not FileKind.HANDOVER:
            raise BundleError("E104")
        found = arrivals.take(desk, args.file)
        standing = responsible.of_case(desk, found.case_id)
    return Outcome(_told(found, standing), (say(f"passing.step_{found.step}", desk=found.desk_name),))


def _to(desk: Desk, card: Path) -> str:
    return colleagues.meet(desk, read_file(card)).desk_id


def _written(desk: Desk, found: Passage, out: Path) -> Outcome:
    standing = responsible.of_case(desk, found.case_id)
    return Outcome(
        {**_passage(desk, found), "file": str(out)}, (say("passing.written", path=out), told(standing))
    )


def _with_staying(desk: Desk, found: Passage, outcome: Outcome) -> Outcome:
    """Return the outcome with how much stays here, because no consent lets it go (Art. 9 DSGVO)."""
    counts = sensitive.staying(desk, found.case_id, found.way, dates.today())
    words = passing.staying(desk.catalogue, counts)
    lines = (*outcome.lines, say("passing.stays_here", what=words)) if counts else outcome.lines
    return Outcome({**outcome.data, "staying": dict(counts)}, lines)


def _passage(desk: Desk, found: Passage) -> dict[str, Any]:
    standing = responsible.of_case(desk, found.case_id)
    return {**_standing(standing), "case": found.case_id, "passage": found.id, "stage": found.stage.value}


def _standing(found: CaseStanding) -> dict[str, Any]:
    passage = found.passage
    return {
        "case": passage.case_id if passage else "",
        "custody": found.custody.value,
        "read_only": found.read_only,
        "desk": passage.desk_name if passage else "",
        "until": _day(passage.until) if passage else "",
        "overdue": found.overdue,
    }


def _told(found: Told, standing: CaseStanding) -> dict[str, Any]:
    said = {
        "step": found.step.value, "from": found.desk_name, "case": found.case_id, "until": found.until,
        "reason": found.reason, "file_number": found.file_number, "to_decide": found.open,
    }  # fmt: skip
    if found.step is Step.OFFER:
        return said
    return {**_standing(standing), **said}


def _desk(found: Neighbour) -> dict[str, Any]:
    return {
        "id": found.desk_id, "name": found.name, "municipalities": list(found.municipalities),
        "fingerprint": found.identity.fingerprint(),
    }  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
