"""``kimdeskctl sync``: what a desk exchanges with the Kreis."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from kimdesk.cli.files_in import read_file
from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import opened
from kimdesk.cli.stopping import stoppable
from kimdesk.domain.errors import BundleError
from kimdesk.domain.files import shown_name
from kimdesk.sync.leaving.carried import carried
from kimdesk.sync.leaving.export import export as write_bundle
from kimdesk.sync.leaving.preview import preview as look_ahead
from kimdesk.sync.packages import status as standing
from kimdesk.sync.receipts_in import TakenReceipt, take_file, take_folder
from kimdesk.sync.sealing.gaps import numbers
from kimdesk.sync.trust import cards, device, joining
from kimdesk.texts import exchange, joined, say
from kimdesk.texts.carried import CarriedWords
from kimdesk.texts.preview import PreviewWords


def request(args: Namespace) -> Outcome:
    """Write the request to be enrolled; its fingerprint is read to the Kreis aloud."""
    with opened(args.vault, args.passphrase_file) as desk:
        fingerprint = joining.request(desk, args.out)
    lines = (say("cli.request_written", path=args.out), say("cli.fingerprint", fingerprint=fingerprint))
    return Outcome({"request": str(args.out), "fingerprint": fingerprint}, lines)


def enrol(args: Namespace) -> Outcome:
    """Accept the answer of the Kreis."""
    with opened(args.vault, args.passphrase_file) as desk:
        offer = joining.accept(
            desk, read_file(args.certificate), fingerprint=args.fingerprint, change_kreis=args.change_kreis
        )
    certificate = offer.certificate
    data = {
        "kreis": certificate.kreis_name,
        "fingerprint": certificate.fingerprint(),
        "municipalities": list(certificate.municipalities),
        "not_after": certificate.not_after,
        "denied": list(offer.denied),
        "gained": list(offer.gained),
        "lost": list(offer.lost),
        "former": _former(offer),
    }
    lines = (say("cli.enrolled", fingerprint=data["fingerprint"]), *joined.told(offer))
    return Outcome(data, lines)


def _former(offer: joining.Joining) -> dict[str, str] | None:
    if offer.before is None or not offer.changes_kreis:
        return None
    return {"kreis": offer.before.kreis_name, "fingerprint": offer.before.fingerprint()}


def card(args: Namespace) -> Outcome:
    """Write the card by which other desks of the Kreis know this one."""
    with opened(args.vault, args.passphrase_file) as desk:
        cards.write(desk, args.out)
        fingerprint = device.fingerprint(desk)
    lines = (say("cli.card_written", path=args.out), say("cli.fingerprint", fingerprint=fingerprint))
    return Outcome({"card": str(args.out), "fingerprint": fingerprint}, lines)


def preview(args: Namespace) -> Outcome:
    """Show what would leave, per case and field, and why; or what a package that was written carried."""
    if args.package is not None:
        return _carried(args)
    with opened(args.vault, args.passphrase_file) as desk:
        shown, words = look_ahead(desk), PreviewWords(desk.catalogue)
    groups = {"leaves": shown.leaves, "coarsened": shown.coarsened, "stays": shown.stays}
    lists = {name: [words.plain(line) for line in lines] for name, lines in groups.items()}
    data = {"changes": shown.changes, "cases": shown.cases, "next_seq": shown.next_seq, **lists}
    lines = [
        text
        for name, rows in lists.items()
        for text in (
            say(f"cli.preview_{name}", count=len(rows)),
            *("  {name} · {label}: {what} ({basis})".format_map(row) for row in rows),
        )
    ]
    return Outcome(data, tuple(lines))


def _carried(args: Namespace) -> Outcome:
    """Show what the package of a number in the present count carried."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = carried(desk, standing(desk).epoch, args.package)
        words = CarriedWords(desk.catalogue)
        lines = [
            text
            for each in found
            for text in (words.title(each), *(f"  {one.label}: {one.value}" for one in words.fields(each)))
        ]
    records = [{name: value for name, value in asdict(each).items() if value} for each in found]
    return Outcome({"seq": args.package, "records": records}, tuple(lines) or (say("cli.nothing_kept"),))


def export(args: Namespace) -> Outcome:
    """Write everything since the last receipt into one sealed file."""
    with opened(args.vault, args.passphrase_file) as desk, stoppable():
        done = write_bundle(desk, args.to, progress=progress_bar(say("cli.handing_over")))
    data = {"bundle": str(done.path), "seq": done.seq, "cases": done.cases, "bytes": done.size}
    return Outcome(
        data, (say("cli.exported", seq=done.seq, cases=say("cli.with_cases", n=done.cases), path=done.path),)
    )


def leave(args: Namespace) -> Outcome:
    """Write the bundle that has the Kreis erase whatever it holds of this desk."""
    with opened(args.vault, args.passphrase_file) as desk, stoppable():
        done = write_bundle(desk, args.to, leaving=True, progress=progress_bar(say("cli.handing_over")))
    data = {"bundle": str(done.path), "seq": done.seq, "bytes": done.size}
    return Outcome(data, (say("cli.erasure_written", seq=done.seq, path=done.path),))


def receipt(args: Namespace) -> Outcome:
    """Take a receipt of the Kreis; of a folder, the receipts in it that are for this desk."""
    with opened(args.vault, args.passphrase_file) as desk:
        if args.file.is_dir():
            return _receipts(take_folder(desk, args.file))
        taken = take_file(desk, args.file)
    return Outcome(_receipt(taken), (_receipt_line(taken),))


def _receipts(found: tuple[TakenReceipt, ...]) -> Outcome:
    rows = [{"file": str(each.path), **_receipt(each)} for each in found]
    refused = [each for each in found if each.body is None]
    whole = BundleError(refused[0].code) if len(refused) == len(found) else None
    return Outcome({"receipts": rows}, tuple(map(_receipt_line, found)), whole)


def _receipt(taken: TakenReceipt) -> dict[str, Any]:
    if (body := taken.body) is None:
        return {"seq": 0, "result": "refused", "code": taken.code, "missing": [], "again": False}
    said = {"seq": body.seq, "result": body.result, "code": body.code, "missing": numbers(body.missing)}
    return said | {"again": taken.again}


def _receipt_line(taken: TakenReceipt) -> str:
    if (body := taken.body) is None:
        return say("cli.receipt_refused", file=shown_name(taken.path), code=taken.code)
    key = "cli.receipt_again" if taken.again else "cli.receipt"
    return say(key, seq=body.seq, result=body.result)


def status(args: Namespace) -> Outcome:
    """Show what is unsent and which receipts are missing."""
    with opened(args.vault, args.passphrase_file) as desk:
        now, catalogue = standing(desk), desk.catalogue
    nameless = [each._replace(case_name="") for each in now.aside]
    data = {
        "unsent": now.unsent,
        "last_seq": now.last_seq,
        "last_receipt_seq": now.last_receipt_seq,
        "missing": list(now.missing),
        "stopped": now.stopped,
        "aside": [each._asdict() for each in nameless],
    }
    line = say("cli.status", unsent=now.unsent, last=now.last_seq, received=now.last_receipt_seq)
    told = [". ".join(exchange.stopped(now.stopped))] if now.stopped else []
    told += [exchange.set_aside(each, catalogue) for each in nameless]
    return Outcome(data, (line, *told))
