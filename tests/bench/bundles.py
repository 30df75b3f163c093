"""Export and import of 5,000 cases against gpg signing and encrypting the same content."""

import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import resources
from kimdesk.casework import cases, exchange
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.kreis.desks import enrol
from kimdesk.kreis.inbox import import_files
from kimdesk.practice.fill import fill
from kimdesk.sync import device
from kimdesk.sync.export import export
from kimdesk.vault import Strength
from tests.bench.figures import Figure
from tests.bench.opening import PASSPHRASE

CASES = 5_000


def figures(home: Path) -> Iterator[Figure]:
    """Yield export and import of all cases; gpg works on the same cases as documents."""
    desk, office = _enrolled(home)
    with desk, office:
        fill(desk, CASES, 1)
        stick, receipts = home / "stick", home / "receipts"
        stick.mkdir()
        receipts.mkdir()
        started = time.perf_counter()
        exported = export(desk, stick)
        export_ms = _since(started)
        started = time.perf_counter()
        [result] = import_files(office, [exported.path], receipts)
        import_ms = _since(started)
        if result.result != "applied":
            raise RuntimeError(result.code)
        if not shutil.which("gpg"):
            print("gpg is not installed: no comparison")
            return
        yield from _against_gpg(home, desk, export_ms, import_ms)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("peak memory of the whole part", "80 MiB", 80, peak, "≤ 1", "MiB")


def _enrolled(home: Path) -> tuple[Desk, Desk]:
    desk, _ = Desk.create(
        home / "desk",
        PASSPHRASE,
        name="Probe",
        user="",
        municipalities=tuple(
            place["ags"] for place in resources.read_toml("practice/places.toml")["municipality"]
        ),
        practice=True,
        strength=Strength.INTERACTIVE,
    )
    office, _ = Desk.create(
        home / "kreis", PASSPHRASE, name="Kreis", user="", role="kreis", strength=Strength.INTERACTIVE
    )
    device.request(desk, home / "request.kimq")
    enrolled = enrol(office, (home / "request.kimq").read_bytes())
    device.accept(desk, enrolled.certificate)
    return desk, office


def _against_gpg(home: Path, desk: Desk, export_ms: float, import_ms: float) -> Iterator[Figure]:
    documents = home / "documents.jsonl"
    with documents.open("w", encoding="utf-8") as file:
        after = None
        while True:
            page = cases.list_page(desk, CaseQuery(status=""), after, 200)
            for row in page.rows:
                file.write(json.dumps(exchange.document(cases.peek(desk, row.id)), ensure_ascii=False) + "\n")
            after = page.next
            if after is None:
                break
    gpg = _Gpg(home / "gpg")
    yield Figure(f"export {CASES:,} cases", "gpg sign + encrypt", gpg.seal(documents), export_ms, "≤ 0.25")
    yield Figure(f"import and verify {CASES:,} cases", "gpg decrypt + verify", gpg.open(), import_ms, "≤ 0.4")


class _Gpg:
    """The peer, with a key of its own in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._env = {**os.environ, "GNUPGHOME": str(folder)}
        self._sealed = folder / "sealed.gpg"
        self._run("--quick-gen-key", "probe@example.invalid", "future-default", "default", "never")

    def seal(self, source: Path) -> float:
        started = time.perf_counter()
        words = ("--sign", "--encrypt", "-r", "probe@example.invalid", "-o", str(self._sealed), str(source))
        self._run("--trust-model", "always", *words)
        return _since(started)

    def open(self) -> float:
        started = time.perf_counter()
        self._run("--decrypt", "-o", str(self._sealed) + ".out", str(self._sealed))
        return _since(started)

    def _run(self, *words: str) -> None:
        base = ["gpg", "--batch", "--yes", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
        subprocess.run([*base, *words], env=self._env, check=True, capture_output=True)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
