"""How often something is done to a vault, by which seed, and what came of it."""

import json
import os
import random
import sys
from pathlib import Path

SEED = int(os.environ.get("KIMDESK_TORTURE_SEED", "20261122"))
LONG = os.environ.get("KIMDESK_TORTURE", "") == "1"
REPORT = Path("build") / "torture.jsonl"


def times(short: int, long: int) -> int:
    """Return how often: ``short`` in ``make test``, ``long`` in ``make torture``."""
    return long if LONG else short


def dice(*names: object) -> random.Random:
    """Return the dice of one test, the same for the same seed."""
    return random.Random(f"{SEED} {names}")


def report(what: str, **counts: int | str) -> None:
    """Print what was done and counted; ``make torture`` also keeps it in ``build/torture.jsonl``."""
    figures = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items())
    sys.stdout.write(f"\n{what}: {figures}, seed {SEED}\n")
    if LONG:
        REPORT.parent.mkdir(exist_ok=True)
        with REPORT.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what, **counts, "seed": SEED}) + "\n")
