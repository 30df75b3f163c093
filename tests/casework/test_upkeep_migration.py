"""A vault of an earlier KIMdesk is copied before it is changed; a change that fails leaves it as it was."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework import case_list, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import StoreError
from kimdesk.store.schema import HEAD
from kimdesk.texts.refusals import explain
from tests.conftest import PASSPHRASE

FIRST = Path(__file__).parents[1] / "vault" / "fixtures" / "first-release"
FIRST_SCHEMA = 1


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The folder of a vault of the first release."""
    return Path(shutil.copytree(FIRST, tmp_path / "vault"))


def schema(folder: Path) -> int:
    with vaults.unlock(folder, PASSPHRASE) as vault, vault.connection() as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def copies(folder: Path) -> list[Path]:
    return [each.path for each in vaults.list_backups(folder / "backups")]


def test_an_older_vault_is_copied_before_it_is_changed(first: Path, tmp_path: Path) -> None:
    Desk.unlock(first, PASSPHRASE).close()
    [copy] = copies(first)
    assert schema(first) == int(HEAD)
    vaults.restore(copy, tmp_path / "before", PASSPHRASE).close()
    assert schema(tmp_path / "before") == FIRST_SCHEMA
    Desk.unlock(first, PASSPHRASE).close()
    assert copies(first) == [copy], "nothing to change, nothing to copy"


def test_a_new_vault_needs_no_copy(closed_vault: Path) -> None:
    Desk.unlock(closed_vault, PASSPHRASE).close()
    assert copies(closed_vault) == []


def test_only_the_newest_two_of_these_copies_stay(first: Path) -> None:
    own = first / "backups"
    with vaults.unlock(first, PASSPHRASE) as vault:
        made = [
            vaults.backup(vault, own, now=datetime(2025, 1, day, tzinfo=UTC)).path.name for day in (1, 2, 3)
        ]
    Desk.unlock(first, PASSPHRASE).close()
    assert [each.name for each in copies(first)][1:] == made[2:]


def test_a_change_that_fails_leaves_the_vault_as_it_was(first: Path) -> None:
    with vaults.unlock(first, PASSPHRASE) as vault:
        with vault.connection() as database:
            pages = database.execute("PRAGMA page_count").fetchone()[0]
            database.execute(f"PRAGMA max_page_count = {pages + 1}").fetchall()
        with pytest.raises(StoreError) as refused:
            Desk(vault)
    assert refused.value.code == "E914"
    assert "Der Tresor ist, wie er war" in explain(refused.value).message
    assert schema(first) == FIRST_SCHEMA
    assert len(copies(first)) == 1
    with Desk.unlock(first, PASSPHRASE) as desk:
        assert upkeep.check(desk, full=True) == []
        assert [row.file_number for row in case_list.find(desk, "ozturk")] == ["FAS-2026-001"]


def test_without_room_for_the_copy_nothing_is_changed(first: Path) -> None:
    (first / "backups").write_text("in the way")
    with pytest.raises(StoreError, match="E913"):
        Desk.unlock(first, PASSPHRASE)
    assert schema(first) == FIRST_SCHEMA


def test_an_older_program_refuses_a_newer_vault(first: Path) -> None:
    with vaults.unlock(first, PASSPHRASE) as vault, vault.connection() as database:
        database.execute(f"PRAGMA user_version = {int(HEAD) + 1}")
    before = (first / "data.db").read_bytes()
    with pytest.raises(StoreError, match="E908"):
        Desk.unlock(first, PASSPHRASE)
    assert schema(first) == int(HEAD) + 1
    assert len((first / "data.db").read_bytes()) == len(before)
    assert copies(first) == []


def test_an_older_backup_is_restored_and_brought_up_to_date(first: Path, tmp_path: Path) -> None:
    with vaults.unlock(first, PASSPHRASE) as vault:
        made = vaults.backup(vault, tmp_path / "stick")
    with upkeep.restore(made.path, tmp_path / "again", PASSPHRASE) as desk:
        assert [row.file_number for row in case_list.find(desk, "ozturk")] == ["FAS-2026-001"]
    assert schema(tmp_path / "again") == int(HEAD)
    assert len(copies(tmp_path / "again")) == 1
