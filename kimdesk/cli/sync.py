"""``kimdeskctl sync``: what a desk exchanges with the Kreis."""

from argparse import Namespace

from kimdesk.cli.files_in import read_file
from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import opened
from kimdesk.sync import device
from kimdesk.sync.export import export as write_bundle
from kimdesk.sync.preview import preview as look_ahead
from kimdesk.sync.receipts import take
from kimdesk.sync.status import status as standing


def request(args: Namespace) -> Outcome:
    """Write the request to be enrolled; its fingerprint is read to the Kreis aloud."""
    with opened(args.vault, args.passphrase_file) as desk:
        fingerprint = device.request(desk, args.out)
    lines = (f"Antrag geschrieben: {args.out}", f"Prüfziffern: {fingerprint}")
    return Outcome({"request": str(args.out), "fingerprint": fingerprint}, lines)


def enrol(args: Namespace) -> Outcome:
    """Accept the answer of the Kreis."""
    with opened(args.vault, args.passphrase_file) as desk:
        certificate = device.accept(desk, read_file(args.certificate))
    data = {
        "kreis": certificate.kreis_name,
        "fingerprint": certificate.fingerprint(),
        "municipalities": list(certificate.municipalities),
        "not_after": certificate.not_after,
    }
    return Outcome(data, (f"Angemeldet. Prüfziffern des Kreises: {data['fingerprint']}",))


def preview(args: Namespace) -> Outcome:
    """Show what would leave, per case and field, and why."""
    with opened(args.vault, args.passphrase_file) as desk:
        shown = look_ahead(desk)
    groups = {"leaves": shown.leaves, "coarsened": shown.coarsened, "stays": shown.stays}
    lists = {name: [line.as_dict() for line in lines] for name, lines in groups.items()}
    data = {"changes": shown.changes, "cases": shown.cases, "next_seq": shown.next_seq, **lists}
    titles = {"leaves": "Verlässt den Rechner", "coarsened": "Wird vergröbert", "stays": "Bleibt hier"}
    lines = [
        text
        for name, rows in groups.items()
        for text in (
            f"{titles[name]}: {len(rows)}",
            *(f"  {row.case_name} · {row.label}: {row.what} ({row.basis})" for row in rows),
        )
    ]
    return Outcome(data, tuple(lines))


def export(args: Namespace) -> Outcome:
    """Write everything since the last receipt into one sealed file."""
    with opened(args.vault, args.passphrase_file) as desk:
        done = write_bundle(desk, args.to, progress=progress_bar("Übergabe"))
    data = {"bundle": str(done.path), "seq": done.seq, "cases": done.cases, "bytes": done.size}
    return Outcome(data, (f"Paket {done.seq} mit {done.cases} Fällen geschrieben: {done.path}",))


def receipt(args: Namespace) -> Outcome:
    """Take a receipt of the Kreis."""
    with opened(args.vault, args.passphrase_file) as desk:
        taken = take(desk, args.file)
    data = {"seq": taken.seq, "result": taken.result, "code": taken.code, "missing": list(taken.missing)}
    return Outcome(data, (f"Quittung für Paket {taken.seq}: {taken.result}",))


def status(args: Namespace) -> Outcome:
    """Show what is unsent and which receipts are missing."""
    with opened(args.vault, args.passphrase_file) as desk:
        now = standing(desk)
    data = {
        "unsent": now.unsent,
        "last_seq": now.last_seq,
        "last_receipt_seq": now.last_receipt_seq,
        "missing": list(now.missing),
    }
    line = f"{now.unsent} ungesendet, letztes Paket {now.last_seq}, zuletzt quittiert {now.last_receipt_seq}"
    return Outcome(data, (line,))
