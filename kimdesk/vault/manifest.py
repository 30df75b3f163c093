"""What a backup says about itself: one JSON line, and an HMAC by which the vault's key vouches for it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import write_atomically
from kimdesk.vault.database import DATABASE
from kimdesk.vault.keys import is_genuine, seal_line, split_line
from kimdesk.vault.slotfile import COPIES
from kimdesk.vault.slots import Count, Identifier, Text

SUFFIX: Final = ".kimbackup"
OWN: Final = "backups"
"""The folder for copies in the vault itself."""

CONTENT: Final = (DATABASE, *COPIES)
MANIFEST: Final = "manifest"
_PURPOSE = "backup"
_FORMAT: Final = "kimdesk-backup"
_VERSION: Final = 1
_SIZE_LIMIT = 64 * 1024

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a backup: its name, its size in bytes, its SHA-256."""

    name: Literal["data.db", "vault.kimv", "vault.kimv.2"]
    size: Annotated[int, Meta(ge=0)]
    sha256: Digest


class BackupManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a backup holds.

    ``counter``: how often the vault had been anchored, so which state of it this is. ``inventory``: HMAC
    over the number of rows in each table and the end of the audit trail.
    """

    format: Literal["kimdesk-backup"] = _FORMAT
    version: Literal[1] = _VERSION
    vault_id: Identifier
    name: Text
    key_epoch: Count
    counter: Annotated[int, Meta(ge=0)]
    created: datetime
    inventory: Digest
    files: tuple[FileEntry, ...]

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(each.size for each in self.files)


@dataclass(frozen=True, slots=True)
class SealedManifest:
    """A manifest as it was read; whether it is genuine shows once the key is known."""

    manifest: BackupManifest
    line: bytes
    mac: bytes

    def is_genuine(self, key: bytearray) -> bool:
        """Say whether the holder of ``key`` wrote it."""
        return is_genuine(self.line, self.mac, key, _PURPOSE)


def write_manifest(folder: Path, manifest: BackupManifest, key: bytearray) -> None:
    """Write ``manifest``; with it the backup in ``folder`` is complete. Raises OSError."""
    write_atomically(folder / MANIFEST, seal_line(msgspec.json.encode(manifest), key, _PURPOSE))


def read_manifest(folder: Path) -> SealedManifest:
    """Return the manifest of the backup in ``folder``.

    Raises VaultError E018 when there is none, E045 when it may not be read, E008 when a newer KIMdesk wrote
    it, E012 when it is damaged.
    """
    try:
        with (folder / MANIFEST).open("rb") as file:
            data = file.read(_SIZE_LIMIT)
    except (FileNotFoundError, NotADirectoryError):
        raise VaultError("E018") from None
    except PermissionError:
        raise VaultError("E045") from None
    parts = split_line(data)
    if parts is None:
        raise VaultError("E012")
    return SealedManifest(_decode(parts[0]), *parts)


def describe(folder: Path) -> tuple[FileEntry, ...]:
    """Return the entries of the files that make a backup. Raises OSError when one is missing."""
    return tuple(_describe(folder / name) for name in CONTENT)


def utc(moment: datetime | None) -> datetime:
    """Return ``moment``, or now, in UTC and whole seconds."""
    return (moment or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def _describe(path: Path) -> FileEntry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.name, path.stat().st_size, digest)  # type: ignore[arg-type]


class _Stamp(msgspec.Struct):
    format: Literal["kimdesk-backup"]
    version: int


def _decode(line: bytes) -> BackupManifest:
    try:
        if msgspec.json.decode(line, type=_Stamp).version > _VERSION:
            raise VaultError("E008")
        manifest = msgspec.json.decode(line, type=BackupManifest)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise VaultError("E012") from None
    if manifest.created.tzinfo is None or tuple(each.name for each in manifest.files) != CONTENT:
        raise VaultError("E012")
    return manifest
