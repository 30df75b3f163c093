"""Secrets come from files or standard input, never from the command line."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kimdesk import vault
from kimdesk.casework import derived
from kimdesk.casework.desk import Desk
from kimdesk.cli.plain_text import LIMIT, first_line_of, read_line
from kimdesk.domain.errors import StoreError

_PATIENCE = 5


def first_line(source: str) -> str:
    """Return the first line of the file ``source``, or the next one of standard input for ``-``.

    Raises StoreError E910 when it cannot be read, and as ``plain_text.first_line_of``.
    """
    try:
        if source == "-":
            return first_line_of(_next_line())
        with Path(source).open("rb") as file:
            return first_line_of(file.read(LIMIT))
    except (OSError, ValueError):
        raise StoreError("E910") from None


def _next_line() -> bytes:
    if sys.stdin is None:
        raise StoreError("E910")
    stream = getattr(sys.stdin, "buffer", None)
    return sys.stdin.readline().encode() if stream is None else read_line(stream)


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
