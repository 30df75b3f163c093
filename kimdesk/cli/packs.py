"""``kimdeskctl kreis publish`` and ``sync catalogue``: catalogue packs, written and taken."""

import tomllib
from argparse import Namespace
from pathlib import Path
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.differences import DocumentDifference
from kimdesk.catalogue.fitting import FOLDERS
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.kreis.stock import publishing
from kimdesk.sync import catalogue
from kimdesk.sync import packs as pack_file
from kimdesk.sync.packs import Pack
from kimdesk.sync.sealing import limits
from kimdesk.texts import say
from kimdesk.texts.packs import PackWords


def publish(args: Namespace) -> Outcome:
    """Publish the Kreis's layer as a signed pack; with ``--documents`` those of a folder.

    ``--again``: write the pack that was published last once more.
    """
    with opened(args.vault, args.passphrase_file) as desk:
        made = publishing.write_again(desk, args.to) if args.again_only else _publish(desk, args)
        path = args.to / publishing.file_name(desk, made)
    data = {
        "pack": str(path), "version": made.version, "valid_from": made.valid_from.isoformat(),
        "not_after": made.not_after.isoformat(),
    }  # fmt: skip
    line = say("cli.pack_published", version=made.version, day=made.valid_from, path=path)
    return Outcome(data, (line,))


def _publish(desk: Desk, args: Namespace) -> publishing.Published:
    given = None if args.documents is None else documents_in(args.documents)
    return publishing.publish(
        desk, given, valid_from=args.valid_from, not_after=args.not_after, note=args.note, folder=args.to
    )


def take(args: Namespace) -> Outcome:
    """Take a pack of the Kreis, or look at it only."""
    with opened(args.vault, args.passphrase_file) as desk:
        return _take(desk, pack_file.load(args.file), look_only=args.dry_run)


def go_back(args: Namespace) -> Outcome:
    """Use the pack before again."""
    with opened(args.vault, args.passphrase_file) as desk:
        used = catalogue.go_back(desk).used
    version = used.version if used else 0
    line = say("cli.pack_back", version=version) if used else say("cli.pack_back_shipped")
    return Outcome({"version": version}, (line,))


def documents_in(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the TOML documents of ``folder`` by their path in it („services/jobcenter.toml“).

    Raises StoreError E910 when the folder cannot be read, ContentError E741 for a document that is no TOML,
    E746 when there is none: a slip must not withdraw everything.
    """
    try:
        if not folder.is_dir():
            raise StoreError("E910")
        found = {
            f"{each}/{path.name}": _document(path)
            for each in FOLDERS
            for path in sorted((folder / each).glob("*.toml"))
        }
    except OSError:
        raise StoreError("E910") from None
    if not found:
        raise ContentError("E746")
    return found


def _document(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file() or path.stat().st_size > limits.DOCUMENT:
            raise ContentError("E741", layer=path.parent.name, place=path.name)
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        raise ContentError("E741", layer=path.parent.name, place=path.name) from None


def _take(desk: Desk, data: bytes, *, look_only: bool) -> Outcome:
    offer = catalogue.look(desk, data)
    if not look_only:
        catalogue.take(desk, data)
    pack, words = offer.pack, PackWords(desk.catalogue)
    rows = [_row(words, each) for each in offer.differences]
    said = {"version": pack.version, "day": pack.first_day}
    line = say("cli.pack_looked", **said) if look_only else say("cli.pack_taken", **said)
    return Outcome({**_facts(pack), "differences": rows}, (line, *map(_line, rows)))


def _facts(pack: Pack) -> dict[str, Any]:
    return {
        "version": pack.version,
        "kreis": pack.kreis_name,
        "valid_from": pack.valid_from,
        "not_after": pack.not_after,
        "note": pack.note,
    }


def _row(words: PackWords, difference: DocumentDifference) -> dict[str, str]:
    told = words.told(difference)
    return {"change": str(difference.change), "what": told.what, "before": told.before, "after": told.after}


def _line(row: dict[str, str]) -> str:
    change = say(f"packs.change_{row['change']}")
    if not row["before"] and not row["after"]:
        return say("cli.difference", change=change, what=row["what"])
    before, after = (row[each] or say("fields.nothing") for each in ("before", "after"))
    return say("cli.difference_from_to", change=change, what=row["what"], before=before, after=after)
