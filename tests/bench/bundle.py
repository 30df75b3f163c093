"""A case load on its way to the Kreis against the tools people would use: gpg, and tar, zstd, age, minisign.

Costs are seconds of the processor, of a process and all it starts; memory is the most a process used.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import resources
from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import open_registry
from kimdesk.practice.fill import fill
from kimdesk.sync import receipts
from kimdesk.sync.trust import device
from tests.bench import deltas, exchange_child
from tests.bench.figures import Figure
from tests.bench.lists import AGS
from tests.bench.opening import PASSPHRASE
from tests.bench.pair import make_pair, write_documents

CASES = 5_000
TURNS = 3
KEPT = Path("build") / f"bench-bundle-{CASES}"
SIZES = (50, 200, 1000)
MOST_MIB = 80


def figures(home: Path) -> Iterator[Figure]:
    """Yield export and import of a case load, what a record costs, memory by size, and a small delta."""
    if not KEPT.exists():
        _make(home / "made")
        shutil.copytree(home / "made", KEPT)
    shutil.copytree(KEPT, home, dirs_exist_ok=True)
    _bring_up_to_date(home)
    peers = [make(home / make.__name__, home / "documents.jsonl") for make in (_Gpg, _Tools) if _found(make)]
    floors = {peer.name: _Costs() for peer in peers}
    ours = _Costs()
    while _exchange(home, ours):
        pass
    for _ in range(TURNS):
        for peer in peers:
            floors[peer.name].seal.append(_seconds(peer.seal))
            floors[peer.name].open.append(_seconds(peer.open))
    yield from _against(floors, ours)
    yield from _by_record(ours)
    yield from _memory(home / "memory")
    yield from deltas.figures(home / "deltas")


class _Costs:
    """Seconds of each turn; of ours, of each bundle, and what was in them."""

    def __init__(self) -> None:
        self.seal: list[float] = []
        self.open: list[float] = []
        self.records = 0


def _against(floors: dict[str, _Costs], ours: _Costs) -> Iterator[Figure]:
    what = f"{CASES:,} cases, {len(ours.seal)} bundles"
    for name, floor in floors.items():
        goal = ("≤ 0.5", "≤ 0.7") if name == "gpg" else ("", "")
        sealing, opening = 1000 * median(floor.seal), 1000 * median(floor.open)
        yield Figure(f"export {what}", f"{name}: seal", sealing, 1000 * sum(ours.seal), goal[0])
        yield Figure(f"import {what}", f"{name}: verify, open", opening, 1000 * sum(ours.open), goal[1])


def _by_record(ours: _Costs) -> Iterator[Figure]:
    for work, spent in (("export", ours.seal), ("import", ours.open)):
        each = 1e6 * sum(spent) / ours.records
        yield Figure(f"{work} of one record of {ours.records:,}", "30 µs", 30, each, "≤ 1", "µs")


def _exchange(home: Path, so_far: _Costs) -> bool:
    """Export, import and take the receipt; return whether anything went."""
    out = exchange_child.run("export", home)
    if out["cases"]:
        back = exchange_child.run("import", home)
        if back["result"] != "applied":
            raise RuntimeError(back["code"])
        with Desk.unlock(home / "desk", PASSPHRASE) as desk:
            receipts.take(desk, Path(back["receipt"]))
        so_far.seal.append(out["cpu"])
        so_far.open.append(back["cpu"])
        so_far.records += back["records"]
    for bundle in (home / "stick").iterdir():
        bundle.unlink()
    return bool(out["cases"])


def _memory(home: Path) -> Iterator[Figure]:
    for size in SIZES:
        make_pair(home / str(size), (AGS,))
        sealed = exchange_child.run("seal", home / str(size), str(size))
        back = exchange_child.run("import", home / str(size))
        if back["result"] != "applied":
            raise RuntimeError(back["code"])
        limit = f"{MOST_MIB} MiB beside the open vault"
        yield Figure(f"memory, writing {size} MB of records", limit, MOST_MIB, sealed["mib"], "≤ 1", "MiB")
        yield Figure(f"memory, reading {size} MB: program", limit, MOST_MIB, back["mib"], "≤ 1", "MiB")
        yield Figure(f"memory, reading {size} MB: helper", "256 MiB", 256, back["helper"], "≤ 1", "MiB")
        shutil.rmtree(home / str(size))


def _make(home: Path) -> None:
    places = resources.read_toml("practice/places.toml")["municipality"]
    make_pair(home, tuple(place["ags"] for place in places))
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        fill(desk, CASES, 1)
        write_documents(desk, home / "documents.jsonl")


def _bring_up_to_date(home: Path) -> None:
    """Let what the program has changed since the vaults were made not count as work of the first bundle."""
    with Desk.unlock(home / "desk", PASSPHRASE) as desk, Desk.unlock(home / "kreis", PASSPHRASE) as office:
        device.prepare(desk)
        open_registry(office)


def _seconds(work: Callable[[], object]) -> float:
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _found(peer: type["_Peer"]) -> bool:
    missing = [each for each in peer.programs if not shutil.which(each)]
    if missing:
        print(f"{peer.name}: not installed: {', '.join(missing)}")
    return not missing


@dataclass
class _Peer:
    """Seals and signs the documents of the same cases, and opens them again; keys are its own."""

    folder: Path
    source: Path
    name = ""
    programs: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.folder.mkdir(mode=0o700)
        self.sealed = self.folder / "sealed"
        self.prepare()

    def prepare(self) -> None:
        """Make keys."""

    def seal(self) -> None:
        """Write the sealed file."""

    def open(self) -> None:
        """Verify and open it."""

    def run(self, command: str) -> None:
        """Run a line of a shell in the folder."""
        env = {**os.environ, "GNUPGHOME": str(self.folder), "SOURCE": str(self.source)}
        line = ["bash", "-o", "pipefail", "-ec", command]
        subprocess.run(line, env=env, check=True, capture_output=True, cwd=self.folder)


class _Gpg(_Peer):
    name = "gpg"
    programs = ("gpg",)
    _GPG = "gpg --batch --yes --quiet --pinentry-mode loopback --passphrase ''"

    def prepare(self) -> None:
        self.run(f"{self._GPG} --quick-gen-key probe@example.invalid future-default default never")

    def seal(self) -> None:
        to = "--sign --encrypt -r probe@example.invalid -o sealed"
        self.run(f'{self._GPG} --trust-model always {to} "$SOURCE"')

    def open(self) -> None:
        self.run(f"{self._GPG} --decrypt -o opened sealed")


class _Tools(_Peer):
    name = "tar+zstd+age+minisign"
    programs = ("tar", "zstd", "age", "age-keygen", "minisign")

    def prepare(self) -> None:
        self.run("age-keygen -o key; age-keygen -y key > to; minisign -G -W -p sign.pub -s sign.key")

    def seal(self) -> None:
        self.run('tar c "$SOURCE" | zstd -3 | age -R to -o sealed; minisign -S -s sign.key -m sealed')

    def open(self) -> None:
        self.run("minisign -V -p sign.pub -m sealed; age -d -i key sealed | zstd -d | tar x -O > opened")
