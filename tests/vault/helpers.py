"""What several tests of the vault do: open without the wait, and act as another process."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from kimdesk.vault import Vault
from kimdesk.vault.failures import understood
from kimdesk.vault.opening import open_alone
from kimdesk.vault.passphrase import prepared
from kimdesk.vault.slotfile import OpenedSlot, open_copies, read_copies
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parents[2]
_PRELUDE = """
import sys
from pathlib import Path
from kimdesk import vault
from kimdesk.domain.errors import KimdeskError
folder, passphrase = Path(sys.argv[1]), sys.argv[2]
"""


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def opened(folder: Path) -> OpenedSlot:
    """The key of the vault in ``folder``, by the real passphrase."""
    return open_copies(read_copies(folder), "pass", prepared(PASSPHRASE))


def open_known(folder: Path, known: OpenedSlot) -> Vault:
    """Open a vault whose key is known, without working on the passphrase again."""
    with understood():
        return open_alone(folder, OpenedSlot(known.book, known.slot, bytearray(known.key)))


def start(script: str, folder: Path) -> "subprocess.Popen[str]":
    """Run ``script`` as another process; it knows ``vault``, ``folder`` and ``passphrase``."""
    return subprocess.Popen(
        [sys.executable, "-c", _PRELUDE + script, str(folder), PASSPHRASE],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(script: str, folder: Path) -> str:
    """Run ``script`` as another process to its end and return what it printed."""
    process = start(script, folder)
    out, err = process.communicate(timeout=60)
    assert err == ""
    return out.strip()


def stop(process: "subprocess.Popen[str]") -> None:
    """End a process without giving it time for anything."""
    with suppress(ProcessLookupError):
        process.kill()
    process.communicate(timeout=60)
