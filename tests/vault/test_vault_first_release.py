"""A vault of the first release opens and migrates, whatever comes later."""

import shutil
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework import case_list, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.store.lists import CaseQuery
from kimdesk.store.schema import HEAD
from tests.conftest import PASSPHRASE

FIRST = Path(__file__).parent / "fixtures" / "first-release"
CODE = "DH3A-78BB-719T-EJ39-HRW6-2HZ3-APY6"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIRST, tmp_path / "vault"))


def test_it_opens_migrates_and_is_whole(first: Path) -> None:
    with Desk.unlock(first, PASSPHRASE) as desk:
        assert upkeep.check(desk, full=True) == []
        assert [row.file_number for row in case_list.find(desk, "ozturk")] == ["FAS-2026-001"]
        assert (desk.name, desk.actor, desk.municipalities) == ("Erste Fassung", "Kim Muster", ("05999001",))
        with desk.vault.connection() as database:
            assert database.execute("PRAGMA user_version").fetchone() == (int(HEAD),)


def test_its_recovery_code_opens_it(first: Path) -> None:
    assert vaults.check_recovery(first, CODE)


def test_it_takes_a_new_key_and_a_backup(first: Path, tmp_path: Path) -> None:
    upkeep.rekey(first, PASSPHRASE)
    with Desk.unlock(first, PASSPHRASE) as desk:
        made = upkeep.backup(desk, tmp_path / "stick")
    with upkeep.restore(made.path, tmp_path / "again", PASSPHRASE) as desk:
        assert case_list.count(desk, CaseQuery()) == 1
        assert upkeep.check(desk) == []
