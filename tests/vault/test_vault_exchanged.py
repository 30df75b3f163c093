"""A service that keeps folders alike exchanges files of an open vault: nothing saved is lost in silence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from kimdesk import vault as vaults
from kimdesk.domain.errors import KimdeskError, VaultError
from kimdesk.vault import Vault
from kimdesk.vault.slotfile import OpenedSlot
from tests.conftest import PASSPHRASE
from tests.vault.helpers import open_known, opened, run

Exchange = Callable[[Path, Path], None]


def save(vault: Vault, words: str) -> None:
    with vault.engine.connect().execution_options(immediate=True) as connection, connection.begin():
        connection.execute(text("CREATE TABLE IF NOT EXISTS note (words TEXT)"))
        connection.execute(text("INSERT INTO note VALUES (:words)"), {"words": words})


def saved(vault: Vault) -> list[str]:
    with vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT words FROM note")).scalars())


def renamed_over(folder: Path, cloud: Path) -> None:
    shutil.copy(cloud / "data.db", folder / ".data.db.~sync")
    (folder / ".data.db.~sync").replace(folder / "data.db")


def kept_as_conflict(folder: Path, cloud: Path) -> None:
    (folder / "data.db").rename(folder / "data (Konflikt).db")
    shutil.copy(cloud / "data.db", folder / "data.db")


def written_over(folder: Path, cloud: Path) -> None:
    shutil.copyfile(cloud / "data.db", folder / "data.db")


def deleted(folder: Path, cloud: Path) -> None:
    renamed_over(folder, cloud)
    (folder / "data.db-wal").unlink()


def everything(folder: Path, cloud: Path) -> None:
    for name in [each.name for each in cloud.iterdir()]:
        shutil.copy(cloud / name, folder / f".{name}.~sync")
        (folder / f".{name}.~sync").replace(folder / name)


WAYS = [renamed_over, kept_as_conflict, deleted, everything]


@pytest.fixture
def known(closed_vault: Path) -> OpenedSlot:
    return opened(closed_vault)


@pytest.fixture
def cloud(closed_vault: Path, known: OpenedSlot, tmp_path: Path) -> Path:
    """What the service has: the vault of the morning."""
    with open_known(closed_vault, known) as vault:
        save(vault, "am Morgen")
    shutil.copytree(closed_vault, tmp_path / "cloud")
    return tmp_path / "cloud"


def rescued(folder: Path, to: Path) -> list[str]:
    """What the backup holds that the refusal names."""
    with pytest.raises(VaultError) as refusal:
        vaults.unlock(folder, PASSPHRASE)
    assert refusal.value.code == "E042"
    source = folder / "backups" / str(refusal.value.facts["copy"])
    with vaults.restore(source, to, PASSPHRASE) as again:
        assert vaults.check(again, full=True) == []
        return saved(again)


@pytest.mark.parametrize("exchange", WAYS)
def test_what_was_saved_before_is_in_a_backup_and_the_next_save_is_refused(
    closed_vault: Path, known: OpenedSlot, cloud: Path, tmp_path: Path, exchange: Exchange
) -> None:
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    exchange(closed_vault, cloud)
    for _ in range(2):
        with pytest.raises(VaultError, match="E040"):
            save(vault, "danach")
    assert saved(vault) == ["am Morgen", "davor"]
    vault.close()
    assert (closed_vault / "data.db").read_bytes() == (cloud / "data.db").read_bytes()
    assert len(list((closed_vault / "backups").iterdir())) == 1
    assert rescued(closed_vault, tmp_path / "again") == ["am Morgen", "davor"]


@pytest.mark.parametrize("exchange", WAYS)
def test_locking_alone_keeps_what_was_saved_and_the_next_opening_says_so(
    closed_vault: Path, known: OpenedSlot, cloud: Path, tmp_path: Path, exchange: Exchange
) -> None:
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    exchange(closed_vault, cloud)
    vault.close()
    assert rescued(closed_vault, tmp_path / "again") == ["am Morgen", "davor"]


def test_a_file_written_over_is_not_mixed_with_what_was_saved(
    closed_vault: Path, known: OpenedSlot, cloud: Path, tmp_path: Path
) -> None:
    """Pages that were read before are still known; where others are needed, nobody claims to have them."""
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    written_over(closed_vault, cloud)
    with pytest.raises(VaultError, match=r"E040|E041"):
        save(vault, "danach")
    vault.close()
    assert (closed_vault / "data.db").read_bytes() == (cloud / "data.db").read_bytes()
    with pytest.raises(VaultError, match=r"E042|E043"):
        vaults.unlock(closed_vault, PASSPHRASE)


def test_the_state_of_the_service_can_be_opened_and_the_rescued_one_stays(
    closed_vault: Path, known: OpenedSlot, cloud: Path
) -> None:
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    renamed_over(closed_vault, cloud)
    vault.close()
    with vaults.unlock(closed_vault, PASSPHRASE, accept_older=True) as again:
        assert saved(again) == ["am Morgen"]
        for _ in range(3):
            vaults.backup(again, closed_vault / "backups")
    vaults.unlock(closed_vault, PASSPHRASE).close()
    assert len([each for each in (closed_vault / "backups").iterdir() if "gerettet" in each.name]) == 1


def test_a_vault_with_another_key_from_the_service_leaves_both_states_whole(
    closed_vault: Path, known: OpenedSlot, cloud: Path, tmp_path: Path
) -> None:
    vaults.rekey(cloud, PASSPHRASE)
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    everything(closed_vault, cloud)
    vault.close()
    assert rescued(closed_vault, tmp_path / "again") == ["am Morgen", "davor"]
    with vaults.unlock(closed_vault, PASSPHRASE, accept_older=True) as again:
        assert saved(again) == ["am Morgen"]
        assert vaults.check(again, full=True) == []


def test_where_nothing_can_be_written_the_vault_stays_open_and_the_backup_is_tried_again(
    closed_vault: Path, known: OpenedSlot, cloud: Path, tmp_path: Path
) -> None:
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    renamed_over(closed_vault, cloud)
    (closed_vault / "backups").write_text("im Weg")
    with pytest.raises(VaultError, match="E041"):
        save(vault, "danach")
    (closed_vault / "backups").unlink()
    with pytest.raises(VaultError, match="E040"):
        save(vault, "danach")
    vault.close()
    assert rescued(closed_vault, tmp_path / "again") == ["am Morgen", "davor"]


def test_nothing_that_could_not_be_kept_is_passed_over_in_silence(
    closed_vault: Path, known: OpenedSlot, cloud: Path
) -> None:
    vault = open_known(closed_vault, known)
    save(vault, "davor")
    renamed_over(closed_vault, cloud)
    (closed_vault / "backups").write_text("im Weg")
    vault.close()
    with pytest.raises(VaultError, match="E043"):
        vaults.unlock(closed_vault, PASSPHRASE)
    vaults.unlock(closed_vault, PASSPHRASE, accept_older=True).close()
    vaults.unlock(closed_vault, PASSPHRASE).close()


def test_a_long_day_of_saving_and_anchoring_is_never_taken_for_an_exchange(
    closed_vault: Path, known: OpenedSlot, tmp_path: Path
) -> None:
    with open_known(closed_vault, known) as vault:
        for number in range(40):
            save(vault, "lang " * 20_000)
            if number % 10 == 0:
                vault.checkpoint()
                vaults.backup(vault, tmp_path / "stick")
                assert vaults.check(vault) == []
    assert not (closed_vault / "exchanged").exists()


def test_a_second_program_of_the_same_user_waits_outside_and_takes_nothing_away(
    closed_vault: Path, known: OpenedSlot
) -> None:
    """Two desks of one user: the second is told so, by lock and by database, and the first saves on."""
    attempt = """
