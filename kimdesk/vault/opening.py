"""Unlocking a vault, and changing what unlocks it."""

import sys
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.vault import freshness, lock
from kimdesk.vault.database import Connection, open_database
from kimdesk.vault.failures import understood
from kimdesk.vault.keys import wipe
from kimdesk.vault.passphrase import demand_strong, prepared
from kimdesk.vault.recovery import parse_code
from kimdesk.vault.slotfile import Opened, mend_copies, open_copies, read_copies, write_copies
from kimdesk.vault.slots import Kind, wrap
from kimdesk.vault.vault import DATABASE, Vault


@understood()
def unlock(folder: Path, passphrase: str, *, accept_older: bool = False) -> Vault:
    """Return the vault in ``folder``, open for this process alone.

    ``accept_older`` takes a database that is older than last seen and anchors it anew. Raises VaultError
    E001 (wrong passphrase), E002 (no vault), E003 (damaged), E004 (in use), E005 (older than last seen),
    E006 (not encrypted), E007 (KDF cost) or E008 (written by a later version), and StoreError E901, E902
    or E904 when the disk refuses.
    """
    return _unlock(folder, "pass", prepared(passphrase), accept_older=accept_older)


@understood()
def unlock_with_recovery(folder: Path, code: str, *, accept_older: bool = False) -> Vault:
    """Return the vault in ``folder``, opened by its recovery code.

    Raises VaultError E011 for a mistyped code, otherwise as ``unlock``.
    """
    return _unlock(folder, "recovery", parse_code(code), accept_older=accept_older)


@understood()
def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Let ``new`` open the vault instead of ``old``; it may be open in this process.

    Copies of the folder made before still open with ``old``. Raises VaultError E009 when ``new`` is too
    weak, otherwise as ``unlock``; then ``old`` still opens.
    """
    demand_strong(new)
    _rewrap(folder, "pass", prepared(old), new)


@understood()
def recover(folder: Path, code: str, new_passphrase: str) -> None:
    """Let ``new_passphrase`` open the vault instead of the forgotten one; the recovery code stays valid.

    Raises VaultError E009 and E011, otherwise as ``unlock``.
    """
    secret = parse_code(code)
    demand_strong(new_passphrase)
    _rewrap(folder, "recovery", secret, new_passphrase)


def open_vault(folder: Path, opened: Opened, guard: lock.FolderLock, *, accept_older: bool = False) -> Vault:
    """Return the vault whose key is known.

    Raises VaultError E003, E005 or E006, and what the database and the disk raise.
    """
    _forbid_core_dumps()
    vault_id = opened.book.vault_id
    connection = open_database(folder / DATABASE, opened.key)
    try:
        anchored = freshness.read_anchor(folder, opened.key, vault_id) or 0
        older = _is_older(connection, vault_id, anchored, accept=accept_older)
        vault = Vault(folder, opened, connection, guard, anchored)
        if older:
            vault.checkpoint()
    except BaseException:
        connection.close()
        raise
    return vault


def _unlock(folder: Path, kind: Kind, secret: bytes, *, accept_older: bool) -> Vault:
    read_copies(folder)
    guard = lock.FolderLock(folder)
    try:
        opened = open_copies(read_copies(folder), kind, secret)
        mend_copies(folder, opened)
        try:
            return open_vault(folder, opened, guard, accept_older=accept_older)
        except BaseException:
            wipe(opened.key)
            raise
    except BaseException:
        guard.release()
        raise


def _rewrap(folder: Path, kind: Kind, secret: bytes, new: str) -> None:
    """Open by a slot of ``kind`` and put a new passphrase in that slot, or in the first for a recovery."""
    read_copies(folder)
    with lock.held(folder):
        opened = open_copies(read_copies(folder), kind, secret)
        book = opened.book
        old = opened.slot if kind == "pass" else book.of_kind("pass")[0]
        slot = wrap(
            opened.key,
            prepared(new),
            vault_id=book.vault_id,
            kind="pass",
            label=old.label,
            parameters=old.kdf,
        )
        try:
            write_copies(folder, book.replacing(old, slot), opened.key)
        finally:
            wipe(opened.key)


def _is_older(connection: Connection, vault_id: str, anchored: int, *, accept: bool) -> bool:
    """Say whether the database was seen newer.

    Raises VaultError E003 when it belongs to another vault, E005 when it is older and that is not to
    be accepted.
    """
    owner, counter = freshness.read_state(connection)
    if owner != vault_id:
        raise VaultError("E003")
    if counter < anchored and not accept:
        raise VaultError("E005")
    return counter < anchored


def _forbid_core_dumps() -> None:
    """A crash must not write the memory of this process, and with it the key, to a disk in clear."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
