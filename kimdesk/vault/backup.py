"""Backups: a verified copy of a vault in a folder of its own, and the way back from it.

``KIM-<date>T<time>Z.kimbackup/`` holds ``data.db``, both slot files and ``manifest``. It opens with the
passphrases and the recovery code of the day it was made.
"""

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.domain.files import folder_beside
from kimdesk.vault import freshness
from kimdesk.vault.copying import copy_database
from kimdesk.vault.failures import understood
from kimdesk.vault.keys import derive
from kimdesk.vault.manifest import Manifest, describe, read_manifest, utc, write_manifest
from kimdesk.vault.rotation import kept
from kimdesk.vault.slotfile import read_copies, write_copies
from kimdesk.vault.vault import DATABASE, Vault

SUFFIX = ".kimbackup"
_PART = ".part"
_ABANDONED = 24 * 3600


@dataclass(frozen=True, slots=True)
class Backup:
    """A complete backup: where it lies, whose it is, when it was made (UTC), its size in bytes."""

    path: Path
    vault_id: str
    name: str
    created: datetime
    bytes: int


@understood()
def backup(vault: Vault, to: Path, *, now: datetime | None = None) -> Backup:
    """Write a copy of the open ``vault`` to the folder ``to``, check it, and return it.

    It takes its name when it is whole, on the disk and found equal; then backups of this vault that are no
    longer needed are removed (see ``rotation.kept``). Raises VaultError E003 when the vault is damaged,
    E014 when the copy is not the same, StoreError E920 when there is no place for ``to``, and E901, E902 or
    E904 when the medium refuses.
    """
    if not to.parent.is_dir():
        raise StoreError("E920")
    to.mkdir(exist_ok=True)
    created = utc(now)
    path = _free_path(to, created)
    with folder_beside(path) as scaffold:
        manifest = _write(vault, scaffold, created)
    made = _known(path, manifest)
    _rotate(to, made)
    return made


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the complete backups in ``folder``, the newest first, of whatever vault.

    Nothing vouches for what they say before they are opened.
    """
    return tuple(sorted(_found(folder), key=lambda each: each.created, reverse=True))


def inventory_seal(inventory: bytes, key: bytearray) -> str:
    """Return what a manifest says about the content: comparable, and telling nothing without the key."""
    return hashlib.blake2b(inventory, key=derive(key, "inventory"), digest_size=32).hexdigest()


def _write(vault: Vault, scaffold: Path, created: datetime) -> Manifest:
    key = vault.key
    book = next((copy.book for copy in read_copies(vault.folder) if copy.is_genuine(key)), None)
    if book is None:
        raise VaultError("E003")
    with vault.connection() as connection:
        inventory = copy_database(connection, scaffold / DATABASE, key)
        counter = freshness.read_state(connection)[1]
    write_copies(scaffold, book, key)
    manifest = Manifest(
        vault_id=book.vault_id,
        name=book.name,
        key_epoch=book.key_epoch,
        counter=counter,
        created=created,
        inventory=inventory_seal(inventory, key),
        files=describe(scaffold),
    )
    write_manifest(scaffold, manifest, key)
    return manifest


def _free_path(folder: Path, created: datetime) -> Path:
    stem = f"KIM-{created:%Y-%m-%dT%H%M%S}Z"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{SUFFIX}" for number in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())


def _found(folder: Path) -> Iterator[Backup]:
    for path in folder.glob(f"KIM-*{SUFFIX}"):
        with suppress(VaultError, OSError):
            manifest = read_manifest(path).manifest
            if all((path / each.name).stat().st_size == each.size for each in manifest.files):
                yield _known(path, manifest)


def _known(path: Path, manifest: Manifest) -> Backup:
    return Backup(path, manifest.vault_id, manifest.name, manifest.created, manifest.bytes)


def _rotate(folder: Path, made: Backup) -> None:
    """Remove what is no longer needed, and what a killed backup left a day ago or longer.

    A medium that refuses does not spoil the backup just made. That one stays even when a clock ran ahead and
    the others claim to be newer.
    """
    own = [each for each in list_backups(folder) if each.vault_id == made.vault_id]
    keep = kept(each.created for each in own) | {made.created}
    for each in own:
        if each.created not in keep:
            with suppress(OSError):
                shutil.rmtree(each.path.rename(each.path.with_suffix(_PART)))
    for left in [*folder.glob(f".KIM-*{_PART}"), *folder.glob(f"KIM-*{_PART}")]:
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                shutil.rmtree(left)
