"""Export or import in a process of its own, so that memory and time are those of the work alone.

``python -m tests.bench.exchange_child export|import|seal HOME [MB]`` prints what it took as JSON. The vaults
stand in ``HOME/desk`` and ``HOME/kreis``; bundles go to ``HOME/stick``, receipts to ``HOME/receipts``.
"""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kimdesk.cage import pool
from kimdesk.casework.desk import Desk
from kimdesk.kreis.taking.inbox import import_files
from kimdesk.sync.leaving.export import export
from kimdesk.sync.sealing.envelope import seal
from kimdesk.sync.sealing.manifest import BundleManifest, SectionKind
from kimdesk.sync.sealing.sections import BundleSection
from kimdesk.sync.sealing.wire import encode
from kimdesk.sync.trust import device
from tests.bench.opening import PASSPHRASE

_STATUS = Path("/proc/self/status")
_MOST_RECORDS = 100_000
_MB = 1_000_000
Work = tuple[Desk, Callable[[], dict[str, Any]]]


def run(work: str, home: Path, *more: str) -> dict[str, Any]:
    """Return what ``work`` took in a new process.

    ``ms``, ``cpu`` seconds of it and its helper, ``mib`` beyond the open vault, ``helper`` MiB of the helper,
    and what came of it.
    """
    command = [sys.executable, "-m", "tests.bench.exchange_child", work, str(home), *more]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _memory(name: str) -> float:
    """Return a figure of this process from the system, in MiB."""
    found = re.search(rf"{name}:\s+(\d+)", _STATUS.read_text())
    assert found
    return int(found[1]) / 1024


def _spent() -> float:
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in every)


def _export(home: Path) -> Work:
    desk = Desk.unlock(home / "desk", PASSPHRASE)
    return desk, lambda: {"cases": export(desk, home / "stick").cases}


def _import(home: Path) -> Work:
    office = Desk.unlock(home / "kreis", PASSPHRASE)
    [bundle] = (home / "stick").iterdir()

    def work() -> dict[str, Any]:
        [found] = import_files(office, [bundle], home / "receipts")
        pool.end_all()  # only then is counted what the helper has cost
        records = found.counts.applied if found.counts else 0
        return {"result": found.result.value, "code": found.code, "receipt": str(found.receipt),
                "records": records}  # fmt: skip

    return office, work


def _seal(home: Path) -> Work:
    """Write a bundle of contacts with long texts, as many MB as the command line says."""
    desk, size = Desk.unlock(home / "desk", PASSPHRASE), int(sys.argv[3]) * _MB
    enrolled = device.enrolled(desk)
    number = min(_MOST_RECORDS, size // 500)

    def lines() -> Iterator[bytes]:
        yield (b'{"kind":"case","level":"identified","scope":1,"row":{"id":"c","rev":1,"ags":"%b",'
               b'"status":"active"}}' % enrolled.certificate.municipalities[0].encode())  # fmt: skip
        for each in range(number):
            head = (
                b'{"kind":"contact","level":"identified","scope":1,"row":{"id":"%d","rev":1,"case_id":"c"'
                % each
            )
            text = b"".join(b"%x " % (each * 7919 + word * 104_729) for word in range(size // number // 9))
            yield head + b',"content":"' + text + b'"}}'

    def work() -> dict[str, Any]:
        def manifest(infos: Any) -> bytes:
            said: Any = {
                "device": enrolled.certificate.desk, "epoch": 1, "seq": 1, "prev": "", "from_change": 1,
                "to_change": 1, "last_receipt": 0, "created": "2026-11-30T09:00:00Z", "cases": 1,
            }  # fmt: skip
            return encode(BundleManifest(**said, sections=infos))

        content = [BundleSection("records", SectionKind.RECORDS, lines())]
        seal(home / "stick" / "large.kimb", content, kind="bundle", sender=enrolled.identity,
             recipient=enrolled.kreis, manifest=manifest)  # fmt: skip
        return {}

    return desk, work


def main() -> None:
    """Open the vault, do the work, and print its figures."""
    desk, work = {"export": _export, "import": _import, "seal": _seal}[sys.argv[1]](Path(sys.argv[2]))
    with desk:
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        before, started, spent = _memory("VmRSS"), time.perf_counter(), _spent()
        found = work()
        taken = {"ms": (time.perf_counter() - started) * 1000, "cpu": _spent() - spent}
        helper = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        taken |= {"mib": _memory("VmHWM") - before, "helper": helper}
    print(json.dumps({**found, **taken}))


if __name__ == "__main__":
    main()
