"""A flipped bit is refused, named by the check, or of no consequence: never a wrong answer in silence."""

import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Clerk
from tests.torture.measure import dice, report, times
from tests.torture.opening import open_desk
from tests.vault.helpers import opened

Content = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Sample:
    """A vault with a day's work in it, closed, and what it holds."""

    folder: Path
    key: bytearray
    content: Content


def everything(desk: Desk) -> Content:
    """Return each row of each table, but for how often the vault was anchored."""
    with desk.vault.connection() as database:
        found = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        plain = sorted(name for (name,) in found if name != "vault_state")
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in plain}


def worked(desk: Desk, name: str, saves: int) -> None:
    clerk = Clerk(desk, dice("flips", name), lambda ack: None)
    for _, _ in zip(clerk.work(), range(saves), strict=False):
        pass


@pytest.fixture(scope="module")
def sample(exchange_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("flips") / "vault"
    shutil.copytree(exchange_template / "desk", folder)
    with Desk.unlock(folder, PASSPHRASE) as desk:
        worked(desk, "sample", 40)
        content = everything(desk)
    return Sample(folder, opened(folder).key, content)


def verdict(place: Path, sample: Sample) -> str:
    """Return what the program says of a vault: refused, named, unused, or "silently wrong"."""
    try:
        with open_desk(place, sample.key) as desk:
            if upkeep.check(desk, full=True):
                return "named by the check"
            return "unused" if everything(desk) == sample.content else "silently wrong"
    except KimdeskError:
        return "refused"


def flip(path: Path, at: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        [byte] = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


@pytest.mark.parametrize(
    ("name", "short", "long"),
    [("data.db", 300, 5000), ("vault.kimv", 12, 200), ("vault.kimv.2", 12, 200), ("anchor", 8, 100)],
)
def test_a_flipped_bit_is_never_silently_wrong(
    sample: Sample, fast: Path, name: str, short: int, long: int
) -> None:
    chance, found = dice("bits", name), Counter[str]()
    for _ in range(times(short, long)):
        place = fast / "vault"
        shutil.copytree(sample.folder, place)
        flip(place / name, chance.randrange((place / name).stat().st_size), chance.randrange(8))
        found[verdict(place, sample)] += 1
        shutil.rmtree(place)
    report(f"bits flipped in {name}", flipped=found.total(), **dict(found))
    assert found["silently wrong"] == 0
    if name != "data.db":
        assert found.total() == found["unused"], "the other copy, or no anchor, is enough to go on"


def test_both_slot_files_damaged_is_refused(sample: Sample, fast: Path) -> None:
    chance = dice("both")
    for _ in range(times(6, 100)):
        place = fast / "vault"
        shutil.copytree(sample.folder, place)
        for name in ("vault.kimv", "vault.kimv.2"):
            flip(place / name, chance.randrange((place / name).stat().st_size), chance.randrange(8))
        assert verdict(place, sample) == "refused"
        shutil.rmtree(place)


LEAVES_A_LOG = """
import os, sys
from pathlib import Path
from kimdesk.casework.desk import Desk
from tests.torture.test_bit_flips import worked
desk = Desk.unlock(Path(sys.argv[1]), sys.argv[2])
desk.vault.checkpoint()
worked(desk, "log", 12)
os._exit(0)
"""


@pytest.fixture(scope="module")
def logged(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault of a program that died: the last saves stand in the log only."""
    folder = tmp_path_factory.mktemp("log") / "vault"
    shutil.copytree(sample.folder, folder)
    subprocess.run([sys.executable, "-c", LEAVES_A_LOG, str(folder), PASSPHRASE], check=True)
    assert (folder / "data.db-wal").stat().st_size > 10_000
    return folder


def test_a_damaged_log_ends_at_the_damage_and_an_anchor_notices(
    sample: Sample, logged: Path, fast: Path
) -> None:
    """SQLite ends a log at the first damaged frame: earlier saves stay whole, later ones are gone.

    Nobody notices while they were not anchored yet; docs/reliability.md says so. Once they were, at the
    next checkpoint, a folder that has come back without them is refused.
    """
    whole, anchor = read(logged, sample, fast / "whole")
    chance, found = dice("log"), Counter[str]()
    for _ in range(times(12, 200)):
        place, anchored = fast / "vault", fast / "anchored"
        shutil.copytree(logged, place)
        log = place / "data.db-wal"
        flip(log, chance.randrange(log.stat().st_size), chance.randrange(8))
        shutil.copytree(place, anchored)
        (anchored / "anchor").write_bytes(anchor)
        seen, _ = read(place, sample, place)
        assert seen == whole[: len(seen)], "the audit trail is the same as far as it goes"
        found["nothing lost" if seen == whole else "end of the log lost"] += 1
        found["refused by the anchor"] += verdict(anchored, sample) == "refused"
        shutil.rmtree(place)
        shutil.rmtree(anchored)
    report("bits flipped in the log", flipped=times(12, 200), **dict(found))
    assert found["refused by the anchor"] == times(12, 200)


def read(source: Path, sample: Sample, place: Path) -> tuple[list[tuple[Any, ...]], bytes]:
    """Return the audit trail of the vault in ``source`` (after a full check) and its anchor once closed."""
    if place != source:
        shutil.copytree(source, place)
    with open_desk(place, sample.key) as desk:
        assert upkeep.check(desk, full=True) == []
        trail = everything(desk)["audit"]
    return trail, (place / "anchor").read_bytes()
