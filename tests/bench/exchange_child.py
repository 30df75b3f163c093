"""Export or import in a process of its own, so that memory and time are those of the work alone.

``python -m tests.bench.exchange_child export|import HOME`` prints what it took as JSON. The vaults stand in
``HOME/desk`` and ``HOME/kreis``; bundles go to ``HOME/stick``, receipts to ``HOME/receipts``.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.kreis.inbox import import_files
from kimdesk.sync.export import export
from tests.bench.opening import PASSPHRASE

_STATUS = Path("/proc/self/status")


def run(work: str, home: Path) -> dict[str, Any]:
    """Return what ``work`` took in a new process: ms, MiB beyond the open vault, and what came of it."""
    command = [sys.executable, "-m", "tests.bench.exchange_child", work, str(home)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _memory(name: str) -> float:
    """Return a figure of this process from the system, in MiB."""
    found = re.search(rf"{name}:\s+(\d+)", _STATUS.read_text())
    assert found
    return int(found[1]) / 1024


def _export(home: Path) -> tuple[Desk, Any]:
    desk = Desk.unlock(home / "desk", PASSPHRASE)
    return desk, lambda: {"cases": export(desk, home / "stick").cases}


def _import(home: Path) -> tuple[Desk, Any]:
    office = Desk.unlock(home / "kreis", PASSPHRASE)
    [bundle] = (home / "stick").iterdir()

    def work() -> dict[str, Any]:
        [found] = import_files(office, [bundle], home / "receipts")
        return {"result": found.result.value, "code": found.code, "receipt": str(found.receipt)}

    return office, work


def main() -> None:
    """Open the vault, do the work, and print its figures."""
    desk, work = {"export": _export, "import": _import}[sys.argv[1]](Path(sys.argv[2]))
    with desk:
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        before, started = _memory("VmRSS"), time.perf_counter()
        found = work()
        taken = {"ms": (time.perf_counter() - started) * 1000, "mib": _memory("VmHWM") - before}
    print(json.dumps({**found, **taken}))


if __name__ == "__main__":
    main()
