"""Export and import of 5,000 cases against gpg signing and encrypting them as documents."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import resources
from kimdesk.casework import cases, exchange
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.kreis.enrolling import enrol
from kimdesk.practice.fill import fill
from kimdesk.sync import joining, receipts
from kimdesk.vault import Strength
from tests.bench import exchange_child
from tests.bench.figures import Figure
from tests.bench.opening import PASSPHRASE

CASES = 5_000
MOST_MIB = 80


def figures(home: Path) -> Iterator[Figure]:
    """Yield export and import of all cases, in as many bundles as it takes, and their memory.

    gpg works on all cases as documents, once before KIMdesk and once after it.
    """
    places = resources.read_toml("practice/places.toml")["municipality"]
    make_pair(home, tuple(place["ags"] for place in places))
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        fill(desk, CASES, 1)
        _write_documents(desk, home / "documents.jsonl")
    gpg = _Gpg(home / "gpg") if shutil.which("gpg") else None
    floors = [_gpg_turn(gpg, home)]
    ours = _exchange_all(home)
    floors.append(_gpg_turn(gpg, home))
    if gpg:
        sealing, opening = ((one + other) / 2 for one, other in zip(*floors, strict=True))
        what = f"{CASES:,} cases, {ours.bundles} bundles"
        yield Figure(f"export {what}", "gpg sign + encrypt", sealing, ours.export_ms, "≤ 0.25")
        yield Figure(f"import and verify {what}", "gpg decrypt + verify", opening, ours.import_ms, "≤ 0.4")
    limit = f"{MOST_MIB} MiB beside the open vault"
    yield Figure("peak memory of an export", limit, MOST_MIB, ours.export_mib, "≤ 1", "MiB")
    yield Figure("peak memory of an import", limit, MOST_MIB, ours.import_mib, "≤ 1", "MiB")


@dataclass
class Exchanged:
    """What all bundles of a desk took: the sum of the times, the highest memory."""

    bundles: int = 0
    export_ms: float = 0
    import_ms: float = 0
    export_mib: float = 0
    import_mib: float = 0


def make_pair(home: Path, municipalities: tuple[str, ...]) -> None:
    """Make a desk for ``municipalities`` and its Kreis in ``home``, and the folders of their exchange."""
    for name in ("stick", "receipts"):
        (home / name).mkdir(parents=True)
    desk, _ = Desk.create(
        home / "desk",
        PASSPHRASE,
        name="Probe",
        user="",
        municipalities=municipalities,
        practice=True,
        strength=Strength.INTERACTIVE,
    )
    office, _ = Desk.create(
        home / "kreis", PASSPHRASE, name="Kreis", user="", role="kreis", strength=Strength.INTERACTIVE
    )
    with desk, office:
        joining.request(desk, home / "request.kimq")
        made = enrol(office, (home / "request.kimq").read_bytes())
        joining.accept(desk, made.certificate, fingerprint=made.kreis_fingerprint)


def exchange_once(home: Path, so_far: Exchanged) -> bool:
    """Export, import and take the receipt; return whether a case went with it."""
    out = exchange_child.run("export", home)
    if out["cases"]:
        back = exchange_child.run("import", home)
        if back["result"] != "applied":
            raise RuntimeError(back["code"])
        with Desk.unlock(home / "desk", PASSPHRASE) as desk:
            receipts.take(desk, Path(back["receipt"]))
        so_far.bundles += 1
        so_far.export_ms += out["ms"]
        so_far.import_ms += back["ms"]
        so_far.export_mib = max(so_far.export_mib, out["mib"])
        so_far.import_mib = max(so_far.import_mib, back["mib"])
    for bundle in (home / "stick").iterdir():
        bundle.unlink()
    return bool(out["cases"])


def _exchange_all(home: Path) -> Exchanged:
    found = Exchanged()
    while exchange_once(home, found):
        pass
    return found


def _write_documents(desk: Desk, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        after = None
        while True:
            page = cases.list_page(desk, CaseQuery(status=""), after, 200)
            for row in page.rows:
                file.write(json.dumps(exchange.document(cases.peek(desk, row.id)), ensure_ascii=False) + "\n")
            after = page.next
            if after is None:
                break


def _gpg_turn(gpg: "_Gpg | None", home: Path) -> tuple[float, float]:
    if gpg is None:
        print("gpg is not installed: no comparison")
        return 0, 0
    return gpg.seal(home / "documents.jsonl"), gpg.open()


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
