"""A scan of nearly 25 MB into the vault against a copy of the file, flushed to the disk."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from kimdesk.casework import attachments
from kimdesk.casework.cases import open_new
from kimdesk.casework.desk import Desk
from kimdesk.casework.scans.scan import MOST_BYTES
from kimdesk.domain.records import Person
from kimdesk.vault import Strength
from tests.bench.figures import Figure, side_by_side
from tests.bench.opening import PASSPHRASE
from tests.pdfs import large

BYTES = MOST_BYTES - 64 * 1024
RUNS = 7


def figures(home: Path) -> Iterator[Figure]:
    """Yield one attachment, looked into, encrypted and acknowledged; half the speed of a copy is the goal."""
    desk, _ = Desk.create(home / "vault", PASSPHRASE, name="Probe", user="", strength=Strength.INTERACTIVE)
    case = open_new(desk, Person(family_name="Osman"))
    scan = home / "scan.pdf"
    scan.write_bytes(large(os.urandom(BYTES)))
    turn = count()

    def copy() -> None:
        with scan.open("rb") as source, (home / f"copy-{next(turn)}.pdf").open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())

    def attach() -> None:
        attachments.attach(desk, case.id, scan, title="Scan")

    floor, ours = side_by_side(copy, attach, RUNS)
    yield Figure(
        f"attach {BYTES / 1e6:.0f} MB", "copy of the file with fsync", floor, ours, "≤ 2 (0.5 × speed)"
    )
    desk.close()
