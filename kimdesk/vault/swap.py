"""Putting new files in the place of a vault's old ones: all of them, or none.

They are made in ``next.part``. Giving that folder the name ``next`` is the one moment that counts: before
it the old files hold and ``next.part`` is thrown away, after it the new ones hold and are moved into place
one by one, by whoever comes next under the vault's lock (docs/decisions/0014).
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kimdesk.domain.files import flush_folder, private_folder
from kimdesk.vault.database import DATABASE
from kimdesk.vault.freshness import ANCHOR
from kimdesk.vault.slotfile import COPIES

_READY = "next"
_UNREADY = "next.part"
_FILES = (DATABASE, ANCHOR, *reversed(COPIES))
_LOGS = (f"{DATABASE}-wal", f"{DATABASE}-shm")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; the vault's files put there take the place of the old when the block succeeds.

    The caller holds the lock, and nothing in either folder is open at the end. When the block or the disk
    fails, the exception goes on and the old files hold. A disk that fails only after the moment that
    counts does not raise: ``finish`` completes the change before the vault is next opened.
    """
    finish(folder)
    scaffold = folder / _UNREADY
    private_folder(scaffold)
    try:
        yield scaffold
        settle(scaffold)
        os.replace(scaffold, folder / _READY)  # noqa: PTH105 - Path.replace reads as if it were a file
    except BaseException:
        shutil.rmtree(scaffold, ignore_errors=True)
        raise
    with suppress(OSError):
        finish(folder)


def finish(folder: Path) -> None:
    """Complete a change that counts, throw away one that does not. The caller holds the lock.

    Raises OSError when the disk refuses; what is done then is done, and the rest can be done later.
    """
    unready, ready = folder / _UNREADY, folder / _READY
    if unready.exists():
        shutil.rmtree(unready, ignore_errors=True)
    if not ready.is_dir():
        return
    flush_folder(folder)
    _move(ready, folder)
    flush_folder(folder)
    shutil.rmtree(ready)


def settle(scaffold: Path) -> None:
    """Bring a vault's new files onto the disk. Raises OSError, also when one is missing or not complete."""
    if any((scaffold / log).exists() for log in _LOGS):
        raise OSError(errno.EIO, "the log could not be brought into the database")
    for name in _FILES:
        with (scaffold / name).open("r+b") as file:
            os.fsync(file.fileno())
    flush_folder(scaffold)


def _move(ready: Path, folder: Path) -> None:
    if (ready / DATABASE).exists():  # the log beside the old database must not meet the new one
        for log in _LOGS:
            (folder / log).unlink(missing_ok=True)
    for name in _FILES:
        if (ready / name).exists():
            (ready / name).replace(folder / name)
