"""A disk that is really full, not one that is said to be: a file system of a few megabytes, in memory."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Clerk, Reckoning
from tests.torture.measure import dice, progress, report, times
from tests.torture.quick import quickly

MEGABYTES = 12
MOUNT, UNMOUNT = shutil.which("mount"), shutil.which("umount")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small file system of its own; only who may mount one can run these tests."""
    place = tmp_path_factory.mktemp("small")
    line = [MOUNT or "mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if not (MOUNT and UNMOUNT) or subprocess.run(line, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a file system")
    yield place
    subprocess.run([UNMOUNT, "-l", str(place)], check=True)


@pytest.fixture(autouse=True)
def _quickly(quick_template: Path) -> Iterator[None]:
    with quickly():
        yield


def fill_up(place: Path, left: int) -> None:
    """Leave about ``left`` bytes free."""
    room = shutil.disk_usage(place).free - left
    (place / "filler").write_bytes(bytes(max(0, room)))


def codes_of(*actions: Callable[[], object]) -> Counter[str]:
    """Do each and return what they were refused with, or "went on"."""
    said = Counter[str]()
    for action in actions:
        try:
            action()
            said["went on"] += 1
        except KimdeskError as error:
            said[error.code] += 1
    return said


def work(desk: Desk, home: Path, clerk: Clerk) -> Counter[str]:
    """Do everything that costs room and return what it was refused with."""
    return codes_of(
        *[clerk.note_contact] * 6,
        lambda: clerk.attach(2**19),
        clerk.take_documents,
        clerk.anchor,
        lambda: upkeep.backup(desk, home / "backups"),
        lambda: vaults.change_passphrase(home / "desk", PASSPHRASE, PASSPHRASE),
    )


def test_whatever_is_done_on_a_full_disk_it_is_said_to_be_full(quick_template: Path, small: Path) -> None:
    codes, acknowledged, count = Counter[str](), 0, times(8, 150)
    chance, home = dice("small disk"), small / "home"
    for turn in range(count):
        progress("rounds on a full disk", turn, count)
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(quick_template / "desk", home / "desk")
        told = Reckoning()
        with Desk.unlock(home / "desk", PASSPHRASE) as desk:
            clerk = Clerk(desk, chance, told.take)
            clerk.open_case()
            fill_up(small, chance.randrange(400_000))
            codes += work(desk, home, clerk)
            told.begun = None
            assert told.losses(desk) == [], "everything can still be read"
        codes += codes_of(lambda: upkeep.rekey(home / "desk", PASSPHRASE))
        (small / "filler").unlink()
        with Desk.unlock(home / "desk", PASSPHRASE) as desk:
            assert told.losses(desk) == []
            Clerk(desk, chance, told.take).open_case()
        acknowledged += told.count
    report("rounds on a really full disk", rounds=count, acknowledged=acknowledged, **codes)
    assert set(codes) <= {"went on", "E901", "E912", "E922"}
    assert {"went on", "E901", "E912"} <= set(codes)
