"""Backups: a verified copy of a vault in a folder of its own, and the way back from it.

``KIM-<date>T<time>Z.kimbackup/`` holds ``data.db``, both slot files and ``manifest``. It opens with the
passphrases and the recovery code of the day it was made.

The copy is first made and checked in the vault's own folder, as encrypted as ever, and then carried to the
medium piece by piece: a slow stick holds up neither the database nor whoever works with it.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kimdesk.domain import files
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.vault import freshness
from kimdesk.vault.copying import (
    Steps,
    carry_steps,
    checked_inventory,
    copy_steps,
    finished,
    inventory_seal,
    part,
)
from kimdesk.vault.database import DATABASE, Connection, open_database
from kimdesk.vault.failures import understood
from kimdesk.vault.manifest import (
    CONTENT,
    MANIFEST,
    OWN,
    SUFFIX,
    BackupManifest,
    describe,
    read_manifest,
    utc,
    write_manifest,
)
from kimdesk.vault.parts import remove_files, sweep, under_construction
from kimdesk.vault.rotation import Stamp, spans
from kimdesk.vault.slotfile import read_copies, write_copies
from kimdesk.vault.slots import SlotBook
from kimdesk.vault.vault import Vault

_PART = ".part"
_FILES = (*CONTENT, MANIFEST)
_WRITTEN = re.compile(r"KIM-\d{4}-\d\d-\d\dT\d{6}Z(-\d+)?\.kimbackup$")
_COPY = ".KIM-copy."
_ABANDONED = 24 * 3600
_OF_MEDIUM = {"E901": "E922", "E902": "E921", "E904": "E923"}
_NO_ROOM_HERE = {"E901": "E912"}

Keep = Callable[[Iterable[Stamp]], Container[Stamp]]
Also = Callable[[Connection], Steps[None]]
"""Writes into the copy what belongs to the vault and stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A complete backup: where it lies, whose it is, when it was made (UTC), its size in bytes.

    ``key_epoch`` is the number of the key that it was made under; of the same vault the one with the higher
    ``counter`` is the later one, whatever a clock said.
    """

    path: Path
    vault_id: str
    name: str
    created: datetime
    bytes: int
    key_epoch: int = 1
    counter: int = 0

    @property
    def stamp(self) -> Stamp:
        """Return what says which of several is the later one."""
        return Stamp(self.counter, self.created)


@dataclass(frozen=True, slots=True)
class _Copied:
    """The checked copy beside the vault: the seal on its inventory, how often the vault was anchored."""

    path: Path
    inventory: str
    counter: int


def backup(vault: Vault, to: Path, *, now: datetime | None = None, keep: Keep = spans) -> Backup:
    """Do all of ``backup_steps`` at once."""
    return finished(backup_steps(vault, to, now=now, keep=keep))


def backup_steps(
    vault: Vault, to: Path, *, now: datetime | None = None, keep: Keep = spans, also: Also | None = None
) -> Steps[Backup]:
    """Write a copy of the open ``vault`` to the folder ``to``, check it, and return it.

    It takes its name when it is whole, on the disk and found equal; then backups that ``keep`` does not name
    are removed, if this vault's key vouches for them and nothing else lies in them. Ended early or failed,
    it leaves nothing behind. Raises VaultError E003 when the vault is damaged, E014 when the copy is not the
    same; StoreError E912 when there is no room for the copy beside the vault; E920 when there is no place
    for ``to``, E921, E922 or E923 when it is read-only, full or fails; and what ``also`` raises.
    """
    if not to.parent.is_dir() or (to.exists() and not to.is_dir()):
        raise StoreError("E920")
    created = utc(now)
    with _working_folder(vault) as private:
        vault.checkpoint()  # each backup counts further than the one before
        copied = yield from part(_copy_steps(vault, private / DATABASE, also), 0.0, 0.5)
        with _meant(_OF_MEDIUM):
            if not to.is_dir():
                files.private_folder(to)
            path = _free_path(to, created)
            with under_construction(path, vault.key) as scaffold:
                manifest = yield from part(_carry_steps(vault, copied, scaffold, created), 0.5, 1.0)
    made = _known(path, manifest)
    _rotate(vault, to, made, keep)
    return made


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the complete backups in ``folder``, of whatever vault, those of one vault the newest first.

    ``folder`` may be a single backup. Nothing vouches for what they say before they are opened.
    """
    found = list(_complete([folder] if folder.suffix == SUFFIX else folder.glob(f"KIM-*{SUFFIX}")))
    found.sort(key=lambda each: (each.key_epoch, each.stamp), reverse=True)
    newest: dict[str, datetime] = {}
    for each in found:
        newest.setdefault(each.vault_id, each.created)
    return tuple(sorted(found, key=lambda each: (newest[each.vault_id], each.vault_id), reverse=True))


def known_backup(path: Path) -> Backup:
    """Return what the backup at ``path`` says about itself. Raises VaultError E008, E012 or E018."""
    with understood():
        return _known(path, read_manifest(path).manifest)


def is_vouched_for(vault: Vault, backup: Backup) -> bool:
    """Say whether the key of the open ``vault`` vouches for what ``backup`` says about itself."""
    return _is_vouched(vault, backup.path)


