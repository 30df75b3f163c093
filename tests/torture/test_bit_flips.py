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
from tests.torture.opening import newest, open_desk

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
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        plain = [name for (name,) in names if name != "vault_state"]
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
    return Sample(folder, newest_key(folder), content)


def newest_key(folder: Path) -> bytearray:
    from tests.vault.helpers import opened

    return opened(folder).key


def verdict(place: Path, sample: Sample) -> str:
    """Return what the program says of a vault: refused, named, unused, or "silently wrong"."""
    try:
        with open_desk(place, sample.key) as desk:
            if upkeep.check(desk, full=True):
                return "named by the check"
            return "unused" if everything(desk) == sample.content else "silently wrong"
    except KimdeskError:
        return "refused"


def flip(file: Path, at: int, bit: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        [byte] = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte ^ 1 << bit]))


@pytest.mark.parametrize(
    ("name", "short", "long"),
    [("data.db", 300, 5000), ("vault.kimv", 40, 700), ("vault.kimv.2", 40, 700), ("anchor", 30, 300)],
)
def test_a_flipped_bit_is_never_silently_wrong(
    sample: Sample, tmp_path: Path, name: str, short: int, long: int
) -> None:
    chance, found = dice("bits", name), Counter[str]()
    for _ in range(times(short, long)):
        place = tmp_path / "vault"
        shutil.copytree(sample.folder, place)
        flip(place / name, chance.randrange((place / name).stat().st_size), chance.randrange(8))
        found[verdict(place, sample)] += 1
        shutil.rmtree(place)
    report(f"bits flipped in {name}", flipped=found.total(), **dict(found))
    assert found["silently wrong"] == 0
    if name != "data.db":
        assert found.total() == found["unused"], "the other copy, or no anchor, is enough to go on"


def test_both_slot_files_damaged_is_refused(sample: Sample, tmp_path: Path) -> None:
    chance = dice("both")
    for _ in range(times(20, 200)):
        place = tmp_path / "vault"
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


def test_a_damaged_log_loses_only_what_came_after_and_is_noticed_once_anchored(
    sample: Sample, logged: Path, tmp_path: Path
) -> None:
    """SQLite ends a log at the first damaged frame: earlier saves stay whole, later ones are gone.

    Nobody notices while they were not anchored yet; docs/reliability.md says so. With the anchor of the
    checkpoint that comes next, the loss is refused.
    """
    whole, anchor = read(logged, sample, tmp_path / "whole")
    chance, found = dice("log"), Counter[str]()
    for _ in range(times(40, 800)):
        place = tmp_path / "vault"
        shutil.copytree(logged, place)
        log = place / "data.db-wal"
        flip(log, chance.randrange(log.stat().st_size), chance.randrange(8))
        shutil.copytree(place, tmp_path / "anchored")
        (tmp_path / "anchored" / "anchor").write_bytes(anchor)
        seen, _ = read(place, sample, place)
        found["nothing lost" if seen == whole else "end of the log lost"] += 1
        assert seen == whole[: len(seen)], "the audit trail is the same as far as it goes"
        noticed = verdict(tmp_path / "anchored", sample) == "refused"
        found["noticed by the anchor"] += noticed
        assert noticed == (seen != whole)
        shutil.rmtree(place)
        shutil.rmtree(tmp_path / "anchored")
    report("bits flipped in the log", **{name.replace(" ", "_"): count for name, count in found.items()})


def read(source: Path, sample: Sample, place: Path) -> tuple[list[tuple[Any, ...]], bytes]:
    """Return the audit trail of the vault in ``source`` (after a full check) and its anchor once closed."""
    if place != source:
        shutil.copytree(source, place)
    with open_desk(place, newest(place, sample.key).key) as desk:
        assert upkeep.check(desk, full=True) == []
        trail = everything(desk)["audit"]
    return trail, (place / "anchor").read_bytes()
