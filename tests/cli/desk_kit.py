"""What tests of the command line share: a vault with a quick passphrase, and real processes."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE

__all__ = ["PASSPHRASE", "make", "run"]

ROOT = Path(__file__).parents[2]
_AS_HERE: Mapping[str, str] = MappingProxyType({})


def make(place: Path, role: str = "desk") -> str:
    """Make a closed vault in ``place`` and return its recovery code."""
    desk, code = Desk.create(
        place,
        PASSPHRASE,
        name="Eschenried",
        user="Jörg Ångström – Łódź",
        municipalities=("05999001",),
        role="kreis" if role == "kreis" else "desk",
        strength=Strength.INTERACTIVE,
    )
    desk.close()
    return code


def run(
    *words: str, given: bytes = b"", env: Mapping[str, str] = _AS_HERE, **streams: Any
) -> tuple[int, str, str]:
    """Run ``kimdeskctl`` as a process; return exit status, standard output and error, which are UTF-8.

    ``streams`` says what stands in for its pipes.
    """
    pipes: Any = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | streams
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    line = [sys.executable, "-m", "kimdesk.cli", *words]
    with subprocess.Popen(line, cwd=ROOT, env=surroundings, text=False, **pipes) as process:
        out, err = process.communicate(given, timeout=120)
    told = (err or b"").decode()
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    return process.returncode, (out or b"").decode(), told
