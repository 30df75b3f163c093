"""The wait after wrong passphrases: 1, 2, 4 … 60 seconds, kept across restarts.

It is counted in a small file beside the vault, in clear. It slows somebody at the keyboard; who can change
or delete the file holds the vault's files anyway and may try on a machine of their own, where only the cost
of the passphrase counts. So nothing is refused for a missing or strange file, nor for a clock put back.
"""

import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import write_atomically

Clock = Callable[[], float]

_NAME = "attempts"
_LONGEST = 60
_DOUBLINGS = 6
_SIZE_LIMIT = 4096


class _Attempts(msgspec.Struct, frozen=True):
    """How many wrong passphrases came in a row, and when the last one did (seconds since 1970)."""

    failed: int
    last: float


def delay(folder: Path, clock: Clock = time.time) -> int:
    """Return how many seconds must pass before a passphrase is tried on the vault in ``folder``; 0 is now."""
    attempts = _read(folder)
    wait = min(2 ** min(attempts.failed - 1, _DOUBLINGS), _LONGEST) if attempts.failed > 0 else 0
    gone = clock() - attempts.last
    return math.ceil(wait - gone) if 0 <= gone < wait else 0


def demand_patience(folder: Path, clock: Clock) -> None:
    """Raise VaultError E013, with the seconds, while no passphrase may be tried."""
    seconds = delay(folder, clock)
    if seconds:
        raise VaultError("E013", seconds=seconds)


def count_failure(folder: Path, clock: Clock) -> None:
    """Write down one more wrong passphrase. A disk that refuses does not matter here."""
    attempts = _Attempts(_read(folder).failed + 1, clock())
    with suppress(OSError):
        write_atomically(folder / _NAME, msgspec.json.encode(attempts))


def forget(folder: Path) -> None:
    """Start counting anew."""
    with suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)


def _read(folder: Path) -> _Attempts:
    with suppress(OSError, ValueError, msgspec.MsgspecError), (folder / _NAME).open("rb") as file:
        return msgspec.json.decode(file.read(_SIZE_LIMIT), type=_Attempts)
    return _Attempts(0, 0)