try:
    vault.unlock(folder, passphrase).close()
    print("opened")
except KimdeskError as error:
    print(error.code)
"""
    with open_known(closed_vault, known) as vault:
        save(vault, "eins")
        assert run(attempt, closed_vault) == "E004"
        save(vault, "zwei")
        (closed_vault / "lock").unlink()
        assert run(attempt, closed_vault) == "E004"
        save(vault, "drei")
        vault.checkpoint()
    with open_known(closed_vault, known) as again:
        assert saved(again) == ["eins", "zwei", "drei"]


def test_what_is_refused_is_said(closed_vault: Path) -> None:
    from kimdesk.texts.refusals import explain

    for code in ("E040", "E042"):
        told: KimdeskError = VaultError(code, copy="KIM-x.kimbackup")
        assert "KIM-x.kimbackup" in explain(told).message


def test_a_stick_that_was_away_and_is_back_is_not_taken_for_an_exchange(
    closed_vault: Path, known: OpenedSlot
) -> None:
    with open_known(closed_vault, known) as vault:
        save(vault, "davor")
        moved = closed_vault.rename(closed_vault.parent / "weg")
        save(vault, "lang " * 1_000_000)
        moved.rename(closed_vault)
        save(vault, "danach")
        vault.checkpoint()
    with open_known(closed_vault, known) as again:
        assert [each[:6] for each in saved(again)] == ["davor", "lang l", "danach"]
