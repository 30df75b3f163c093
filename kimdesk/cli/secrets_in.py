"""Secrets come from files or standard input, never from the command line."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kimdesk import vault
from kimdesk.casework import derived
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import StoreError

_PATIENCE = 5


def first_line(source: str) -> str:
    """Return the first line of the file ``source``, or of standard input for ``-``.

    Raises StoreError E910 when the file cannot be read.
    """
    if source == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        with Path(source).open(encoding="utf-8") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise StoreError("E910") from None


@contextmanager
def opened(folder: Path, passphrase_file: str) -> Iterator[Desk]:
    """Open the vault in ``folder`` for one command and close it again; what follows from it is up to date."""
    await_turn(folder)
    desk = Desk.unlock(folder, first_line(passphrase_file))
    try:
        derived.renew(desk)
        yield desk
    finally:
        desk.close()


def await_turn(folder: Path) -> None:
    """Sit out a pause of a few seconds after a wrong passphrase; a longer one is refused (E013)."""
    seconds = vault.delay(folder)
    if seconds <= _PATIENCE:
        time.sleep(seconds)
