"""How often something is done to a vault, by which seed, and what came of it."""

import json
import os
import random
import sys
import time
from pathlib import Path

SEED = int(os.environ.get("KIMDESK_TORTURE_SEED", "20261122"))
LONG = os.environ.get("KIMDESK_TORTURE", "") == "1"
REPORT = Path("build") / "torture.jsonl"
_EVERY = 10.0  # seconds between two lines of progress

_shown = {"at": time.monotonic()}


def times(short: int, long: int) -> int:
    """Return how often: ``short`` in ``make test``, ``long`` in ``make torture``."""
    return long if LONG else short


def dice(*names: object) -> random.Random:
    """Return the dice of one test, the same for the same seed."""
    return random.Random(f"{SEED} {names}")


def progress(what: str, done: int, total: int) -> None:
    """Say now and then, in ``make torture`` alone, how far a test has come."""
    if LONG and time.monotonic() - _shown["at"] > _EVERY:
        _shown["at"] = time.monotonic()
        sys.stdout.write(f"  … {what}: {done} of {total}\n")
        sys.stdout.flush()


def report(what: str, **counts: int | str) -> None:
    """Print what was done and counted; ``make torture`` also keeps it in ``build/torture.jsonl``."""
    figures = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items())
    sys.stdout.write(f"\n{what}: {figures}, seed {SEED}\n")
    sys.stdout.flush()
    if LONG:
        REPORT.parent.mkdir(exist_ok=True)
        test = os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0]
        with REPORT.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what, **counts, "seed": SEED, "test": test}) + "\n")