@contextmanager
def private_folder(vault: Vault) -> Iterator[Path]:
    """Yield a folder beside the vault's own backups for a copy that is as encrypted as ever; then it goes.

    There is one at a time: nobody else has the vault open, so what lies there is what a kill left.
    """
    own = vault.folder / OWN
    if not own.is_dir():
        files.private_folder(own)
    for left in own.glob(f"{_COPY}*{_PART}"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=_COPY, suffix=_PART, dir=own, ignore_cleanup_errors=True
    ) as place:
        yield Path(place)


@contextmanager
def _working_folder(vault: Vault) -> Iterator[Path]:
    with _meant(_NO_ROOM_HERE), private_folder(vault) as place:
        yield place


@contextmanager
def _meant(meaning: dict[str, str]) -> Iterator[None]:
    """Say of a disk that refuses which one it is."""
    try:
        with understood():
            yield
    except StoreError as refusal:
        raise StoreError(meaning.get(refusal.code, refusal.code), **refusal.facts) from None


def _copy_steps(vault: Vault, path: Path, also: Also | None) -> Steps[_Copied]:
    inventory = yield from part(copy_steps(vault.connection, path, vault.key), 0.0, 0.5 if also else 1.0)
    if also is not None:
        inventory = yield from part(_also_steps(path, vault.key, also), 0.5, 1.0)
    copy = open_database(path, vault.key)
    try:
        return _Copied(path, inventory_seal(inventory, vault.key), freshness.read_state(copy)[1])
    finally:
        copy.close()


def _also_steps(path: Path, key: bytearray, also: Also) -> Steps[bytes]:
    with closing(open_database(path, key)) as copy:
        yield from also(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    inventory = checked_inventory(path, key)
    if inventory is None:
        raise VaultError("E014")
    return inventory


def _carry_steps(vault: Vault, copied: _Copied, scaffold: Path, created: datetime) -> Steps[BackupManifest]:
    book = _genuine_book(vault)
    digest = yield from part(carry_steps(copied.path, scaffold / DATABASE), 0.0, 0.9)
    write_copies(scaffold, book, vault.key)
    entries = describe(scaffold)
    if entries[0].sha256 != digest:
        raise VaultError("E014")
    manifest = BackupManifest(
        vault_id=book.vault_id,
        name=book.name,
        key_epoch=book.key_epoch,
        counter=copied.counter,
        created=created,
        inventory=copied.inventory,
        files=entries,
    )
    write_manifest(scaffold, manifest, vault.key)
    return manifest


def _genuine_book(vault: Vault) -> SlotBook:
    key = vault.key
    book = next((copy.book for copy in read_copies(vault.folder) if copy.is_genuine(key)), None)
    if book is None:
        raise VaultError("E003")
    return book


def _free_path(folder: Path, created: datetime) -> Path:
    stem = _stem(created)
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{SUFFIX}" for number in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())


def _stem(created: datetime) -> str:
    return f"KIM-{created:%Y-%m-%dT%H%M%S}Z"


def _complete(paths: Iterable[Path]) -> Iterator[Backup]:
    for path in paths:
        with suppress(VaultError, OSError):
            manifest = read_manifest(path).manifest
            if all((path / each.name).stat().st_size == each.size for each in manifest.files):
                yield _known(path, manifest)


def _known(path: Path, manifest: BackupManifest) -> Backup:
    created, epoch, counter = manifest.created, manifest.key_epoch, manifest.counter
    return Backup(path, manifest.vault_id, manifest.name, created, manifest.bytes, epoch, counter)


def _rotate(vault: Vault, folder: Path, made: Backup, keep: Keep) -> None:
    """Remove what is no longer needed, and what a killed backup or a killed rotation left.

    A medium that refuses does not spoil the backup just made. That one stays whatever the others claim.
    """
    own = [each for each in list_backups(folder) if _is_own(vault, each.path, each.created)]
    wanted = keep(each.stamp for each in own)
    for each in own:
        if each.stamp not in wanted and each.path != made.path:
            with suppress(OSError, VaultError):
                _remove(vault, each.path.rename(each.path.with_suffix(_PART)))
    sweep(folder, vault.key)
    for left in folder.glob(f"KIM-*{_PART}"):
        with suppress(OSError, VaultError):
            _remove(vault, left)
    for left in folder.glob(f".KIM-*{_PART}"):  # of an earlier KIMdesk, which did not mark them
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.rmdir()


def _is_own(vault: Vault, path: Path, created: datetime) -> bool:
    """Say whether this vault wrote the backup at ``path``, and nobody put anything into it since."""
    named = _WRITTEN.match(path.name) and path.name.startswith(_stem(created))
    return bool(named) and not path.is_symlink() and _is_vouched(vault, path) and _holds_only(path, _FILES)


def _remove(vault: Vault, path: Path) -> None:
    """Remove a backup, or what is left of one; its manifest, which proves whose it is, goes last."""
    if not path.is_symlink() and _is_vouched(vault, path) and _holds_only(path, _FILES, at_most=True):
        remove_files(path, _FILES)


def _holds_only(path: Path, names: tuple[str, ...], *, at_most: bool = False) -> bool:
    found = {each.name for each in path.iterdir() if each.is_file() and not each.is_symlink()}
    whole = len(list(path.iterdir())) == len(found)
    return whole and (found <= set(names) if at_most else found == set(names))


def _is_vouched(vault: Vault, path: Path) -> bool:
    try:
        sealed = read_manifest(path)
    except (VaultError, OSError):
        return False
    return sealed.manifest.vault_id == vault.header.vault_id and sealed.is_genuine(vault.key)
