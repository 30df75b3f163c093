"""Run everything in large numbers (``make torture``): two files at a time, progress and figures as they come.

The figures are kept in ``build/torture.jsonl`` while it runs and summed up in ``build/torture.json``. Stopped
half way, ``make torture ARGS=--resume`` goes on with the files that had not yet passed with the same seed;
``ARGS=tests/torture/test_kill.py`` runs one alone. Takes its seed from ``KIMDESK_TORTURE_SEED``.
"""

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.torture.measure import REPORT, SEED

RESULT = REPORT.with_suffix(".json")
_ROOM = Path(__file__).parent
_FIRST = (  # the longest
    "test_foreign_files.py", "test_every_step.py", "test_power_cut.py", "test_full_disk.py", "test_kill.py",
    "test_bit_flips.py",
)  # fmt: skip
_WORKERS = 2

_printing = threading.Lock()


@dataclass(frozen=True)
class Part:
    """One file of tests, run to its end: whether it passed, how many seconds it took."""

    name: str
    passed: bool
    seconds: float


def main(arguments: list[str]) -> int:
    """Run the named files, or all; return 0 when every test passed."""
    begun = time.monotonic()
    named = [each for each in arguments if not each.startswith("--")]
    files = named or sorted((path.name for path in _ROOM.glob("test_*.py")), key=_place)
    before = _earlier() if "--resume" in arguments else []
    done = {part.name for part in before if part.passed}
    if "--resume" not in arguments:
        REPORT.unlink(missing_ok=True)
    _say(f"seed {SEED}; {len(files)} files, {len(done)} of them done before")
    with ThreadPoolExecutor(_WORKERS) as workers:
        parts = [part for part in before if part.passed]
        running = [workers.submit(_run, each) for each in files if Path(each).name not in done]
        for each in as_completed(running):
            parts.append(each.result())
            _keep(parts)
    _summary(parts, time.monotonic() - begun)
    return 0 if all(part.passed for part in parts) else 1


def _run(file: str) -> Part:
    """Run one file in a process of its own and pass on what it prints."""
    begun, path = time.monotonic(), _ROOM / Path(file).name
    line = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", str(path)]
    environment = {**os.environ, "KIMDESK_TORTURE": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for text in process.stdout or ():
        if text.strip(" .\n"):
            _say(f"{path.stem.removeprefix('test_'):14} {text.rstrip()}")
    return Part(path.name, process.wait() == 0, round(time.monotonic() - begun, 1))


def _say(text: str) -> None:
    with _printing:
        sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
        sys.stdout.flush()


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _earlier() -> list[Part]:
    try:
        found = json.loads(RESULT.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Part(**each) for each in found["files"]] if found["seed"] == SEED else []


def _figures() -> list[dict[str, Any]]:
    """Return what was reported, the last word of each test only."""
    lines = REPORT.read_text(encoding="utf-8").splitlines() if REPORT.exists() else []
    found = [json.loads(line) for line in lines]
    return list({(each["test"], each["what"]): each for each in found}.values())


def _total(figures: list[dict[str, Any]], name: str) -> int:
    return sum(int(each.get(name, 0)) for each in figures)


def _keep(parts: list[Part]) -> dict[str, Any]:
    figures = _figures()
    kills = [each for each in figures if each["what"].startswith("kills while")]
    steps = [each for each in figures if each["what"].startswith("every step")]
    cuts = [each for each in figures if each["what"] == "power cuts"]
    strange = [each for each in figures if each["what"].startswith("changed files")]
    flips = [each for each in figures if each["what"] == "bits flipped in data.db"]
    totals = {
        "kills at random": _total(kills, "killed"),
        "acknowledged saves": _total(kills, "acknowledged"),
        "lost": _total(kills, "lost"),
        "faults and kills, one at every step": _total(steps, "tried"),
        "power-cut states": _total(cuts, "states"),
        "power-cut states bad": _total(cuts, "bad"),
        "database bits flipped": _total(flips, "flipped"),
        "changed files of strangers": _total(strange, "files"),
        "of them an untyped error or a lost helper": _total(strange, "untyped"),
        "silently wrong": _total(figures, "silently wrong"),
    }
    found = {"seed": SEED, "totals": totals, "files": [vars(part) for part in parts], "figures": figures}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    return totals


def _summary(parts: list[Part], seconds: float) -> None:
    for part in sorted(parts, key=lambda each: -each.seconds):
        _say(f"{'passed' if part.passed else 'FAILED'} {part.name} in {part.seconds:.0f} s")
    for name, count in _keep(parts).items():
        _say(f"{name}: {count:,}")
    _say(f"{seconds / 60:.1f} minutes; {RESULT}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
