"""Opening a damaged or half-written vault as the program does, its key being known."""

from pathlib import Path

from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from kimdesk.vault import swap
from kimdesk.vault.failures import understood
from kimdesk.vault.lock import FolderLock
from kimdesk.vault.opening import open_vault
from kimdesk.vault.slotfile import OpenedSlot, mend_copies, read_copies


def newest(folder: Path, *keys: bytearray) -> OpenedSlot:
    """Return the newest genuine slot book, as whoever holds the vault's key finds it.

    A vault that was given new keys has one of ``keys``.
    """
    for copy in read_copies(folder):
        for key in keys:
            if copy.is_genuine(key):
                return OpenedSlot(copy.book, copy.book.slots[0], bytearray(key))
    raise VaultError("E003")


def open_desk(folder: Path, *keys: bytearray, accept_older: bool = False) -> Desk:
    """Return the desk on the vault in ``folder``; raises as ``Desk.unlock`` does."""
    guard = FolderLock(folder)
    try:
        with understood():
            swap.finish(folder)
            opened = newest(folder, *keys)
            mend_copies(folder, opened)
            vault = open_vault(folder, opened, guard, accept_older=accept_older)
    except BaseException:
        guard.release()
        raise
    try:
        return Desk(vault)
    except BaseException:
        vault.close()
        raise
