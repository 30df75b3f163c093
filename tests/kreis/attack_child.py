"""Reads bundles in as a process of its own, so that what they cost can be counted.

``python -m tests.kreis.attack_child KREIS RECEIPTS BUNDLE…`` prints a line of JSON for each bundle: what came
of it, seconds of both processes together, and the most memory either of them used, in MiB.
"""

import json
import resource
import sys
import time
from pathlib import Path

from kimdesk import kreis
from kimdesk.cage import pool
from kimdesk.casework.desk import Desk
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW

_STATUS, _PEAKS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def _spent() -> float:
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in every)


def _peak() -> int:
    [line] = [each for each in _STATUS.read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def main() -> None:
    """Read the bundles named in, one after the other."""
    folder, receipts, *bundles = map(Path, sys.argv[1:])
    with Desk.unlock(folder, PASSPHRASE, accept_older=True) as desk:
        for bundle in bundles:
            _PEAKS.write_text("5")
            spent, began = _spent(), time.monotonic()
            [found] = kreis.import_files(desk, [bundle], receipts, now=NOW)
            pool.end_all()  # the helper and what it started are counted when they have ended
            child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            told = {"name": bundle.stem, "result": found.result.value, "code": found.code}
            cost = {"seconds": _spent() - spent, "wall": time.monotonic() - began}
            sys.stdout.write(json.dumps(told | cost | {"parent": _peak(), "child": child}) + "\n")


if __name__ == "__main__":
    main()
