"""A flipped bit is refused, named by the check, or of no consequence: never a wrong answer in silence."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError, VaultError
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Clerk
from tests.torture.measure import dice, progress, report, times
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


def worked(desk: Desk, name: str, saves: int) -> Clerk:
    clerk = Clerk(desk, dice("flips", name), lambda ack: None)
    for _, _ in zip(clerk.work(), range(saves), strict=False):
        pass
    return clerk


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


def flips(path: Path, name: str, short: int, long: int | None) -> Iterator[tuple[int, int]]:
    """Yield where to flip which bit: at random, or, with ``long`` None in ``make torture``, at every byte."""
    chance, size = dice("bits", name), path.stat().st_size
    count = times(short, long or size)
    places = range(size) if count == size else (chance.randrange(size) for _ in range(count))
    for turn, at in enumerate(places):
        progress(f"bits flipped in {name}", turn, count)
        yield at, chance.randrange(8)


@pytest.mark.parametrize(
    ("name", "short", "long"),
    [("data.db", 300, 5000), ("vault.kimv", 12, None), ("vault.kimv.2", 12, None), ("anchor", 8, None)],
)
def test_a_flipped_bit_is_never_silently_wrong(
    sample: Sample, fast: Path, name: str, short: int, long: int | None
) -> None:
    found = Counter[str]()
    for at, bit in flips(sample.folder / name, name, short, long):
        place = fast / "vault"
        shutil.copytree(sample.folder, place)
        flip(place / name, at, bit)
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
worked(desk, "log", 12).plan_date()
os._exit(0)
"""


@pytest.fixture(scope="module")
def logged(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault of a program that died: the last saves stand in the log only, the very last is a date."""
    folder = tmp_path_factory.mktemp("log") / "vault"
    shutil.copytree(sample.folder, folder)
    subprocess.run([sys.executable, "-c", LEAVES_A_LOG, str(folder), PASSPHRASE], check=True)
    assert (folder / "data.db-wal").stat().st_size > 10_000
    return folder


def test_a_flipped_bit_in_the_log_costs_no_more_than_the_last_save_in_silence(
    sample: Sample, logged: Path, fast: Path
) -> None:
    """SQLite ends a log at the first damaged frame: earlier saves stay whole, later ones are gone.

    That is said when the vault is opened; what is whole can still be opened. Only damage of the last save
    looks like one that was cut off (docs/decisions/0016). Once anchored, at the next checkpoint, a folder
    that has come back without it is refused too.
    """
    whole, anchor = read(logged, sample, fast / "whole")
    chance, found, count = dice("log"), Counter[str](), times(12, 600)
    for turn in range(count):
        progress("bits flipped in the log", turn, count)
        place, anchored = fast / "vault", fast / "anchored"
        shutil.copytree(logged, place)
        log = place / "data.db-wal"
        flip(log, chance.randrange(log.stat().st_size), chance.randrange(8))
        shutil.copytree(place, anchored)
        (anchored / "anchor").write_bytes(anchor)
        noticed = verdict(place, sample) == "refused"
        seen, _ = read(place, sample, place)
        assert seen == whole[: len(seen)], "the audit trail is the same as far as it goes"
        assert noticed or len(whole) - len(seen) <= 1
        found["nothing lost" if seen == whole else "noticed" if noticed else "last save lost unnoticed"] += 1
        found["refused by the anchor"] += verdict(anchored, sample) == "refused"
        shutil.rmtree(place)
        shutil.rmtree(anchored)
    report("bits flipped in the log", flipped=count, **dict(found))
    assert found["refused by the anchor"] == count
    assert found["noticed"] > count // 2


def test_each_byte_of_the_logs_header_is_watched(sample: Sample, logged: Path, fast: Path) -> None:
    for at in range(32):
        place = fast / "vault"
        shutil.copytree(logged, place)
        flip(place / "data.db-wal", at, at % 8)
        with pytest.raises(VaultError, match="E030"):
            open_desk(place, sample.key)
        shutil.rmtree(place)


def test_a_log_that_ends_in_the_middle_of_a_save_is_no_damage(
    sample: Sample, logged: Path, fast: Path
) -> None:
    whole, _ = read(logged, sample, fast / "whole")
    size = (logged / "data.db-wal").stat().st_size
    for cut in range(1, times(3, 40)):
        place = fast / "vault"
        shutil.copytree(logged, place)
        with (place / "data.db-wal").open("r+b") as log:
            log.truncate(size - cut * 1999 % size)
        with open_desk(place, sample.key) as desk:
            assert everything(desk)["audit"] == whole[: len(everything(desk)["audit"])]
        shutil.rmtree(place)


def read(source: Path, sample: Sample, place: Path) -> tuple[list[tuple[Any, ...]], bytes]:
    """Return the whole part of the audit trail of the vault in ``source``, and its anchor once closed."""
    if place != source:
        shutil.copytree(source, place)
    with open_desk(place, sample.key, accept_older=True) as desk:
        assert upkeep.check(desk, full=True) == []
        trail = everything(desk)["audit"]
    return trail, (place / "anchor").read_bytes()
