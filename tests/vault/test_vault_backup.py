"""A backup is whole and equal before it is called one, and the way back gives all of it or nothing."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import KimdeskError, StoreError, VaultError
from kimdesk.vault import Backup, Vault
from kimdesk.vault.restoring import _restore
from kimdesk.vault.slotfile import OpenedSlot
from tests.conftest import PASSPHRASE
from tests.vault.disk import FailingDisk
from tests.vault.helpers import open_known, opened

NOW = datetime(2026, 11, 22, 3, 45, 0, tzinfo=UTC)
NAME = "KIM-2026-11-22T034500Z.kimbackup"
NEW = "garten falke eimer dampf birke anker"


@pytest.fixture
def noted(vault: Vault) -> Vault:
    """An open vault with one note in it."""
    with vault.connection() as database:
        database.execute("CREATE TABLE note (text TEXT)")
    write(vault, "first")
    return vault


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def made(noted: Vault, stick: Path) -> Backup:
    return vaults.backup(noted, stick, now=NOW)


def write(vault: Vault, text: str) -> None:
    with vault.connection() as database:
        database.execute("INSERT INTO note VALUES (?)", (text,))


def notes(vault: Vault) -> list[str]:
    with vault.connection() as database:
        return [text for (text,) in database.execute("SELECT text FROM note ORDER BY rowid").fetchall()]


def test_a_backup_holds_what_was_saved_and_says_what_it_is(made: Backup, noted: Vault, stick: Path) -> None:
    assert made.path == stick / NAME
    assert sorted(each.name for each in made.path.iterdir()) == [
        "data.db", "manifest", "vault.kimv", "vault.kimv.2"
    ]  # fmt: skip
    assert made.bytes == sum(each.stat().st_size for each in made.path.iterdir() if each.name != "manifest")
    told = json.loads((made.path / "manifest").read_bytes().split(b"\n")[0])
    assert (told["vault_id"], told["key_epoch"], told["created"]) == (
        noted.header.vault_id,
        1,
        "2026-11-22T03:45:00Z",
    )
    assert vaults.list_backups(stick) == (made,)


def test_work_goes_on_after_a_backup_and_the_backup_stays_as_it_was(
    made: Backup, noted: Vault, tmp_path: Path
) -> None:
    write(noted, "second")
    with vaults.restore(made.path, tmp_path / "again", PASSPHRASE) as vault:
        assert notes(vault) == ["first"]
        assert vaults.check(vault, full=True) == []
    assert notes(noted) == ["first", "second"]


def test_a_restored_vault_knows_that_it_is_one_until_that_is_settled(
    made: Backup, noted: Vault, tmp_path: Path
) -> None:
    assert not noted.restored
    vaults.restore(made.path, tmp_path / "again", PASSPHRASE).close()
    with vaults.unlock(tmp_path / "again", PASSPHRASE) as vault:
        assert vault.restored
        vault.settle_restored()
        assert not vault.restored


def test_nothing_in_a_backup_can_be_read_without_the_passphrase(noted: Vault, stick: Path) -> None:
    write(noted, "Planted Name")
    made = vaults.backup(noted, stick)
    assert not any(b"Planted" in each.read_bytes() for each in made.path.iterdir())
    assert (made.path / "data.db").read_bytes()[:16] != (noted.folder / "data.db").read_bytes()[:16]


def test_a_vault_is_never_overwritten(made: Backup, noted: Vault) -> None:
    with pytest.raises(VaultError, match="E010"):
        vaults.restore(made.path, noted.folder, PASSPHRASE)
    assert notes(noted) == ["first"]


def test_a_backup_opens_by_the_passphrase_of_its_day(made: Backup, noted: Vault, tmp_path: Path) -> None:
    vaults.change_passphrase(noted.folder, PASSPHRASE, NEW)
    with pytest.raises(VaultError, match="E001"):
        vaults.restore(made.path, tmp_path / "again", NEW)
    assert not (tmp_path / "again").exists()
    vaults.restore(made.path, tmp_path / "again", PASSPHRASE).close()


def test_a_backup_opens_by_the_recovery_code(made: Backup, recovery_code: str, tmp_path: Path) -> None:
    with vaults.restore_with_recovery(made.path, tmp_path / "again", recovery_code) as vault:
        assert notes(vault) == ["first"]


def test_a_drill_shows_that_a_backup_can_be_relied_on_and_leaves_nothing(
    made: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    vaults.restore_drill(made.path, PASSPHRASE)
    assert list((tmp_path / "temp").iterdir()) == []
    (made.path / "data.db").unlink()
    with pytest.raises(VaultError, match="E012"):
        vaults.restore_drill(made.path, PASSPHRASE)
    assert list((tmp_path / "temp").iterdir()) == []


def test_a_folder_that_is_no_backup_is_said_to_be_none(noted: Vault, tmp_path: Path) -> None:
    for source in (noted.folder, tmp_path / "absent"):
        with pytest.raises(VaultError, match="E018"):
            vaults.restore(source, tmp_path / "again", PASSPHRASE)


def test_a_stick_that_is_not_there_is_said_to_be_missing(noted: Vault, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E920"):
        vaults.backup(noted, tmp_path / "absent" / "folder")


def test_a_damaged_vault_is_not_backed_up_as_if_it_were_whole(closed_vault: Path, stick: Path) -> None:
    known = opened(closed_vault)
    with open_known(closed_vault, known) as vault, vault.connection() as database:
        database.execute("CREATE TABLE note (text TEXT)")
        database.execute("INSERT INTO note VALUES (?)", ("long" * 9000,))
    data = closed_vault / "data.db"
    whole = data.read_bytes()
    data.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    with open_known(closed_vault, known) as vault, pytest.raises(VaultError, match="E003"):
        vaults.backup(vault, stick)
    assert not stick.exists()


@pytest.mark.parametrize("name", ["data.db", "vault.kimv", "vault.kimv.2", "manifest"])
def test_what_is_damaged_or_missing_is_not_restored(
    made: Backup, known: OpenedSlot, tmp_path: Path, name: str
) -> None:
    path = made.path / name
    whole = path.read_bytes()
    middle = len(whole) // 2
    for damage in (
        whole[:-1],
        whole + b"\n",
        whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    ):
        path.write_bytes(damage)
        assert restoring_says(made.path, tmp_path / "again") in ("E012", "E018")
    path.unlink()
    assert restoring_says(made.path, tmp_path / "again") in ("E012", "E018")
    path.write_bytes(whole)
    assert restoring_says(made.path, tmp_path / "again") == "restored"


@pytest.mark.parametrize("passphrase", [PASSPHRASE, NEW])
@pytest.mark.parametrize("name", ["vault.kimv", "vault.kimv.2"])
def test_a_slot_file_of_another_vault_does_not_bar_the_way_back(
    made: Backup, noted: Vault, tmp_path: Path, name: str, passphrase: str
) -> None:
    vaults.create(tmp_path / "other", passphrase, name="x", strength=vaults.Strength.INTERACTIVE)[0].close()
    own = (made.path / name).read_bytes()
    shutil.copy(tmp_path / "other" / "vault.kimv", made.path / name)
    with vaults.restore(made.path, tmp_path / "again", PASSPHRASE) as vault:
        assert notes(vault) == ["first"]
        assert (vault.folder / name).read_bytes() == own
    assert [each.name for each in (tmp_path / "again").iterdir() if "aside" in each.name] == []
    for _ in vaults.drill_steps(noted, made.path):
        pass
    shutil.copy(tmp_path / "other" / "vault.kimv", made.path / "vault.kimv")
    shutil.copy(tmp_path / "other" / "vault.kimv", made.path / "vault.kimv.2")
    assert restoring_says(made.path, tmp_path / "third") == ("E012" if passphrase == PASSPHRASE else "E001")


def test_the_files_of_two_backups_do_not_mix(made: Backup, noted: Vault, stick: Path, tmp_path: Path) -> None:
    write(noted, "second")
    later = vaults.backup(noted, stick, now=NOW + timedelta(days=1))
    shutil.copy(made.path / "data.db", later.path)
    assert restoring_says(later.path, tmp_path / "again") == "E012"


@pytest.fixture
def known(closed_vault: Path, vault: Vault) -> OpenedSlot:
    """The way into the vault of this test, without the work on the passphrase."""
    return opened(closed_vault)


def restoring_says(source: Path, to: Path) -> str:
    try:
        vaults.restore(source, to, PASSPHRASE).close()
    except VaultError as refusal:
        assert not to.exists()
        return refusal.code
    shutil.rmtree(to)
    return "restored"


def test_backups_of_this_vault_that_are_no_longer_needed_go_and_others_stay(
    noted: Vault, stick: Path
) -> None:
    foreign = stick / "KIM-2020-01-01T000000Z.kimbackup"
    foreign.mkdir(parents=True)
    for hour in range(3):
        vaults.backup(noted, stick, now=NOW + timedelta(hours=hour))
    names = sorted(each.name for each in stick.iterdir())
    assert names == [foreign.name, "KIM-2026-11-22T054500Z.kimbackup"]


def test_a_backup_made_while_the_clock_runs_behind_is_kept(noted: Vault, stick: Path) -> None:
    for day in range(30):
        vaults.backup(noted, stick, now=NOW + timedelta(days=40 * day))
    late = vaults.backup(noted, stick, now=NOW - timedelta(days=400))
    assert late in vaults.list_backups(stick)


def test_two_backups_in_one_second_do_not_meet(noted: Vault, stick: Path) -> None:
    first, second = (vaults.backup(noted, stick, now=NOW) for _ in range(2))
    assert first.path != second.path
    assert len(vaults.list_backups(stick)) == 2


@pytest.mark.parametrize("dead", [False, True], ids=["refused once", "killed"])
def test_a_fault_at_any_step_of_a_backup_leaves_no_half_one(noted: Vault, stick: Path, dead: bool) -> None:
    for step in count(1):
        shutil.rmtree(stick, ignore_errors=True)
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, step, dead=dead)
            acknowledged = backs_up(noted, stick)
        for each in vaults.list_backups(stick) if stick.is_dir() else ():
            assert (each.path / "manifest").exists()
            assert (
                each.bytes
                == sum(path.stat().st_size for path in each.path.iterdir())
                - (each.path / "manifest").stat().st_size
            )
        assert acknowledged <= bool(list(stick.glob("KIM-*.kimbackup")))
        if not disk.failed:
            break
    assert step > 8
    assert notes(noted) == ["first"]
    assert vaults.check(noted) == []


def backs_up(vault: Vault, stick: Path) -> bool:
    try:
        vaults.backup(vault, stick, now=NOW)
    except KimdeskError:
        return False
    return True


@pytest.mark.parametrize("dead", [False, True], ids=["refused once", "killed"])
def test_a_fault_at_any_step_of_restoring_leaves_the_whole_vault_or_none(
    made: Backup, known: OpenedSlot, tmp_path: Path, dead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kimdesk.vault.restoring.open_copies",
        lambda *_, **__: OpenedSlot(known.book, known.slot, bytearray(known.key)),
    )
    to = tmp_path / "again"
    for step in count(1):
        shutil.rmtree(to, ignore_errors=True)
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, step, dead=dead)
            acknowledged = restores(made.path, to)
        assert acknowledged <= to.exists()
        if to.exists():
            with open_known(to, known) as vault:
                assert notes(vault) == ["first"]
                assert vault.restored
        if not disk.failed:
            break
    assert step > 5
    assert made in vaults.list_backups(made.path.parent)


def restores(source: Path, to: Path) -> bool:
    try:
        _restore(source, to, "pass", b"", None).close()
    except (KimdeskError, OSError):
        return False
    return True


def test_what_a_killed_backup_left_goes_after_a_day(noted: Vault, stick: Path) -> None:
    stick.mkdir()
    old, new = stick / ".KIM-2026-01-01.kimbackup.x.part", stick / ".KIM-2026-01-02.kimbackup.x.part"
    for each in (old, new):
        each.mkdir()
    os.utime(old, (0, 0))
    vaults.backup(noted, stick)
    assert not old.exists()
    assert new.exists()
