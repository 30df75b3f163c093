"""Keys that are new, or count no more: ``sync rotate``, ``kreis keys``, ``rotate`` and ``revoke``."""

from argparse import Namespace
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.arriving import desks as overview
from kimdesk.kreis.enrolled.keyring import KeyPurpose, KreisTrust, rotate
from kimdesk.kreis.enrolled.roster import end_key, present_trust
from kimdesk.kreis.enrolled.roster import revoke as shut_out
from kimdesk.sync.trust import joining
from kimdesk.texts import say


def rotate_desk(args: Namespace) -> Outcome:
    """Write a request with new keys, which the present ones endorse."""
    with opened(args.vault, args.passphrase_file) as desk:
        fingerprint = joining.request(desk, args.out, new_keys=True)
    lines = (say("cli.rotation_written", path=args.out), say("cli.fingerprint", fingerprint=fingerprint))
    return Outcome({"request": str(args.out), "fingerprint": fingerprint}, lines)


def show(args: Namespace) -> Outcome:
    """Show the keys of the Kreis and how old they are."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = present_trust(desk)
    return _told(found)


def rotate_kreis(args: Namespace) -> Outcome:
    """Give the Kreis new keys; its desks hear of them with their next receipt."""
    purposes = [KeyPurpose(each) for each in args.key or KeyPurpose]
    with opened(args.vault, args.passphrase_file) as desk:
        found = rotate(desk, *purposes)
    return _told(found)


def revoke(args: Namespace) -> Outcome:
    """Take no bundle of a desk any more, or none that one of its former keys signed."""
    with opened(args.vault, args.passphrase_file) as desk:
        desk_id, name = _named(desk, args.desk)
        if args.key:
            first = end_key(desk, desk_id, args.key, args.from_seq)
            line = say("cli.desk_key_ended", name=name, seq=first)
        else:
            first = shut_out(desk, desk_id, args.from_seq)
            line = say("cli.desk_revoked", name=name, seq=first)
    ended = {"key": args.key} if args.key else {}
    return Outcome({"desk": desk_id, "name": name, "from_seq": first, **ended}, (line,))


def _named(desk: Desk, said: str) -> tuple[str, str]:
    """Return id and name of the desk called ``said``. Raises BundleError E202 unless it is exactly one."""
    rows = overview(desk)
    found = [row for row in rows if row.id == said] or [row for row in rows if row.name == said]
    if len(found) != 1:
        raise BundleError("E202")
    return found[0].id, found[0].name


def _told(found: KreisTrust) -> Outcome:
    said, ring = found.statement, found.ring
    ids = {
        KeyPurpose.IMPORT: said.sealing.key_id,
        KeyPurpose.RECEIPTS: said.receipts.key_id,
        KeyPurpose.CATALOGUE: said.catalogue.key_id,
    }
    keys = [{"key": str(each), "id": ids[each], "made": ring.made[each].isoformat()} for each in ids]
    former = [{"id": each.sealing.public.key_id, "until": each.until.isoformat()} for each in ring.former]
    data: dict[str, Any] = {
        "fingerprint": found.root.public.fingerprint(),
        "version": said.version,
        "not_after": said.not_after,
        "keys": keys,
        "former": former,
        "revoked": list(said.revoked),
    }
    lines = [say("cli.kreis_digits", fingerprint=data["fingerprint"])]
    lines += [say(f"cli.key_{row['key']}", made=row["made"], id=row["id"]) for row in keys]
    lines += [say("cli.former_key", until=row["until"], id=row["id"]) for row in former]
    return Outcome(data, tuple(lines))
