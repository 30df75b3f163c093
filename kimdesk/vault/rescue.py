"""Keeping what was saved in a vault whose files another program exchanged while it was open.

The open vault still holds everything; its files no longer have a name in the folder. So all of it is written
to a backup of its own there, and a note beside it says so until somebody has decided (docs/decisions/0031).
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import private_folder, write_atomically
from kimdesk.vault import freshness
from kimdesk.vault.copying import copy_database, inventory_seal
from kimdesk.vault.database import DATABASE, Connection
from kimdesk.vault.manifest import OWN, SUFFIX, BackupManifest, describe, utc, write_manifest
from kimdesk.vault.parts import under_construction
from kimdesk.vault.slotfile import read_copies, write_copies
from kimdesk.vault.slots import SlotBook

_NOTE = "exchanged"
_SIZE_LIMIT = 4096


class _Note(msgspec.Struct, frozen=True):
    """What waits for a decision: the name of the backup in ``backups``, "" when there could be none."""

    copy: str = ""


def rescue(folder: Path, connection: Connection, key: bytearray, book: SlotBook) -> str:
    """Write what ``connection`` holds to a backup in ``folder``, note it, and return its name.

    ``book`` is what the slot files said; newer ones of the same key win. Nobody writes through ``connection``
    meanwhile. Raises VaultError E003 or E014 when it is damaged, and what the database and the disk raise.
    """
    write_atomically(folder / _NOTE, msgspec.json.encode(_Note()))
    own, created = folder / OWN, utc(None)
    if not own.is_dir():
        private_folder(own)
    path = own / f"KIM-{created:%Y-%m-%dT%H%M%S}Z-gerettet{SUFFIX}"
    counter = freshness.advance(connection, 0)
    known = _newest(folder, key, book)
    with under_construction(path, key) as scaffold:
        inventory = copy_database(connection, scaffold / DATABASE, key, settle=False)
        write_copies(scaffold, known, key)
        manifest = BackupManifest(
            vault_id=known.vault_id,
            name=known.name,
            key_epoch=known.key_epoch,
            counter=counter,
            created=created,
            inventory=inventory_seal(inventory, key),
            files=describe(scaffold),
        )
        write_manifest(scaffold, manifest, key)
    write_atomically(folder / _NOTE, msgspec.json.encode(_Note(path.name)))
    return path.name


def demand_decided(folder: Path) -> None:
    """Raise VaultError while nobody has decided after the files were exchanged.

    E042, with the name of the backup, when what was saved is in one; E043 when there could be none.
    """
    try:
        with (folder / _NOTE).open("rb") as file:
            copy = msgspec.json.decode(file.read(_SIZE_LIMIT), type=_Note).copy
    except (OSError, ValueError, msgspec.MsgspecError):
        return
    if not copy:
        raise VaultError("E043")
    if copy in {each.name for each in (folder / OWN).glob(f"*{SUFFIX}")}:
        raise VaultError("E042", copy=copy)


def decide(folder: Path) -> None:
    """Go on with the files that are in ``folder``; the rescued state stays in ``backups``."""
    with suppress(OSError):
        (folder / _NOTE).unlink(missing_ok=True)


def _newest(folder: Path, key: bytearray, book: SlotBook) -> SlotBook:
    with suppress(VaultError, OSError):
        found = [copy.book for copy in read_copies(folder) if copy.is_genuine(key)]
        return max([book, *found], key=lambda each: each.generation)
    return book
