"""Unlocking a vault, and changing what unlocks it."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import close_to_others
from kimdesk.vault import attempts, freshness, lock, parts, place, proof, rescue, swap, wal
from kimdesk.vault.attempts import Clock
from kimdesk.vault.database import DATABASE, LOG, Connection, open_database
from kimdesk.vault.failures import understood
from kimdesk.vault.kdf import KdfParameters
from kimdesk.vault.keys import wipe
from kimdesk.vault.passphrase import demand_strong, prepared
from kimdesk.vault.recovery import parse_code
from kimdesk.vault.slotfile import (
    COPIES,
    OpenedSlot,
    mend_copies,
    open_copies,
    owner_last_seen,
    read_copies,
    write_copies,
)
from kimdesk.vault.slots import Kind, Slot, SlotBook, wrap
from kimdesk.vault.vault import Vault


@understood()
def unlock(folder: Path, passphrase: str, *, accept_older: bool = False, clock: Clock = time.time) -> Vault:
    """Return the vault in ``folder``, open for this process alone.

    ``accept_older`` takes a database that is older than last seen, or what is whole of a damaged log, and
    anchors it anew. Raises VaultError E001 (wrong passphrase), E002 (no vault), E003 (damaged), E004 (in
    use), E005 (older than last seen), E006 (not encrypted), E007 (KDF cost), E008 (written by a later
    version), E013 (wait after a wrong passphrase), E030 (the last saves are damaged), E031 (on a network
    drive), E033 (slot files of another vault) or E034 (not allowed to read them), and StoreError E901, E902
    or E904 when the disk refuses. ``clock`` is in seconds since 1970.
    """
    return _unlock(folder, "pass", prepared(passphrase), accept_older=accept_older, clock=clock)


@understood()
def unlock_with_recovery(folder: Path, code: str, *, accept_older: bool = False) -> Vault:
    """Return the vault in ``folder``, opened by its recovery code.

    Raises VaultError E011 for a mistyped code, otherwise as ``unlock``.
    """
    return _unlock(folder, "recovery", parse_code(code), accept_older=accept_older, clock=time.time)


@understood()
def change_passphrase(folder: Path, old: str, new: str, *, clock: Clock = time.time) -> None:
    """Let ``new`` open the vault instead of ``old``; it may be open in this process.

    Copies of the folder made before still open with ``old``. Raises VaultError E009 when ``new`` is too
    weak, otherwise as ``unlock``; then ``old`` still opens.
    """
    demand_strong(new)
    change_slots(folder, "pass", prepared(old), lambda opened: rewrapped(opened, new), clock)


@understood()
def recover(folder: Path, code: str, new_passphrase: str) -> None:
    """Let ``new_passphrase`` open the vault instead of the forgotten one; the recovery code stays valid.

    With several people it takes the place of the first one's. Raises VaultError E009 and E011, otherwise
    as ``unlock``.
    """
    secret = parse_code(code)
    demand_strong(new_passphrase)
    change_slots(folder, "recovery", secret, lambda opened: rewrapped(opened, new_passphrase))


def open_vault(
    folder: Path, opened: OpenedSlot, guard: lock.FolderLock, *, accept_older: bool = False
) -> Vault:
    """Return the vault whose key is known.

    Raises VaultError E003, E004, E005, E006, E030, E042 or E043, and what the database and the disk raise.
    """
    if not accept_older:
        rescue.demand_decided(folder)
    close_to_others(folder, (*COPIES, DATABASE, LOG, freshness.ANCHOR, lock.NAME))
    connection, anchored = open_fresh(folder, opened, accept_older=accept_older)
    try:
        vault = Vault(folder, opened, connection, guard, anchored)
        if accept_older:
            vault.checkpoint()
            rescue.decide(folder)
    except BaseException:
        connection.close()
        raise
    return vault


def open_alone(folder: Path, opened: OpenedSlot) -> Vault:
    """Lock the vault whose key is known and return it.

    Raises VaultError E004, otherwise as ``open_vault``.
    """
    guard = lock.FolderLock(folder)
    try:
        return open_vault(folder, opened, guard)
    except BaseException:
        guard.release()
        raise


def open_fresh(folder: Path, opened: OpenedSlot, *, accept_older: bool = False) -> tuple[Connection, int]:
    """Return a connection to the database, and the counter last seen. Raises as ``open_vault``."""
    _forbid_core_dumps()
    if not accept_older:
        _demand_whole(folder)
    vault_id = opened.book.vault_id
    connection = open_database(folder / DATABASE, opened.key)
    try:
        anchored = freshness.read_anchor(folder, opened.key, vault_id) or 0
        counter = _demand_fresh(connection, vault_id, anchored, accept=accept_older)
    except BaseException:
        connection.close()
        raise
    return connection, max(anchored, counter)


def open_slots(folder: Path, kind: Kind, secret: bytes, clock: Clock = time.time) -> OpenedSlot:
    """Return what ``secret`` opens, once the wait after wrong passphrases is over; the caller holds the lock.

    Completes what a rekey left half done; the key is that of the database. Raises VaultError E001, E003,
    E006, E007, E008, E013, E033 and E034.
    """
    swap.finish(folder)
    if kind == "pass":
        attempts.demand_patience(folder, clock)
    copies, database = read_copies(folder), folder / DATABASE
    try:
        opened = open_copies(copies, kind, secret, belongs=lambda key: proof.belongs(database, key))
    except VaultError as refusal:
        if kind == "pass" and refusal.code == "E001":
            attempts.count_failure(folder, clock)
        if refusal.code == "E033" and owner_last_seen(folder) in {copy.book.vault_id for copy in copies}:
            raise VaultError("E003") from None  # the slot files are right, what they open is not
        raise
    attempts.forget(folder)
    return opened


def change_slots(
    folder: Path,
    kind: Kind,
    secret: bytes,
    change: Callable[[OpenedSlot], SlotBook],
    clock: Clock = time.time,
) -> SlotBook:
    """Write the ways in that ``change`` makes of those that ``secret`` opens, and return them.

    The vault may be open in this process. Raises VaultError E015 when they do not fit into a slot file.
    """
    read_copies(folder)
    with lock.held(folder):
        opened = open_slots(folder, kind, secret, clock)
        try:
            book = change(opened)
            write_copies(folder, book, opened.key)
        finally:
            wipe(opened.key)
    return book


def _unlock(folder: Path, kind: Kind, secret: bytes, *, accept_older: bool, clock: Clock) -> Vault:
    read_copies(folder)
    place.demand_local(folder)
    guard = lock.FolderLock(folder)
    try:
        opened = open_slots(folder, kind, secret, clock)
        try:
            vault = open_vault(folder, opened, guard, accept_older=accept_older)
        except BaseException:
            wipe(opened.key)
            raise
    except BaseException:
        guard.release()
        raise
    vault.set_aside = mend_copies(folder, opened)
    parts.sweep_files(folder, (*COPIES, freshness.ANCHOR))
    parts.sweep(folder.resolve().parent, opened.key)
    return vault


def rewrapped(opened: OpenedSlot, new: str) -> SlotBook:
    """Put a new passphrase in the slot that opened, or in the first one's when it was not a passphrase."""
    book = opened.book
    old = opened.slot if opened.slot.kind == "pass" else book.of_kind("pass")[0]
    return book.replacing(old, passphrase_slot(opened, new, old.label, old.kdf))


def passphrase_slot(opened: OpenedSlot, passphrase: str, label: str, cost: KdfParameters) -> Slot:
    """Return a new slot in which ``passphrase`` wraps the vault's key."""
    vault_id = opened.book.vault_id
    return wrap(
        opened.key, prepared(passphrase), vault_id=vault_id, kind="pass", label=label, parameters=cost
    )


def _demand_whole(folder: Path) -> None:
    """Raise VaultError E030 for a damaged log, E004 for one that only looks so: it is being written."""
    if wal.is_damaged(folder / LOG):
        with lock.unused(folder / DATABASE):
            if wal.is_damaged(folder / LOG):
                raise VaultError("E030")


def _demand_fresh(connection: Connection, vault_id: str, anchored: int, *, accept: bool) -> int:
    """Return what the database counts.

    Raises VaultError E003 for the database of another vault, E005 for one that was seen newer.
    """
    owner, counter = freshness.read_state(connection)
    if owner != vault_id:
        raise VaultError("E003")
    if counter < anchored and not accept:
        raise VaultError("E005")
    return counter


def _forbid_core_dumps() -> None:
    """A crash must not write the memory of this process, and with it the key, to a disk in clear."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
