"""One vault open at two desks of one user, a service that exchanges its files, and kills: nothing is lost."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError, VaultError
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Clerk, Reckoning
from tests.torture.measure import dice, progress, report, times
from tests.torture.quick import quickly
from tests.vault.helpers import ROOT

SECOND = """
import sys
from pathlib import Path
from tests.torture.quick import quickly
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError
with quickly():
    for number in range(int(sys.argv[3])):
        try:
            Desk.unlock(Path(sys.argv[1]), sys.argv[2]).close()
            print("opened")
        except KimdeskError as refusal:
            print(refusal.code)
"""


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def test_a_second_desk_on_an_open_vault_is_told_and_takes_nothing_away(
    quick_template: Path, tmp_path: Path
) -> None:
    """The second tries again and again while the first saves, without lock file too: always E004."""
    home, tries, told = tmp_path / "home", times(4, 100), Reckoning()
    shutil.copytree(quick_template, home)
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        clerk = Clerk(desk, dice("two desks"), told.take)
        work = clerk.work()
        next(work)
        (home / "desk" / "lock").unlink()
        second = subprocess.Popen(
            [sys.executable, "-c", SECOND, str(home / "desk"), PASSPHRASE, str(tries)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        while second.poll() is None:
            next(work)
        answers = second.communicate()[0].split()
    assert answers == ["E004"] * tries
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        losses = told.losses(desk)
    report("second desk on an open vault", tries=tries, acknowledged=told.count, lost=len(losses))
    assert losses == []


def test_files_exchanged_under_an_open_vault_cost_no_acknowledged_save(
    quick_template: Path, tmp_path: Path
) -> None:
    """A service puts the morning's database in the place of the open one at any moment of the work."""
    count, acknowledged, lost = times(3, 100), 0, list[str]()
    chance = dice("exchanged")
    for number in range(count):
        progress("files exchanged under an open vault", number, count)
        home, told = tmp_path / str(number), Reckoning()
        shutil.copytree(quick_template, home)
        exchange_while_saving(home / "desk", Clerk, told, chance.randrange(1, 30))
        source = rescued(home / "desk")
        with upkeep.restore(source, home / "again", PASSPHRASE) as desk:
            lost += told.losses(desk)
        acknowledged += told.count
        shutil.rmtree(home)
    report("files exchanged under an open vault", exchanged=count, acknowledged=acknowledged, lost=len(lost))
    assert lost == []


def exchange_while_saving(folder: Path, kind: type[Clerk], told: Reckoning, after: int) -> None:
    morning = folder.parent / "morning.db"
    shutil.copy(folder / "data.db", morning)
    desk = Desk.unlock(folder, PASSPHRASE)
    work = kind(desk, dice("exchanged", folder.parent.name), told.take).work()
    for _ in range(after):
        next(work)
    morning.replace(folder / "data.db")
    with pytest.raises(KimdeskError, match=r"E040|E911"):
        sum(1 for _ in zip(range(40), work, strict=False))
    desk.close()


def rescued(folder: Path) -> Path:
    """Return the backup that the next opening names."""
    with pytest.raises(VaultError) as refusal:
        Desk.unlock(folder, PASSPHRASE)
    assert refusal.value.code == "E042"
    return folder / "backups" / str(refusal.value.facts["copy"])
