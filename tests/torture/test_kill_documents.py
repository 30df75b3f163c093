"""``kimdeskctl case import`` is killed at any moment: each document is there wholly or not at all."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from kimdesk.casework import cases, upkeep
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import State, document, import_documents, read_file
from tests.conftest import PASSPHRASE
from tests.torture.measure import dice, progress, report, times
from tests.torture.quick import quickly

ROOT = Path(__file__).parents[2]
DOCUMENTS = 160
_RUN = """
import sys
from tests.torture.quick import quickly
from kimdesk.cli.__main__ import main
with quickly():
    print("ready", flush=True)
    sys.exit(main(sys.argv[1:]))
"""


def _id(kind: int, number: int, each: int = 0) -> str:
    return f"0199a000-0000-7000-80{kind:02}-{number:08}{each:04}"


def _documents() -> list[dict[str, Any]]:
    return [
        {
            "id": _id(1, number),
            "persons": [
                {"id": _id(2, number, each), "family_name": f"Nummer {number}", "role": role}
                for each, role in enumerate(("client", "child", "child"))
            ],
            "goals": [{"id": _id(3, number, each), "text": f"Ziel {each}"} for each in range(3)],
            "contacts": [{"id": _id(4, number), "held_on": "2026-03-02", "content": "Gespräch " * 60}],
        }
        for number in range(DOCUMENTS)
    ]


def _killed(desk: Path, file: Path, secret: Path, wait: float | None) -> bool:
    """Import in a process of its own and kill it after ``wait`` seconds; return whether it was at it.

    Without ``wait`` it is left to its end.
    """
    words = ["case", "import", str(desk), "--passphrase-file", str(secret), str(file)]
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    process.stdout.readline()
    if wait is not None:
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def _halves(desk: Desk, given: dict[str, dict[str, Any]]) -> list[str]:
    """Return the cases that are there, but not wholly."""
    rows = cases.list_page(desk, CaseQuery(status=""), None, 2 * DOCUMENTS).rows
    found = []
    for row in rows:
        written = document(cases.peek(desk, row.id))
        said = given.get(row.id)
        parts = ("persons", "goals", "contacts")
        if said and any(len(written[part]) != len(said[part]) for part in parts):
            found.append(row.id)
    return found


def test_each_document_is_there_wholly_or_not_at_all(quick_template: Path, tmp_path: Path) -> None:
    file, secret = tmp_path / "cases.json", tmp_path / "secret"
    given = {str(each["id"]): each for each in _documents()}
    file.write_text(json.dumps(list(given.values())), encoding="utf-8")
    secret.write_text(PASSPHRASE)
    total, rolls = times(3, 100), dice("killed imports")
    killed = halves = stored = 0
    begun = time.monotonic()
    assert not _killed(shutil.copytree(quick_template / "desk", tmp_path / "whole"), file, secret, None)
    longest = time.monotonic() - begun
    for number in range(total):
        place = shutil.copytree(quick_template / "desk", tmp_path / f"desk-{number}")
        killed += _killed(place, file, secret, rolls.random() * longest)
        with quickly(), Desk.unlock(place, PASSPHRASE) as desk:
            halves += len(_halves(desk, given))
            stored += cases.count(desk, CaseQuery(status=""))
            assert upkeep.check(desk, full=number % 10 == 0) == []
            again = import_documents(desk, read_file(file))
            states = {State.CREATED, State.UNCHANGED}
            assert {each.state for each in again.fates} <= states
            assert _halves(desk, given) == []
        shutil.rmtree(place)
        progress("killed imports", number + 1, total)
    report("kills of case import", runs=total, killed=killed, stored=stored, halves=halves)
    assert (halves, killed > 0) == (0, True)
