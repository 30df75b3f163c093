"""The golden files as vectors: how each is read, and what it says."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.vectors.vector import Vector

VECTORS = Path(__file__).parent
FOLDERS = ("format-1", "trust-1", "handover-1")
HEADS: dict[str, dict[str, str]] = {
    "format-1/bundle": {"kind": "bundle", "reader": "kreis", "senders": "desk"},
    "format-1/receipt": {"kind": "receipt", "reader": "desk", "senders": "kreis"},
    "format-1/request": {"kind": "request"},
    "format-1/certificate": {"kind": "certificate"},
    "format-1/catalogue": {"kind": "catalogue", "senders": "publisher"},
    "trust-1/statement-1": {"kind": "kreiskeys", "senders": "root"},
    "trust-1/statement-2": {"kind": "kreiskeys", "senders": "root"},
    "trust-1/request": {"kind": "request"},
    "trust-1/certificate": {"kind": "certificate", "own": "desk", "day": "2026-03-02"},
    "trust-1/card": {"kind": "card", "senders": "root", "day": "2026-03-02"},
    "trust-1/request-new-keys": {"kind": "request", "present": "desk"},
    "trust-1/certificate-new-keys": {"kind": "certificate", "own": "desk-next", "day": "2026-09-01"},
    "handover-1/offer": {"kind": "handover", "reader": "taker", "senders": "giver", "scans": "none"},
    "handover-1/accepted": {"kind": "handover", "reader": "giver", "senders": "taker"},
    "handover-1/returned": {"kind": "handover", "reader": "giver", "senders": "taker", "scans": "none"},
}
"""Every golden file, and how it is read."""


def recorded(name: str) -> dict[str, Any]:
    """Return what the contents beside a golden file tell of it."""
    folder, _, file = name.partition("/")
    contents = json.loads((VECTORS / folder / "contents.json").read_text(encoding="utf-8"))
    return dict(contents[file])


@cache
def golden_vector(name: str) -> Vector:
    """Return a golden file with its head."""
    [path] = VECTORS.glob(f"{name}.kim?")
    head = HEADS[name] | {"outcome": "ok"}
    if HEADS[name].get("reader") == "giver":
        head["offered"] = recorded(name)["offer digest"]
    return Vector(name.replace("/", "_"), head, path.read_bytes())
