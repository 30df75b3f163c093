"""One vault, one process: an advisory lock that says so before any work is done."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import private_file

NAME = "lock"

_SHARED, _SHARED_SIZE = 0x40000002, 510
"""The bytes every user of a database locks; no page lies there. Source: SQLite's src/os.h, SHARED_FIRST."""

_held: set[Path] = set()


class FolderLock:
    """The lock on a vault's folder, held from its making until ``release`` or the end of the process.

    The lock file stays where it is; only the lock on it counts. Raises VaultError E004 when the vault
    is open elsewhere, be it in this process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._file = _open(self._folder / NAME)
        try:
            _lock(self._file.fileno())
        except OSError:
            self._file.close()
            raise VaultError("E004") from None
        _held.add(self._folder)

    @property
    def is_there(self) -> bool:
        """Whether the lock file still exists, be it in a folder that has another name now."""
        try:
            return os.fstat(self._file.fileno()).st_nlink > 0
        except OSError:
            return False

    def release(self) -> None:
        """Give the vault free; a second time does nothing."""
        if not self._file.closed:
            _held.discard(self._folder)
            self._file.close()


@contextmanager
def alone(folder: Path) -> Iterator[FolderLock]:
    """Hold the lock for a block in which the vault must not be open anywhere, this process included.

    Raises VaultError E004.
    """
    lock = FolderLock(folder)
    try:
        yield lock
    finally:
        lock.release()


@contextmanager
def busy(path: Path) -> Iterator[None]:
    """Hold the lock on the file ``path``, made when it is missing. Raises OSError when it is held."""
    with _open(path) as file:
        _lock(file.fileno())
        yield


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock for a block; a vault that is open in this process is held already.

    Raises VaultError E004 when another process holds it.
    """
    if folder.resolve() in _held:
        yield
        return
    with alone(folder):
        yield


@contextmanager
def unused(database: Path) -> Iterator[None]:
    """Keep SQLite off the file ``database`` for a block, also where the lock on the folder was taken away.

    Raises VaultError E003 when the file is missing, E034 when it may not be read, E004 when it is in use.
    Never while this process has it open: on POSIX, closing any handle on a file gives up SQLite's lock on it.
    """
    try:
        file = database.open("rb")
    except FileNotFoundError:
        raise VaultError("E003") from None
    except PermissionError:
        raise VaultError("E034") from None
    with file:
        try:
            _lock_out(file.fileno())
        except (BlockingIOError, PermissionError):
            raise VaultError("E004") from None
        yield


def _open(path: Path) -> BinaryIO:
    """Open the lock file at ``path``, made when missing. Raises VaultError E034 for one closed to us."""
    with suppress(FileExistsError):
        private_file(path)
    try:
        return path.open("ab")
    except PermissionError:
        if not os.access(path, os.R_OK):
            raise VaultError("E034") from None
        raise


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _lock_out(handle: int) -> None:
        os.lseek(handle, _SHARED, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, _SHARED_SIZE)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _lock_out(handle: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_SH | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED)
